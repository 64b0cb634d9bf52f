"""What a page is made of for whoever looks for its text: stretches of it, and the elements that they stand in."""

from collections.abc import Iterator, Sequence
from typing import cast

from lxml import etree

from scraper.extractor.text.evidence import Evidence, Survey


class Context:
    """A block-level element that passages stand in; `evidence` is what its names and place say."""

    __slots__ = ("element", "evidence", "parent", "tag")

    def __init__(self, element: etree._Element, tag: str, parent: "Context | None", survey: Survey) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.evidence: Evidence = survey.of(element, tag, None if parent is None else parent.evidence)

    @property
    def depth(self) -> int:
        """How many elements are around it."""
        return self.evidence.depth

    @property
    def tags(self) -> frozenset[str]:
        """Its own tag and those of all it stands in."""
        return self.evidence.tags

    @property
    def attributes(self) -> Sequence[tuple[str, str]]:
        """Its own, as (name, value) pairs."""
        return cast("Sequence[tuple[str, str]]", self.element.items())

    def chain(self) -> "Iterator[Context]":
        """This element and all it stands in, the nearest first."""
        context: Context | None = self
        while context is not None:
            yield context
            context = context.parent


class Passage:
    """One stretch of text; line breaks part its lines. `link_chars` counts its characters that are links.

    `after` and `until` bound its markup inside the element of `context`: the sibling nodes between them, or from
    the start or to the end of the element where they are None.
    """

    __slots__ = ("after", "context", "link_chars", "text", "until")

    def __init__(self, context: Context, text: str, link_chars: int) -> None:
        self.context = context
        self.text = text
        self.link_chars = link_chars
        self.after: etree._Element | None = None
        self.until: etree._Element | None = None

    @property
    def place(self) -> tuple[etree._Element, etree._Element | None]:
        """Where it begins: walks that pass over different parts of a page find the same passages at the same places."""
        return self.context.element, self.after
