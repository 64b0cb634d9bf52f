"""Discovery: from any address to the feeds, sitemaps or list page behind it."""
