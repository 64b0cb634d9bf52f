"""The report: one file that asks for nothing, shows what is there, and lets nothing from the web through raw."""

import re
import sys
from datetime import UTC, datetime
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from shutil import copy

import pytest
from lxml import html

from scraper.archiver.archive import Archive
from scraper.cli.main import run
from scraper.cli.report.answers import Questions, Scope
from scraper.cli.report.charts import draw
from scraper.cli.report.figures import SECTIONS
from scraper.cli.report.page import render
from tests.archiver.builders import make_article, stamp, store

FIGURES = [figure.recipe for section in SECTIONS for figure in section.figures]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'&{{ 7 * 7 }}"


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory: pytest.TempPathFactory, paper_archive: Path) -> Path:
    return copy(paper_archive, tmp_path_factory.mktemp("report") / "paper.db")


def _page(path: Path, **scope: object) -> html.HtmlElement:
    with Archive(path, read_only=True) as archive:
        text = render(
            Questions(archive, Scope(**scope)),  # type: ignore[arg-type]
            title="A title",
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    return html.fromstring(text)


def _requests(page: html.HtmlElement) -> list[str]:
    """Every address that a browser would ask for without being told to by its user."""
    asked = page.xpath("//@src | //@srcset | //link/@href | //@data | //@poster | //@xlink:href | //image/@href",
                       namespaces={"xlink": "http://www.w3.org/1999/xlink"})  # fmt: skip
    styles = " ".join([*page.xpath("//style/text()"), *page.xpath("//@style")])
    return [*asked, *re.findall(r"url\(|@import", styles)]


def test_the_page_holds_every_section_and_figure_with_its_query(newspaper: Path) -> None:
    page = _page(newspaper)

    assert [section.get("id") for section in page.iter("section")] == [section.name for section in SECTIONS]
    assert [figure.get("id") for figure in page.xpath("//article")] == FIGURES
    for figure in page.xpath("//article"):
        assert figure.xpath("string(.//details[@class='sql']//code)").startswith(("SELECT", "WITH")), figure.get("id")
    assert page.xpath("string(//dl/div[dt='articles']/dd)") == "31"


def test_every_query_on_the_page_can_be_pasted(newspaper: Path) -> None:
    page = _page(newspaper, site="foerdebote.example")

    with Archive(newspaper, read_only=True) as archive:
        for code in page.xpath("//details[@class='sql']//code/text()"):
            list(archive.query(code))


def test_the_page_asks_for_nothing_and_forbids_it(newspaper: Path) -> None:
    page = _page(newspaper)

    assert _requests(page) == []
    assert "default-src 'none'" in page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")


def test_a_chart_has_a_name_and_its_numbers_in_a_table(newspaper: Path) -> None:
    charts = _page(newspaper).xpath("//div[@role='img']")

    assert len(charts) == 2 * sum(figure.chart is not None for section in SECTIONS for figure in section.figures)
    assert all(chart.get("aria-label") and chart.xpath("ancestor::article//table") for chart in charts)


def test_headings_go_down_step_by_step_and_ids_are_unique(newspaper: Path) -> None:
    page = _page(newspaper)
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    ids = page.xpath("//@id")

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(ids) == len(set(ids))


def test_what_comes_from_the_web_is_text(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        fields = {"categories": (HOSTILE,), "authors": (HOSTILE,), "view_count": 7, "language": HOSTILE}
        store(archive, make_article("https://news.example/a", title=HOSTILE, **fields))

    page = _page(path)

    assert len(page.xpath("//script")) == 1
    assert page.xpath("//img | //@onerror") == []
    assert page.xpath("//article[@id='most-viewed']//a/text()") == [HOSTILE]
    assert any(
        HOSTILE in text for text in page.xpath("//article[@id='categories-over-time']//*[name()='title']/text()")
    )


def test_an_empty_archive_gives_a_whole_page(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive(path).close()

    page = _page(path)

    assert "no article in this archive yet" in page.xpath("string(//header)")
    assert [figure.get("id") for figure in page.xpath("//article")] == FIGURES
    assert page.xpath("//svg") == []


@pytest.mark.parametrize("day", ["1970-01-01", "9999-12-31", "0001-01-01"])
def test_one_article_of_any_day_gives_a_page(tmp_path: Path, day: str) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        store(archive, make_article("https://news.example/a", published=stamp(f"{day}T12:00:00+00:00")))

    page = _page(path)

    assert page.xpath("string(//dl/div[dt='articles']/dd)") == "1"
    assert page.xpath("//article[@id='articles-over-time']//*[name()='svg']")


def test_articles_of_one_title_have_a_line_each() -> None:
    rows = [
        {"id": id_, "title": "Live ticker", "hours_since_publication": hour, "view_count": id_ * hour}
        for id_ in (1, 2)
        for hour in (1, 2)
    ]

    drawing = draw("views", rows, "day")

    assert list(drawing.legend) == ["Live ticker", "Live ticker (2)"]
    assert len(set(drawing.legend.values())) == 2


def test_long_spans_are_shown_in_months(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        for year in (2019, 2026):
            article = make_article(f"https://news.example/{year}", published=stamp(f"{year}-03-05T12:00:00+00:00"))
            store(archive, article)

    days = _page(path).xpath("//article[@id='articles-over-time']//tbody//th//text()")

    assert [day.strip() for day in days] == ["2026-03-01", "2019-03-01"]


def test_a_figure_that_takes_too_long_is_left_out_and_says_so(newspaper: Path) -> None:
    page = _page(newspaper, seconds=0.0)

    assert len(page.xpath("//p[contains(., 'took longer')]")) >= 1


def test_only_what_is_asked_for_is_counted(newspaper: Path) -> None:
    page = _page(newspaper, site="kuestenkurier.example", since=datetime(2024, 10, 15, tzinfo=UTC).date())

    assert page.xpath("string(//dl/div[dt='articles']/dd)") == "2"


def test_the_command_writes_a_file_and_says_so(
    newspaper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "r.html"

    assert run(["report", "--db", str(newspaper), "-o", str(target), "--title", "<Mine>"]) == 0

    assert "&lt;Mine&gt;" in target.read_text(encoding="utf-8")
    assert str(target) in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]


def test_the_command_writes_to_standard_output(newspaper: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["report", "--db", str(newspaper), "-o", "-"]) == 0

    out, err = capsysbinary.readouterr()
    assert out.startswith(b"<!doctype html>")
    assert err == b""


@pytest.mark.parametrize("package", ["jinja2", "vl_convert"])
def test_without_its_extra_the_command_says_what_to_install(
    newspaper: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    assert run(["report", "--db", str(newspaper), "-o", "-"]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert "pip install 'scraper[report]'" in err


def test_without_an_archive_the_command_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--db", str(tmp_path / "none.db")]) == 2

    assert "scraper crawl" in capsys.readouterr().err


def _themes() -> list[dict[str, str]]:
    """The colours of the page, by name: in light, and in dark."""
    style = (files("scraper.cli.report") / "templates" / "report.css").read_text(encoding="utf-8")
    blocks = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r"{([^{}]*)}", style)]
    light, dark, *_ = (block for block in blocks if "paper" in block)
    return [light, dark]


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2: from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", _themes(), ids=("light", "dark"))
def test_texts_and_marks_stand_out_from_their_ground(theme: dict[str, str]) -> None:
    marks = [name for name in theme if re.fullmatch(r"c\d|rest", name)]

    assert len(marks) == 10
    for ground in ("paper", "back"):
        assert all(_contrast(theme[name], theme[ground]) >= 4.5 for name in ("ink", "soft", "link"))
    assert all(_contrast(theme[name], theme["paper"]) >= 3 for name in marks)
