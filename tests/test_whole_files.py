"""A file is there whole or not at all, whatever happens while it is written."""

import os
import stat
import threading
from pathlib import Path

import pytest

from scraper.whole_files import sync, whole_file


def test_a_file_appears_at_the_end_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"

    with whole_file(path) as draft:
        draft.write_text("whole")
        sync(draft)
        assert not path.exists()

    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("before", ["old", None])
def test_a_block_that_fails_leaves_all_as_it_was(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "list.txt"
    if before is not None:
        path.write_text(before)

    with pytest.raises(IsADirectoryError), whole_file(path) as draft:  # noqa: PT012 - the block is what is tested
        draft.write_text("half")
        tmp_path.write_text("this is a folder")

    assert [file.read_text() for file in tmp_path.iterdir()] == ([before] if before else [])


def test_a_replaced_file_keeps_its_permissions_and_its_draft_is_the_owners(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("old")
    path.chmod(0o640)

    with whole_file(path) as draft:
        draft.write_text("new")
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600

    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    path, link = tmp_path / "elsewhere" / "list.txt", tmp_path / "link.txt"
    link.symlink_to(path)

    with whole_file(link) as draft:
        draft.write_text("new")

    assert link.is_symlink()
    assert path.read_text() == "new"


def test_two_that_write_at_once_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"

    with whole_file(path) as first, whole_file(path) as second:
        first.write_text("first")
        second.write_text("second, and longer")

    assert path.read_text() == "first"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()

    with whole_file(pipe) as draft:
        draft.write_text("data")

    reader.join()
    assert read == ["data"]
    assert pipe.is_fifo()
