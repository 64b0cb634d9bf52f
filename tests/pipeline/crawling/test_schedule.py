"""When feeds are asked: properties of the pure function, and three months of cron."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.archiver.crawling.rhythm import merged
from scraper.errors import PermanentError, Reason, TransientError
from scraper.pipeline.crawling.schedule import RETIRED_SECONDS, Bounds, Standing, next_poll, points_of, spread
from scraper.records import FeedHints
from scraper.settings import CrawlSettings

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
BOUNDS = Bounds()
STEADY = Bounds(jitter=0.0)
URL = "https://news.example/feed"

chances = st.floats(0, 0.999)
seconds = st.none() | st.floats(0, 1e9)
ages = st.lists(st.integers(0, 400 * 86_400), max_size=30)
hints = st.builds(FeedHints, ttl_seconds=seconds, update_seconds=seconds)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def every(hours: float, *, count: int = 20) -> tuple[datetime, ...]:
    return tuple(ago(hours=hours * number) for number in range(count))


@given(ages=ages, hints=hints, fresh=seconds, chance=chances)
def test_a_feed_that_is_well_is_asked_within_the_bounds(
    ages: list[int], hints: FeedHints, fresh: float | None, chance: float
) -> None:
    standing = Standing(
        rhythm=tuple(NOW - timedelta(seconds=age) for age in ages), hints=hints, fresh_seconds=fresh, chance=chance
    )
    pause = (next_poll(NOW, standing, BOUNDS).at - NOW).total_seconds()

    assert BOUNDS.floor_seconds <= pause <= BOUNDS.ceiling_seconds * (1 + BOUNDS.jitter)


@given(
    failures=st.integers(0, 200),
    points=st.floats(0, 200),
    retired=st.booleans(),
    after=st.integers(1, 30 * 86_400),
    fixed=st.none() | st.floats(0, 1e6),
    chance=chances,
)
def test_nobody_is_asked_before_retry_after(
    failures: int, points: float, retired: bool, after: int, fixed: float | None, chance: float
) -> None:
    wished = NOW + timedelta(seconds=after)
    standing = Standing(failures=failures, points=points, retired=retired, wished=wished, chance=chance)

    assert next_poll(NOW, standing, Bounds(fixed_seconds=fixed)).at >= wished


@given(failures=st.integers(1, 100), weight=st.sampled_from([0.25, 0.5, 1.0]), chance=chances)
def test_a_failing_feed_is_asked_ever_more_rarely_and_never_given_up(
    failures: int, weight: float, chance: float
) -> None:
    def pause(number: int) -> timedelta:
        return next_poll(NOW, Standing(failures=number, points=number * weight, chance=chance), BOUNDS).at - NOW

    assert pause(failures) <= pause(failures + 1) <= timedelta(seconds=BOUNDS.backoff_seconds * 1.1)


@given(ages=ages, chance=chances)
def test_success_resets_the_backoff(ages: list[int], chance: float) -> None:
    rhythm = tuple(NOW - timedelta(seconds=age) for age in ages)

    assert next_poll(NOW, Standing(rhythm=rhythm, chance=chance), BOUNDS).because != "failure"


@given(
    hours=st.sets(st.integers(0, 23), max_size=23),
    days=st.sets(st.integers(0, 6), max_size=3),
    chance=chances,
    ages=ages,
)
def test_hours_and_days_without_visits_are_kept_free(
    hours: set[int], days: set[int], chance: float, ages: list[int]
) -> None:
    wishes = FeedHints(skip_hours=frozenset(hours), skip_days=frozenset(days))
    rhythm = tuple(NOW - timedelta(seconds=age) for age in ages)

    due = next_poll(NOW, Standing(rhythm=rhythm, hints=wishes, chance=chance), BOUNDS)

    assert due.at.hour not in hours
    assert due.at.weekday() not in days
    assert due.at - NOW <= timedelta(days=5)


def test_a_feed_that_wants_no_visits_at_all_does_not_mean_it() -> None:
    wishes = FeedHints(skip_hours=frozenset(range(24)))

    assert next_poll(NOW, Standing(hints=wishes), STEADY).at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("standing", "pause", "because"),
    [
        (Standing(), 3_600, "unknown"),
        (Standing(rhythm=every(0.1)), 300, "floor"),
        (Standing(rhythm=every(1)), 0.95 * 1_800, "rhythm"),
        (Standing(rhythm=every(48)), 21_600, "ceiling"),
        (Standing(rhythm=every(0.1), hints=FeedHints(ttl_seconds=3_600)), 3_600, "ttl"),
        (Standing(rhythm=every(0.1), hints=FeedHints(update_seconds=7_200)), 7_200, "sy:update"),
        (Standing(rhythm=every(0.1), fresh_seconds=900), 900, "max-age"),
        (Standing(rhythm=every(0.1), hints=FeedHints(ttl_seconds=604_800)), 21_600, "ceiling"),
        (Standing(failures=1, points=1), 300, "failure"),
        (Standing(failures=2, points=2), 1_200, "failure"),
        (Standing(failures=1, points=1, retired=True), RETIRED_SECONDS, "retired"),
    ],
)
def test_what_decides_is_named(standing: Standing, pause: float, because: str) -> None:
    due = next_poll(NOW, standing, STEADY)

    assert ((due.at - NOW).total_seconds(), due.because) == (pytest.approx(pause), because)


def test_an_interval_of_the_settings_wins_over_every_wish() -> None:
    fixed = Bounds.of(CrawlSettings(feed_interval_seconds=900.0), 60.0)
    wishes = FeedHints(ttl_seconds=7_200, skip_hours=frozenset({12}))

    assert next_poll(NOW, Standing(hints=wishes, fresh_seconds=9_999), fixed).at == NOW + timedelta(seconds=60)
    assert Bounds.of(CrawlSettings(feed_interval_seconds=900.0), None).fixed_seconds == 900


def test_faults_that_pass_weigh_less() -> None:
    weights = [
        points_of(PermanentError(Reason.NOT_A_FEED, "", url=URL)),
        points_of(PermanentError(Reason.NOT_FOUND, "", url=URL)),
        points_of(TransientError(Reason.SERVER_ERROR, "", url=URL)),
    ]

    assert weights == [1.0, 0.5, 0.25]


def test_a_silent_feed_is_asked_more_rarely_the_longer_it_is_silent() -> None:
    rhythm = tuple(ago(hours=hour) for hour in range(20))
    pauses = [
        next_poll(NOW + timedelta(days=days), Standing(rhythm=rhythm), STEADY).at - NOW - timedelta(days=days)
        for days in range(12)
    ]

    assert pauses == sorted(pauses)
    assert pauses[0] < timedelta(minutes=30)
    assert pauses[-1] > timedelta(hours=5)


@dataclass
class SyntheticFeed:
    """A feed that publishes at `news`, and what a crawler remembers of it."""

    news: Sequence[datetime]
    hints: FeedHints = field(default_factory=FeedHints)
    due: datetime = NOW
    known: tuple[datetime, ...] = ()
    seen: int = 0
    polls: int = 0
    delays: list[timedelta] = field(default_factory=list)

    def tick(self, now: datetime) -> None:
        """Cron's crawl, at the first tick at which it is due."""
        self.polls += 1
        before = self.seen
        while self.seen < len(self.news) and self.news[self.seen] <= now:
            if before or self.polls > 1:
                self.delays.append(now - self.news[self.seen])
            self.seen += 1
        if self.seen > before or not self.known:
            self.known = merged(self.known, self.news[before : self.seen]) or (now,)
        chance = spread(f"{self.news[:1]} {now}")
        self.due = next_poll(now, Standing(rhythm=self.known, hints=self.hints, chance=chance), BOUNDS).at


def published(per_day: float, days: int, chance: random.Random) -> list[datetime]:
    """News by chance, four in five of it between 6 and 22 o'clock, as newspapers have it."""

    def moments() -> Iterator[datetime]:
        for _ in range(round(per_day * days)):
            hour = chance.uniform(6, 22) if chance.random() < 0.8 else chance.uniform(0, 24)
            yield NOW.replace(hour=0) + timedelta(days=chance.randrange(days), hours=hour)

    return sorted(moment for moment in moments() if moment > NOW)


def test_three_months_of_cron_ask_fifty_feeds_no_more_than_they_must_and_see_news_soon() -> None:
    chance = random.Random(20260304)
    days = 90
    rates = [100.0] * 3 + [20.0] * 5 + [4.0] * 14 + [0.3] * 14 + [0.0] * 14
    feeds = [SyntheticFeed(published(rate, days, chance)) for rate in rates]
    every_ten_minutes = timedelta(minutes=10)
    for feed in feeds:
        tick = NOW
        while tick < NOW + timedelta(days=days):
            feed.tick(tick)
            tick += max(1, -((tick - feed.due) // every_ten_minutes)) * every_ten_minutes

    def polls_a_day(rate: float) -> float:
        return max(feed.polls / days for feed, of in zip(feeds, rates, strict=True) if of == rate)

    def median_delay(rate: float) -> timedelta:
        delays = sorted(d for feed, of in zip(feeds, rates, strict=True) if of == rate for d in feed.delays)
        return delays[len(delays) // 2]

    figures = {rate: (round(polls_a_day(rate), 1), median_delay(rate) if rate else None) for rate in set(rates)}
    assert all(3 <= feed.polls / days <= 144 for feed in feeds), figures
    assert polls_a_day(0.0) < 5, figures
    assert polls_a_day(0.3) < 6, figures
    assert polls_a_day(4.0) < 12, figures
    assert median_delay(100.0) <= timedelta(minutes=10), figures
    assert median_delay(20.0) <= timedelta(minutes=30), figures
    assert median_delay(4.0) <= timedelta(hours=3), figures
