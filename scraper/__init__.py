"""An RSS/HTML article scraper and archive."""

from scraper.extractor.extract import extract

__all__ = ["extract"]
