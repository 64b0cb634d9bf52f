"""Alarms compare with a feed's or site's own past: they come where something broke, and not by chance."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.watch.alarms import AlarmKind, quiet_for
from scraper.archiver.watch.notices import open_drifts
from tests.archiver.builders import make_article

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SITE = "news.example"


def add(
    archive: Archive, number: int, *, words: int = 400, tags: bool = True, dated: bool = True, old: bool = False
) -> None:
    """Put the row of one article in, hour by hour back from NOW; `number` 0 is the latest."""
    seen = NOW - timedelta(hours=number)
    published = seen - timedelta(days=900 if old else 0)
    text = f"{seen:%Y-%m-%dT%H:%M:%SZ}"
    database = archive._database
    row = database.insert(
        "INSERT INTO article_records (url, site, title, published, published_precision, word_count, content_hash,"
        " text_hash, first_seen_at, changed_at) VALUES (?, ?, 'x', ?, 'second', ?, ?, 'x', ?, ?)",
        (
            f"https://{SITE}/{number}",
            SITE,
            f"{published:%Y-%m-%dT%H:%M:%SZ}" if dated else None,
            words,
            str(number),
            text,
            text,
        ),
    )
    if tags:
        database.execute("INSERT INTO tags (name) VALUES ('x') ON CONFLICT DO NOTHING")
        database.execute("INSERT INTO article_tags SELECT ?, 1, id FROM tags WHERE name = 'x'", (row,))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as archive:
        yield archive


def fill(archive: Archive, count: int, row: Callable[[int], dict[str, object]]) -> list[str]:
    """The messages of drift in a site of so many articles, each as `row` says."""
    with archive.transaction():
        for number in range(count):
            add(archive, number, **row(number))  # type: ignore[arg-type]
    return [alarm.message for alarm in archive.alarms(NOW) if alarm.kind is AlarmKind.DRIFT]


def test_a_field_that_is_lost_is_told_within_thirty_articles(archive: Archive) -> None:
    found = fill(archive, 300, lambda n: {"tags": n >= 25})

    assert found == ["tags on 17% of its last 30 articles, 100% before"]


def test_dates_and_texts_that_are_lost_are_told(archive: Archive) -> None:
    found = fill(archive, 300, lambda n: {"dated": n >= 30, "words": 400 + n % 50 if n >= 30 else 60})

    [message] = found
    assert "published on 0% of its last 30 articles, 100% before" in message
    assert message.endswith("texts of 60 words (median of its last 30 articles), 426 before")


def test_it_ends_when_the_field_comes_back(archive: Archive) -> None:
    assert fill(archive, 300, lambda n: {"tags": n >= 25 or n < 15}) == []


@pytest.mark.parametrize("count", [10, 40, 80])
def test_little_past_is_no_past(archive: Archive, count: int) -> None:
    assert fill(archive, count, lambda n: {"tags": n >= 25}) == []


def test_what_was_never_there_is_not_missed(archive: Archive) -> None:
    assert fill(archive, 300, lambda n: {"tags": n % 10 == 0 and n > 30}) == []


def test_old_stories_brought_in_are_no_drift(archive: Archive) -> None:
    """A backfill or an import brings pages of another time."""
    assert fill(archive, 300, lambda n: {"tags": n >= 40, "old": n < 40, "words": 50 if n < 40 else 400}) == []


@pytest.mark.parametrize("seed", range(12))
def test_chance_alone_gives_no_alarm(archive: Archive, seed: int) -> None:
    chance = random.Random(seed)
    share = chance.choice((0.3, 0.5, 0.7, 0.9))

    assert (
        fill(archive, 330, lambda _: {"tags": chance.random() < share, "words": int(chance.lognormvariate(6, 0.8))})
        == []
    )


def test_a_site_that_brings_nothing_any_more_is_not_judged(archive: Archive) -> None:
    fill(archive, 300, lambda n: {"tags": n >= 25})

    assert archive.alarms(NOW + timedelta(days=30)) == ()


def hours(*gaps: float) -> Sequence[datetime]:
    times, at = [NOW], NOW
    for gap in gaps:
        at -= timedelta(hours=gap)
        times.append(at)
    return times


@pytest.mark.parametrize(
    ("gaps", "silent_days", "quiet"),
    [
        ([1] * 19, 4, False),  # hourly news over a long weekend
        ([1] * 19, 6, True),
        ([24] * 19, 4, False),
        ([24] * 19, 6, True),
        ([24 * 7] * 19, 20, False),
        ([24 * 7] * 19, 22, True),
        ([24 * 30] * 10 + [24 * 60], 150, False),  # it was silent for two months once
        ([24 * 30] * 10 + [24 * 60], 190, True),
        ([1] * 5, 400, False),  # too little is known
    ],
)
def test_a_feed_is_quiet_against_its_own_rhythm(gaps: list[float], silent_days: int, quiet: bool) -> None:
    assert (quiet_for(hours(*gaps), None, NOW + timedelta(days=silent_days)) is not None) is quiet


def test_an_alarm_is_told_once_when_it_begins_and_once_when_it_ends(archive: Archive) -> None:
    fill(archive, 300, lambda n: {"tags": n >= 25})
    archive.update_notices(NOW, sites=[SITE])

    [notice] = archive.untold_notices()
    assert (notice.kind, notice.subject, notice.ended_at) == ("drift", SITE, None)
    archive.settle_notices([notice], NOW, "nobody answered")
    [again] = archive.untold_notices()
    archive.settle_notices([again], NOW, None)
    archive.update_notices(NOW, sites=[SITE])
    assert archive.untold_notices() == ()
    assert open_drifts(archive._database) == (SITE,)

    archive._database.execute("DELETE FROM article_records WHERE id <= 30")
    archive.update_notices(NOW + timedelta(hours=1), sites=[])

    [over] = archive.untold_notices()
    assert (over.began_told, over.ended_at) == (True, NOW + timedelta(hours=1))


def test_the_index_is_used(archive: Archive) -> None:
    """make_article and its kind are written as ever; the comparison reads one site only."""
    assert make_article().url
    plan = archive._database.all(
        "EXPLAIN QUERY PLAN SELECT word_count FROM article_records WHERE site = 'x' AND first_seen_at > '2026'"
        " ORDER BY first_seen_at DESC LIMIT 330"
    )
    assert "article_records_site_seen" in plan[0]["detail"]
