"""What an element's names and place say about the text in it, worked out once per element, from the root down.

The weights of names are learnt; how is told in `benchmarks/train_body.py`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from scraper.extractor.blocks import Context

# Regions of a page and kinds of text; of each, the nearest counts. Their numbers are positions in the weights' tables.
_REGIONS = ("article", "main", "aside", "nav", "footer", "header", "form", "dialog", "button")
_KINDS = ("li", "table", "blockquote", "figure", "figcaption", "pre", "dl", "details", "address")
_REGION_OF = {tag: number for number, tag in enumerate(_REGIONS, start=1)}
_KIND_OF = {tag: number for number, tag in enumerate(_KINDS, start=1)}
_REGION_OF_ROLE = {
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
_WITHIN = {_REGION_OF["article"]: 1, _REGION_OF["main"]: 2}
# Attributes in which authors of pages name what an element is for.
_NAMING = frozenset(
    ("class", "id", "role", "itemprop", "aria-label", "data-testid", "data-test", "data-component")
    + ("data-qa", "data-type", "data-module", "data-widget", "data-name")
)
# Names of the whole page say nothing about one passage.
_WHOLE_PAGE = frozenset(("html", "body"))
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


class Evidence:
    """Of one element: its own weight, its parent's added, the whole path's sum, and the lowest on the path."""

    __slots__ = ("hidden", "kind", "lowest", "names", "near", "own", "path", "region", "within")

    def __init__(self, names: str, own: float) -> None:
        self.names = names
        self.own = self.near = self.path = self.lowest = own
        self.region = self.kind = self.within = self.hidden = 0


class Survey:
    """The evidence of every element asked for; shared ancestors are read once."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._own: dict[tuple[str, str], float] = {}
        self._read: dict[Context, Evidence] = {}

    def of(self, context: Context) -> Evidence:
        known = self._read.get(context)
        if known is not None:
            return known
        unread = [context]
        above = context.parent
        while above is not None and above not in self._read:
            unread.append(above)
            above = above.parent
        evidence = self._read[above] if above is not None else None
        for below in reversed(unread):
            evidence = self._read[below] = self._evidence(below, evidence)
        return self._read[context]

    def contexts(self) -> Collection[Context]:
        """Every element read so far, parents before what is in them."""
        return self._read

    def _evidence(self, context: Context, parent: Evidence | None) -> Evidence:
        names, role, hidden = _names(context.attributes) if context.attributes else ("", None, 0)
        evidence = Evidence(names, self._weight(context.tag, names))
        region = _REGION_OF.get(context.tag, 0) or (_REGION_OF_ROLE.get(role, 0) if role else 0)
        evidence.region, evidence.kind, evidence.hidden = region, _KIND_OF.get(context.tag, 0), hidden
        evidence.within = _WITHIN.get(region, 0)
        if parent is not None:
            evidence.near += parent.own
            evidence.path += parent.path
            evidence.lowest = min(evidence.own, parent.lowest)
            evidence.region = region or parent.region
            evidence.kind = evidence.kind or parent.kind
            evidence.hidden |= parent.hidden
            evidence.within |= parent.within
        return evidence

    def _weight(self, tag: str, names: str) -> float:
        if tag in _WHOLE_PAGE:
            return 0.0
        key = (tag, names)
        weight = self._own.get(key)
        if weight is None:
            get = self._weights.get
            weight = self._own[key] = sum(get(token, 0.0) for token in tokens_of(tag, names))
        return weight


@lru_cache(maxsize=8192)
def tokens_of(tag: str, names: str) -> tuple[str, ...]:
    """The words in an element's names (`articleBody`, `article-body`, `article__body` hold the same two), and its tag."""
    return (f"<{tag}", *sorted({token.lower() for token in _TOKEN.findall(names)}))


def _names(attributes: Sequence[tuple[str, str]]) -> tuple[str, str | None, int]:
    """The naming attributes in one string, the role, and whether the element is hidden."""
    names: list[str] = []
    role, hidden = None, 0
    for name, value in attributes:
        if name in _NAMING:
            names.append(value)
            if name == "role":
                role = value
        elif name == "hidden" or (name == "style" and "none" in value and _is_hidden(value)):
            hidden = 1
    return " ".join(names), role, hidden


def _is_hidden(style: str) -> bool:
    return "display:none" in style.replace(" ", "").lower()
