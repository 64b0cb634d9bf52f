"""Text from strangers made safe to keep: no control characters, no lone surrogates, one kind of space. Pure."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

# C0 and C1 controls but tab and line ends; direction overrides and isolates; byte order marks; lone surrogates.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# Chinese and Japanese do not part words; their characters are counted, as their newspapers do.
_CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_EAST_ASIAN = re.compile("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff65]+")
# What all of these begin with in UTF-8.
_EAST_ASIAN_BYTES = bytes((*range(0xE3, 0xEA), 0xEF))
_INVISIBLE = re.compile("[\u00ad\u200b\u2060]")
_MIN_DOUBLED = 8


def clean(text: str) -> str:
    """`text` without characters that no reader sees and that harm terminals, SQLite or XML; nothing else changes."""
    return text if text.isprintable() or _UNWANTED.search(text) is None else _UNWANTED.sub("", text)


def one_line(text: str) -> str:
    """`text` cleaned, with every run of white space (no-break spaces too) as one space, none at the ends."""
    # Printable characters are none of the unwanted, and four texts in five have no others: a quarter of the time of
    # two substitutions. `split` parts at the same characters as `\s`.
    return " ".join((text if text.isprintable() else clean(text)).split())


def undoubled(text: str) -> str:
    """`text` once where it is twice the same: templates print a name for wide screens and one for narrow ones.

    What is short may be so called: "Wagga Wagga".
    """
    half = len(text) // 2
    is_twice = half >= _MIN_DOUBLED and text.endswith(text[:half]) and not text[half : len(text) - half].strip()
    return text[:half] if is_twice else text


def or_none(text: str | None) -> str | None:
    """`text` as one line, or None where nothing is left: unknown is never an empty string."""
    return (one_line(text) or None) if text else None


def fold(text: str) -> str:
    """`text` for comparison only: compatibility forms, lower case, no soft hyphens, single spaces."""
    if text.isascii():  # has one form only, and no letter but its own lower case
        return one_line(text).lower()
    return one_line(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).casefold()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The tail of a message about an unknown word: the nearest known one in any case, or nothing."""
    spelt = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), list(spelt), n=1, cutoff=0.6)
    return f"; did you mean {spelt[near[0]]!r}?" if near else ""


def count_words(text: str) -> int:
    """How many words `text` has; in Chinese and Japanese, how many characters."""
    encoded = text.encode("utf-8", "replace")
    if len(encoded.translate(None, _EAST_ASIAN_BYTES)) == len(encoded):
        return len(text.split())
    return len(_EAST_ASIAN.sub(" ", text).split()) + len(_CHARACTER.findall(text))
