"""Lists of other articles on real pages: what was read there by eye, and how much of it the extractor finds."""
