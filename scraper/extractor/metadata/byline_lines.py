"""Whether a line of text is a byline, and where in it the byline begins. Whom it names is read elsewhere."""

import re
from functools import lru_cache
from typing import Final

from scraper.dates.reading import find_dates, may_hold_date
from scraper.extractor.metadata.byline_words import BY, BY_SHORT, CJK, CJK_BYLINE, CJK_TITLE, EDGES

_MAX_BY_LENGTH: Final = 40
_OPENING_DATE: Final = 24
_MARKED_BY = re.compile(r"\s[|•·–—]\s*((?:By|Von|Par|Por|Door)\s+[^\W\d_a-z])")


@lru_cache(maxsize=512)
def starts_like_byline(text: str) -> bool:
    """Whether `text` opens with a word for "by"."""
    return BY.match(text) is not None or BY_SHORT.match(text) is not None or CJK_BYLINE.match(text) is not None


def says_author(text: str) -> bool:
    """Whether `text` can be taken for a name without asking where it stands.

    In Chinese, Japanese and Korean any short word looks like a name, so there a word for "by" or a title must say so.
    """
    return not CJK.search(text) or starts_like_byline(text) or CJK_TITLE.search(text) is not None


def is_only_by(text: str) -> bool:
    """Whether `text` is a word for "by" and nothing more: the name stands in the next line."""
    return len(text) <= _MAX_BY_LENGTH and BY.fullmatch(f"{text} ") is not None


def byline_after_date(line: str) -> str | None:
    """What follows the date that opens a line, if that is a byline: "26. Oktober 2024 | Von Erika Muster"."""
    found = next(find_dates(line), None) if may_hold_date(line[:_OPENING_DATE]) else None
    rest = line[found.end :].lstrip(EDGES) if found else ""
    return rest if rest and starts_like_byline(rest) else None


def byline_after_mark(line: str) -> str | None:
    """What follows a mark in a line, if that is a byline: "Politik | Von Erika Muster"."""
    found = _MARKED_BY.search(line)
    return line[found.start(1) :] if found else None
