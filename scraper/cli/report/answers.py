"""Asks the archive what the report needs, each question within a time limit. Draws nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from scraper.archiver.archive import Archive
from scraper.archiver.cookbook.recipe import Recipe, recipe

MOST_DAYS = 62
"""Longest span that is shown day by day; seven times that in weeks, more in months."""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one recipe brought: its rows, the query with its values, or the `trouble` that kept it from answering."""

    recipe: Recipe
    sql: str
    bucket: str
    rows: tuple[Row, ...] = ()
    trouble: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.rows[0]) if self.rows else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the report is about: one site or all, from a day on, before a day. `seconds` is the limit per question."""

    site: str = ""
    since: date | None = None
    until: date | None = None
    seconds: float = 60.0

    def values(self) -> dict[str, str]:
        """As the recipes take it."""
        since, until = (day.isoformat() if day else "" for day in (self.since, self.until))
        return {"site": self.site, "since": since, "until": until}


@dataclass(slots=True)
class Questions:
    """The archive, asked recipe by recipe."""

    archive: Archive
    scope: Scope
    _totals: Answer | None = field(default=None, init=False)

    def totals(self) -> Answer:
        """The archive in one row, asked once."""
        if self._totals is None:
            self._totals = self._ask("totals", "")
        return self._totals

    def ask(self, name: str, span: str = "published") -> Answer:
        """What the recipe of that name says; over time in steps that suit the days published, or archived."""
        return self._ask(name, self._bucket(span))

    def _ask(self, name: str, bucket: str) -> Answer:
        asked = recipe(name)
        given = self.scope.values() | {"bucket": bucket}
        sql = asked.filled(given)
        try:
            rows = tuple(self.archive.query(asked.sql, asked.values(given), seconds=self.scope.seconds))
        except TimeoutError as error:
            return Answer(recipe=asked, sql=sql, bucket=bucket, trouble=str(error))
        return Answer(recipe=asked, sql=sql, bucket=bucket, rows=rows)

    def _bucket(self, span: str) -> str:
        """'day', 'week' or 'month': so that a chart has neither a bar nor hundreds."""
        names = ("first_day", "last_day") if span == "published" else ("first_archived_at", "last_archived_at")
        first, last = (_day(row.get(name)) for row in (*self.totals().rows, {})[:1] for name in names)
        if first is None or last is None:
            return "day"
        days = last - max(first, self.scope.since or first)
        if days <= timedelta(days=MOST_DAYS):
            return "day"
        return "week" if days <= timedelta(days=7 * MOST_DAYS) else "month"


def _day(value: object) -> date | None:
    """The day at the beginning of a text; None for none, and for one before or after all calendars."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
