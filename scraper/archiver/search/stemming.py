"""The door to snowballstemmer: the other forms of a word that the search index knows. Nothing is stored for it.

An index of stems beside the words would cost every insert; here only a search pays, and an archive of any age has it.
"""

from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from typing import Any

from scraper.archiver.search.spelling import folded
from scraper.archiver.store.database import Database

# BCP 47 -> Snowball. Not those whose stems need the accents that the index has folded away.
_ALGORITHMS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "pt": "portuguese",
    "sv": "swedish",
}
_USUAL = ("de", "en")
_SHORTEST = 4
# A stem shorter than this begins too many words.
_SHORTEST_STEM = 3
_MOST_READ = 600
_MOST_FORMS = 24


class Forms:
    """Finds the forms of words in one archive, by the stemmers of `language`, or else of its feeds."""

    def __init__(self, database: Database, language: str | None) -> None:
        self._database = database
        self._beginning: dict[str, list[str]] = {}
        self._algorithms = tuple(_algorithms([language] if language else _languages(database)))

    def of(self, word: str) -> tuple[str, ...]:
        """Other words of the index with the stem of `word`; none for short words, and where it has digits."""
        asked = folded(word)
        if len(asked) < _SHORTEST or not asked.isalpha():
            return ()
        found = (form for algorithm in self._algorithms for form in self._alike(asked, algorithm))
        return tuple(dict.fromkeys(form for form in found if form != asked))[:_MOST_FORMS]

    def _alike(self, word: str, algorithm: str) -> list[str]:
        stem = _stem(word, algorithm)
        # `parties` has the stem `parti`, which `party` does not begin with.
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(word, stem, strict=False))
        start = "".join(letter for letter, _ in pairs).rstrip("i")
        if len(start) < _SHORTEST_STEM:
            return []
        return [term for term in self._terms(start) if _stem(term, algorithm) == stem]

    def _terms(self, start: str) -> list[str]:
        """The words of the index that begin so; asked once, for FTS5 counts each as it goes: 45 ms for a common one."""
        if start not in self._beginning:
            rows = self._database.all(
                "SELECT term FROM article_search_words WHERE term >= ? AND term < ? LIMIT ?",
                (start, start + "\U0010ffff", _MOST_READ),
            )
            self._beginning[start] = [row["term"] for row in rows]
        return self._beginning[start]


def _languages(database: Database) -> Iterable[str]:
    rows = database.all("SELECT DISTINCT language FROM feeds WHERE language IS NOT NULL")
    return (*_USUAL, *(row["language"] for row in rows))


def _algorithms(languages: Iterable[str]) -> Iterable[str]:
    names = (_ALGORITHMS.get(language.lower().partition("-")[0]) for language in languages)
    return dict.fromkeys(name for name in names if name)


def _stem(word: str, algorithm: str) -> str:
    stem: str = _stemmer(algorithm).stemWord(word)
    return stem


@cache
def _stemmer(algorithm: str) -> Any:
    import snowballstemmer  # noqa: PLC0415 - thirty languages at once: 27 ms that only a search shall pay

    return snowballstemmer.stemmer(algorithm)
