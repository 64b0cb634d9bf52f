"""Sitemaps looked over, in the forms they come in."""

import gzip

import pytest

from scraper.crawler.sitemaps.summary import SitemapSummary, summarize
from scraper.records import Page
from tests.crawler.conftest import NOW

URLSET = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc> https://a.example/1 </loc><lastmod>2026-02-01</lastmod></url>"
    "<url><loc><![CDATA[https://a.example/2]]></loc><lastmod>2026-02-27T10:00:00+01:00</lastmod></url></urlset>"
)
NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc><news:news>'
    "<news:publication><news:name>Der Bote</news:name><news:language>de</news:language></news:publication>"
    "<news:publication_date>2026-02-28T09:00:00Z</news:publication_date></news:news></url></urlset>"
)
INDEX = (
    "<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc><lastmod>2026-02-01</lastmod></sitemap></sitemapindex>"
)


def look(body: bytes) -> SitemapSummary | None:
    return summarize(Page(url="https://a.example/s", final_url="https://a.example/s", body=body, fetched_at=NOW))


@pytest.mark.parametrize(
    ("body", "form", "addresses", "newest", "name"),
    [
        (URLSET.encode(), "urlset", 2, "2026-02-27T09:00:00+00:00", None),
        (gzip.compress(URLSET.encode(), mtime=0), "urlset", 2, "2026-02-27T09:00:00+00:00", None),
        (NEWS.encode(), "news", 1, "2026-02-28T09:00:00+00:00", "Der Bote"),
        (INDEX.encode(), "index", 1, "2026-02-01T00:00:00+00:00", None),
        (b"\xef\xbb\xbfhttps://a.example/1\nhttps://a.example/2\n", "text", 2, "None", None),
    ],
)
def test_sitemaps(body: bytes, form: str, addresses: int, newest: str, name: str | None) -> None:
    found = look(body)

    assert found is not None
    stamp = found.newest_at.isoformat() if found.newest_at else "None"
    assert (found.format, found.addresses, stamp, found.name) == (form, addresses, newest, name)


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>404</body></html>", b"\x1f\x8b broken", b"User-agent: *\n", b"<rss><channel/></rss>"]
)
def test_what_is_no_sitemap(body: bytes) -> None:
    assert look(body) is None


@pytest.mark.parametrize("junk", ["<loc ", "<lastmod ", "<x:name ", "<x:language ", "<loc>" + " " * 500_000])
def test_markup_that_never_ends_is_passed_over_in_one_go(junk: str) -> None:
    """What looked to the end from each of its beginnings would be at it for hours."""
    found = look((URLSET + junk * (3_000_000 // len(junk))).encode())

    assert found is not None
    assert found.addresses == 2
