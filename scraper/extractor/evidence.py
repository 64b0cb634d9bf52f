"""What an element's names and place say about the text in it, worked out once per element, from the root down.

The weights of names are learnt; how is told in `benchmarks/train_body.py`.
"""

import re
from collections.abc import Mapping, Sequence

from scraper.extractor.blocks import Context

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
_WITHIN = {_REGION_OF["article"]: 1, _REGION_OF["main"]: 2}
# Attributes in which authors of pages name what an element is for.
_NAMING = frozenset(
    (
        "class id role itemprop aria-label data-testid data-test data-component data-qa data-type data-module "
        "data-widget data-name"
    ).split()
)
# Names of the whole page say nothing about one passage.
_WHOLE_PAGE = frozenset(("html", "body"))
_LOWER = re.compile("[a-z]+")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


class Evidence:
    """Of one element: its weight, that with its parent's, the path's sum and lowest; the region and kind of text."""

    __slots__ = ("hidden", "kind", "lowest", "names", "near", "own", "path", "region", "within")

    def __init__(self, names: str, own: float) -> None:
        self.names = names
        self.own = self.near = self.path = self.lowest = own
        self.region = self.kind = self.within = self.hidden = 0

    def inherit(self, above: "Evidence") -> None:
        self.near += above.own
        self.path += above.path
        self.lowest = min(self.lowest, above.lowest)
        self.region = self.region or above.region
        self.kind = self.kind or above.kind
        self.hidden |= above.hidden
        self.within |= above.within


class Survey:
    """Gives every element asked for its evidence; shared ancestors are read once. `contexts`: parents come first."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.contexts: list[Context] = []
        self._weights = weights
        self._own: dict[tuple[str, str], float] = {}

    def of(self, context: Context) -> Evidence:
        return context.evidence or self._read_down_to(context)

    def _read_down_to(self, context: Context) -> Evidence:
        unread = []
        above = context.parent
        while above is not None and above.evidence is None:
            unread.append(above)
            above = above.parent
        evidence = above.evidence if above is not None else None
        for below in reversed(unread):
            evidence = below.evidence = self._read(below, evidence)
            self.contexts.append(below)
        self.contexts.append(context)
        context.evidence = self._read(context, evidence)
        return context.evidence

    def _read(self, context: Context, above: Evidence | None) -> Evidence:
        tag = context.tag
        names, role, hidden = _names(context.attributes) if context.attributes else ("", None, 0)
        key = (tag, names)
        own = self._own.get(key)
        if own is None:
            own = self._own[key] = self._weight(tag, names)
        evidence = Evidence(names, own)
        region = _REGION_OF.get(tag) or _REGION_OF_ROLE.get(role, 0)
        if region:
            evidence.region, evidence.within = region, _WITHIN.get(region, 0)
        evidence.kind, evidence.hidden = _KIND_OF.get(tag, 0), hidden
        if above is not None:
            evidence.inherit(above)
        return evidence

    def _weight(self, tag: str, names: str) -> float:
        weights = self._weights
        return 0.0 if tag in _WHOLE_PAGE else sum([weights[name] for name in tokens_of(tag, names) if name in weights])


def tokens_of(tag: str, names: str) -> set[str]:
    """The words in an element's names (`articleBody` and `article__body` hold the same two), and its tag."""
    found = _LOWER.findall(names) if names.islower() else map(str.lower, _TOKEN.findall(names))
    return {f"<{tag}", *found}


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
