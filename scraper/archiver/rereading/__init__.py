"""Stored pages read again: what is taken from the archive for it, what differs, and how that is written."""
