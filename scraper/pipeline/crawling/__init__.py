"""A crawl: what is due is visited, decided upon and stored."""
