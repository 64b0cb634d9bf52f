"""Paragraphs that stand among those of the text, though not kept for their own scores: what is alike belongs together.

Scores judge passages one by one, and by what they know of pages like this one. On a page like no other (very long, or
with strange names) they let go of some paragraphs, or of all but the first; the markup tells that they are one text.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from math import inf

from scraper.extractor.text.passages import Context, Passage

# Characters. A shorter passage may be a label or a note, whatever stands around it.
_LEAST_PROSE = 80
# Of shorter lines on the average are lists of names, times and credits.
_LEAST_LINE = 60
# A passage with at least this share of links is no prose.
_LINKED = 0.4
# Log odds by names (an id among them) that elements of the same classes may be apart.
_LOUDER = 1.0
# Elements that hold running text. Code and headings are judged by themselves.
_HOLDERS = frozenset(("p", "div", "section", "li", "dd", "td", "blockquote"))


def with_siblings(passages: Sequence[Passage], kept: Sequence[bool]) -> Sequence[bool]:
    """Which of `passages` are kept, with those beside them.

    Paragraphs in the very element that holds 600 characters of kept ones; and what stands in elements of the same
    classes, all the way up, as 1,000 characters kept, where these are three tenths of all that do.
    """
    lost = [passage for passage, keep in zip(passages, kept, strict=True) if not keep and _is_prose(passage)]
    places = set(map(_rough_place, lost))
    held = [
        passage
        for passage, keep in zip(passages, kept, strict=True)
        if keep and _rough_place(passage) in places and _is_prose(passage)
    ]
    if not held:
        return kept
    places = set(map(_rough_place, held))
    lost = [passage for passage in lost if _rough_place(passage) in places]
    alike = _likeness()
    near = _as_well_named(lost, held, alike)
    added = {id(passage) for passage in _beside(near, held, alike, least=1_000, share=0.3)}
    others, paragraphs = ([passage for passage in part if passage.context.tag == "p"] for part in (lost, held))
    added.update(id(passage) for passage in _beside(others, paragraphs, _place, least=600, share=0.0))
    return [keep or id(passage) in added for passage, keep in zip(passages, kept, strict=True)]


def _is_prose(passage: Passage) -> bool:
    length = len(passage.text)
    if length < _LEAST_PROSE or passage.context.tag not in _HOLDERS or passage.link_chars >= _LINKED * length:
        return False
    return length >= _LEAST_LINE * (1 + passage.text.count("\n"))


def _rough_place(passage: Passage) -> Hashable:
    """What passages share that stand in elements alike, and few others: told in no time."""
    return passage.context.tag, passage.context.depth


def _place(passage: Passage) -> Hashable:
    """The names of the element that holds it, and the very element around that."""
    context = passage.context
    return context.evidence, context.parent


def _as_well_named(
    lost: Sequence[Passage], held: Sequence[Passage], key_of: Callable[[Passage], Hashable]
) -> Sequence[Passage]:
    """Those of `lost` whose names speak no louder against them than those of one held in the same group."""
    lowest: dict[Hashable, float] = {}
    for passage in held:
        key, weight = key_of(passage), passage.context.evidence.path
        lowest[key] = min(weight, lowest.get(key, weight))
    return [passage for passage in lost if passage.context.evidence.path + _LOUDER >= lowest.get(key_of(passage), inf)]


def _likeness() -> Callable[[Passage], Hashable]:
    """Gives passages in elements of the same tags and classes, all the way up, the same number.

    Of their names only the classes count: parts that are alike differ in the id that each has.
    """
    known: dict[Context | None, int] = {None: 0}
    numbers: dict[tuple[int, str, str | None], int] = {}

    def number(passage: Passage) -> int:
        path = []
        context: Context | None = passage.context
        while context is not None and context not in known:
            path.append(context)
            context = context.parent
        found = known[context]
        for around in reversed(path):
            signs = (found, around.tag, around.element.get("class"))
            found = known[around] = numbers.setdefault(signs, len(numbers) + 1)
        return found

    return number


def _beside(
    lost: Sequence[Passage],
    held: Sequence[Passage],
    key_of: Callable[[Passage], Hashable],
    *,
    least: int,
    share: float,
) -> Iterator[Passage]:
    """Those of `lost` in a group of which at least so many characters are held, and so large a share."""
    chars: Counter[Hashable] = Counter()
    for passage in held:
        chars[key_of(passage)] += len(passage.text)
    every = chars.copy()
    for passage in lost:
        every[key_of(passage)] += len(passage.text)
    for passage in lost:
        key = key_of(passage)
        if chars[key] >= max(least, share * every[key]):
            yield passage
