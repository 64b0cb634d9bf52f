"""The report and the served archive in a real browser: they load without a complaint and without the network."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest
from lxml import html

from scraper.cli.main import run
from tests.browser import Browser, find_browser
from tests.cli.serve.test_serve import Served
from tests.conftest import Workplace

PROBE = """
<script>
addEventListener("load", () => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const seen = [...document.querySelectorAll(".chart")].filter((chart) => chart.offsetParent).length;
  const marks = [...document.querySelectorAll("svg path, svg line, svg text")];
  const paints = new Set(marks.map((mark) => getComputedStyle(mark).fill));
  document.title = JSON.stringify({ wide, seen, paints: [...paints] });
});
</script>
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return find_browser(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, paper_archive: Path) -> Path:
    folder = tmp_path_factory.mktemp("page")
    assert run(["report", "--db", str(paper_archive), "-o", str(folder / "report.html")]) == 0
    return folder / "report.html"


def test_the_report_asks_the_network_for_nothing(browser: Browser, report: Path, tmp_path: Path) -> None:
    asking = tmp_path / "asking.html"
    asking.write_text('<img src="http://pictures.example/a.png">', encoding="utf-8")

    assert browser.requests(asking.as_uri()) == ["http://pictures.example/a.png"]
    assert browser.requests(report.as_uri()) == []


def test_the_script_of_the_report_runs_under_its_own_policy(browser: Browser, report: Path) -> None:
    page = html.fromstring(browser.dom(report.as_uri()))

    assert page.xpath("string(//button[@id='theme'])") in {"Dark", "Light"}
    assert len(page.xpath("//button[@class='copy']")) == len(page.xpath("//details[@class='sql']"))


@pytest.mark.parametrize("width", [500, 1100])
def test_the_report_fits_its_window_and_shows_each_chart_once(browser: Browser, report: Path, width: int) -> None:
    """The policy of the page forbids a probe, so the probe looks at a copy without it."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", report.read_text(encoding="utf-8"))
    copy = report.with_name(f"copy-{width}.html")
    copy.write_text(text.replace("</body>", PROBE + "</body>"), encoding="utf-8")

    page = html.fromstring(browser.dom(copy.as_uri(), f"--window-size={width},900"))
    told = page.xpath("string(//title)")

    assert '"wide":0' in told
    assert f'"seen":{len(page.xpath("//figure"))}' in told
    assert "rgb(11, 102, 184)" in told or "rgb(90, 169, 240)" in told


def test_light_dark_and_paper_differ(browser: Browser, report: Path, tmp_path: Path) -> None:
    light = browser.picture(report.as_uri(), tmp_path / "light.png", width=1100)
    dark = browser.picture(report.as_uri(), tmp_path / "dark.png", width=1100, dark=True)

    assert light != dark
    assert browser.printed(report.as_uri(), tmp_path / "report.pdf").startswith(b"%PDF-")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, paper_archive: Path) -> Iterator[Served]:
    pytest.importorskip("datasette")
    folder = tmp_path_factory.mktemp("served")
    running = Served(Workplace(folder), copy(paper_archive, folder / "archive.db"))
    yield running
    running.stop()


def test_a_served_article_asks_only_its_own_server(browser: Browser, served: Served) -> None:
    asked = browser.requests(f"{served.address}/archive/article/1")

    assert asked
    assert [url for url in asked if not url.startswith(f"{served.address}/")] == []
    assert "<h1>" in browser.dom(f"{served.address}/archive/article/1")


def test_the_served_start_leads_to_views_and_queries(browser: Browser, served: Served) -> None:
    page = html.fromstring(browser.dom(f"{served.address}/archive"))

    assert len(page.xpath("//ul[@class='cards']/li")) > 40
    assert page.xpath("//input[@type='search']")
