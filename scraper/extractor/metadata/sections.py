"""Which sections of the site an article stands in (categories) and which labels it carries (tags)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Final, NamedTuple

from lxml import etree

from scraper.dates.reading import find_date, may_hold_date
from scraper.extractor.metadata import meta
from scraper.extractor.metadata.breadcrumbs import Claim
from scraper.extractor.metadata.jsonld import LinkedData, Node, plain_text, texts_in
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.metadata.site_name import SiteNames
from scraper.extractor.page.document import Document, text_of
from scraper.text import fold

_MAX_LABEL_LENGTH: Final = 60
_MAX_WORDS: Final = 8
_MAX_CATEGORIES: Final = 8
_MAX_TAGS: Final = 40
_MAX_FULLER: Final = 20
_MAX_TEXTS: Final = 400
_MAX_ELEMENTS: Final = 60
_MAX_GUESSED: Final = 6
_MIN_SPELLED: Final = 4
_SPELLED: Final = 0.6
_MARKS: Final = ',.:;!?"“”„«»'
_MAX_GUESSED_WORDS: Final = 4

_NONE: Final = ("", "")

_SPLIT = re.compile(r"\s*[,;|，、；]\s*")
# "Food, Drink & Travel" is one section, "Industry, Innovation" are two.
_LAST_OF_ONE = re.compile(r"(?:\S+\s)?(?:&|\+|and|und|et|y|e|en|i|och|og|ve)\s\S+", re.IGNORECASE)
_PATH = re.compile(r"\s*[/>»›]\s*")
_NO_LABEL = frozenset(
    (
        "uncategorized uncategorised allgemein home homepage start startseite article articles artikel news post posts "
        "story default none null undefined other general blog archive archives all page tags tag category categories "
        "keywords topics themen thema schlagworte schlagwörter temas etiquetas sponsored sponsor advertisement "
        "advertorial anzeige werbung publicidad publicité pubblicità by von"
    ).split()
)
# Says of an article on a site of news nothing, yet more than nothing.
_GENERAL = frozenset(("news",))
# Rank Math states as keywords what it was told to rate the text by.
_FOCUS_KEYWORDS: Final = "rank-math-schema"
# "8f507083-bac4-423a-9015-2eb31e1bce50", "NLP Category: Politics": what systems tell one another.
_MACHINE_LABEL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}|^\w[\w ]+: ?[<>=]*\w|://|^\w+[=_]\w+$", re.IGNORECASE)
# What stands before the labels themselves: "Tags:", "Filed under:".
_CAPTION = re.compile(
    r"^(?:(?:tagged(?: as| with)?|filed under|posted in|veröffentlicht in|abgelegt unter|publicado en|classé dans"
    r"|more on this story|related topics)(?=\W|$)\s*:?"
    # Systems that keep labels of several kinds say of which each is.
    r"|(?:subject|sujet|keyword|person|place|location|(?:nlp )?entity tokens?)\s*:"
    r"|(?:tags?|categor(?:y|ies)|topics?|schlagworte?|schlagwörter|themen|kategorien?|rubriken?|etiquetas|catégories?"
    r"|categorías?|categorie|mots-clés|more on|теги|рубрика)\s*(?:[:：]|-/)"
    r"|(?:tags|categories|schlagworte|schlagwörter|kategorien|etiquetas|catégories|mots-clés)(?=\s|$))\s*",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# What a template writes over its own boxes: "About the author", "Über uns".
_OF_TEMPLATE = re.compile(
    r"(?:about|über|acerca de|sobre|à propos de|informazioni su|over)\s+(?:(?:the|den|die|el|la)\s+|l['’])?"
    r"(?:aut|us\b|uns\b)",
    re.IGNORECASE,
)

Labels = tuple[tuple[str, ...], str | None]
"""(labels, source); none and None where the page states none."""


class Known(NamedTuple):
    """What is known of an article before its tags are read."""

    categories: Sequence[str] = ()
    authors: Sequence[str] = ()
    title: str | None = None


def read_categories(
    doc: Document,
    nodes: Sequence[tuple[str, Node, LinkedData]],
    marks: Marks,
    *,
    site: SiteNames,
    crumbs: Iterable[Claim] = (),
) -> Labels:
    """The sections an article is filed under, the page's own first; `crumbs` where it names none itself."""
    general: Labels = ((), None)
    for source, texts in chain(_category_claims(doc, nodes, marks), crumbs, _guesses(marks)):
        listed = list(islice(texts, _MAX_TEXTS))
        labels = tuple(_labels(listed, site, _MAX_CATEGORIES, source=source).values())
        if labels and not (source == "json-ld" and _is_slug(labels, doc.url)):
            return labels, source
        general = general if general[0] or not labels else (labels, source)
        if not general[0] and (text := next((text for text in listed if fold(text) in _GENERAL), None)):
            general = (text,), source
    return general


def read_tags(
    doc: Document,
    nodes: Sequence[tuple[str, Node, LinkedData]],
    marks: Marks,
    *,
    site: SiteNames,
    known: Known,
) -> Labels:
    """The labels of an article without those that are its categories."""
    held = {fold(category) for category in known.categories}
    persons = {fold(author) for author in known.authors}
    best: dict[str, str] = {}
    best_source = None
    # One label that is the title is what a plugin for search engines was told to look for.
    own = fold(known.title or "")
    for source, texts in _tag_claims(doc, nodes, marks):
        others = held | persons if source == "meta" else held  # some keywords begin with whoever wrote it
        found = _labels(texts, site, _MAX_TAGS + len(held), source=source).items()
        labels = dict(islice((pair for pair in found if pair[0] not in others), _MAX_TAGS))
        if labels.keys() == {own} or _spells(labels, own):
            continue
        # A page often shows the first of the labels only.
        if best.keys() < labels.keys() and len(labels) <= max(_MAX_FULLER, len(best)):
            best, best_source = labels, source
    return tuple(best.values()), best_source


def _is_slug(labels: Sequence[str], url: str | None) -> bool:
    """Whether a section is only told as addresses write it."""
    return len(labels) == 1 and labels[0].islower() and f"/{labels[0]}/" in (url or "")


def _spells(labels: Iterable[str], title: str) -> bool:
    """Whether labels are the words of the title in their order (all folded): what a CMS makes keywords of by itself."""
    single = [label for label in labels if label != title]
    if len(single) < _MIN_SPELLED or not title.startswith(single[0]):
        return False
    words = iter(title.split())
    is_in_order = all(any(word.strip(_MARKS) == label for word in words) for label in single)
    return is_in_order and len(single) >= _SPELLED * len(title.split())


def _category_claims(
    doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]], marks: Marks
) -> Iterator[tuple[str, list[str]]]:
    yield "html", [marks.text(link) for link in _linked(marks, "category")]
    for source, node, data in nodes:
        for key in filter(node.__contains__, ("articleSection", "genre")):
            yield source, [part for text in texts_in(data.values(node, key)) for part in _sections(text)]
    for name in filter(doc.meta.__contains__, meta.SECTION):
        yield meta.source_of(name), [part for text in doc.meta[name] for part in _sections(_PATH.split(text)[-1])]


def _guesses(marks: Marks) -> Iterator[Claim]:
    labels = frozenset(marks.of(Role.TAG))  # what a class calls both, "sectionTags", holds labels
    yield "html", _guessed(_first_shown(marks, (one for one in marks.of(Role.CATEGORY) if one not in labels)))


def _sections(text: str) -> list[str]:
    """The sections that one text lists."""
    parts = _SPLIT.split(text)
    return parts if len(parts) < 2 or not _LAST_OF_ONE.fullmatch(parts[-1]) else [text]


def _guessed(labels: list[str]) -> list[str]:
    """`labels` that only a class calls sections: none where they are the site's whole list, or titles of articles."""
    parts = _sections(labels[0]) if len(labels) == 1 and not may_hold_date(labels[0]) else labels
    if len(parts) > _MAX_GUESSED or any(len(_IN_BRACKETS.sub("", part).split()) > _MAX_GUESSED_WORDS for part in parts):
        return []
    return [part for part in parts if not _OF_TEMPLATE.match(part)]


def _tag_claims(
    doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]], marks: Marks
) -> Iterator[tuple[str, list[str]]]:
    yield "html", [marks.text(link) for link in _linked(marks, "tag")]
    for name in meta.TAG:
        if name == "keywords":
            # Visible labels and JSON-LD are written for this article, `keywords` often for the whole site.
            for source, node, data in nodes:
                if texts := texts_in(data.values(node, "keywords")):
                    is_focus = source == "json-ld" and _states_focus(doc)
                    yield source, [] if is_focus else _split(texts)
            yield "html", _first_shown(marks, marks.of(Role.TAG))
        if name in doc.meta:
            yield meta.source_of(name), _split(doc.meta[name])
    for source, node, data in nodes:
        yield source, list(texts_in([value for value in data.values(node, "about") if isinstance(value, Mapping)]))
    yield "html", [marks.text(element) for element in islice(marks.of(Role.TAG), _MAX_ELEMENTS) if element.tag == "a"]


def _states_focus(doc: Document) -> bool:
    return any(_FOCUS_KEYWORDS in (script.get("class") or "") for script in doc.by_tag.get("script", ()))


def _split(texts: Sequence[str]) -> list[str]:
    """A list of labels as it is; one text as the labels it lists."""
    if len(texts) > 1:
        return [part for text in texts for part in (_SPLIT.split(text) if text.count(",") > 1 else [text])]
    return [part for text in texts for part in _SPLIT.split(text)]


def _linked(marks: Marks, rel: str) -> Iterator[etree._Element]:
    for element in marks.of(Role.CATEGORY if rel == "category" else Role.TAG):
        if element.tag == "a" and rel in (element.get("rel") or "").lower().split():
            yield element


def _first_shown(marks: Marks, holders: Iterable[etree._Element]) -> list[str]:
    """The links in the first of the elements that by their class hold labels; its own text where it is short."""
    for count, element in enumerate(holders):
        links = [text for link in element.iter("a") if (text := text_of(link))]
        if links and len(marks.text(element)) <= sum(map(len, links)) + _MAX_LABEL_LENGTH:
            return links
        if not len(element) and (text := marks.text(element)):
            return [text]
        if count > _MAX_ELEMENTS:
            break
    return []


def _labels(texts: Iterable[str], site: SiteNames, most: int, *, source: str) -> dict[str, str]:
    """The first `most` labels among `texts` by their folded forms, each once: some pages list their site's thousands.

    Keywords for search engines begin with what the site is called, in all its spellings.
    """
    is_name = site.covers if source == "meta" else site.is_called
    kept: dict[str, str] = {}
    for text in islice(texts, _MAX_TEXTS):
        key, label = _label(text)
        if label and not is_name(label):
            kept.setdefault(key, label)
            if len(kept) == most:
                break
    return kept


# A page states its labels in several places, letter by letter the same.
@lru_cache(maxsize=512)
def _label(text: str) -> tuple[str, str]:
    """What a text is as a label, folded and as it is; nothing where it is none."""
    label = _CAPTION.sub("", plain_text(text) or "", count=1).strip(" #,.;:|/–-")
    if label.count("«") != label.count("»") or label.count("“") > label.count("”"):
        label = label.strip("«»“ ")
    if not 1 < len(label) <= _MAX_LABEL_LENGTH or len(label.split()) > _MAX_WORDS or label.isdigit():
        return _NONE
    key = fold(label)
    if key in _NO_LABEL or _MACHINE_LABEL.search(label):
        return _NONE
    return _NONE if may_hold_date(label) and find_date(label) else (key, label)
