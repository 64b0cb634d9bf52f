"""An RSS/HTML article scraper and archive.

    import scraper

    article = scraper.extract(html, url)       # pure: no network, no file
    article = scraper.fetch(url)               # one polite request, then the same
    archive = scraper.Archive("archive.db")    # typed reads, iteration, search
"""

from scraper.archiver.archive import Archive
from scraper.extractor.extract import extract
from scraper.pipeline.fetch import fetch
from scraper.records import Article, FeedEntry, Image, Link, Page, Timestamp

__all__ = ["Archive", "Article", "FeedEntry", "Image", "Link", "Page", "Timestamp", "extract", "fetch"]
