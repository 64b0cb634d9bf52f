"""Sitemaps of all forms to records: whole, broken and hostile."""

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.sitemaps.choosing import worth_asking
from scraper.crawler.sitemaps.reading import MAX_BYTES, parse_sitemap
from scraper.crawler.sitemaps.records import Sitemap, SitemapForm, SitemapUrl
from scraper.dates.reading import parse_timestamp
from scraper.errors import PermanentError, Reason
from scraper.records import Page

URL = "https://example.org/sitemaps/one.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = (
    b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    b' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def read(body: bytes, *, max_urls: int = 50_000) -> Sitemap:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return parse_sitemap(Page(url=URL, final_url=URL, body=body, fetched_at=now), max_urls=max_urls)


def urlset(inner: bytes) -> bytes:
    return HEAD + b"<urlset " + SPACES + b">" + inner + b"</urlset>"


def places(sitemap: Sitemap) -> list[str]:
    return [url.url for url in sitemap.urls]


def test_addresses_come_with_their_lastmod() -> None:
    found = read(urlset(b"<url><loc> https://example.org/a </loc><lastmod>2024-10-01T08:00:00+02:00</lastmod></url>"))

    assert (found.form, found.problems) == (SitemapForm.URLS, ())
    assert [(url.url, str(url.modified)) for url in found.urls] == [
        ("https://example.org/a", "2024-10-01T08:00:00+02:00")
    ]


def test_the_news_and_image_extensions_are_read() -> None:
    found = read(
        urlset(
            b"<url><loc>https://example.org/a</loc><news:news><news:publication><news:name>Bote</news:name>"
            b"<news:language>de</news:language></news:publication><news:publication_date>2024-10-01T08:00:05Z"
            b"</news:publication_date><news:title>Ebbe &amp; Flut</news:title><news:keywords>Meer, Wetter, Meer"
            b"</news:keywords></news:news><image:image><image:loc>/a.png</image:loc><image:title>No</image:title>"
            b"</image:image></url>"
        )
    )

    (entry,) = (url.as_entry() for url in found.urls)
    assert (entry.title, entry.language, entry.categories) == ("Ebbe & Flut", "de", ("Meer", "Wetter"))
    assert str(entry.published) == "2024-10-01T08:00:05+00:00"
    assert [enclosure.url for enclosure in entry.enclosures] == ["https://example.org/a.png"]


def test_an_index_names_sitemaps() -> None:
    found = read(
        HEAD + b"<sitemapindex><sitemap><loc>/b.xml</loc><lastmod>2024-10-01</lastmod></sitemap></sitemapindex>"
    )

    assert (found.form, places(found)) == (SitemapForm.INDEX, ["https://example.org/b.xml"])


def test_text_and_gzip_are_read() -> None:
    lines = b"\xef\xbb\xbfhttps://example.org/a\r\nhttps://example.org/b\r\n\r\n"

    assert (
        places(read(lines)) == places(read(gzip.compress(lines))) == ["https://example.org/a", "https://example.org/b"]
    )
    assert read(lines).form is SitemapForm.TEXT


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<url><loc>https://example.org/a</loc></url><url><loc>https://example.org/b", ["/a", "/b"]),
        (b"<url><loc>https://example.org/a</loc><url><loc>https://example.org/b</loc></url>", ["/a", "/b"]),
        (b"<url><loc>https://example.org/?a=1&b=2</loc></url>", ["/?a=1&b=2"]),
        (b"<url><loc>https://example.org/a&nbsp;\x01</loc></url>", ["/a"]),
        (b"<url><loc>javascript:alert(1)</loc></url><url><loc>https://example.org/b</loc></url>", ["/b"]),
        (
            b"<url><loc>https://example.org/a</loc></url>\xff\xfe<url><loc>https://example.org/b</loc></url>",
            ["/a", "/b"],
        ),
    ],
)
def test_what_can_be_saved_of_a_broken_one_is(body: bytes, expected: list[str]) -> None:
    found = read(HEAD + b"<urlset>" + body)

    assert [url.removeprefix("https://example.org") for url in places(found)] == expected


def test_a_cut_gzip_file_gives_its_beginning_and_a_problem() -> None:
    body = urlset(b"".join(b"<url><loc>https://example.org/%d</loc></url>" % n for n in range(2_000)))
    packed = gzip.compress(body)

    found = read(packed[: len(packed) // 2])

    assert 100 < len(found.urls) < 2_000
    assert "broken or cut off" in found.problems[0]


def test_entities_and_externals_do_nothing() -> None:
    bomb = b'<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    bomb += b'<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY % out SYSTEM "http://127.0.0.1:9/x"> %out;]>'
    body = bomb + b"<urlset><url><loc>https://example.org/&j;</loc></url><url><loc>&file;</loc></url></urlset>"

    found = read(HEAD + body)

    assert all(len(url) < 50 and "root" not in url for url in places(found))


def test_a_gzip_bomb_is_cut() -> None:
    packed = gzip.compress(b"https://example.org/a\n" + b" " * (MAX_BYTES + 1_000_000))

    found = read(packed)

    assert places(found) == ["https://example.org/a"]
    assert "more than" in found.problems[0]


def test_there_are_limits_and_surplus_is_told() -> None:
    found = read(urlset(b"".join(b"<url><loc>https://example.org/%d</loc></url>" % n for n in range(9))), max_urls=5)

    assert len(found.urls) == 5
    assert found.problems == ("4 addresses beyond the first 5 were left out",)


def test_a_lastmod_that_all_share_is_not_believed() -> None:
    row = b"<url><loc>https://example.org/%d</loc><lastmod>2024-10-01T08:00:00Z</lastmod></url>"
    found = read(urlset(b"".join(row % n for n in range(20))))

    assert {url.modified for url in found.urls} == {None}
    assert "same second" in found.problems[0]


@pytest.mark.parametrize(("body", "reason"), [(b" ", Reason.EMPTY), (b"<html><p>Hallo", Reason.NOT_A_SITEMAP)])
def test_what_is_no_sitemap_is_refused(body: bytes, reason: Reason) -> None:
    with pytest.raises(PermanentError) as caught:
        read(body)

    assert caught.value.reason is reason


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<urlset>", b"<urlset><url><loc>", b"\x1f\x8b\x08", b"<sitemapindex>"]),
)
def test_nothing_breaks_the_reader(noise: bytes, head: bytes) -> None:
    try:
        found = read(head + noise)
    except PermanentError:
        return
    assert all(url.startswith(("http://", "https://")) for url in places(found))


def test_only_sitemaps_that_moved_and_may_hold_articles_are_asked() -> None:
    def child(name: str, lastmod: str | None) -> SitemapUrl:
        return SitemapUrl(url=f"https://example.org/{name}", modified=parse_timestamp(lastmod) if lastmod else None)

    children = [
        child("post-sitemap.xml", "2024-10-01"),
        child("post-sitemap2.xml", "2024-10-05"),
        child("category-sitemap.xml", "2024-10-09"),
        child("wp-sitemap-users-1.xml", None),
        child("wp-sitemap-posts-post-1.xml", None),
        child("old.xml", "2020-01-01"),
    ]
    read_before: dict[str, str | None] = {"https://example.org/post-sitemap.xml": "2024-10-01"}
    chosen = worth_asking(children, read_before, since=datetime(2024, 1, 1, tzinfo=UTC))

    assert [each.url.rpartition("/")[2] for each in chosen] == ["post-sitemap2.xml", "wp-sitemap-posts-post-1.xml"]
