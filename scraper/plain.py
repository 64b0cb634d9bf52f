"""Records as plain data (dicts, lists, text, numbers), ready for JSON. Knows no file and no format beyond that.

A Timestamp becomes ISO 8601 in its own zone and no more precise than it was: ``2024-10-26`` is a day,
``2024-10-26T09:12:00+02:00`` a second. Unknown fields are null, never left out, so that every record has one shape.
"""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scraper.records import Article, Timestamp

# The body stands in the record twice already (text and HTML); a third time as blocks would only be weight.
_LEFT_OUT = frozenset({"blocks"})


def article_data(article: Article) -> dict[str, object]:
    """One article under the names of its fields, `category` beside `categories`."""
    out: dict[str, object] = {}
    for name, value in fields_of(article).items():
        if name == "categories":
            out["category"] = article.category
        if name not in _LEFT_OUT:
            out[name] = value
    return out


def fields_of(record: Any) -> dict[str, Any]:
    """Any record under the names of its fields, as :func:`plain` makes them."""
    return {field.name: plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def plain(value: object) -> object:
    """`value` with records as dicts, sequences as lists, times as ISO 8601 text."""
    if isinstance(value, Timestamp):
        return str(value)
    if isinstance(value, datetime):
        return utc_text(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return fields_of(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def utc_text(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC, to the second, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
