"""status and why: how the feeds are doing, and the whole story of one URL."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from scraper.archiver.records import FeedHealth, FeedState, HostRecord, QueueRecord, RunSummary, UrlHistory
from scraper.archiver.watch.alarms import AlarmKind
from scraper.cli.terminal.options import config_option, db_option, json_option, open_archive
from scraper.cli.terminal.output import data, json_data, json_lines, note, safe, table
from scraper.errors import UsageError
from scraper.plain import utc_text
from scraper.settings import span_seconds
from scraper.urls import InvalidUrlError

_WORST_FIRST = (
    FeedState.FAILING,
    FeedState.RETIRED,
    FeedState.NEW,
    FeedState.OK,
    FeedState.DISABLED,
    FeedState.UNSUBSCRIBED,
)

_ALARM_WORDS = {
    AlarmKind.FEED_FAILING: "failing for long",
    AlarmKind.FEED_RETIRED: "gone for good",
    AlarmKind.FEED_QUIET: "gone quiet",
    AlarmKind.DRIFT: "read worse than before",
}

_COLUMNS = ("feed", "state", "entries", "articles", "waiting", "last ok", "last new", "next check", "remarks")


@click.command()
@click.option("--max-age", metavar="SPAN", help="Exit with 1 where a feed had no good answer for longer, such as 24h.")
@json_option
@config_option
@db_option
def status(*, max_age: str | None, as_json: bool, config_path: Path | None, db_path: Path | None) -> int:
    """Show the health of every feed, the worst first, and what a person should look at.

    For monitors: --max-age 24h exits with 1 where an enabled feed, or the archive as a whole, had no good answer for
    longer, and names those feeds. JSON Lines have one feed each, and then one alarm each.
    """
    longest = None if max_age is None else _span(max_age)
    now = datetime.now(UTC)
    with open_archive(config_path, db_path) as archive:
        alarms = archive.alarms(now)
        troubled = {alarm.subject for alarm in alarms}
        feeds = sorted(archive.feed_health(), key=lambda feed: _how_bad(feed, troubled))
        runs = archive.latest_runs(1)
    stale = [] if longest is None else [feed for feed in feeds if _is_stale(feed, now, longest)]
    if as_json:
        json_lines((*feeds, *alarms))
    else:
        table(_COLUMNS, map(_row, feeds))
        for alarm in alarms:
            data(safe(f"{_ALARM_WORDS[alarm.kind]}: {alarm.name}: {alarm.message}"))
        _note_runs(runs)
    for feed in stale:
        note(f"No good answer for longer than {max_age}: {feed.name} (last {_time(feed.last_ok_at)})")
    nothing = longest is not None and not any(feed.last_ok_at and now - feed.last_ok_at <= longest for feed in feeds)
    if nothing:
        note(f"No feed at all had a good answer within {max_age}.")
    return 1 if stale or nothing else 0


def _how_bad(feed: FeedHealth, troubled: Collection[str]) -> tuple[object, ...]:
    """For sorting, the worst first."""
    is_well = feed.state is FeedState.OK and feed.url in troubled
    rank = _WORST_FIRST.index(FeedState.RETIRED if is_well else feed.state)
    return (rank, -feed.failures_in_a_row, feed.name)


def _is_stale(feed: FeedHealth, now: datetime, longest: timedelta) -> bool:
    """Feeds nobody asks, and those that said that they are gone, are no news to a monitor."""
    if feed.state in (FeedState.DISABLED, FeedState.UNSUBSCRIBED, FeedState.RETIRED):
        return False
    return feed.last_ok_at is None or now - feed.last_ok_at > longest


def _span(text: str) -> timedelta:
    try:
        return timedelta(seconds=span_seconds(text))
    except ValueError as error:
        raise UsageError(f"--max-age: {error}.") from error


def _note_runs(runs: Iterable[RunSummary]) -> None:
    for run in runs:
        counts = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in run.counts.items() if n)
        outcome = run.outcome or "killed or still at work"
        note(f"Last run ({run.command}): {_time(run.started_at)}, {outcome}{': ' if counts else ''}{counts}")


@click.command()
@click.argument("url")
@json_option
@config_option
@db_option
def why(url: str, *, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """Tell the whole story of URL: found where, asked when, answered what, decided what."""
    with open_archive(config_path, db_path) as archive:
        try:
            history = archive.history(url)
        except InvalidUrlError as error:
            raise UsageError(f"There is no story of that: {error}.") from error
    if as_json:
        json_data(history)
        return
    lines = sorted((*_story(history), *_moves(history)), key=lambda line: line[0])
    if not lines:
        raise UsageError(f"The archive has never heard of {url}.")
    for moment, text in lines:
        data(f"{_time(moment)}  {safe(text)}")
    data(safe(_verdict(history)))
    if history.host is not None and (wishes := ", ".join(_wishes(history.host, datetime.now(UTC)))):
        data(safe(f"Its host {history.host.host} {wishes}"))
    for alias in history.aliases:
        data(safe(f"It is also reached by {alias}"))


def _row(feed: FeedHealth) -> tuple[object, ...]:
    trouble = f"{feed.last_reason}: {feed.last_message} ({feed.failures_in_a_row} in a row)" if feed.last_reason else ""
    return (
        feed.name,
        feed.state,
        feed.entries,
        feed.articles,
        feed.waiting,
        _time(feed.last_ok_at),
        _time(feed.last_new_at),
        f"{_time(feed.next_check_at)} ({feed.next_check_reason})"
        if feed.next_check_reason
        else _time(feed.next_check_at),
        "; ".join(part for part in (trouble if feed.failures_in_a_row else "", *_oddities(feed)) if part),
    )


def _oddities(feed: FeedHealth) -> Iterator[str]:
    """What is not as configured, or not as with other feeds."""
    if feed.current_url:
        yield f"moved to {feed.current_url}"
    if feed.distrusted_until:
        yield f"its 304s are not believed until {_time(feed.distrusted_until)}"
    if feed.guid_policy != "guid":
        yield f"entries told apart by {feed.guid_policy}"


def _story(history: UrlHistory) -> Iterator[tuple[datetime, str]]:
    for entry in history.entries:
        yield entry.first_seen_at, f"found in the feed {entry.feed} as {entry.title!r} (GUID {entry.guid})"
    if history.queue:
        yield history.queue.added_at, "put into the queue"
    for fetch in history.fetches:
        hops = "".join(f", {hop.status} to {hop.location}" for hop in fetch.redirects)
        yield fetch.fetched_at, f"asked for {fetch.url}: {fetch.outcome}{_status(fetch.status)}{hops}"
    for failure in history.failures:
        again = f"again after {_time(failure.next_try_at)}" if failure.next_try_at else "given up"
        yield failure.failed_at, f"failed: {failure.reason}{_status(failure.status)}: {failure.message}; {again}"
    for version in history.versions:
        kind = f"a {version.kind} change of {', '.join(version.changed_fields)}" if version.kind else "archived"
        silent = ", without a new modified date" if version.silent else ""
        yield version.seen_at, f"version {version.number}: {kind}{silent}; {version.word_count} words"
    yield from ((shown.seen_at, f"showed version {shown.version} again") for shown in history.shown)
    if history.deletion:
        reason = f": {history.deletion.reason}" if history.deletion.reason else ""
        yield history.deletion.deleted_at, f"deleted from the archive{reason}"


def _moves(history: UrlHistory) -> Iterator[tuple[datetime, str]]:
    for move in history.moves:
        yield move.first_seen_at, f"moved for good (status {move.status}) from {move.from_url} to {move.to_url}"
        if move.decided_at:
            yield move.decided_at, f"the new address was {move.state} after {move.polls} good polls"


def _status(status: int | None) -> str:
    return f" (status {status})" if status else ""


def _verdict(history: UrlHistory) -> str:
    if history.feed is not None:
        return _feed_verdict(history.feed)
    if history.article_id is not None:
        return f"It is article {history.article_id}: {history.article_url}{_next_look(history.queue)}"
    if history.deletion is not None:
        return "It was deleted, and stays out until it is fetched by hand: scraper fetch --save URL"
    if history.queue is None:
        return "It was never put into the queue."
    state = history.queue.state.value.replace("_", " ")
    when = f", next try {_time(history.queue.next_try_at)}" if history.queue.next_try_at else ""
    return f"It is no article so far: {state} after {_tries(history.queue.tries)}{when}"


def _feed_verdict(feed: FeedHealth) -> str:
    because = f" (decided by: {feed.next_check_reason})" if feed.next_check_reason else ""
    oddities = "".join(f"; {oddity}" for oddity in _oddities(feed))
    return f"It is the feed {feed.name}: {feed.state}, asked again after {_time(feed.next_check_at)}{because}{oddities}"


def _wishes(host: HostRecord, now: datetime) -> Iterator[str]:
    """What its host asked of us."""
    if host.robots_fetched_at is not None:
        status = f"status {host.robots_status}" if host.robots_status else "out of reach"
        yield f"has a robots.txt ({status}, {_time(host.robots_fetched_at)})"
    if host.crawl_delay_seconds:
        yield f"asks for {host.crawl_delay_seconds:g} s between requests"
    if host.limited_at is not None:
        yield f"said at {_time(host.limited_at)} that there were too many (429)"
    if host.not_before is not None and host.not_before > now:
        yield f"is left alone until {_time(host.not_before)}"


def _next_look(queued: QueueRecord | None) -> str:
    if queued is None or queued.revisit_at is None:
        return ""
    return f"; looked at again after {_time(queued.revisit_at)} ({queued.revisit_reason})"


def _tries(number: int) -> str:
    return "1 try" if number == 1 else f"{number} tries"


def _time(moment: datetime | None) -> str:
    return utc_text(moment) if moment else "never"
