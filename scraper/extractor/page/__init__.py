"""A page as every part of the extractor reads it: bytes to a tree with an index."""
