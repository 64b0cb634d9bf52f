"""The whole past of a recorded WordPress site, brought by each of its ways; the archive compared with its database."""

import json
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.records import StoredArticle
from scraper.pipeline.backfill.records import BackfillReport, Method, Wishes
from scraper.pipeline.backfill.run import run_backfill
from scraper.settings import Config
from tests.test_newsmunch_site import SITES, Note, Truth, config, expected, log, report, shown, truth

__all__ = ["config", "log", "truth"]  # fixtures

pytestmark = pytest.mark.skipif(not SITES.is_dir(), reason="the recorded site is not part of the repository")


def backfill(config: Config, file: Path, method: Method) -> BackfillReport:
    return run_backfill(config.feeds[0].url, config, file, Wishes(method=method))


def requests(log: Path) -> list[str]:
    return [json.loads(line)["path"] for line in log.read_text().splitlines()]


def stored(file: Path, truth: Truth) -> list[tuple[Truth, StoredArticle]]:
    """Every post with its article; none is missing, and the archive has no others."""
    with Archive(file, read_only=True) as archive:
        articles = [archive.get(truth["base"] + post["url"]) for post in truth["posts"]]
        assert sum(1 for _ in archive) == len(truth["posts"]) == 71
        hidden = [text for item in truth["not_public"] for text in (item["title"], item["text"])]
        hidden += [text for post in truth["posts"] if post["password_protected"] for text in post["body"]]
        tables = ("article_texts", "links", "article_records", "entries")
        rows = [row for table in tables for row in archive.query(f"SELECT * FROM {table}")]
    assert not [text for text in hidden if any(text in str(row.values()) for row in rows)]
    return [(post, article) for post, article in zip(truth["posts"], articles, strict=True) if article is not None]


@pytest.mark.parametrize(
    ("method", "asked"),
    [
        # The recording answers no _embed, no names by number, and has the first page of the categories only.
        (Method.REST, (9, 3)),
        (Method.PAGED, (8, 1)),
        (Method.SITEMAP, (3, 3)),
        (Method.MONTHS, (22, 3)),
    ],
)
def test_every_way_brings_all_posts_and_no_more(  # noqa: PLR0917
    log: Path,
    config: Config,
    truth: Truth,
    tmp_path: Path,
    record_property: Note,
    method: Method,
    asked: tuple[int, int],
) -> None:
    """`asked` are the requests for lists, of the first backfill and of the second."""
    file = tmp_path / "archive.db"
    done = backfill(config, file, method)

    assert (done.requests, done.listed, done.new, done.is_complete) == (asked[0], 71, 71, True)
    exact = []
    for post, article in stored(file, truth):
        got, true = shown(article, truth["base"]), expected(post, truth)
        if method in (Method.REST, Method.PAGED):
            got["published"], true["published"] = str(article.published), post["published"]
        if method is Method.PAGED:
            got["authors"], true["authors"] = article.authors, (post["author"],)
        exact.append((got, true))
    assert report(exact, record_property) == []

    before = len(requests(log))
    second = backfill(config, file, method)
    assert (second.new, second.is_complete, second.requests) == (0, True, asked[1])
    assert len(requests(log)[before:]) == asked[1]


def test_the_best_way_is_found_without_being_told(log: Path, config: Config, tmp_path: Path) -> None:
    done = run_backfill("http://127.0.0.1:8082", config, tmp_path / "archive.db", Wishes(fetch_pages=False))

    assert (done.method, done.new) == (Method.REST, 71)
