"""An archive in a fresh folder, and a clock that the tests turn."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from scraper.archiver.archive import Archive


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: its 260 statements take longer than most tests. That it can be made is tested in store/."""
    path = tmp_path_factory.mktemp("empty") / "archive.db"
    Archive(path).close()
    return path


@pytest.fixture
def archive(tmp_path: Path, empty_archive: Path) -> Iterator[Archive]:
    with Archive(copy(empty_archive, tmp_path / "archive.db")) as archive:
        yield archive
