"""The body: which passages of a page are the article, and what kind of page it is."""
