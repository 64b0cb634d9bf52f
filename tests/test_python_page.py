"""docs/reference/python.md says what Python says: its examples are run on the fixture archive."""

import doctest
from pathlib import Path

import pytest

from fixtures.archive import make

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "python.md"


def test_the_examples_give_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "archive.db")

    results = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert results.failed == 0
    assert results.attempted > 20
