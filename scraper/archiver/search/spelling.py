"""Other spellings of words with umlauts, ß and the like, for the search index and for queries. Pure.

The index folds accents by itself (ü as u), so `muller` finds Müller. What it cannot know is that German writes ü as
ue and ß as ss where keys or capitals lack them: those spellings stand in a column of their own, so that plain SQL
finds them too, and the text stays as it was written.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse

_WORD = re.compile(r"\w+")

_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "å": "aa", "ł": "l", "đ": "d"}
)
# Letters that Unicode does not take apart, so the tokenizer keeps them.
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})


def spellings(texts: Iterable[str | None], language: str | None) -> str | None:
    """Other spellings of the words in `texts`, in alphabetical order; None where there are none.

    Words with ss get their form with ß where the text may be German, so that a query with ß finds Swiss spelling.
    """
    joined = unicodedata.normalize("NFC", "\n".join(text for text in texts if text)).lower()
    may_be_german = language is None or language.lower().startswith("de")
    # Most words are out of the question: those between spaces are told apart in a quarter of the time of a pattern.
    words = joined.split()
    pieces = set(filterfalse(str.isascii, words))
    if may_be_german and "ss" in joined:
        pieces.update([word for word in words if "ss" in word])
    found: set[str] = set()
    for word in set(_WORD.findall(" ".join(pieces))):
        if not word.isascii():
            found |= _variants(word)
        if may_be_german and "ss" in word:
            found.add(word.replace("ss", "ß"))
    return " ".join(sorted(found)) or None


# The same few thousand words make up most of all text.
@lru_cache(maxsize=32_768)
def _variants(word: str) -> frozenset[str]:
    return frozenset((written_out(word), _without_marks(word.translate(_PLAIN)))) - {_without_marks(word)}


def folded(word: str) -> str:
    """`word` in the form that the index gives to it: lower case, without accents (unicode61, remove_diacritics 2)."""
    return _without_marks(unicodedata.normalize("NFC", word).lower())


def written_out(word: str) -> str:
    """`word` in lower case with ae, oe, ue, ss for ä, ö, ü, ß, and so on: as typed on a foreign keyboard."""
    return _without_marks(word.lower().translate(_WRITTEN_OUT))


def contracted(word: str) -> str:
    """`word` with ae, oe, ue, ss read as umlauts and ß, in the form the index gives to them (a, o, u, ß)."""
    return re.sub("([aou])e", r"\1", word.lower()).replace("ss", "ß")


def _without_marks(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
