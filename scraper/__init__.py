"""An RSS/HTML article scraper and archive: `extract` a page's record, `fetch` one by its URL, open an `Archive`."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.archiver.archive import Archive
    from scraper.extractor.extract import extract
    from scraper.pipeline.fetch import fetch
    from scraper.records import Article, FeedEntry, Image, Link, Page, Timestamp

__all__ = ["Archive", "Article", "FeedEntry", "Image", "Link", "Page", "Timestamp", "extract", "fetch"]

_ROOMS = {"Archive": "archiver.archive", "extract": "extractor.extract", "fetch": "pipeline.fetch"}


def __getattr__(name: str) -> object:
    """Load a name when it is first asked for (PEP 562): who extracts pays for no database, `--help` for nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"scraper.{_ROOMS.get(name, 'records')}"), name)
