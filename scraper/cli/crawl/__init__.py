"""Commands that bring articles: crawl, backfill, fetch, extract, reextract."""
