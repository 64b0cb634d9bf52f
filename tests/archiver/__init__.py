"""Tests of the archive: real SQLite files, no doubles."""
