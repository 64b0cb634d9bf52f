"""Posts of WordPress's REST API to entries."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from scraper.crawler.history.paging import months_back, numbered_page, paged_feed
from scraper.crawler.history.wordpress import names_url, posts_url, read_names, read_posts, unnamed
from scraper.errors import PermanentError
from scraper.records import Page

POST = {
    "id": 7,
    "date": "2024-10-26T07:30:05",
    "date_gmt": "2024-10-26T05:30:05",
    "modified": "2024-10-27T07:30:00",
    "modified_gmt": "2024-10-27T06:30:00",
    "guid": {"rendered": "https://example.org/?p=7"},
    "status": "publish",
    "link": "https://example.org/a/",
    "title": {"rendered": "Ebbe &#038; <em>Flut</em>"},
    "content": {"rendered": "<p>Text</p>", "protected": False},
    "excerpt": {"rendered": "<p>Kurz</p>", "protected": False},
    "author": 3,
    "categories": [1],
    "tags": [2],
}


def page(body: object, **headers: str) -> Page:
    url = "https://example.org/wp-json/wp/v2/posts"
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Page(url=url, final_url=url, body=json.dumps(body).encode(), fetched_at=now, headers=fields)


def test_a_post_is_an_entry_with_exact_times_and_zone() -> None:
    found = read_posts(page([POST], X_WP_Total="1", X_WP_TotalPages="1"))
    entry = found.posts[0].entry

    assert (found.total, found.pages) == (1, 1)
    assert (str(entry.published), str(entry.updated)) == ("2024-10-26T07:30:05+02:00", "2024-10-27T07:30:00+01:00")
    assert (entry.guid, entry.url, entry.title) == ("https://example.org/?p=7", "https://example.org/a/", "Ebbe & Flut")
    assert (entry.summary, entry.content_html) == ("Kurz", "<p>Text</p>")


def test_names_come_embedded_or_are_looked_up() -> None:
    terms = [
        [{"id": 1, "taxonomy": "category", "name": "Meer &amp; Küste"}],
        [{"id": 2, "taxonomy": "post_tag", "name": "Ebbe"}],
    ]
    embedded = read_posts(page([{**POST, "_embedded": {"author": [{"id": 3, "name": "Jo"}], "wp:term": terms}}]))
    entry = embedded.posts[0].named(embedded.names)
    assert (entry.categories, entry.authors) == (("Meer & Küste", "Ebbe"), ("Jo",))

    bare = read_posts(page([POST]))
    assert unnamed(bare.posts, bare.names) == {"categories": (1,), "tags": (2,), "users": (3,)}
    assert read_names(page([{"id": 3, "name": "Jo"}]), "users") == {("users", 3): "Jo"}


def test_what_is_protected_or_not_published_stays_out() -> None:
    hidden = {"rendered": "", "protected": True}
    found = read_posts(page([{**POST, "content": hidden, "excerpt": hidden}, {**POST, "status": "private"}]))

    assert [(post.entry.content_html, post.entry.summary) for post in found.posts] == [(None, None)]


@pytest.mark.parametrize("body", [{"code": "rest_forbidden"}, "x", None])
def test_something_else_is_refused(body: object) -> None:
    with pytest.raises(PermanentError):
        read_posts(page(body))


@pytest.mark.parametrize("field", [name for name in POST if name != "link"])
@pytest.mark.parametrize("value", [None, [], {}, "x", -1, [None, "a"]])
def test_odd_fields_break_nothing(field: str, value: Any) -> None:
    read_posts(page([{**POST, field: value}]))


def test_half_a_character_is_dropped() -> None:
    (post,) = read_posts(page([{**POST, "content": {"rendered": "<p>Tide \ud83d</p>"}, "link": POST["link"]}])).posts

    assert post.entry.content_html == "<p>Tide </p>"


def test_addresses() -> None:
    root = "https://example.org/wp-json/"
    assert posts_url(root, embed=False) == "https://example.org/wp-json/wp/v2/posts?per_page=100"
    assert posts_url("https://example.org/?rest_route=/", page=2, embed=False) == (
        "https://example.org/?rest_route=%2Fwp%2Fv2%2Fposts&per_page=100&page=2"
    )
    assert names_url(root, "tags", [1, 2]) == "https://example.org/wp-json/wp/v2/tags?per_page=100&include=1,2"
    assert paged_feed("https://example.org/?feed=rss2&paged=2", 3) == "https://example.org/?feed=rss2&paged=3"
    assert numbered_page("https://example.org/a/page/2/", 3) == "https://example.org/a/page/3/"
    assert list(months_back(datetime(1990, 2, 1, tzinfo=UTC).date())) == [(1990, 2), (1990, 1)]
