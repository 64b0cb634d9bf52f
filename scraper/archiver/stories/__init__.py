"""Whole stories: an article with its versions, links, counts and entries, as one record to read, merge and write."""
