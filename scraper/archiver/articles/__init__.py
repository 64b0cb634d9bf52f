"""Articles: versions, names, counts, links, duplicates, raw pages."""
