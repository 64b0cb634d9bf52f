"""Golden pages and the pages of the fixture site through the extractor: one test per field.

What is expected was written by hand or made from the sources of the pages, never taken from the extractor.
"""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fixtures.articles import find, read_articles
from fixtures.feeds import atom, json_feed, rss
from fixtures.golden import add, cases, comparable, expectation, extracted
from fixtures.routes import answer
from fixtures.shapes import article_page
from fixtures.truth import EXPECTED, KINDS
from scraper.crawler.feeds.parsing import parse_feed
from scraper.extractor.extract import extract
from scraper.records import FeedEntry, Page

BODY_FLOOR = 0.91
BASE = "https://foerdebote.example"
NOT_FIELDS = frozenset(
    {"blocks", "note", "url", "slug", "path", "shape", "feed", "page", "not_on_page", "later", "only_later"}
)
FEEDS = {
    "rss": ("/feed/", "application/rss+xml", rss),
    "atom": ("/atom.xml", "application/atom+xml", atom),
    "json": ("/feed.json", "application/feed+json", json_feed),
}
GOLDEN = [(case.name, name) for case in cases() for name in expectation(case) if name not in NOT_FIELDS]
SITE = [(article.slug, name) for article in read_articles() for name in ("links", "images")] + [
    (article.slug, name)
    for article in read_articles()
    for name in (
        "kind title subtitle published modified authors categories tags language site_name summary paywalled "
        "comment_count view_count"
    ).split()
]


@cache
def golden_output(name: str) -> dict[str, Any]:
    case = next(case for case in cases() if case.name == name)
    return {"expected": expectation(case), "actual": extracted(case)}


@pytest.mark.parametrize(("name", "field"), GOLDEN, ids=[f"{name}-{field}" for name, field in GOLDEN])
def test_golden_page(name: str, field: str) -> None:
    output = golden_output(name)

    check(field, expected=output["expected"][field], actual=output["actual"][field])


@cache
def site_record(slug: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((EXPECTED / f"{slug}.json").read_text(encoding="utf-8"))
    for image in record["images"]:
        image["url"] = BASE + image.pop("path")
        del image["alt"]
    for link in record["links"]:
        link["url"] = BASE + link.pop("path")
    return record


@cache
def site_output(slug: str, *, with_entry: bool) -> dict[str, Any]:
    article = find(slug)
    entry = (
        site_entries(article.feed)[BASE + (article.link_via or article.path)] if with_entry and article.feed else None
    )
    page = article_page(article, BASE, "first")
    content_type = f"text/html; charset={article.encoding}" if article.encoding != "utf-16" else None
    return comparable(extract(page, BASE + article.path, content_type=content_type, entry=entry))


@cache
def site_entries(feed: str) -> dict[str, FeedEntry]:
    path, media_type, make = FEEDS[feed]
    url = BASE + path
    page = Page(
        url=url,
        final_url=url,
        body=make(BASE, "first"),
        fetched_at=datetime(2024, 10, 28, tzinfo=UTC),
        headers=(("Content-Type", media_type),),
    )
    return {entry.url: entry for entry in parse_feed(page, max_entries=100).entries if entry.url}


@pytest.mark.parametrize(("slug", "field"), SITE, ids=[f"{slug}-{field}" for slug, field in SITE])
def test_page_of_the_site_alone(slug: str, field: str) -> None:
    record, actual = site_record(slug), site_output(slug, with_entry=False)[field]
    expected = record.get("page", {}).get(field, record[field])

    if field in record.get("not_on_page", ()) and actual in (None, []):
        return
    check(field, expected=expected, actual=actual)


@pytest.mark.parametrize(("slug", "field"), SITE, ids=[f"{slug}-{field}" for slug, field in SITE])
def test_page_of_the_site_with_its_feed_entry(slug: str, field: str) -> None:
    check(field, expected=site_record(slug)[field], actual=site_output(slug, with_entry=True)[field])


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_kind_of_pages_that_are_no_articles(path: str, kind: str) -> None:
    assert extract(answer(path, BASE, "first").body, BASE + path).kind == kind


TEXTS = [("golden", case.name) for case in cases() if "blocks" in expectation(case)] + [
    ("site", article.slug) for article in read_articles()
]


def texts(source: str, name: str) -> tuple[list[str], list[str]]:
    """The blocks' texts, words apart by single spaces: those expected and those found."""
    if source == "golden":
        expected, actual = golden_output(name)["expected"]["blocks"], golden_output(name)["actual"]["blocks"]
    else:
        expected, actual = site_record(name)["blocks"], site_output(name, with_entry=False)["blocks"]
    plain = [[" ".join(re.findall(r"\w+", block["text"])) for block in blocks] for blocks in (expected, actual)]
    return plain[0], plain[1]


@pytest.mark.parametrize(("source", "name"), TEXTS, ids=[f"{source}-{name}" for source, name in TEXTS])
def test_no_sentence_of_the_article_is_lost(source: str, name: str) -> None:
    """Every block is found, whole and in its order; what else was kept is the next test's concern."""
    expected, actual = texts(source, name)
    text, start = " ".join(actual), 0

    for block in expected:
        assert block in text[start:]
        start = text.index(block, start) + len(block)


def test_the_share_of_right_words_does_not_fall() -> None:
    """A pinned number: raise it when the extractor gets better, and never lower it in silence."""
    scores = [word_f1(*texts(source, name)) for source, name in TEXTS]

    assert sum(scores) / len(scores) >= BODY_FLOOR


def word_f1(expected: list[str], actual: list[str]) -> float:
    """The harmonic mean of precision and recall over words, each counted as often as it stands there."""
    wanted, found = Counter(" ".join(expected).split()), Counter(" ".join(actual).split())
    return 2 * (wanted & found).total() / max(1, wanted.total() + found.total())


def check(field: str, *, expected: Any, actual: Any) -> None:
    """Equal, save where a source cannot know: a page need not say that it is free or have a summary of its own."""
    if field == "blocks":
        assert [block_text(block) for block in actual] == [block_text(block) for block in expected]
    elif field == "links":
        check_links(expected, actual)
    elif field == "paywalled":
        assert bool(actual) == expected
    elif field != "summary" or expected is not None:
        assert actual == expected


def block_text(block: dict[str, str]) -> tuple[str, object]:
    """Of a table its words count, not how its cells are set apart."""
    text = block["text"]
    return block["kind"], re.findall(r"\w+", text) if block["kind"] == "table" else text


def check_links(expected: list[dict[str, Any]], actual: list[dict[str, Any]]) -> None:
    """Each expected block of links, whole and in order, with all that is known of its items."""
    for kind, heading in {(link["kind"], link["heading"]) for link in expected}:
        wanted = [link for link in expected if (link["kind"], link["heading"]) == (kind, heading)]
        found = [link for link in actual if (link["kind"], link["heading"]) == (kind, heading)]

        assert [{name: link[name] for name in want} for link, want in zip(found, wanted, strict=False)] == wanted
        assert len(found) == len(wanted)


def test_a_new_case_expects_what_the_extractor_says_today(tmp_path: Path) -> None:
    """The draft that a person then corrects: the page byte for byte, and only fields that have a value."""
    page = next(case for case in cases() if case.name == "date-traps") / "page.html"

    case = add(str(page), name="mine", url="https://golden.example/mine", folder=tmp_path)

    drafted = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    assert (case / "page.html").read_bytes() == page.read_bytes()
    assert drafted["title"] == extract(page.read_bytes(), "https://golden.example/mine").title
    assert None not in drafted.values()
    with pytest.raises(FileExistsError):
        add(str(page), name="mine", folder=tmp_path)
