"""Discovery on a recorded WordPress site: its feed, a category's, an article's, and what else it has."""

import fcntl
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.config import loads
from scraper.crawler.discovery.sources import SourceKind
from scraper.pipeline.discover import discover

SITES = Path(__file__).resolve().parents[2].parent / "shared" / "sites"

pytestmark = pytest.mark.skipif(not SITES.is_dir(), reason="the recorded site is not part of the repository")

CONFIG = loads('[crawl]\npause_seconds = 0\nallow_private_hosts = ["127.0.0.1"]\n')


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The site, served where its pages link to; processes that need it take turns."""
    command = [sys.executable, str(SITES / "serve.py"), "newsmunch"]
    with (Path(tempfile.gettempdir()) / "scraper-recorded-site.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            assert server.stdout.readline(), "the site could not be served: is its port taken?"
            yield json.loads((SITES / "newsmunch" / "truth.json").read_text(encoding="utf-8"))["base"]
            server.terminate()


def test_the_site_a_category_and_an_article(base: str) -> None:
    site = discover(base.removeprefix("http://"), CONFIG)
    category = discover(f"{base}/category/gesellschaft/", CONFIG)
    article = discover(f"{base}/venezuela-offenbart-die-schwaeche-der-usa/", CONFIG)

    assert [source.url for source in site.sources] == [f"{base}/feed/"]
    assert [source.url for source in category.sources] == [f"{base}/category/gesellschaft/feed/", f"{base}/feed/"]
    assert [source.url for source in article.sources] == [f"{base}/feed/"]
    feed = site.sources[0]
    assert (feed.title, feed.language, feed.entries) == ("Der Rote Faden", "de-DE", 10)


def test_all_that_the_site_has(base: str) -> None:
    found = discover(base, CONFIG, thorough=True).sources

    assert [(source.kind, source.found, source.same_as) for source in found] == [
        (SourceKind.FEED, "announced by the page", None),
        (SourceKind.FEED, "custom of WordPress", 1),
        (SourceKind.SITEMAP, "named in robots.txt", None),
        (SourceKind.PAGE, "the page itself", None),
    ]
