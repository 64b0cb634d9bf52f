"""How long an answer says that it stays current (RFC 9111 section 4.2). Pure."""

from collections.abc import Iterable
from datetime import datetime

from scraper.crawler.http.statuses import http_date
from scraper.headers import first_of, values_of
from scraper.records import NotModified, Page


def fresh_for(answer: Page | NotModified) -> float | None:
    """The seconds for which `answer` may be taken for current, less those it spent in caches.

    None where it says nothing, or that it must not be kept: that is no wish as to when to ask.
    """
    control = _directives(answer.headers)
    if "no-cache" in control or "no-store" in control:
        return None
    lifetime = _number(control["max-age"]) if "max-age" in control else _until_expiry(answer)
    if lifetime is None:
        return None
    left = lifetime - (_number(first_of(answer.headers, "Age")) or 0.0)
    return left if left > 0 else None


def _directives(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values_of(headers, "Cache-Control"):
        for part in value.lower().split(","):
            directive, _, argument = part.partition("=")
            found[directive.strip()] = argument.strip('" ')
    return found


def _until_expiry(answer: Page | NotModified) -> float | None:
    expires = http_date(first_of(answer.headers, "Expires") or "")
    since: datetime = http_date(first_of(answer.headers, "Date") or "") or answer.fetched_at
    return (expires - since).total_seconds() if expires else None


def _number(text: str | None) -> float | None:
    text = (text or "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None
