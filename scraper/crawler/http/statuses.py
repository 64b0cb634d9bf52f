"""What a status code says to do next, and when a server wants to be asked again (RFC 9110). Pure."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scraper.crawler import walls
from scraper.errors import ItemError, PermanentError, Reason, TransientError

REDIRECTS = frozenset((301, 302, 303, 307, 308))

_PERMANENT = {
    204: (Reason.EMPTY, "the server has nothing to say"),
    205: (Reason.EMPTY, "the server has nothing to say"),
    401: (Reason.FORBIDDEN, "a login is asked for"),
    402: (Reason.FORBIDDEN, "a payment is asked for"),
    403: (Reason.FORBIDDEN, "the server refuses"),
    404: (Reason.NOT_FOUND, "there is no such page"),
    407: (Reason.FORBIDDEN, "the proxy asks for a login"),
    410: (Reason.GONE, "the page is gone for good"),
    451: (Reason.FORBIDDEN, "withheld for legal reasons"),
}
_TRANSIENT = {
    304: (Reason.LYING_304, "“not modified”, although nothing was asked of the kind"),
    408: (Reason.TIMEOUT, "the server waited too long for the request"),
    425: (Reason.HTTP_ERROR, "too early"),
    429: (Reason.RATE_LIMITED, "too many requests"),
}


def is_whole(status: int) -> bool:
    """Whether the body is the thing asked for: 200, and 203 (changed on the way by a proxy)."""
    return status in (200, 203)


def error_for(
    status: int, *, url: str, not_before: datetime | None, headers: Iterable[tuple[str, str]] = ()
) -> ItemError:
    """The error that a status which brings no page stands for; the headers may name a wall behind it."""
    wall = walls.named_refusal(status, headers)
    if wall is not None:
        return walls.error_of(wall, url, status=status)
    if status in _TRANSIENT or 500 <= status <= 599:
        reason, words = _TRANSIENT.get(status, (Reason.SERVER_ERROR, "the server is in trouble"))
        return TransientError(reason, f"HTTP {status}: {words}", url=url, status=status, not_before=not_before)
    reason, words = _PERMANENT.get(status, (Reason.HTTP_ERROR, "no page"))
    return PermanentError(reason, f"HTTP {status}: {words}", url=url, status=status)


def retry_after(value: str | None, *, now: datetime, max_seconds: float) -> datetime | None:
    """When a Retry-After header (RFC 9110 section 10.2.3) allows the next request: seconds or an HTTP date.

    Never later than `max_seconds` from `now`: a server that says ten years has made a mistake. What is negative, past
    or unreadable counts as absent.
    """
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        seconds = float(text)
    elif (at := http_date(text)) is not None:
        seconds = (at - now).total_seconds()
    else:
        return None
    return now + timedelta(seconds=min(seconds, max_seconds)) if seconds > 0 else None


def http_date(text: str) -> datetime | None:
    """The moment in an HTTP date (RFC 9110 section 5.6.7); None where it is none."""
    try:
        at = parsedate_to_datetime(text[:100])
    except (ValueError, OverflowError):
        return None
    # A date that names no zone is in GMT, as RFC 9110 section 5.6.7 says of the asctime form.
    return at if at.tzinfo else at.replace(tzinfo=UTC)
