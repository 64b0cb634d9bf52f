"""An RSS/HTML article scraper and archive."""
