"""A recorded WordPress site crawled and fetched over loopback, the archive compared with the site's own database.

One test crawls its feed, one fetches every post by itself; both print how many posts are exact, field by field.
"""

import fcntl
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.records import StoredArticle
from scraper.config import loads
from scraper.pipeline.fetch import fetch_and_save
from scraper.pipeline.run import run_crawl
from scraper.records import BlockKind
from scraper.settings import Config
from scraper.text import one_line
from scraper.urls import canonicalize

SITES = Path(__file__).resolve().parents[1].parent / "shared" / "sites"

pytestmark = pytest.mark.skipif(not SITES.is_dir(), reason="the recorded site is not part of the repository")

Truth = dict[str, Any]
Note = Callable[[str, object], None]


@pytest.fixture(scope="module")
def truth() -> Truth:
    loaded: Truth = json.loads((SITES / "newsmunch" / "truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site, served; the path of its request log."""
    path = tmp_path_factory.mktemp("newsmunch") / "requests.jsonl"
    command = [sys.executable, str(SITES / "serve.py"), "newsmunch", "--log", str(path)]
    # The recorded pages link to one fixed port: processes that run these tests side by side take turns.
    with (Path(tempfile.gettempdir()) / "scraper-recorded-site.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield from _served(command, path)


def _served(command: list[str], path: Path) -> Iterator[Path]:
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline(), "the site could not be served: is its port taken?"
        yield path
        server.terminate()


@pytest.fixture(scope="module")
def config(truth: Truth) -> Config:
    return loads(
        f"""
        [crawl]
        feed_interval_seconds = 0
        pause_seconds = 0
        allow_private_hosts = ["127.0.0.1"]
        [[feeds]]
        url = "{truth["base"]}/feed/"
        """
    )


def shown(article: StoredArticle, base: str) -> Truth:
    """What the archive has of an article, in the terms of the truth."""
    cells = (re.split(r"\s*[|\t\n]\s*", b.text) if b.kind is BlockKind.TABLE else [b.text] for b in article.blocks)
    blocks = {
        heading: [link for link in article.links if link.heading == heading]
        for heading in ("Related Posts", "You Missed")
    }
    return {
        "title": article.title,
        "day": str(article.published)[:10],
        "categories": list(article.categories),
        "tags": sorted(article.tags),
        "language": article.language,
        "body": [text for block in cells for cell in block if (text := one_line(cell))],
        "captions": list(article.captions),
        "comment_count": article.comment_count,
        "related": [
            (link.title, link.url, str(link.published), link.view_count, link.excerpt)
            for link in blocks["Related Posts"]
        ],
        "you_missed": [(link.title, link.url, str(link.published), link.view_count) for link in blocks["You Missed"]],
    }


def expected(post: Truth, truth: Truth) -> Truth:
    """What a page of the site shows of a post."""
    base, days = truth["base"], {p["url"]: p["published"][:10] for p in truth["posts"]}
    first_page = [one_line(block["text"]) for block in post["blocks"] if block["page"] == 1]
    return {
        "title": one_line(post["title"]),
        "day": post["published"][:10],
        "categories": post["categories"],
        "tags": sorted(post["tags"]),
        "language": post["language"],
        "body": [] if post["password_protected"] else [text for text in first_page if text],
        "captions": [one_line(caption) for caption in post["captions_displayed"]],
        "comment_count": post["comment_count"],
        "related": [
            (one_line(r["title"]), canonicalize(base + r["url"]), days[r["url"]], r["views"], one_line(r["excerpt"]))
            for r in post["related"]
        ],
        "you_missed": [
            (one_line(m["title"]), canonicalize(base + m["url"]), m["date"][:10], m["views"])
            for m in truth["you_missed"]
        ],
    }


def report(pairs: list[tuple[Truth, Truth]], note: Note) -> list[str]:
    """Note how many are exact, field by field, for the end of the test run; the fields in which one is not."""
    exact = Counter(field for got, true in pairs for field in true if got[field] == true[field])
    counts = ", ".join(f"{field} {exact[field]}" for field in pairs[0][1])
    note("exact", f"of {len(pairs)} posts exact: {counts}")
    return [field for field in pairs[0][1] if exact[field] != len(pairs)]


def test_a_crawl_of_the_feed_equals_the_database(
    log: Path, config: Config, truth: Truth, tmp_path: Path, record_property: Note
) -> None:
    """Page and feed together: the page's fields, and from the feed the second, the zone and the author."""
    file = tmp_path / "archive.db"
    run_crawl(config, file)
    newest = sorted(truth["posts"], key=lambda post: str(post["published"]), reverse=True)[: truth["posts_per_rss"]]
    pairs = []
    with Archive(file, read_only=True) as archive:
        assert sum(1 for _ in archive) == len(newest)
        for post in newest:
            article = archive.get(truth["base"] + post["url"])
            assert article is not None, post["url"]
            got = shown(article, truth["base"]) | {"published": str(article.published), "authors": article.authors}
            pairs.append((got, expected(post, truth) | {"published": post["published"], "authors": (post["author"],)}))

    assert report(pairs, record_property) == []


def test_a_second_crawl_is_one_conditional_request(log: Path, config: Config, tmp_path: Path) -> None:
    run_crawl(config, tmp_path / "archive.db")
    before = len(log.read_text().splitlines())

    again = run_crawl(config, tmp_path / "archive.db")

    requests = [json.loads(line) for line in log.read_text().splitlines()[before:]]
    assert [(request["path"], request["status"]) for request in requests] == [("/feed/", 304)]
    assert sum(again.counts.values()) == 1


def test_every_post_fetched_by_itself_equals_what_its_page_shows(
    log: Path, config: Config, truth: Truth, tmp_path: Path, record_property: Note
) -> None:
    file = tmp_path / "archive.db"
    for post in truth["posts"]:
        fetch_and_save(truth["base"] + post["url"], config, file)
    with Archive(file, read_only=True) as archive:
        stored = {post["url"]: archive.get(truth["base"] + post["url"]) for post in truth["posts"]}
        pairs = [
            (shown(article, truth["base"]), expected(post, truth))
            for post in truth["posts"]
            if (article := stored[post["url"]]) is not None
        ]
        assert len(pairs) == sum(1 for _ in archive) == len(truth["posts"])
        hidden = [text for item in truth["not_public"] for text in (item["title"], item["text"])]
        hidden += [text for post in truth["posts"] if post["password_protected"] for text in post["body"]]
        rows = [
            row
            for table in ("article_texts", "links", "article_records")
            for row in archive.query(f"SELECT * FROM {table}")
        ]

    assert report(pairs, record_property) == []
    assert not [text for text in hidden if any(text in str(row.values()) for row in rows)]
