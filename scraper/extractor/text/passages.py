"""What a page is made of for whoever looks for its text: stretches of it, and the elements that they stand in."""

from collections.abc import Iterator, Sequence
from typing import cast

from lxml import etree

from scraper.extractor.text.evidence import Evidence, Survey


class Context:
    """A block-level element that passages stand in; `evidence` is what its names and place say.

    `tags` are its own and those of all it stands in.
    """

    __slots__ = ("depth", "element", "evidence", "parent", "tag", "tags")

    def __init__(self, element: etree._Element, tag: str, parent: "Context | None", survey: Survey) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        if parent is None:
            self.depth: int = 0
            self.tags = frozenset((tag,))
            self.evidence: Evidence = survey.of(element, tag, None)
        else:
            self.depth = parent.depth + 1
            self.tags = parent.tags if tag in parent.tags else parent.tags | {tag}
            self.evidence = survey.of(element, tag, parent.evidence)

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
