"""An archive in a fresh folder, and a clock that the tests turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as archive:
        yield archive
