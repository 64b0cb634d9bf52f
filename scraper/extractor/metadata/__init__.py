"""Single fields: what structured data, meta tags and the visible page say, weighed."""
