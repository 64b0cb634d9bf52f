"""What is measured of each passage: small whole numbers, column by column. Weighs nothing; that is done in `model`.

A column is computed for the whole page at once: all of them together may cost half a millisecond.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from scraper.extractor.text.evidence import Evidence, NameWeights
from scraper.extractor.text.passages import Context, Passage
from scraper.extractor.text.wording import Wording, log_bin

FEATURES = tuple(
    (
        "tag region kind within depth own near path lowest size link end capitals words like_title declared repeats "
        "group_count group_size holder_count holder_share before_link after_link position from_title "
        "page_prose page_count"
    ).split()
)
HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# A passage with at least this share of links (in tenths) is no prose.
_LINKED = 4
# Characters without spaces: a shorter opening ("Sport") may stand anywhere in a text.
_SURE = 20


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Learnt weights of the names of elements, of words in short passages, and of words that open long ones.

    Those of words are in hundredths.
    """

    names: NameWeights
    words: Mapping[str, int]
    openings: Mapping[str, int]

    @classmethod
    def of(cls, learnt: Mapping[str, Mapping[str, float]]) -> "Lexicon":
        words, openings = (
            {word: round(100 * weight) for word, weight in learnt[kind].items()} for kind in ("words", "openings")
        )
        return cls(NameWeights(learnt["names"]), words, openings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the page's metadata says that helps to find its text."""

    title: str | None = None
    subtitle: str | None = None
    summary: str | None = None
    json_ld_body: str | None = None


@dataclass(slots=True, eq=False)
class Tally:
    """Passages that share something, summed up: their number, and their characters or those of them that are prose."""

    count: int = 0
    chars: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """The passages worth weighing, and their features: a column for each of `FEATURES`, an entry for each passage.

    `groups` holds for each passage the tally of all that stand in elements of the same names and tags.
    """

    passages: Sequence[Passage]
    columns: Sequence[Sequence[int]]
    groups: Sequence[Tally]


def measure(passages: Sequence[Passage], hints: Hints, lexicon: Lexicon) -> Measured:
    """Measure what may be text of an article."""
    if not passages:
        return Measured([], [[] for _ in FEATURES], [])
    evidence = [passage.context.evidence for passage in passages]
    wording = Wording(passages, hints.title)
    groups = _groups(passages, evidence)
    columns = (
        *zip(*[found.bins for found in evidence], strict=True),
        *wording.columns(lexicon.words, lexicon.openings),
        wording.likeness_to_title(),
        _declared(wording.texts, hints),
        _repeats(wording.texts),
        *_standing(passages, wording, groups),
        *_order(wording),
    )
    # All values are below 256, and both looks read them as bytes.
    return Measured(passages, [*map(bytes, columns)], groups)


def _declared(texts: Sequence[str], hints: Hints) -> list[int]:
    """Is it in the text that JSON-LD states (1: no, 2: yes), or the summary (3)?"""
    if hints.json_ld_body:
        declared = "".join(hints.json_ld_body.split())
        column = [
            1 if place < 0 else 2 for place in _places_in(declared, [text[:60].replace(" ", "") for text in texts])
        ]
    else:
        column = [0] * len(texts)
    if hints.summary and len(hints.summary) > 30:
        opening = hints.summary[:30]
        column = [3 if text.startswith(opening) else value for text, value in zip(texts, column, strict=True)]
    return column


def _places_in(declared: str, openings: Iterable[str]) -> Iterator[int]:
    """Where in a text each opening stands, -1 for those that do not."""
    last = 0
    for opening in openings:
        # Most come in the order of the text: what is looked for behind the last one is found at once.
        place = declared.find(opening, last)
        if place < 0:
            place = declared.find(opening, 0, last + len(opening))
        if place >= 0 and len(opening) > _SURE:
            last = place
        yield place


def _repeats(texts: Sequence[str]) -> list[int]:
    count = Counter(texts)
    return [min(count[text], 4) - 1 for text in texts]


def _groups(passages: Sequence[Passage], evidence: Sequence[Evidence]) -> list[Tally]:
    tallies: dict[tuple[str, str, str], Tally] = {}
    tally_of: dict[Evidence, Tally] = {}  # elements that share their evidence have tag, names and parent's names alike
    column = []
    for passage, found in zip(passages, evidence, strict=True):
        tally = tally_of.get(found)
        if tally is None:
            above = found.above
            key = (found.tag, found.names, above.names if above is not None else "")
            tally = tally_of[found] = tallies.setdefault(key, Tally())
        tally.count += 1
        tally.chars += len(passage.text)
        column.append(tally)
    return column


def _standing(passages: Sequence[Passage], wording: Wording, groups: Sequence[Tally]) -> list[Sequence[int]]:
    """How a passage stands among those like it, and in the element that holds it and its neighbours."""
    tallies: dict[Context, Tally] = {}
    holders = []
    for passage, size, link in zip(passages, wording.sizes, wording.links, strict=True):
        context = passage.context
        holder = context.parent or context
        tally = tallies.get(holder)
        if tally is None:
            tally = tallies[holder] = Tally()
        tally.count += 1
        if link < _LINKED:
            tally.chars += size
        holders.append(tally)
    prose = wording.prose or 1
    density = wording.density
    alike = dict.fromkeys(groups)
    kinds = {tally: (log_bin(tally.count), log_bin(tally.chars * density // tally.count)) for tally in alike}
    shares = {tally: (log_bin(tally.count), 20 * tally.chars // prose) for tally in tallies.values()}
    counts, sizes = zip(*map(kinds.__getitem__, groups), strict=True)
    held, share = zip(*map(shares.__getitem__, holders), strict=True)
    return [counts, sizes, held, share]


def _order(wording: Wording) -> list[list[int]]:
    """What comes before and after, and where on the page it is."""
    count = len(wording.sizes)
    total = sum(wording.sizes) or 1
    before = accumulate(wording.sizes[:-1], initial=0)
    from_title = [0] * count if wording.title_at is None else _distances(wording.title_at, count)
    return [
        [11, *wording.links[:-1]],
        [*wording.links[1:], 11],
        [50 * chars // total for chars in before],
        from_title,
        [log_bin(wording.prose // 16)] * count,
        [log_bin(count)] * count,
    ]


def _distances(title_at: int, count: int) -> list[int]:
    """Steps from the title, from 1 for ten or more before it to 111 for a hundred or more after."""
    far_before = max(0, title_at - 10)
    near = range(11 + far_before - title_at, min(111, 11 + count - title_at))
    return [*[1] * far_before, *near, *[111] * (count - far_before - len(near))]
