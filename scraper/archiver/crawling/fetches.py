"""The log of requests, and of those that brought nothing."""

from dataclasses import dataclass
from datetime import datetime

from scraper.archiver.crawl_records import QueueItem
from scraper.archiver.records import FetchKind
from scraper.archiver.store import rows
from scraper.archiver.store.columns import flag, redirects_column, text_or_none, to_text
from scraper.archiver.store.database import Database, Value
from scraper.errors import ItemError, PermanentError
from scraper.records import NotModified, Page
from scraper.urls import host_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for, in which run, and on whose behalf."""

    run_id: int | None
    kind: FetchKind
    url: str
    feed_id: int | None = None
    queue_id: int | None = None
    robots_asked: bool | None = None


def of_page(run_id: int | None, item: QueueItem, url: str) -> Request:
    """A request for a page of an item of the queue."""
    return Request(
        run_id=run_id,
        kind=FetchKind.ARTICLE,
        url=url,
        feed_id=item.feed_id,
        queue_id=item.id,
        robots_asked=item.robots_asked,
    )


def log_answer(database: Database, request: Request, answer: Page | NotModified, *, page_id: int | None = None) -> int:
    """Log a request that was answered; the id of the fetch."""
    page = answer if isinstance(answer, Page) else None
    return _log(
        database,
        request,
        {
            "final_url": None if answer.final_url == request.url else answer.final_url,
            "page_id": page_id,
            "outcome": "ok" if page else "not_modified",
            "status": page.status if page else 304,
            "redirects": redirects_column(answer.redirects),
            "body_bytes": len(page.body) if page else None,
            "wire_bytes": page.wire_bytes if page else None,
            "elapsed_seconds": answer.elapsed_seconds,
            "fetched_at": to_text(answer.fetched_at),
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a request brought nothing of use, and when it is tried again (None: given up).

    `is_fault` False: that there is nothing is an answer too, as with a site that has no robots.txt.
    """

    error: ItemError
    at: datetime
    next_try_at: datetime | None = None
    page: Page | None = None
    page_id: int | None = None
    is_fault: bool = True


def log_failure(database: Database, request: Request, failure: Failure) -> int:
    """Log a request that failed, with its reason; the id of the fetch."""
    error, page = failure.error, failure.page
    fetch_id = _log(
        database,
        request,
        {
            "final_url": page.final_url if page and page.final_url != request.url else None,
            "page_id": failure.page_id,
            "outcome": "failed",
            "status": page.status if page else error.status,
            "redirects": redirects_column(page.redirects) if page else None,
            "body_bytes": len(page.body) if page else None,
            "wire_bytes": page.wire_bytes if page else None,
            "elapsed_seconds": page.elapsed_seconds if page else None,
            "fetched_at": to_text(failure.at),
        },
    )
    if failure.is_fault:
        note_failure(database, request, fetch_id, failure)
    return fetch_id


def note_failure(database: Database, request: Request, fetch_id: int, failure: Failure) -> None:
    """Keep why a request that is logged already was a failure."""
    error = failure.error
    database.execute(
        "INSERT INTO failures (fetch_id, url, host, reason, message, status, failed_at, next_try_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            fetch_id,
            request.url,
            host_or_none(request.url),
            error.reason,
            str(error),
            error.status,
            to_text(failure.at),
            text_or_none(failure.next_try_at),
        ),
    )


def log_aside(database: Database, request: Request, answer: Page | NotModified | ItemError, at: datetime) -> None:
    """Log a request that was for neither a feed nor an article. A site without robots.txt is no failure."""
    if isinstance(answer, ItemError):
        is_absent = request.kind is FetchKind.ROBOTS and isinstance(answer, PermanentError)
        log_failure(database, request, Failure(error=answer, at=at, is_fault=not is_absent))
    else:
        log_answer(database, request, answer)


def _log(database: Database, request: Request, answer: dict[str, Value]) -> int:
    asked: dict[str, Value] = {
        "run_id": request.run_id,
        "kind": request.kind.value,
        "url": request.url,
        "feed_id": request.feed_id,
        "queue_id": request.queue_id,
        "robots_asked": flag(request.robots_asked),
    }
    return rows.add(database, "fetches", asked | answer)
