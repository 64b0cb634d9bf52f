"""The fixture site itself: it answers as a news site does, and its expected records say what its sources say."""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest

from fixtures.articles import read_articles
from fixtures.serve import FAILS_ONCE, Site, serve
from fixtures.truth import EXPECTED, KINDS, records

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
DECODERS = {"br": brotli.decompress, "zstd": zstd.decompress, "gzip": gzip.decompress}


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


def get(site: Site, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    """One request as it goes over the wire: no redirects, no decoding."""
    connection = HTTPConnection(urlsplit(site.url).netloc, timeout=10)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("coding", DECODERS)
def test_a_page_is_compressed_as_the_client_asks(site: Site, coding: str) -> None:
    plain = get(site, "/")[1]
    response, body = get(site, "/", Accept_Encoding=coding)

    assert response.getheader("Content-Encoding") == coding
    assert len(body) < len(plain)
    assert DECODERS[coding](body) == plain


def test_a_feed_that_did_not_change_answers_304_to_its_etag(site: Site) -> None:
    first, _ = get(site, "/feed/")
    tag = first.getheader("ETag")
    assert tag is not None

    second, body = get(site, "/feed/", If_None_Match=tag)

    assert (second.status, body) == (304, b"")
    assert [request.conditional for request in site.requests_for("/feed/")] == [False, True]


def test_a_page_that_did_not_change_answers_304_to_its_date(site: Site) -> None:
    path = "/english/the-ferry-nobody-ordered.html"
    stamp = get(site, path)[0].getheader("Last-Modified")
    assert stamp is not None

    assert get(site, path, If_Modified_Since=stamp)[0].status == 304


def test_feeds_of_the_wordpress_part_share_one_etag_though_they_differ(site: Site) -> None:
    """Seen on a real WordPress: validators belong to a URL, never to a site."""
    whole, body = get(site, "/feed/")
    part, other = get(site, "/category/politik/feed/")

    assert whole.getheader("ETag") == part.getheader("ETag")
    assert body != other


def test_the_later_state_edits_removes_and_adds_articles(site: Site) -> None:
    edited, gone, lost = "/hafenrat-vertagt-abstimmung/", "/politik/haushalt-mit-loch", "/buecherbus-faehrt-wieder/"
    added = "/neue-bruecke-ueber-die-treenau/"
    paths = (edited, gone, lost, added)
    before = get(site, edited)[1]
    assert [get(site, path)[0].status for path in paths] == [200, 200, 200, 404]
    tag = get(site, "/feed/")[0].getheader("ETag")

    site.state = "later"

    assert [get(site, path)[0].status for path in paths] == [200, 410, 404, 200]
    assert "für den 14. November angesetzt" in get(site, edited)[1].decode()
    assert "für den 14. November angesetzt" not in before.decode()
    assert get(site, "/feed/")[0].getheader("ETag") != tag
    assert added.encode() in get(site, "/feed/")[1]
    assert lost.encode() not in get(site, "/feed/")[1]


def test_views_are_counted_up_in_the_later_state(site: Site) -> None:
    page = "/seenotretter-ziehen-bilanz/"
    assert b"41 views" in get(site, page)[1]

    site.state = "later"

    assert b"54 views" in get(site, page)[1]


def test_one_page_fails_once_and_asks_to_be_tried_at_once(site: Site) -> None:
    first, second = get(site, FAILS_ONCE)[0], get(site, FAILS_ONCE)[0]

    assert (first.status, first.getheader("Retry-After"), second.status) == (503, "0", 200)


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("/alt/werft-bekommt-auftrag/", 301, "/werft-bekommt-auftrag/"),
        ("/r/museum", 302, "/english/museum-reopens-after-flood"),
        ("/im-kreis/a", 302, "/im-kreis/b"),
    ],
)
def test_redirects(site: Site, path: str, status: int, target: str) -> None:
    response, _ = get(site, path)

    assert (response.status, response.getheader("Location")) == (status, site.url + target)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/gibt-es-nicht/", 404), ("/zurueckgezogen/", 410), ("/kaputt/", 500), ("/bilder/../articles.py", 404)],
)
def test_failures(site: Site, path: str, status: int) -> None:
    assert get(site, path)[0].status == status


def test_every_entry_of_the_three_feeds_leads_to_a_page_of_this_server(site: Site) -> None:
    bodies = [get(site, urlsplit(feed).path)[1].decode() for feed in site.feeds]
    links = [
        re.findall(r"<item>.*?<link>(.+?)</link>", bodies[0], re.DOTALL),
        re.findall(r'<entry.*?<link rel="alternate" type="text/html" href="(.+?)"/>', bodies[1], re.DOTALL),
        re.findall(r'"url": "(.+?)"', bodies[2]),
    ]

    assert [len(found) for found in links] == [10, 6, 10]
    for link in (link for found in links for link in found):
        assert link.startswith(f"{site.url}/")
        assert get(site, link.removeprefix(site.url))[0].status in {200, 302, 503}


def test_pages_link_to_the_address_they_are_served_from(site: Site) -> None:
    for article in read_articles():
        page = get(site, article.path)[1]
        hosts = set(re.findall(rb'(?:href|src)="https?://([^/"]+)', page))

        assert hosts <= {urlsplit(site.url).netloc.encode(), b"social.example", b"gmpg.org"}


def test_pictures_on_pages_exist(site: Site) -> None:
    names = {name for article in read_articles() for name in re.findall(r"\]\((\w+\.png)\)", article.body)}

    assert len(names) == 6
    for name in names:
        response, body = get(site, f"/bilder/{name}")
        assert response.status == 200
        assert body.startswith(b"\x89PNG\r\n\x1a\n")


def test_the_log_tells_what_was_asked(site: Site) -> None:
    get(site, "/robots.txt", User_Agent="lighthouse")
    get(site, "/gibt-es-nicht/")

    log = site.requests
    assert [(request.method, request.path, request.status) for request in log] == [
        ("GET", "/robots.txt", 200),
        ("GET", "/gibt-es-nicht/", 404),
    ]
    assert log[0].headers["user-agent"] == "lighthouse"
    site.forget_requests()
    assert site.requests == ()


def test_there_is_no_third_state(site: Site) -> None:
    with pytest.raises(ValueError, match="no such state"):
        site.state = "never"  # type: ignore[assignment]


def test_old_pages_come_in_the_encodings_they_state(site: Site) -> None:
    western, body = get(site, "/archiv/chronik_sturmflut.htm")
    assert western.getheader("Content-Type") == "text/html; charset=windows-1252"
    assert "23 Millionen €" in body.decode("windows-1252")

    assert get(site, "/archiv/vereine_oktober.htm")[1].decode("utf-16").startswith("<HTML>")


def test_the_fixtures_stay_small() -> None:
    """They are read by people and lie in git: 300 KB is a lot of newspaper, and 32 KB of one page to read by."""
    golden = FIXTURES / "golden"

    assert _bytes_in(FIXTURES) - _bytes_in(golden) < 300_000
    assert [page.name for page in golden.iterdir() if _bytes_in(page) > 32_000] == []


def _bytes_in(folder: Path) -> int:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sum(path.stat().st_size for path in files)


def test_the_expected_records_are_those_of_the_sources() -> None:
    """After an edit of an article: ``python -m fixtures.truth``."""
    written = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in EXPECTED.glob("*.json")}

    assert written == records()


def test_the_later_state_has_edits_of_all_sorts() -> None:
    """Tests of versions rest on these: in the text with a new date and without one, in typography only, gone."""
    later = {slug: record.get("later", {}) for slug, record in records().items()}

    assert {"blocks", "modified"} <= set(later["the-ferry-nobody-ordered"])
    assert "modified" not in later["hafenrat-vertagt-abstimmung"]
    assert list(later["deich-bei-suederhoern"]) == ["blocks"]
    assert [later[slug] for slug in ("buecherbus-faehrt-wieder", "haushalt-mit-loch")] == [
        {"status": 404},
        {"status": 410},
    ]
    assert records()["neue-bruecke-ueber-die-treenau"]["only_later"]


def test_pages_that_are_no_articles_answer(site: Site) -> None:
    statuses = {path: get(site, path)[0].status for path in KINDS}

    assert {path for path, status in statuses.items() if status != 200} == {"/gibt-es-nicht/", "/zurueckgezogen/"}
