"""What befell made-up articles (see `synthetic`) since they were stored: the feeds that brought them, edits, failures.

Edits come by the front door; what a crawl notes of feeds and requests is written in SQL, a table at a time. Each site
has one feed, one article in twenty a second version (a third of them silent, half with another headline), and for
thirty requests there is one that failed.
"""

from dataclasses import replace
from datetime import timedelta

from benchmarks.synthetic import BATCH, make_article, make_page, seen_at
from scraper.archiver.archive import Archive
from scraper.records import ChangeKind

_EDITED_EVERY = 20

_FOLLOWED = """
INSERT INTO feeds (url, name, title, format, added_at, last_checked_at, last_ok_at, last_new_at, next_check_at)
SELECT 'https://www.' || site || '/feed', 'Feed of ' || site, site, 'rss20', min(first_seen_at), max(first_seen_at),
  max(first_seen_at), max(first_seen_at), max(first_seen_at)
FROM article_records GROUP BY site;
UPDATE article_records SET feed_id = (SELECT id FROM feeds WHERE title = site);
INSERT INTO entries (id, feed_id, natural_key, guid, url, canonical_url, title, published, published_precision,
  authors, categories, summary, article_id, first_seen_at, changed_at)
SELECT records.id, feed_id, records.url, records.url, records.url, records.url, title, published, published_precision,
  '["Author"]', '["Category"]', summary, records.id, first_seen_at, first_seen_at
FROM article_records AS records JOIN article_texts ON article_id = records.id;
UPDATE queue SET entry_id = article_id, feed_id = (SELECT feed_id FROM entries WHERE id = queue.article_id);
UPDATE fetches SET feed_id = (SELECT feed_id FROM queue WHERE id = queue_id);
INSERT INTO fetches (kind, url, feed_id, outcome, status, elapsed_seconds, fetched_at)
SELECT 'feed', feeds.url, feeds.id, iif(records.id % 10, 'not_modified', 'ok'), iif(records.id % 10, 304, 200), 0.1,
  first_seen_at
FROM article_records AS records JOIN feeds ON feeds.id = feed_id WHERE records.id % 2;
INSERT INTO fetches (kind, url, feed_id, outcome, status, elapsed_seconds, fetched_at)
SELECT 'article', url || '/gone', feed_id, 'failed', 404, 0.1, first_seen_at
FROM article_records WHERE id % 30 = 0;
INSERT INTO failures (fetch_id, url, host, reason, message, status, failed_at, next_try_at)
SELECT fetches.id, url, 'www.' || title, iif(fetches.id % 3, 'not_found', 'timeout'), 'made up', 404, fetched_at,
  iif(fetches.id % 5, NULL, fetched_at)
FROM fetches JOIN (SELECT id AS found_id, title FROM feeds) ON found_id = feed_id WHERE outcome = 'failed';
"""


def live_on(archive: Archive, size: int) -> None:
    """Let an archive of `size` articles have a past: all that is in it is there for the first time."""
    for start in range(0, size, BATCH * _EDITED_EVERY):
        with archive.transaction():
            for number in range(start, min(start + BATCH * _EDITED_EVERY, size), _EDITED_EVERY):
                _edit(archive, number)
    with archive.transaction():
        archive._database.script(_FOLLOWED)  # noqa: SLF001


def _edit(archive: Archive, number: int) -> None:
    """What makes an edit silent is that the stated date of change stays."""
    base = make_article(number)
    known = archive.find(base, feed_id=None, guid=None, urls=(base.url,))
    assert known is not None
    assert known.modified is not None
    at = seen_at(number) + timedelta(hours=2)
    edited = replace(
        base,
        title=f"{known.title} again" if number % (2 * _EDITED_EVERY) else known.title,
        body=f"{known.body} and more",
        modified=known.modified if number % 3 == 0 else replace(known.modified, at=at),
    )
    item = archive.enqueue(base.url, at)
    archive.save_article(None, item, make_page(edited, None, at), edited, known=known, change=ChangeKind.SUBSTANTIVE)
