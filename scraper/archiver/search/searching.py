"""Full-text search: a person's words as an FTS5 query that knows German spelling, and the articles that match."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from scraper.archiver.articles.reading import Selection
from scraper.archiver.records import SearchHit
from scraper.archiver.search.spelling import contracted, written_out
from scraper.archiver.search.stemming import Forms
from scraper.archiver.store.columns import record_from
from scraper.archiver.store.database import Database, Row, Value
from scraper.errors import UsageError

_TERM = re.compile(
    r'NEAR\((?P<near>[^()"]*)\)|(?P<minus>-)?(?:(?P<column>title|subtitle|summary|body):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))'
)
_TEXT_COLUMNS = "{title subtitle summary body}"
_SNIPPET_WORDS = 24
# By hand and not by FTS5's choice of the best column, which may be `spellings`: no text to show to anybody.
_SNIPPETS = tuple(
    f"snippet(article_search, {column}, ?, ?, '…', ?) AS {name}"
    for column, name in ((3, "in_body"), (2, "in_summary"), (1, "in_subtitle"))
)
# Of what matches more often, only the latest archived are ranked: measured, bm25 takes 1.3 µs for each (1.2 s for a
# common word in a million articles), while to walk past one takes 0.03 µs.
_MOST_RANKED = 20_000
# Each word that can be read two ways doubles the readings of a phrase.
_MOST_AMBIGUOUS = 3


_NEAR = re.compile(r"(?P<words>.*?)(?:,\s*(?P<distance>\d{1,4})\s*)?", re.DOTALL)
_USUAL_DISTANCE = 10
_LAST_ID = 2**63 - 1
_HELP = 'write words, "a phrase", begin*, -without, a OR b, title:word, NEAR(a b, 5)'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """One thing to find: a word, a phrase, or (with a `distance`) words at most so far apart."""

    words: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False
    exact: bool = False
    column: str | None = None
    distance: int | None = None


def find(
    database: Database,
    words: str,
    selection: Selection,
    *,
    marks: tuple[str, str] = ("[", "]"),
    most_ranked: int = _MOST_RANKED,
) -> list[SearchHit]:
    """The articles that best match `words` (see :func:`match_expression`), best first.

    Where more than `most_ranked` match, the best of the latest so many.
    """
    expression = match_expression(words, Forms(database, selection.language).of)
    wanted = _Wanted(expression, *selection.where("article_records"))
    rows = _best(database, wanted, selection.limit, marks=marks, most_ranked=most_ranked)
    return [record_from(SearchHit, row, snippet=_snippet(row, marks[0])) for row in rows]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An FTS5 query, and the condition on `article_records` that its articles must fulfil."""

    expression: str
    where: str
    parameters: list[Value]

    def matching(self, columns: str, first: int = 0, last: int = _LAST_ID) -> tuple[str, list[Value]]:
        """SQL for these columns of what matches and is wanted, of ids from `first` to `last`; and its parameters."""
        # `+rowid`, so that the condition is tried on what matches. Without it FTS5 is asked for each wanted row anew,
        # and counts the whole word each time: measured, 150 s instead of 0.1 for a year of 66,000 articles.
        among = "" if self.where == "1" else f" AND +rowid IN (SELECT id FROM article_records WHERE {self.where})"
        sql = f"SELECT {columns} FROM article_search WHERE article_search MATCH ? AND rowid BETWEEN ? AND ?{among}"
        return sql, [self.expression, first, last, *self.parameters]


def _best(
    database: Database, wanted: _Wanted, limit: int | None, *, marks: tuple[str, str], most_ranked: int
) -> list[Row]:
    """The best `limit` of the latest that match; of all, where those are too few or there is no limit."""
    if limit is None:
        return _ranked(database, wanted, -1, marks, (0, _LAST_ID))
    sql, parameters = wanted.matching("rowid")
    newest = database.number(f"{sql} ORDER BY rowid DESC LIMIT 1", parameters)
    if newest is None:
        return []
    first = _first_ranked(database, wanted, newest, most_ranked)
    rows = _ranked(database, wanted, limit, marks, (first or 0, newest))
    # A rare site among articles with a common word.
    return _ranked(database, wanted, limit, marks, (0, newest)) if first and len(rows) < limit else rows


def _first_ranked(database: Database, wanted: _Wanted, newest: int, most_ranked: int) -> int | None:
    """The id from which on `most_ranked` articles match, up to `newest`; None where hardly so many match."""
    sql, parameters = _Wanted(wanted.expression, "1", []).matching("rowid", last=newest)
    sql += " ORDER BY rowid DESC LIMIT 1 OFFSET ?"
    # To count a phrase costs as much as to find it: how close together the latest lie says whether to count at all.
    few = max(most_ranked // 100, 1)
    sample = database.number(sql, [*parameters, few])
    if sample is None or newest * few < most_ranked * (newest - sample):
        return None
    return database.number(sql, [*parameters, most_ranked])


def _ranked(
    database: Database, wanted: _Wanted, limit: int, marks: tuple[str, str], span: tuple[int, int]
) -> list[Row]:
    hits, parameters = wanted.matching(f"rowid AS id, rank, {', '.join(_SNIPPETS)}", *span)
    return database.all(
        "SELECT articles.id, url, site, articles.title, published, published_precision, published_offset_minutes,"
        f" published_raw, hits.* FROM ({hits} ORDER BY rank LIMIT ?) AS hits"
        " JOIN articles ON articles.id = hits.id ORDER BY hits.rank",
        (*(*marks, _SNIPPET_WORDS) * len(_SNIPPETS), *parameters, limit),
    )


def _snippet(row: Row, mark: str) -> str:
    """The piece of text with the words found; the beginning of the text where only the headline has them."""
    pieces = [" ".join((row[name] or "").split()) for name in ("in_body", "in_summary", "in_subtitle")]
    return next((piece for piece in pieces if mark in piece), pieces[0] or pieces[1])


def match_expression(words: str, forms: Callable[[str], Sequence[str]] = lambda _: ()) -> str:
    """What a person typed as an FTS5 query.

    All words must occur; ``a OR b``, ``"a phrase"``, ``begin*``, ``-without`` (or ``NOT without``), ``title:word`` and
    ``NEAR(a b, 5)`` work, all else is taken as words. Umlauts and ß are found in either spelling, however they were
    typed. `forms` gives the other forms of a word; they are found too, unless it stands in quotes.
    Raises UsageError, with what to write, where that cannot be understood.
    """
    _check(words)
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    join_next = False
    for term in _terms(words):
        if term is None:
            join_next = bool(wanted)
            continue
        expression = _expression(term, forms)
        if term.excluded:
            unwanted.append(expression)
        elif join_next:
            wanted[-1].append(expression)
        else:
            wanted.append([expression])
        join_next = False
    if not wanted:
        raise UsageError(f"There is no word to search for in {words!r}: {_HELP}.")
    # Each once: the time of FTS5 grows with the square of how often a word is asked for (measured: 45 s for 3,000).
    found = " AND ".join(dict.fromkeys(_any_of(options) for options in wanted))
    return f"({found}) NOT {_any_of(unwanted)}" if unwanted else found


def _any_of(options: list[str]) -> str:
    """One pair of brackets however many there are: FTS5 cannot read them nested a hundred deep."""
    each_once = tuple(dict.fromkeys(options))
    return f"({' OR '.join(each_once)})" if len(each_once) > 1 else each_once[0]


def _check(words: str) -> None:
    """Raise UsageError for what was begun and not ended: whoever typed it meant something else than its words."""
    if words.count('"') % 2:
        raise UsageError(f'A quotation mark stands alone in {words!r}: write "a phrase" between two of them.')
    if len(re.findall(r"\bNEAR\(", words)) != len(re.findall(r'\bNEAR\([^()"]*\)', words)):
        raise UsageError(f"NEAR( is not ended in {words!r}: write NEAR(a b) or NEAR(a b, 5), of single words.")


def _terms(text: str) -> Iterator[_Term | None]:
    """The terms of a query; None stands for OR."""
    negated = False
    for match in _TERM.finditer(text):
        word = None if match["minus"] else match["word"]
        if word == "OR":
            yield None
        if word in ("OR", "AND", "NOT"):
            negated = word == "NOT"
            continue
        term = _term(match) if match["near"] is None else _near(match["near"])
        if term is not None:
            yield replace(term, excluded=term.excluded or negated)
        negated = False


def _term(match: re.Match[str]) -> _Term | None:
    piece = match["phrase"] if match["word"] is None else match["word"]
    words = tuple(re.findall(r"\w+", piece))
    if not words:
        return None
    return _Term(
        words=words,
        prefix=piece.endswith("*"),
        excluded=bool(match["minus"]),
        exact=match["word"] is None,
        column=match["column"],
    )


def _near(text: str) -> _Term:
    match = _NEAR.fullmatch(text)
    words = tuple(re.findall(r"\w+", match["words"])) if match else ()
    if match is None or len(words) < 2 or "," in match["words"]:
        raise UsageError(f"NEAR({text}) is not understood: write NEAR(a b) or NEAR(a b, 5), of two or more words.")
    return _Term(words=words, exact=True, distance=int(match["distance"] or _USUAL_DISTANCE))


def _expression(term: _Term, forms: Callable[[str], Sequence[str]]) -> str:
    """The term in every spelling, and a plain word in every form."""
    where = term.column or _TEXT_COLUMNS
    # In the column of spellings, words stand beside each other by the alphabet: several are looked for in texts only.
    everywhere = "" if term.column is None and len(term.words) == 1 else f"{where} : "
    options = [everywhere + _quoted(term.words, term)]
    spelled = tuple(written_out(word) for word in term.words)
    if spelled != tuple(word.lower() for word in term.words):
        options.append(everywhere + _quoted(spelled, term))
    options.extend(_contractions(term, where))
    if len(term.words) == 1 and not (term.exact or term.prefix or term.excluded):
        options.extend(f'{where} : "{form}"' for form in forms(term.words[0]))
    return f"({' OR '.join(options)})" if len(options) > 1 else options[0]


def _contractions(term: _Term, where: str) -> Iterator[str]:
    """Readings of ae, oe, ue, ss as umlauts and ß, only where the text had those: `poet` must not find Pot."""
    ambiguous = [place for place, word in enumerate(term.words) if contracted(word) != word.lower()]
    for choice in product((False, True), repeat=min(len(ambiguous), _MOST_AMBIGUOUS)):
        chosen = [place for place, is_chosen in zip(ambiguous, choice, strict=False) if is_chosen]
        if not chosen:
            continue
        words = tuple(contracted(word) if place in chosen else word for place, word in enumerate(term.words))
        proofs = (f"spellings : {_quoted((term.words[place],), term)}" for place in chosen)
        yield f"({' AND '.join(proofs)} AND {where} : {_quoted(words, term)})"


def _quoted(words: tuple[str, ...], term: _Term) -> str:
    if term.distance is not None:
        each = " ".join(f'"{word}"' for word in words)
        return f"NEAR({each}, {term.distance})"
    return f'"{" ".join(words)}"{" *" if term.prefix else ""}'
