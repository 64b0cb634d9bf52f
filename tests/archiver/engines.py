"""Versions of SQLite that a test is not for."""

import sqlite3

import pytest

BUT_3_39 = pytest.mark.skipif(
    (3, 39) <= sqlite3.sqlite_version_info < (3, 40),
    reason="SQLite 3.39 makes the whole view `articles` wherever something is joined to it: a fault of that version",
)
