"""What tells articles from other pages: plain facts of a page, each read when it is first asked for.

Decides nothing.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from scraper.extractor.images.captions import is_caption
from scraper.extractor.metadata.reading import Metadata
from scraper.extractor.page.document import Document, elements_in, text_of
from scraper.extractor.text.body import Body
from scraper.extractor.text.teaser_items import TeaserItems, teaser_items

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
# A list is seen in its first items: a front page with hundreds costs no more than one with these.
_MOST_HEADINGS: Final = 60
_MOST_CHARS: Final = 20_000
_LONGEST_HEADLINE: Final = 300
_MOST_LEVELS: Final = 6
_MOST_ITEMS: Final = 7
# A slug of several words, a number, a file; or a day before it.
_SLUG_WORDS: Final = 4
_NUMBER = re.compile(r"\d{5}")
_DAY = re.compile(r"/(?:19|20)\d\d/\d\d?/[^/]*[^\d/]")
_ARTICLE_TYPES = ("article", "posting", "report", "review", "recipe", "howto", "episode")
_LIST_TYPES = ("CollectionPage", "SearchResultsPage", "ProfilePage")
_GALLERY_TYPES = ("ImageGallery", "MediaGallery")
_GALLERY_CLASS = re.compile(r"galler|slideshow|bilderstrecke|fotostrecke|diaporama|galer[ií]a", re.IGNORECASE)
_NEXT_PAGE = re.compile(r"[?&/](?:page|paged|seite|p)[=/]?\d+")
CONSENT_TALK: Final = re.compile(
    r"cookie|consent|before you continue|privacy (?:settings|choices)|datenschutz|einwilligung|zustimm|tracking"
    r"|pur-abo|traceurs|vie privée|consenso|consentimiento|privacidad|toestemming|zgod[aęy]|prywatnoś|samtyck|samtykke"
    r"|suostumu|soukromí|hozzájárul|gizlilik|çerez|конфиденциальн|куки|クッキー|プライバシー|隐私|隱私|쿠키",
    re.IGNORECASE,
)


class PageFacts:
    """The facts of one page. Nothing here is costly but `teasers` and `pictures`."""

    def __init__(self, doc: Document, metadata: Metadata, body: Body) -> None:
        self.doc = doc
        self.metadata = metadata
        self.body = body
        self.path, self.query = _address(doc.url)
        self.chars = len(body.text or "")
        self.has_date = metadata.published is not None
        self.title = metadata.title or ""
        self.og_type = (doc.meta_first("og:type") or "").lower()

    @cached_property
    def body_element(self) -> etree._Element | None:
        return self.doc.root.find("body")

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of the `<body>`, in which WordPress, Drupal and many others say what kind of page this is."""
        body = self.body_element
        return frozenset((body.get("class") or "").lower().split()) if body is not None else frozenset()

    @cached_property
    def headline(self) -> str:
        """All that a page calls itself."""
        first = next((text_of(heading) for heading in self.doc.headings if heading.tag == "h1"), "")
        return " | ".join(text[:_LONGEST_HEADLINE] for text in (self.title, self.doc.title_tag or "", first))

    @cached_property
    def has_slug(self) -> bool:
        """Does the address end like an article's?"""
        path = self.path
        slug = path.rstrip("/").rpartition("/")[2]
        words = slug.count("-") + slug.count("_") + 1
        return (
            words >= _SLUG_WORDS
            or slug.endswith((".html", ".htm"))
            or _NUMBER.search(slug) is not None
            or _DAY.search(path) is not None
        )

    @cached_property
    def is_typed_article(self) -> bool:
        return any(kind.endswith(_ARTICLE_TYPES) for kind in self.metadata.types)

    @cached_property
    def is_typed_list(self) -> bool:
        return self._is_typed(_LIST_TYPES)

    def _is_typed(self, names: Iterable[str]) -> bool:
        typed = [element.get("itemtype") or "" for element in (self.doc.root, self.body_element) if element is not None]
        return any(f'"{name}"' in text for text in self.doc.json_ld for name in names) or any(
            text.endswith(f"/{name}") for text in typed for name in names
        )

    @cached_property
    def has_next_page(self) -> bool:
        """Not merely a neighbour: WordPress says `next` of the article after this one, too."""
        return any("next" in link.rel and _NEXT_PAGE.search(link.href) for link in self.doc.links)

    @cached_property
    def is_kept_from_search(self) -> bool:
        return any("noindex" in value.lower() for value in self.doc.meta.get("robots", ()))

    @cached_property
    def longest_block(self) -> int:
        return max((len(block.text) for block in self.body.blocks), default=0)

    @cached_property
    def has_captions_only(self) -> bool:
        """Does all that was found of a text, but for headings, stand beside pictures?"""
        kept = self.body.kept
        return bool(kept) and all(element.tag in _HEADINGS or _is_caption(element) for element in kept)

    @cached_property
    def share_of_consent_talk(self) -> float:
        lines = [self.headline, *(block.text for block in self.body.blocks)]
        return sum(CONSENT_TALK.search(line) is not None for line in lines) / len(lines)

    @cached_property
    def has_button(self) -> bool:
        return any(True for _ in self.doc.root.iter("button", "form"))

    @cached_property
    def password_forms(self) -> int:
        """Forms with a field for a password and none for a name."""
        if not (self.doc.mentions("password") or self.doc.mentions("PASSWORD")):
            return 0
        forms = 0
        for form in self.doc.root.iter("form"):
            kinds = {(field.get("type") or "text").lower() for field in form.iter("input")}
            forms += "password" in kinds and not kinds & {"text", "email", "tel"}
        return forms

    @cached_property
    def teasers(self) -> int:
        """How many headings, or items of the list that the text is, lead elsewhere.

        Sixty headings are looked at; items say less, for what stands beside an article may have been taken for it.
        """
        return max(len(self._teasing), min(self._listed.items, _MOST_ITEMS) if self._is_listed else 0)

    @cached_property
    def _teasing(self) -> list[etree._Element]:
        return [heading for heading in self.doc.headings[:_MOST_HEADINGS] if self._leads_elsewhere(heading)]

    @cached_property
    def has_typed_items(self) -> bool:
        """Do two headings that lead elsewhere stand in items typed as articles, where the page itself is none?"""
        if not self.is_typed_article or any(
            name in text for text in self.doc.json_ld for name in ('Article"', 'Posting"')
        ):
            return False
        typed = (
            next((above for above in islice(heading.iterancestors(), _MOST_LEVELS) if above.get("itemtype")), None)
            for heading in self._teasing
        )
        return len({item for item in typed if item is not None and _is_article(item)}) > 1

    def _leads_elsewhere(self, heading: etree._Element) -> bool:
        """Is all of the heading a link, inside or around it? Many a blog makes a link of its article's own title."""
        if heading.tag == "h1":
            return False
        if not any(above.tag == "a" for above in islice(heading.iterancestors(), 2)):
            link = next(heading.iter("a"), None)
            if link is None or len(text_of(link)) * 10 < len(text_of(heading)) * 8:
                return False
        return text_of(heading) not in self.headline

    @cached_property
    def free_chars(self) -> int:
        """How much of the text stands neither under a heading nor in an item of a list that leads elsewhere."""
        return min(self._chars[0], self._listed.free_chars)

    @cached_property
    def is_teased(self) -> bool:
        """Does most of the text stand under headings or in items that lead elsewhere?"""
        return self._chars[1] > 2 * self._chars[0] or self._is_listed

    @cached_property
    def _listed(self) -> TeaserItems:
        return teaser_items(self.body.kept)

    @cached_property
    def _is_listed(self) -> bool:
        return self._listed.chars > 2 * self._listed.free_chars

    @cached_property
    def _chars(self) -> tuple[int, int]:
        region = self.body.region
        if region is None:
            return 0, 0
        for _ in range(2):  # a single teaser's heading stands beside its text or one level up
            region = above if (above := region.getparent()) is not None else region
        kept = set(self.body.kept)
        chars, teased, headings = [0, 0], False, 0
        for element in elements_in(region, {*_HEADINGS, *(element.tag for element in kept)}):
            if element.tag in _HEADINGS:
                headings += 1
                teased = self._leads_elsewhere(element)
            elif element in kept:
                chars[teased] += len(text_of(element))
            if sum(chars) > _MOST_CHARS or headings > _MOST_HEADINGS:
                break
        return chars[0], chars[1]

    @cached_property
    def is_named_gallery(self) -> bool:
        named = self._is_typed(_GALLERY_TYPES) or any(map(_GALLERY_CLASS.search, self.classes))
        return named or any(
            _GALLERY_CLASS.search(element.get("class") or "") for element in self.doc.root.iter("div", "ul", "section")
        )

    @cached_property
    def pictures(self) -> int:
        return sum(1 for _ in self.doc.root.iter("figure", "img"))


def _is_article(item: etree._Element) -> bool:
    return (item.get("itemtype") or "").lower().endswith(_ARTICLE_TYPES) and next(item.iter("h1"), None) is None


def _is_caption(element: etree._Element) -> bool:
    return is_caption(element) or next(element.iterancestors("figcaption"), None) is not None


def _address(url: str | None) -> tuple[str, str]:
    """The path and the query of an address; nothing of one that is unknown or none."""
    try:
        parts = urlsplit(url or "")
    except ValueError:  # "http://[": a broken host
        return "", ""
    return (parts.path or "/") if url else "", parts.query
