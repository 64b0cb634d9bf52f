"""An exported feed is read back by our own reader of feeds with everything a feed can carry."""

import io
import json
from collections.abc import Callable, Iterable
from typing import BinaryIO

import pytest
from lxml import etree

from scraper.archiver.archive import Archive
from scraper.archiver.export.syndication import ExportedFeed, write_atom, write_json_feed, write_rss
from scraper.archiver.records import StoredArticle
from scraper.crawler.feeds.parsing import parse_feed
from scraper.records import Feed
from tests.archiver.builders import NOW, make_article, make_page, stamp, store

Writer = Callable[[ExportedFeed, Iterable[StoredArticle], BinaryIO], int]

HEAD = ExportedFeed(title="Harbours & tides", site_url="https://news.example/", url="https://me.example/f", made_at=NOW)


def _read_back(write: Writer, archive: Archive) -> Feed:
    out = io.BytesIO()
    write(HEAD, archive.articles(), out)
    return parse_feed(make_page("https://me.example/f", body=out.getvalue()), max_entries=100)


@pytest.mark.parametrize("write", [write_rss, write_atom, write_json_feed])
def test_entries_come_back_with_what_they_had(write: Writer, archive: Archive) -> None:
    article = make_article(
        title="Ebb & flow <i>at</i> Nordhaven\x0b",
        summary="A barge ran aground.",
        body_html="<p>The harbour was <b>closed</b> &amp; quiet ]]>.</p>",
        published=stamp("2026-03-01T08:00:00+00:00", offset=60),
    )
    store(archive, article)
    feed = _read_back(write, archive)
    (entry,) = feed.entries
    assert feed.title == "Harbours & tides"
    assert entry.title is not None
    assert entry.title.startswith("Ebb & flow")
    assert (entry.url, entry.guid, entry.authors) == (article.url, article.url, ("Ada Example",))
    assert entry.published is not None
    assert (entry.published.at, entry.published.offset_minutes) == (article.published.at, 60)  # type: ignore[union-attr]
    assert entry.categories == ("Harbour", "Region", "ships", "tide")
    assert entry.content_html == article.body_html


@pytest.mark.parametrize("write", [write_rss, write_atom, write_json_feed])
def test_an_empty_archive_gives_a_valid_feed_without_entries(write: Writer, archive: Archive) -> None:
    assert _read_back(write, archive).entries == ()


@pytest.mark.parametrize(("write", "namespaces"), [(write_rss, 4), (write_atom, 1)])
def test_namespaces_are_declared_once_and_known_by_their_usual_names(
    write: Writer, namespaces: int, archive: Archive
) -> None:
    for number in range(3):
        store(archive, make_article(f"https://news.example/{number}", language="de", comment_count=3))
    out = io.BytesIO()
    write(HEAD, archive.articles(), out)
    text = out.getvalue().decode()
    assert text.count("xmlns") == namespaces
    assert "ns0" not in text
    assert text.count("<slash:comments>" if write is write_rss else 'xml:lang="de"') == 3
    assert text.count('<atom:link rel="self"' if write is write_rss else '<link rel="self"') == 1


@pytest.mark.parametrize("write", [write_rss, write_atom])
def test_every_character_that_xml_knows_is_read_back(write: Writer, archive: Archive) -> None:
    html = "<p>a\r\nb\rc\td &quot;&lt;'\u0085\u2028\U0001f6a2</p>"
    store(archive, make_article(body_html=html))
    out = io.BytesIO()
    write(HEAD, archive.articles(), out)
    assert html in list(etree.fromstring(out.getvalue()).itertext())


def test_an_article_without_a_date_is_as_old_as_our_first_sight_of_it(archive: Archive) -> None:
    store(archive, make_article(published=None))
    (entry,) = _read_back(write_atom, archive).entries
    assert entry.published is None
    assert entry.updated is not None
    assert entry.updated.at == NOW


def test_a_json_feed_item_always_has_content(archive: Archive) -> None:
    store(archive, make_article(body=None, body_html=None))
    out = io.BytesIO()
    write_json_feed(HEAD, archive.articles(), out)
    (item,) = json.loads(out.getvalue())["items"]
    assert item["content_text"] == ""
