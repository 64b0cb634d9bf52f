"""diff, as people type it."""

import json

import pytest

from scraper.archiver.archive import Archive
from scraper.records import ChangeKind
from tests.archiver.builders import BODY, known_as, later, make_article, stamp, store
from tests.conftest import Workplace

URL = "https://news.example/harbour"


@pytest.fixture
def edited(workplace: Workplace) -> Workplace:
    """A workplace with one article in three versions, and one in a single version."""
    workplace.configure("https://news.example/feed")
    modified = stamp("2026-03-01T08:30:00+00:00")
    versions = (
        make_article(URL, modified=modified),
        make_article(URL, modified=modified, body=BODY.replace("Monday", "\x1b[31mSunday"), authors=("Bo <b>",)),
        make_article(URL, modified=modified, title="Barge <script>freed</script>", subtitle="At last"),
    )
    with Archive(workplace.archive) as archive:
        store(archive, versions[0])
        for hours, article in enumerate(versions[1:], start=1):
            known = known_as(archive, article)
            store(archive, article, at=later(hours=hours), known=known, change=ChangeKind.SUBSTANTIVE)
        store(archive, make_article("https://news.example/other"))
    return workplace


def test_the_last_two_versions_are_compared_unless_said_otherwise(edited: Workplace) -> None:
    shown = edited.run("diff", URL).stdout.decode()
    assert "--- version 2 · 2026-03-01T10:30:00Z · substantive change, silent" in shown
    assert "+++ version 3" in shown
    assert "\nsubtitle:\n{+At last+}\n" in shown
    assert "\nauthors:\n[-Bo <b>-]{+Ada Example+}\n" in shown
    assert "Sunday-]{+Monday+} after a barge" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("versions", "fields"),
    [
        (("1", "2"), ["authors", "body"]),
        (("1",), ["title", "subtitle"]),
        (("2", "1"), ["authors", "body"]),
        (("2", "2"), []),
    ],
)
def test_any_two_versions_can_be_compared(edited: Workplace, versions: tuple[str, ...], fields: list[str]) -> None:
    comparison = json.loads(edited.run("diff", "1", *versions, "--json").stdout)
    assert [change["field"] for change in comparison["changes"]] == fields
    assert comparison["old"]["number"] == int(versions[0])


def test_the_page_holds_everything_and_nothing_of_it_is_markup(edited: Workplace) -> None:
    page = edited.run("diff", URL, "--html").stdout.decode()
    assert "<del>" in page
    assert "<ins>" in page
    assert "&lt;script&gt;freed" in page
    assert "<script" not in page
    assert "src=" not in page
    assert "\x1b" not in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("https://news.example/other",), "has one version"),
        (("https://news.example/nowhere",), "has no article"),
        (("1", "1", "9"), "has no version 9; it has 1 to 3"),
        (("1", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_compared_is_told(edited: Workplace, arguments: tuple[str, ...], message: str) -> None:
    done = edited.run("diff", *arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode()
