"""Structured logs of a crawl for whoever collects them: one event a line on standard error, as text or JSON."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from scraper.cli.terminal.output import note, safe
from scraper.pipeline.crawling.outcomes import Happening, RunReport
from scraper.pipeline.events import LEVELS, Event, as_json, as_text, event_of, run_event

FORMS: dict[str, Callable[[Event], str]] = {"text": as_text, "json": as_json}


@contextmanager
def logged(form: str, level: str) -> Iterator[Callable[[Happening | RunReport], None]]:
    """A function to tell what happens, and at last what the run came to; it logs what matters at least as `level`."""

    def write(event: Event) -> None:
        if LEVELS[str(event["level"])] >= LEVELS[level]:
            note(safe(FORMS[form](event)))

    def observe(told: Happening | RunReport) -> None:
        if isinstance(told, Happening):
            write(event_of(told, _now()))
            return
        for warning in told.warnings:
            write(run_event("run_warning", _now(), {"message": warning}, level="warning"))
        write(run_event("run_stopped" if told.stopped else "run_finished", _now(), told.as_counts()))

    write(run_event("run_started", _now(), {}))
    try:
        yield observe
    except Exception as error:
        write(run_event("run_failed", _now(), {"message": str(error)}, level="error"))
        raise


def _now() -> datetime:
    return datetime.now(UTC)
