"""Ties crawler, extractor and archiver together: decides, counts, catches."""
