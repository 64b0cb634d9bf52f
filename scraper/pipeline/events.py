"""What happens in a crawl as events for a log: one record each, and one line of JSON or text. Pure; writes nothing."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime

from scraper.pipeline.crawling.outcomes import Happening, RunCount
from scraper.plain import utc_text

LEVELS: Mapping[str, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
"""Levels by name, as Python's own logging orders them."""

_LEVEL_OF = {
    RunCount.FEEDS_CHANGED: "info",
    RunCount.FEEDS_UNCHANGED: "debug",
    RunCount.FEEDS_FAILED: "warning",
    RunCount.ENTRIES_NEW: "debug",
    RunCount.ARTICLES_NEW: "info",
    RunCount.ARTICLES_CHANGED: "info",
    RunCount.ARTICLES_UNCHANGED: "debug",
    RunCount.PAGES_SKIPPED: "info",
    RunCount.PAGES_FAILED: "warning",
}

Event = Mapping[str, object]


def event_of(happening: Happening, at: datetime) -> Event:
    """A happening as an event: what is not known is left out."""
    fields = {
        "time": utc_text(at),
        "level": _LEVEL_OF[happening.counts_as],
        "event": happening.counts_as.value,
        "run": happening.run_id,
        "feed": happening.feed,
        "url": happening.url,
        "title": happening.title,
        "reason": happening.reason.value if happening.reason else None,
        "message": happening.message,
        "seconds": None if happening.seconds is None else round(happening.seconds, 3),
        "bytes": happening.wire_bytes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def run_event(name: str, at: datetime, fields: Mapping[str, object], *, level: str = "info") -> Event:
    """That a run began, ended, broke off, or has a warning."""
    return {"time": utc_text(at), "level": level, "event": name, **fields}


def as_json(event: Event) -> str:
    """One line; characters beyond ASCII are escaped, so that no log is spoilt by a page."""
    return json.dumps(event)


def as_text(event: Event) -> str:
    """One line: time, level and event, then ``name=value``, in quotes where there is a space or a quote inside."""
    head = [str(event[name]) for name in ("time", "level", "event")]
    rest = [f"{name}={_quoted(str(value))}" for name, value in event.items() if name not in ("time", "level", "event")]
    return " ".join((*head, *rest))


def _quoted(text: str) -> str:
    plain = text and text.isprintable() and not any(sign in text for sign in ' "=')
    return text if plain else json.dumps(text, ensure_ascii=False)
