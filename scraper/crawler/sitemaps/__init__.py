"""Sitemaps as sources of articles: what stands in one, and which of an index are worth asking for."""
