"""An RSS/HTML article scraper and archive: `extract` a page's record, `fetch` one by its URL, open an `Archive`."""

from scraper.archiver.archive import Archive
from scraper.extractor.extract import extract
from scraper.pipeline.fetch import fetch
from scraper.records import Article, FeedEntry, Image, Link, Page, Timestamp

__all__ = ["Archive", "Article", "FeedEntry", "Image", "Link", "Page", "Timestamp", "extract", "fetch"]
