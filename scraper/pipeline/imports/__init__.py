"""Imports: files that hold pages, through the same extractor, decisions and tables as a crawl."""
