"""The steps of an import: what stands in a file, in order, and how far one has come with each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from scraper.errors import Reason
from scraper.records import Article, Page

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[Item]):
    """With this step `position` records (files, lines) of a source are done, up to its byte `offset`.

    `counts` says what was passed over since the step before; `item` is what is to be read, None where there is none,
    and `weight_bytes` what it carries along.
    """

    position: int
    offset: int
    counts: Mapping[str, int] = field(default_factory=dict)
    item: Item | None = None
    weight_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What reading one item gave: a page and its article, or the `reason` why not.

    `notes` are faults of an article that was read all the same; `message` says what happened where nobody foresaw it.
    """

    page: Page | None = None
    article: Article | None = None
    reason: Reason | None = None
    notes: tuple[Reason, ...] = ()
    message: str | None = None
