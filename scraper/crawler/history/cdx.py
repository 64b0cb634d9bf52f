"""A list of what a web archive holds of a site, from its CDX server: the addresses of pages, each once. Pure.

Read in the forms that CDX servers give: JSON (a list of lists under a row of names), JSON Lines, and text with or
without a row of names. Asks no web archive: the file is fetched by whoever wants it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scraper.errors import UsageError
from scraper.urls import CanonicalUrl, InvalidUrlError, canonicalize, resolve

_NAMES = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_HTML = frozenset(("text/html", "application/xhtml+xml", "unk", "-", ""))
_FILE = re.compile(
    r"\.(?:css|js|json|xml|txt|ico|png|jpe?g|gif|svg|webp|avif|woff2?|ttf|eot|pdf|zip|gz|mp[34]|rss|atom)(?:\?|$)", re.I
)
_STAMP = re.compile(r"\d{14}")
_DEFAULT_PORTS = re.compile(r"^(http://[^/:]+):80(?=/|$)|^(https://[^/:]+):443(?=/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedAddress:
    """An address that was archived with a page behind it; `first_at` is its first capture."""

    url: str
    first_at: datetime | None


def read_cdx(text: str) -> tuple[CapturedAddress, ...]:
    """The pages in the list, in its order. Captures of redirects, errors and files that are no pages are left out.

    Raises UsageError where it is no such list.
    """
    found: dict[str, CapturedAddress] = {}
    lines = 0
    for row in _rows(text.lstrip("\ufeff")):
        lines += 1
        taken = _capture(row)
        if taken is None:
            continue
        key, capture = taken
        known = found.setdefault(key, capture)
        if capture.first_at and known.first_at and capture.first_at < known.first_at:
            found[key] = CapturedAddress(url=known.url, first_at=capture.first_at)
    if lines and not found and not any(_is_row(row) for row in _rows(text)):
        raise UsageError("That is no list of a CDX server: no line of it holds an address.")
    return tuple(found.values())


def _rows(text: str) -> Iterator[Mapping[str, str]]:
    stripped = text.lstrip()
    if stripped.startswith("["):
        yield from _json_rows(stripped)
        return
    names: tuple[str, ...] | None = None
    for line in text.splitlines():
        if not line.strip():
            continue
        if line.lstrip().startswith(("{",)) or "{" in line:
            yield _json_line(line)
        elif names is None and "original" in line.split() and "http" not in line:
            names = tuple(line.split())
        else:
            yield _text_row(line, names)


def _json_rows(text: str) -> Iterator[Mapping[str, str]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"The list is no whole JSON: {error}.") from error
    names: tuple[str, ...] = _NAMES
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict):
            yield _texts(row)
        elif isinstance(row, list) and number == 0 and "original" in row:
            names = tuple(map(str, row))
        elif isinstance(row, list):
            yield dict(zip(names, map(str, row), strict=False))


def _json_line(line: str) -> Mapping[str, str]:
    """``key timestamp {"url": ...}``, as pywb and Common Crawl write it, or the JSON alone."""
    before, brace, rest = line.partition("{")
    try:
        row = _texts(json.loads(brace + rest))
    except (ValueError, RecursionError):
        return {}
    words = before.split()
    return {**({"timestamp": words[1]} if len(words) > 1 else {}), **row}


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    texts = {str(name): str(value) for name, value in row.items()}
    renamed = {"url": "original", "mime": "mimetype", "status": "statuscode"}
    return {renamed.get(name, name): value for name, value in texts.items()}


def _text_row(line: str, names: tuple[str, ...] | None) -> Mapping[str, str]:
    words = line.split()
    if names is not None:
        return dict(zip(names, words, strict=False))
    if len(words) >= 5 and "://" in words[2]:
        return dict(zip(_NAMES, words, strict=False))
    # Some of the fields only, as asked for with `fl=`: what looks like one is one.
    address = next((word for word in words if "://" in word), "")
    stamp = next((word for word in words if _STAMP.fullmatch(word)), "")
    return {"original": address, "timestamp": stamp}


def _is_row(row: Mapping[str, str]) -> bool:
    return "://" in row.get("original", "")


def _capture(row: Mapping[str, str]) -> tuple[CanonicalUrl, CapturedAddress] | None:
    """The page under the address that tells it from others."""
    address, status = row.get("original", ""), row.get("statuscode", "-")
    media = row.get("mimetype", "-").lower()
    if not _is_row(row) or status not in ("200", "-", "") or (media not in _HTML and media != "warc/revisit"):
        return None
    try:
        url = resolve(_DEFAULT_PORTS.sub(lambda match: match[1] or match[2], address))
        key = canonicalize(url)
    except InvalidUrlError:
        return None
    return None if _FILE.search(url) else (key, CapturedAddress(url=url, first_at=_moment(row.get("timestamp", ""))))


def _moment(stamp: str) -> datetime | None:
    if not _STAMP.fullmatch(stamp):
        return None
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
