"""What an element's names and place say about the text in it, worked out once per element, from the root down.

The weights of names are learnt; how is told in `benchmarks/train_body.py`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum
from typing import cast

from lxml import etree

# Regions of a page and kinds of text; of each, the nearest counts. Their numbers are positions in the weights' tables.
_REGIONS = ("article", "main", "aside", "nav", "footer", "header", "form", "dialog", "button")
_KINDS = ("li", "table", "blockquote", "figure", "figcaption", "pre", "dl", "details", "address")
_REGION_OF = {tag: number for number, tag in enumerate(_REGIONS, start=1)}
_KIND_OF = {tag: number for number, tag in enumerate(_KINDS, start=1)}
_REGION_OF_ROLE: Mapping[str | None, int] = {
    "article": _REGION_OF["article"],
    "main": _REGION_OF["main"],
    "complementary": _REGION_OF["aside"],
    "navigation": _REGION_OF["nav"],
    "contentinfo": _REGION_OF["footer"],
    "banner": _REGION_OF["header"],
    "search": _REGION_OF["form"],
    "dialog": _REGION_OF["dialog"],
    "alertdialog": _REGION_OF["dialog"],
}
_TELLING = _REGION_OF.keys() | _KIND_OF.keys()
_WITHIN = {_REGION_OF["article"]: 1, _REGION_OF["main"]: 2}
# Tags that passages stand in, and what most others stand in, by number; others are nought.
_TAGS = (
    "p div section article li h1 h2 h3 h4 h5 h6 td th blockquote pre figcaption header footer dt dd body main aside "
    "ul ol form figure button address label caption details summary center nav"
)
_TAG_NUMBER = {tag: number for number, tag in enumerate(_TAGS.split(), start=1)}
_DEEPEST = 60
# Attributes in which authors of pages name what an element is for.
_NAMING = frozenset(
    (
        "class id role itemprop aria-label data-testid data-test data-component data-qa data-type data-module "
        "data-widget data-name"
    ).split()
)
# Names of the whole page say nothing about one passage.
_WHOLE_PAGE = frozenset(("html", "body"))
# What parts the words of names in small letters, in UTF-8.
_PARTED = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else 0x20 for code in range(256))
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


Signs = tuple[str, str, str | None]
"""What one element shows of itself: tag, names and role."""


class Evidence:
    """Of one element: the weight of its names, that with its parent's, the path's sum, and the lowest on the path.

    Elements of the same names in the same place share theirs; `above` is that of what they stand in. `tags` are its own
    and those of all around it.
    """

    __slots__ = (
        "_bins", "above", "below", "depth", "kind", "lowest", "names", "own", "path", "region", "role", "tag",
        "tags", "within",
    )  # fmt: skip

    def __init__(self, signs: Signs, own: float, above: "Evidence | None") -> None:
        tag, names, role = signs
        self.tag, self.names, self.role = tag, names, role
        self.own = own
        self.above = above
        self.below: dict[Signs, Evidence] = {}
        self._bins: tuple[int, ...] | None = None
        if above is None:
            self.depth, self.tags = 0, frozenset((tag,))
            self.path = self.lowest = own
            self.region = self.kind = self.within = 0
        else:
            self.depth = above.depth + 1
            self.tags = above.tags if tag in above.tags else above.tags | {tag}
            self.path = own + above.path
            self.lowest = own if own < above.lowest else above.lowest
            self.region, self.kind, self.within = above.region, above.kind, above.within
        if tag in _TELLING or role is not None:
            self._settle(tag, role)

    def _settle(self, tag: str, role: str | None) -> None:
        """What region it begins, and what kind of text."""
        region = _REGION_OF.get(tag) or _REGION_OF_ROLE.get(role, 0)
        if region:
            self.region = region
            self.within |= _WITHIN.get(region, 0)
        self.kind = _KIND_OF.get(tag) or self.kind

    @property
    def bins(self) -> tuple[int, ...]:
        """What is measured: tag, region, kind of text, in article or main, depth, and the four weights in eighths."""
        bins = self._bins
        if bins is None:
            near = self.own if self.above is None else self.own + self.above.own
            place = (_TAG_NUMBER.get(self.tag, 0), self.region, self.kind, self.within, min(self.depth, _DEEPEST))
            weights = (_eighths(self.own, 80), _eighths(near, 80), _eighths(self.path, 120))
            bins = self._bins = (*place, *weights, _eighths(self.lowest, 80))
        return bins


def _eighths(weight: float, middle: int) -> int:
    eighths = round(weight * 8) + middle
    return eighths if 0 <= eighths <= 2 * middle else max(0, min(2 * middle, eighths))


class NameWeights:
    """Learnt weights of the words in names. Pages of one site name alike: the sums of many are remembered."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self.of = lru_cache(maxsize=16_384)(self._sum)

    def _sum(self, tag: str, names: str) -> float:
        # Exact, because sets are in another order in every run.
        return 0.0 if tag in _WHOLE_PAGE else fsum(filter(None, map(self._weights.get, tokens_of(tag, names))))


class Survey:
    """Gives elements their evidence, each from that of the block-level element around it."""

    def __init__(self, weights: NameWeights) -> None:
        self._weight_of = weights.of

    def of(self, element: etree._Element, tag: str, above: Evidence | None) -> Evidence:
        attributes = cast("list[tuple[str, str]]", element.items())
        if not attributes:
            signs: Signs = (tag, "", None)
        elif len(attributes) == 1 and attributes[0][0] == "class":  # two elements in three
            signs = (tag, attributes[0][1], None)
        else:
            signs = _signs(tag, attributes)
        if above is None:
            return Evidence(signs, self._weight_of(tag, signs[1]), None)
        evidence = above.below.get(signs)
        if evidence is None:
            evidence = above.below[signs] = Evidence(signs, self._weight_of(tag, signs[1]), above)
        return evidence


def tokens_of(tag: str, names: str) -> set[str]:
    """The words in an element's names (`articleBody` and `article__body` hold the same two), and its tag."""
    if names.islower():
        return {f"<{tag}", *names.encode("utf-8", "replace").translate(_PARTED).decode().split()}
    return {f"<{tag}", *map(str.lower, _TOKEN.findall(names))}


def _signs(tag: str, attributes: Sequence[tuple[str, str]]) -> Signs:
    names: list[str] = []
    role = None
    for name, value in attributes:
        if name in _NAMING:
            names.append(value)
            if name == "role":
                role = value
    return tag, " ".join(names), role
