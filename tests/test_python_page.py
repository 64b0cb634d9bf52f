"""docs/reference/python.md says what Python says: its examples are run on the fixture archive."""

import doctest
from pathlib import Path
from shutil import copy

import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "python.md"


def test_the_examples_give_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper_archive: Path) -> None:
    monkeypatch.chdir(tmp_path)
    copy(paper_archive, tmp_path / "archive.db")

    results = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert results.failed == 0
    assert results.attempted > 20
