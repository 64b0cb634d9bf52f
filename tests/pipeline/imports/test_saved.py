"""Saved HTML files, and lists of addresses: where pages came from, and what becomes of each."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from fixtures.serve import Site
from scraper.archiver.archive import Archive
from scraper.archiver.imports.progress import ImportSource
from scraper.cli.imports.pages import summary
from scraper.errors import UsageError
from scraper.pipeline.imports.running import Import, PageImporter, PageWatch
from scraper.pipeline.imports.saved import SavedPages, import_saved, read_origins
from scraper.pipeline.imports.sights import PageRead, Reading, read_sight
from scraper.pipeline.imports.steps import Step
from scraper.pipeline.imports.warc import Choice
from scraper.records import Page
from scraper.settings import Config
from tests.archiver.builders import NOW
from tests.conftest import Workplace
from tests.warcs import page_of


def bring(place: Workplace, pages: SavedPages, **choice: Any) -> dict[str, int]:
    (report,) = import_saved(pages, Config(), place.archive, Choice(**choice), PageWatch())
    return dict(report.counts)


def urls(place: Workplace) -> set[str]:
    with Archive(place.archive, read_only=True) as archive:
        return {str(row["url"]) for row in archive.query("SELECT url FROM articles")}


def save(path: Path, page: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page)
    return path


def test_a_page_says_where_it_came_from(workplace: Workplace) -> None:
    folder = workplace.folder / "saved"
    save(folder / "browser.html", b"<!-- saved from url=(0026)https://a.example/browser -->" + page_of(1))
    canonical = b'<head><link rel="canonical" href="https://a.example/canonical">'
    save(folder / "declared.html", page_of(2).replace(b"<head>", canonical))
    save(folder / "track.html", b"<!-- Mirrored from a.example/track by HTTrack Website Copier/3 -->" + page_of(3))
    save(folder / "silent.html", page_of(4))
    assert bring(workplace, SavedPages(paths=[folder])) == {"seen": 4, "new": 3, "bad_url": 1}
    assert urls(workplace) == {f"https://a.example/{name}" for name in ("browser", "canonical", "track")}


def test_the_place_in_a_mirror_or_below_a_base_is_an_address(workplace: Workplace) -> None:
    host = workplace.folder / "mirror" / "www.news.example"
    save(host / "story one" / "index.html", page_of(1))
    save(host / "index.html?p=2", page_of(2))
    save(host / "3", page_of(3))
    save(host / "logo.png", b"\x89PNG")
    assert bring(workplace, SavedPages(paths=[host.parent])) == {"seen": 3, "new": 3, "not_html": 1}
    mirrored = {f"https://www.news.example/{path}" for path in ("story%20one/", "?p=2", "3")}
    assert urls(workplace) == mirrored
    assert bring(workplace, SavedPages(paths=[host / "story one"], base="https://b.example/x/"))["new"] == 1
    assert urls(workplace) == {*mirrored, "https://b.example/x/"}


def test_a_folder_may_hold_links_to_nowhere_pipes_and_names_in_no_encoding(workplace: Workplace) -> None:
    folder = workplace.folder / "a.example"
    save(folder / "good.html", page_of(1))
    save(folder / os.fsdecode(b"caf\xe9.html"), page_of(2))
    (folder / "gone.html").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.html")

    assert bring(workplace, SavedPages(paths=[folder])) == {"seen": 2, "new": 2, "unreadable_file": 2}
    assert urls(workplace) == {"https://a.example/good.html", "https://a.example/caf%E9.html"}
    with pytest.raises(UsageError, match="no file that can be read twice"):
        bring(workplace, SavedPages(paths=[folder / "pipe.html"]))


def test_what_nobody_foresaw_is_counted_and_told(workplace: Workplace) -> None:
    def broken() -> PageRead:
        raise ZeroDivisionError("of nothing")

    task = Import(
        source=ImportSource(kind="html", name="saved", identity="1", options={}),
        steps=lambda _skip: iter([Step(position=7, offset=7, counts={"seen": 1}, item="page")]),
        read=lambda items: [read_sight(broken, Reading()) for _ in items],
    )
    with Archive(workplace.archive) as archive:
        report = PageImporter(archive, None, clock=lambda: NOW).run(task, PageWatch())

    assert report.counts == {"seen": 1, "internal": 1}
    assert report.faults == ["at 7: ZeroDivisionError: of nothing"]
    assert "a fault of scraper itself at 7: ZeroDivisionError: of nothing" in summary(report)


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl"])
def test_a_list_says_more_than_the_page(workplace: Workplace, name: str) -> None:
    canonical = b'<head><link rel="canonical" href="https://a.example/other">'
    save(workplace.folder / "saved" / "a.txt", page_of(1).replace(b"<head>", canonical + b'<base href="/">'))
    row = {"file": "saved/a.txt", "url": "https://a.example/other?page=1", "fetched_at": "2020-02-03T04:05:06+01:00"}
    text = json.dumps(row) if name.endswith("jsonl") else f"{','.join(row)}\n{','.join(row.values())}\n"
    (workplace.folder / name).write_text(text)
    result = workplace.run("import", "html", "saved", "--urls", name)
    assert (result.returncode, result.stdout) == (0, b"")
    assert b"saved: 1 page seen, 1 new article\n" in result.stderr
    with Archive(workplace.archive, read_only=True) as archive:
        article = archive.get("https://a.example/other")
        assert article is not None
        assert article.first_seen_at.isoformat() == "2020-02-03T03:05:06+00:00"


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--base", "nonsense"), "--base: not an http or https URL"),
        (("--urls", "nowhere.csv"), "nowhere.csv cannot be read: No such file or directory.\n"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(workplace: Workplace, option: tuple[str, str], told: str) -> None:
    (workplace.folder / "saved").mkdir()

    result = workplace.run("import", "html", "saved", *option)

    assert (result.returncode, result.stdout) == (2, b"")
    assert told in result.stderr.decode()
    assert not workplace.archive.exists()


def test_a_list_that_cannot_be_understood_is_told_with_its_line(tmp_path: Path) -> None:
    for name, text, words in (
        ("a.csv", "file,url\na.html,\n", "a.csv:2: a file and its url are needed"),
        ("a.jsonl", '\n{"file": "a.html"\n', "a.jsonl:2: not JSON"),
        ("b.jsonl", "[]\n", "b.jsonl:1: a file and its url"),
        ("b.csv", "file,url,fetched_at\na,https://a.example,yesterday\n", "b.csv:2: 'yesterday' is no time"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(UsageError, match=r"is no time|needed|JSON") as caught:
            read_origins(tmp_path / name, ())
        assert words in str(caught.value)
    with pytest.raises(UsageError, match="cannot be read"):
        read_origins(tmp_path / "none.csv", ())


def test_the_same_folder_again_does_nothing_until_something_changes(workplace: Workplace) -> None:
    folder = workplace.folder / "saved"
    pages = SavedPages(paths=[folder], base="https://a.example/")
    file = save(folder / "1.html", page_of(1))
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert bring(workplace, pages) == {"seen": 1, "new": 1}
    assert bring(workplace, pages) == {}
    save(folder / "2.html", page_of(2))
    assert bring(workplace, pages) == {"seen": 2, "new": 1, "unchanged": 1}
    with Archive(workplace.archive, read_only=True) as archive:
        assert archive.table("SELECT count(*) FROM fetches").rows.__next__()[0] == 2


def test_addresses_are_queued_and_each_is_counted_by_what_it_is(workplace: Workplace) -> None:
    with Archive(workplace.archive):
        pass
    lines = ["# mine", "", "https://a.example/1", "https://a.example/1#top", "ftp://a.example/2", "no address"]
    result = workplace.run("import", "urls", "-", stdin="\n".join(lines).encode())
    assert result.returncode == 1
    assert (
        b"-: 4 addresses, 1 to be fetched, 1 waiting already, 0 archived, 0 deleted, 2 not understood" in result.stderr
    )
    workplace.run("delete", "--yes", "https://a.example/1")
    again = workplace.run("import", "urls", "--json", "-", stdin=b"https://a.example/1")
    assert json.loads(again.stdout) == {"seen": 1, "deleted": 1}
    missing = workplace.run("import", "urls", "none.txt")
    assert (missing.returncode, missing.stderr) == (2, b"none.txt cannot be read: No such file or directory.\n")


def test_addresses_are_fetched_by_the_next_crawl_though_there_is_no_feed(workplace: Workplace, site: Site) -> None:
    workplace.configure()
    assert workplace.run("crawl").returncode == 2
    (workplace.folder / "list.txt").write_text(f"{site.url}/werft-bekommt-auftrag/\n")
    assert workplace.run("import", "urls", "list.txt").returncode == 0
    assert workplace.run("crawl").returncode == 0
    assert urls(workplace) == {f"{site.url}/werft-bekommt-auftrag/"}
    known = workplace.run("import", "urls", "--json", "list.txt")
    assert json.loads(known.stdout) == {"seen": 1, "known": 1}


def test_a_page_that_is_not_read_in_time_is_counted_as_such() -> None:
    page = Page(url="https://a.example/1", final_url="https://a.example/1", body=page_of(1), fetched_at=NOW)

    assert read_sight(lambda: (page, ()), Reading(seconds=0.0005), is_html=True).reason == "too_slow"
