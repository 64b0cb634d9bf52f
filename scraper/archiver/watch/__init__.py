"""Watching over a crawl for years: alarms, which of them were told, and figures for monitors."""
