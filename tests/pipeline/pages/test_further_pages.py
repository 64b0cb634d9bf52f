"""Articles in several pages, through a real server into a real archive."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest

from scraper.config import loads
from scraper.errors import PermanentError, Reason
from scraper.pipeline.fetch import fetch, fetch_and_save
from scraper.pipeline.network import Network
from scraper.pipeline.pages.extraction import article_of, first_page
from scraper.pipeline.pages.further_pages import Ways, whole_article
from scraper.records import Page
from scraper.settings import Config
from tests.archives import rows
from tests.loopback import Loopback, reply

Result = TypeVar("Result")

CRANE = "/harbour/the-crane-is-back"


def config_with(extra: str = "") -> Config:
    return loads(f'[crawl]\npause_seconds = 0\nattempts = 1\nallow_private_hosts = ["127.0.0.1"]\n{extra}')


def text_of(number: int) -> str:
    return "".join(
        f"<p>On day {day} of week {number} the ships waited outside, and nobody on the quay knew for how long.</p>"
        for day in range(1, 7)
    )


def page(number: int, links: str) -> bytes:
    body = f"<article><h1>The crane is back</h1>{text_of(number)}</article><div>{links}</div>"
    return f"<!doctype html><html lang=en><title>The crane is back</title><body>{body}</body></html>".encode()


def serve(server: Loopback, pages: dict[str, bytes], **headers: str) -> None:
    for path, body in pages.items():
        server.routes[path] = reply(body, Content_Type="text/html; charset=utf-8", **headers)


def pager(count: int) -> str:
    return "".join(f'<a href="{CRANE}{f"/{n}" if n > 1 else ""}">{n}</a> ' for n in range(1, count + 1))


def weeks(body: str | None) -> list[int]:
    return [number for number in range(1, 30) if f"of week {number} " in (body or "")]


def test_all_pages_become_one_article_and_all_raw_pages_are_kept(server: Loopback, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    serve(server, {CRANE: page(1, pager(3)), f"{CRANE}/2": page(2, pager(3)), f"{CRANE}/3": page(3, pager(3))})
    article = fetch_and_save(server.url(CRANE), config_with(), archive)
    again = fetch_and_save(server.url(CRANE), config_with(), archive)

    assert weeks(article.body) == weeks(again.body) == [1, 2, 3]
    assert article.sources["pages"] == "3"
    kept = rows(archive, "SELECT url FROM pages ORDER BY url")
    assert [url.rpartition("back")[2] for (url,) in kept] == ["", "/2", "/3"]
    assert rows(archive, "SELECT count(*) FROM fetches WHERE kind = 'article'") == [(6,)]
    assert rows(archive, "SELECT count(*) FROM article_versions") == [(1,)]


def test_no_more_pages_than_allowed(server: Loopback, tmp_path: Path) -> None:
    serve(server, {CRANE: page(1, pager(9))} | {f"{CRANE}/{n}": page(n, pager(9)) for n in range(2, 10)})
    assert weeks(fetch(server.url(CRANE), config_with("max_article_pages = 4")).body) == [1, 2, 3, 4]
    assert weeks(fetch(server.url(CRANE), config_with("max_article_pages = 1")).body) == [1]
    assert len(server.targets) == 5


def test_pages_that_repeat_themselves_end_the_walk(server: Loopback) -> None:
    serve(server, {CRANE: page(1, pager(20))} | {f"{CRANE}/{n}": page(1, pager(20)) for n in range(2, 21)})
    assert weeks(fetch(server.url(CRANE), config_with()).body) == [1]
    assert len(server.targets) == 2


def test_a_further_page_that_cannot_be_had_leaves_those_before_it(server: Loopback) -> None:
    serve(server, {CRANE: page(1, pager(3)), f"{CRANE}/2": page(2, pager(3))})
    server.routes[f"{CRANE}/3"] = reply(b"", "503 Service Unavailable")
    assert weeks(fetch(server.url(CRANE), config_with()).body) == [1, 2]


def test_the_view_on_one_page_saves_the_walk(server: Loopback) -> None:
    links = f'<a href="{CRANE}/all">Auf einer Seite lesen</a>{pager(3)}'
    whole = page(1, "").replace(b"</article>", (text_of(2) + text_of(3)).encode() + b"</article>")
    serve(server, {CRANE: page(1, links), f"{CRANE}/all": whole, f"{CRANE}/2": page(2, links)})
    article = fetch(server.url(CRANE), config_with())
    assert weeks(article.body) == [1, 2, 3]
    assert article.url.endswith(CRANE)
    assert article.sources["pages"] == "all"
    assert len(server.targets) == 2


def test_the_json_of_wordpress_gives_the_whole_at_once(server: Loopback) -> None:
    stated = {"content": {"rendered": text_of(1) + text_of(2) + text_of(3)}}
    link = '</wp-json/wp/v2/posts/7>; rel="alternate"; title="JSON"; type="application/json"'
    serve(server, {CRANE: page(1, pager(3))}, Link=link)
    server.routes["/wp-json/wp/v2/posts/7"] = reply(json.dumps(stated).encode(), Content_Type="application/json")
    assert weeks(fetch(server.url(CRANE), config_with()).body) == [1, 2, 3]
    assert len(server.targets) == 2


def test_half_a_character_in_the_json_is_dropped(server: Loopback) -> None:
    link = '</wp-json/wp/v2/posts/7>; rel="alternate"; title="JSON"; type="application/json"'
    serve(server, {CRANE: page(1, pager(3))}, Link=link)
    stated = {"content": {"rendered": text_of(1) + text_of(2) + "<p>Nobody on the quay knew it \ud83d.</p>"}}
    server.routes["/wp-json/wp/v2/posts/7"] = reply(json.dumps(stated).encode(), Content_Type="application/json")
    article = fetch(server.url(CRANE), config_with())

    assert weeks(article.body) == [1, 2]
    assert (article.body or "").endswith("Nobody on the quay knew it .")


def test_json_that_is_none_is_passed_over(server: Loopback) -> None:
    link = '</wp-json/wp/v2/posts/7>; rel="alternate"; type="application/json"'
    serve(server, {CRANE: page(1, pager(2)), f"{CRANE}/2": page(2, pager(2))}, Link=link)
    server.routes["/wp-json/wp/v2/posts/7"] = reply(b"[]", Content_Type="application/json")
    assert weeks(fetch(server.url(CRANE), config_with()).body) == [1, 2]


@pytest.mark.parametrize(
    "links",
    [
        '<a rel="next" href="/harbour/the-ferry-stays">Next article</a>',
        f'<a href="{CRANE}/comment-page-2/">2</a>',
        '<a href="https://example.net/harbour/the-crane-is-back/2">2</a>',
    ],
)
def test_the_next_article_and_comments_are_no_further_pages(server: Loopback, links: str) -> None:
    serve(server, {CRANE: page(1, links)})
    fetch(server.url(CRANE), config_with())
    assert len(server.targets) == 1


def test_a_rule_leads_to_pages_that_no_number_tells(server: Loopback) -> None:
    rule = '[[sites]]\nname = "own"\nhosts = ["{host}"]\nnext_page = ["a.onward"]\n'
    onward = '<a class="onward" href="/harbour/b{}">and then?</a>'
    pages = {CRANE: page(1, onward.format(2)), "/harbour/b2": page(2, onward.format(3)), "/harbour/b3": page(3, "")}
    serve(server, pages)
    host = server.url("").removeprefix("http://")
    assert weeks(fetch(server.url(CRANE), config_with(rule.format(host=host))).body) == [1, 2, 3]
    assert weeks(fetch(server.url(CRANE), config_with()).body) == [1]


def test_a_further_page_that_is_not_read_in_time_is_noted_and_the_article_is_what_stands_before_it() -> None:
    read: list[str] = []

    def run(page: Page, work: Callable[[], Result]) -> Result:
        read.append(urlsplit(page.url).path)
        if page.url.endswith("/3"):
            raise PermanentError(Reason.TOO_SLOW, "was not read after 60 seconds", url=page.url)
        return work()

    with Loopback() as server, Network(config_with()) as network:
        serve(server, {CRANE: page(1, pager(3)), f"{CRANE}/2": page(2, pager(3)), f"{CRANE}/3": page(3, pager(3))})
        first = network.get_page(server.url(CRANE))
        ways = Ways(network=network, rules=(), max_pages=9, ask_robots=False, run=run)
        whole = whole_article(first, first_page(first, article_of(first, ()), ()), ways)
        noted = [(urlsplit(request.answer.url).path, request.answer) for request in network.side_requests()]

    assert weeks(whole.article.body) == [1, 2]
    assert [path for path, answer in noted if isinstance(answer, PermanentError)] == ["/robots.txt", f"{CRANE}/3"]
    assert set(read) == {f"{CRANE}/2", f"{CRANE}/3"}, "all that is made of a further page is made where there is room"
