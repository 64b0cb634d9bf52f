"""Queries that analysts want, kept once: the docs, the tests, `report` and `serve` all read them from here."""
