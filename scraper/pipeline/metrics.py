"""The figures of a crawl as a text file for the textfile collector of Prometheus' node_exporter.

The format is version 0.0.4 of the text exposition format. Names end in their unit; what is counted anew by every run is
a gauge, as nothing here lives between runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from scraper.archiver.records import FeedState, QueueState
from scraper.archiver.watch.alarms import AlarmKind
from scraper.archiver.watch.figures import Figures
from scraper.errors import UsageError
from scraper.pipeline.crawling.outcomes import RunCount, RunReport
from scraper.whole_files import whole_file

Sample = tuple[Mapping[str, str], float]


def write_metrics(path: Path, text: str) -> None:
    """Put `text` at `path` whole or not at all: a collector never reads half of it.

    Raises UsageError where it cannot be written.
    """
    try:
        with whole_file(path) as draft:
            draft.write_text(text, "utf-8")
            # The collector often runs as somebody else.
            draft.chmod(0o644)
    except OSError as error:
        raise UsageError(f"{path}: the metrics cannot be written ({error.strerror})") from error


def metrics_text(figures: Figures, report: RunReport, *, started_at: datetime, finished_at: datetime) -> str:
    """All metrics after a run."""
    return "".join(_lines(figures, report, started_at, finished_at))


def _lines(figures: Figures, report: RunReport, started_at: datetime, finished_at: datetime) -> Iterator[str]:
    yield from _gauge("scraper_feeds", "Feeds by state.", _by("state", figures.feeds, FeedState))
    yield from _gauge("scraper_articles", "Articles in the archive.", [({}, figures.articles)])
    yield from _gauge("scraper_queue", "Page addresses in the queue by state.", _by("state", figures.queue, QueueState))
    yield from _gauge("scraper_alarms", "Alarms that have not ended, by kind.", _by("kind", figures.alarms, AlarmKind))
    yield from _gauge("scraper_archive_size_bytes", "Size of the archive.", [({}, figures.archive_bytes)])
    yield from _gauge(
        "scraper_last_run_requests",
        "Requests of the latest crawl by kind and outcome.",
        [({"kind": kind, "outcome": outcome}, n) for (kind, outcome), n in sorted(figures.requests.items())],
    )
    yield from _gauge(
        "scraper_last_run_failures",
        "Failures of the latest crawl by kind of request and reason.",
        [({"kind": kind, "reason": reason}, n) for (kind, reason), n in sorted(figures.failures.items())],
    )
    yield from _gauge(
        "scraper_last_run_outcomes",
        "What the latest crawl came to.",
        _by("outcome", report.as_counts(), RunCount),
    )
    yield from _gauge(
        "scraper_last_run_received_bytes", "Bytes received by the latest crawl.", [({}, figures.received_bytes)]
    )
    seconds = (finished_at - started_at).total_seconds()
    yield from _gauge("scraper_last_run_duration_seconds", "How long the latest crawl took.", [({}, seconds)])
    ended = finished_at.timestamp()
    yield from _gauge("scraper_last_run_timestamp_seconds", "When the latest crawl ended.", [({}, ended)])
    if figures.succeeded_at is not None:
        yield from _gauge(
            "scraper_last_success_timestamp_seconds",
            "When a crawl last came to its end: neither interrupted nor broken off.",
            [({}, figures.succeeded_at.timestamp())],
        )


def _gauge(name: str, meaning: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}\n# TYPE {name} gauge\n"
    for labels, value in samples:
        inner = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{f'{{{inner}}}' if inner else ''} {float(value):.15g}\n"


def _by(label: str, counts: Mapping[str, int], names: Iterable[str]) -> list[Sample]:
    """Every name there can be, so that a series does not come and go."""
    return [({label: str(name)}, counts.get(str(name), 0)) for name in names]


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
