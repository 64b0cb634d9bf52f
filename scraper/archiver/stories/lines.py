"""Stories as JSON Lines: one a line (https://jsonlines.org), written and read in constant memory."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple

from scraper.archiver.store.columns import to_text
from scraper.archiver.stories.fields import Clean, Fields
from scraper.archiver.stories.foreign import as_own
from scraper.archiver.stories.parsing import story_from
from scraper.archiver.stories.story import Story
from scraper.errors import StoryError

LONGEST_LINE_BYTES = 268_435_456
"""No article is that long; a file without line ends must not fill the memory."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """One line of a file, by its number from 1: its story, or what is wrong with it. `end` is where in the file."""

    number: int
    story: Story | StoryError
    end: int


def stories_in(file: BinaryIO, now: datetime, clean: Clean) -> Iterator[Line]:
    """The story on each line of `file`, or why there is none; empty lines are passed over.

    `now` is when a story was first seen whose line does not say; `clean` makes HTML safe to show.
    """
    at, end = to_text(now), 0
    for number, (data, length) in enumerate(_lines(file), start=1):
        end += length
        text = data.removeprefix(_BYTE_ORDER_MARK) if number == 1 else data
        if not text.strip():
            continue
        try:
            yield Line(number, _story(text, at, clean, is_whole=length == len(data)), end)
        except StoryError as error:
            yield Line(number, error, end)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Each line, cut off where it is too long, and how long it is."""
    while data := file.readline(LONGEST_LINE_BYTES):
        length = len(data)
        while not data.endswith(b"\n") and (rest := file.readline(LONGEST_LINE_BYTES)):
            length += len(rest)
            if rest.endswith(b"\n"):
                break
        yield data, length


def _story(data: bytes, now: str, clean: Clean, *, is_whole: bool) -> Story:
    if not is_whole:
        raise StoryError(
            f"the line is longer than {LONGEST_LINE_BYTES} bytes: are there line ends between the articles?"
        )
    try:
        document = json.loads(data.decode())
    except UnicodeDecodeError as error:
        raise StoryError(f"not UTF-8 (byte {error.start + 1} of the line)") from error
    except RecursionError as error:
        raise StoryError("nested too deeply") from error
    except ValueError as error:
        raise StoryError(f"no JSON: {error}") from error
    return story_from(Fields(as_own(document)), now, clean)
