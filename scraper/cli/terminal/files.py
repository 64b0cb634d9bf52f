"""Where data comes from and goes: standard input and output, or a file, which appears only when it is whole."""

import codecs
import sys
from collections.abc import Generator
from contextlib import contextmanager
from io import BufferedWriter, RawIOBase, TextIOWrapper
from os import strerror
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import click

from scraper.cli.terminal.output import ReaderGoneError, safe_lines
from scraper.errors import UsageError
from scraper.whole_files import whole_file

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write to this file, which appears when it is whole. Else to standard output.",
)


def read_input(path: Path) -> bytes:
    """All of the file at `path`, or of standard input where that is -. Raises UsageError where it cannot be read."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error


@contextmanager
def written_to(path: Path) -> Generator[None]:
    """Raise UsageError where the block cannot write to the file or folder at `path`."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {strerror(error.errno) if error.errno else error}.") from error


@contextmanager
def binary_output(path: Path | None) -> Generator[BinaryIO]:
    """What is written inside the block goes to `path`, which changes at the end of it, or to standard output.

    Raises UsageError where the file cannot be written, ReaderGoneError where nobody reads standard output any more.
    """
    if path is None or str(path) == "-":
        out = BufferedWriter(_Terminal()) if sys.stdout.isatty() else sys.stdout.buffer
        try:
            yield out
            out.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        return
    with written_to(path), whole_file(path) as draft, draft.open("wb") as file:
        yield file


@contextmanager
def text_output(path: Path | None, *, encoding: str = "utf-8") -> Generator[TextIO]:
    """The same for text, whose line ends are written as they are."""
    with binary_output(path) as binary:
        text = TextIOWrapper(binary, encoding=encoding, errors="backslashreplace", newline="", write_through=True)
        try:
            yield text
        finally:
            text.detach()


class _Terminal(RawIOBase):
    """Shows UTF-8 on the terminal without anything in it that a terminal would obey."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        sys.stdout.write(safe_lines(self._decoder.decode(piece)))
        return len(piece)
