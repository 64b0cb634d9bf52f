"""Every post of a real WordPress site, as served, against what its database knows: all fields that a page shows.

One test per field; each prints how many of the posts are exact.
"""

import json
import re
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from scraper.dates.reading import parse_timestamp
from scraper.extractor.extract import extract
from scraper.records import Article, BlockKind, Link, PageKind
from scraper.text import one_line
from scraper.urls import canonicalize

SITE = Path(__file__).resolve().parents[1].parent / "shared" / "sites" / "newsmunch"

pytestmark = pytest.mark.skipif(not SITE.is_dir(), reason="the recorded site is not part of the repository")


@dataclass(frozen=True, slots=True)
class Post:
    """A post: its page through the extractor, and what is true of it."""

    article: Article
    html: str
    truth: dict[str, Any]
    base: str


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SITE / "truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def posts(truth: dict[str, Any]) -> list[Post]:
    pages = {unquote(url): (url, html) for url, html in _pages("post")}
    found = []
    for post in truth["posts"]:
        url, html = pages[unquote(truth["base"] + post["url"])]
        article = extract(html, url, content_type="text/html; charset=UTF-8")
        found.append(Post(article, html.decode(), post, truth["base"]))
    return found


def _pages(*kinds: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(SITE / "pages.tar.xz") as archive:
        files = {name: archive.extractfile(name) for name in archive.getnames()}
        manifest = next(file for name, file in files.items() if name.endswith("manifest.json"))
        assert manifest is not None
        folder = next(name for name in files if name.endswith("manifest.json")).removesuffix("manifest.json")
        for entry in json.load(manifest):
            file = files.get(folder + entry["file"]) if entry["kind"] in kinds else None
            if file is not None:
                yield entry["url"], file.read()


Check = Callable[[str, Callable[[Post], bool]], None]


@pytest.fixture
def exact(posts: list[Post], capsys: pytest.CaptureFixture[str]) -> Check:
    """Fails naming the posts that are not right, and says either way how many are."""

    def check(field: str, right: Callable[[Post], bool]) -> None:
        wrong = [post.truth["url"] for post in posts if not right(post)]
        with capsys.disabled():
            sys.stdout.write(f"\n{field}: {len(posts) - len(wrong)} of {len(posts)} exact")
        assert wrong == []

    return check


def _lines(texts: list[str]) -> list[str]:
    return [one_line(text) for text in texts]


def _rows(post: Post, heading: str) -> list[Link]:
    return [link for link in post.article.links if link.heading == heading]


def _body(article: Article) -> list[str]:
    """The blocks in the truth's own cut: a table cell by cell, the rest block by block."""
    texts = []
    for block in article.blocks:
        cells = re.split(r"\s*[|\t\n]\s*", block.text) if block.kind is BlockKind.TABLE else [block.text]
        texts.extend(cell for cell in map(one_line, cells) if cell)
    return texts


def test_title(exact: Check) -> None:
    exact("title", lambda post: post.article.title == one_line(post.truth["title"]))


def test_day_of_publication(exact: Check) -> None:
    exact("day", lambda post: str(post.article.published) == post.truth["published"][:10])


def test_categories(exact: Check) -> None:
    exact("categories", lambda post: list(post.article.categories) == post.truth["categories"])


def test_tags(exact: Check) -> None:
    exact("tags", lambda post: sorted(post.article.tags) == sorted(post.truth["tags"]))


def test_language(exact: Check) -> None:
    exact("language", lambda post: post.article.language == post.truth["language"])


def test_body_of_the_first_page(exact: Check) -> None:
    def right(post: Post) -> bool:
        if post.truth["password_protected"]:
            return post.article.body is None and post.article.blocks == ()
        return _body(post.article) == _lines([block["text"] for block in post.truth["blocks"] if block["page"] == 1])

    exact("body", right)


def test_captions(exact: Check) -> None:
    exact("captions", lambda post: list(post.article.captions) == _lines(post.truth["captions_displayed"]))


def test_credits_are_in_no_caption_and_in_no_text(exact: Check, posts: list[Post]) -> None:
    def right(post: Post) -> bool:
        shown = [*(image.caption or "" for image in post.article.images), post.article.body or ""]
        return not any(credit and any(credit in text for text in shown) for credit in _credits(post.article))

    exact("credits", right)
    assert any(_credits(post.article) for post in posts)


def _credits(article: Article) -> list[str | None]:
    return [image.credit for image in article.images if image.credit]


def test_comment_count(exact: Check) -> None:
    exact("comment count", lambda post: post.article.comment_count == post.truth["comment_count"])


def test_related_posts(exact: Check) -> None:
    def right(post: Post) -> bool:
        expected = [
            (
                one_line(item["title"]),
                canonicalize(post.base + item["url"]),
                str(parse_timestamp(item["date_shown"])),
                item["views"],
                one_line(item["excerpt"]),
                item["categories"][0],
            )
            for item in post.truth["related"]
        ]
        rows = _rows(post, "Related Posts")
        assert [link.position for link in rows] == list(range(1, len(rows) + 1))
        return expected == [
            (link.title, link.url, str(link.published), link.view_count, link.excerpt, link.category) for link in rows
        ]

    exact("related", right)


def test_you_missed(exact: Check, truth: dict[str, Any]) -> None:
    expected = [
        (one_line(item["title"]), canonicalize(truth["base"] + item["url"]), item["date"][:10], item["views"])
        for item in truth["you_missed"]
    ]

    def right(post: Post) -> bool:
        rows = _rows(post, "You Missed")
        return expected == [(link.title, link.url, str(link.published), link.view_count) for link in rows]

    exact("you missed", right)


def test_posts_are_articles_and_protected_ones_are_told_apart(exact: Check) -> None:
    def right(post: Post) -> bool:
        kind = PageKind.PROTECTED if post.truth["password_protected"] else PageKind.ARTICLE
        return post.article.kind is kind

    exact("kind", right)


def test_nothing_that_is_not_public_is_found(posts: list[Post], truth: dict[str, Any]) -> None:
    hidden = [text for item in truth["not_public"] for text in (item["title"], item["text"])]
    hidden += [text for post in posts if post.truth["password_protected"] for text in post.truth["body"]]

    for post in posts:
        record = repr(post.article)
        assert not any(text in record for text in hidden)
