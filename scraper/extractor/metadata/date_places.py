"""The places of a page that state its dates, and how far each is believed. Which of them is right is decided elsewhere.

Structured data, meta tags, what is shown around the title or marked as a date, and the address; the weights say how
often each was right on the corpus. Dates of other articles that can be told as such are left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from lxml import etree

from scraper.dates.reading import may_hold_date
from scraper.dates.words import month_number
from scraper.extractor.metadata import meta
from scraper.extractor.metadata.date_claims import FIRST, MODIFIED_KEY, DateClaim, DateReader, says_modified
from scraper.extractor.metadata.jsonld import LinkedData, Node, text_in
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.page.document import Document, text_of

_MAX_MARKS: Final = 16
_MAX_MARK_LENGTH: Final = 160
_MAX_LABEL: Final = 24
_LABEL_LEVELS: Final = 2
_LABEL_PARTS: Final = 3
_MAX_LEVELS: Final = 5
_MIN_TEASER: Final = 24
_MIN_TITLE: Final = 20
_MAX_LABELLED: Final = 60
_PARAGRAPH_LENGTH: Final = 120
# How far each place is believed; places that name the same day add up.
_JSON_LD: Final = 3.5
_MICRODATA: Final = 2.5
_META: Final = 3.0
_META_LOOSE: Final = 1.0
NEAR: Final = 3.2
_SAID: Final = 3.0
_ABOVE: Final = 3.3
_MARKED: Final = 1.2
_MARKED_SAID: Final = 1.8
_URL: Final = 3.2
_LAST: Final = 4.0
_WIKI: Final = "MediaWiki"
_LAST_CHANGED: Final = ("footer-info-lastmod", "footer-lastmod", "lastmod")
_LATER_SHARE: Final = 0.3
_PROPERTIES: Final = (("datePublished", False), ("dateModified", True))
# Names of meta tags that say "date" without saying of what.
_LOOSE_META = frozenset(("date", "dc.date", "datecreated", "article:created", "created", "doc_date", "timestamp"))
_WHOLE_ARTICLE = frozenset(("article", "main", "body"))
_TIMES = frozenset(("time", "abbr", "relative-time", "local-time", "time-ago"))
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)(?:[/_-]?(0[1-9]|1[0-2])[/_-]?|/([a-z]{3,9}|[1-9])/)(0[1-9]|[12]\d|3[01]|[1-9](?=[/?#]|$))(?!\d)",
    re.IGNORECASE,
)
_PUBLISHED_KEY = re.compile("publish", re.IGNORECASE)


def in_structured_data(nodes: Sequence[tuple[str, Node, LinkedData]], reader: DateReader) -> Iterator[DateClaim]:
    """Each property counts in full by the first node that has it, by each further one less."""
    share_of: dict[tuple[str, str], float] = {}
    nameless = {text_in(node.get("datePublished")) for _, node, _ in nodes if not _is_named(node)} - {None}
    for source, node, _ in nodes:
        if len(nameless) > 1 and not _is_named(node):
            continue  # several articles, none of which says which it is: teasers
        base = _JSON_LD if source == "json-ld" else _MICRODATA
        for key, is_modified in _PROPERTIES:
            raw = text_in(node.get(key))
            stamp = reader.field(raw) if raw else None
            if stamp:
                share = share_of.get((source, key), 1.0)
                share_of[source, key] = share * _LATER_SHARE
                yield DateClaim(stamp, source, base * share, is_modified)


def _is_named(node: Node) -> bool:
    return "headline" in node or "name" in node


def in_meta_tags(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    for names, is_modified in ((meta.PUBLISHED, False), (meta.MODIFIED, True)):
        share = 1.0
        for name in filter(doc.meta.__contains__, names):
            stamp = reader.field(doc.meta[name][0])
            if stamp:
                weight = _META_LOOSE if name in _LOOSE_META else _META
                yield DateClaim(stamp, meta.source_of(name), weight * share, is_modified)
                share = _LATER_SHARE


def shown_dates(marks: Marks, reader: DateReader, titles: Sequence[str] = ()) -> Iterator[DateClaim]:
    """The dates shown around the title; one within the title, as the page declares it (`titles`), is its subject's."""
    head = _lines_before_text(marks.near)
    for lines, weight in ((marks.near[:head], NEAR), (marks.near[head:], 0.0), (marks.above[:1], _ABOVE)):
        own = (line for line in lines if may_hold_date(line) and not _is_title(line, titles))
        claims = (claim for line in own for claim in reader.line(line, weight, _SAID))
        # Within the text a date is what the text tells of: 27 of 35 that nothing is said of were wrong.
        yield from _fading(claim for claim in claims if weight or claim.is_said)
    yield from _fading(_marked(marks, reader))


def _is_title(line: str, titles: Sequence[str]) -> bool:
    return len(line) >= _MIN_TITLE and any(line in title for title in titles)


def _lines_before_text(lines: Sequence[str]) -> int:
    """How many of the lines after a title stand before the text: until the third that is as long as a paragraph.

    One or two may be a subtitle and the caption of a picture.
    """
    long_lines = (at for at, line in enumerate(lines) if len(line) >= _PARAGRAPH_LENGTH)
    return next(islice(long_lines, 2, None), len(lines)) + 1


def _fading(claims: Iterable[DateClaim]) -> Iterator[DateClaim]:
    """The first of each kind counts in full, each further one less: they stand further from the title."""
    share = {True: 1.0, False: 1.0}
    for claim in claims:
        yield claim if claim.weight == FIRST else claim._replace(weight=claim.weight * share[claim.is_modified])
        share[claim.is_modified] *= _LATER_SHARE


def _marked(marks: Marks, reader: DateReader) -> Iterator[DateClaim]:
    for element in islice(marks.of(Role.DATE), _MAX_MARKS):
        claims = list(_stated_in(element, marks, reader))
        if not claims or is_of_another(element):
            continue
        name = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        # WordPress themes call a date "entry-date published updated" where the article never changed.
        is_modified = MODIFIED_KEY.search(name) is not None and _PUBLISHED_KEY.search(name) is None
        for claim in claims:
            if is_modified:
                yield claim._replace(is_modified=True)
            elif not claim.is_said and (said := says_modified(_label_of(element))) is not None:
                yield claim._replace(weight=_MARKED_SAID, is_modified=said, is_said=True)
            else:
                yield claim


def _stated_in(element: etree._Element, marks: Marks, reader: DateReader) -> Iterator[DateClaim]:
    """What an element states: its moment for machines, else the dates of its text."""
    raw = element.get("datetime") or element.get("title") if element.tag in _TIMES else None
    stamp = reader.field(raw) if raw else None
    if stamp:
        text = marks.text(element)
        said = says_modified(text[:_MAX_LABEL]) if may_hold_date(text) else None
        yield DateClaim(stamp, "html", _MARKED if said is None else _MARKED_SAID, bool(said), said is not None)
    elif not raw:
        text = marks.text(element)
        is_short = len(text) <= _MAX_MARK_LENGTH
        for claim in reader.text(text if is_short else text[:_MAX_LABELLED], _MARKED, _MARKED_SAID):
            if is_short or claim.is_said:  # of a longer one, only "Posted on 26 October 2024" at its beginning
                yield claim


def _label_of(element: etree._Element) -> str:
    """The few words right before an element, or before what begins with it; no date, which has words of its own."""
    for one in islice(chain((element,), element.iterancestors()), _LABEL_LEVELS):
        words: list[str] = []
        before = one.getprevious()
        while before is not None and len(words) < _LABEL_PARTS:
            words.insert(0, text_of(before, _MAX_LABEL + 1) + (before.tail or ""))
            before = before.getprevious()
        parent = one.getparent()
        if before is None and parent is not None:
            words.insert(0, (parent.text or "")[-_MAX_LABEL:])
        label = " ".join(" ".join(words).split())
        if label:
            return label if len(label) <= _MAX_LABEL and not may_hold_date(label) else ""
    return ""


def last_changed(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """The line at the foot of a wiki's page that says when it was last edited, by the `id` that MediaWiki gives it."""
    if not any(_WIKI in name for name in doc.meta.get("generator", ())):
        return
    for element in chain.from_iterable(doc.by_tag.get(tag, ()) for tag in ("li", "div", "span", "p")):
        if element.get("id") in _LAST_CHANGED:
            claims = reader.text(text_of(element, _MAX_MARK_LENGTH), _SAID, _SAID)
            yield from (claim._replace(is_modified=True, weight=_LAST) for claim in claims)


def is_of_another(element: etree._Element) -> bool:
    """Whether a date is that of a comment or of another article."""
    return _is_of_comment(element) or is_of_teaser(element)


def is_of_teaser(element: etree._Element) -> bool:
    """Whether a date is that of another article: it stands in a long link, or with one in an item of a list."""
    link = next((ancestor for ancestor in islice(element.iterancestors(), 6) if ancestor.tag == "a"), None)
    if link is not None and _leads_away(link) and len(text_of(link)) >= len(text_of(element)) + _MIN_TEASER:
        return True
    item = next((ancestor for ancestor in islice(element.iterancestors(), 4) if ancestor.tag == "li"), None)
    return item is not None and any(len(text_of(link)) >= _MIN_TEASER for link in item.iter("a"))


def _is_of_comment(element: etree._Element) -> bool:
    for ancestor in islice(element.iterancestors(), _MAX_LEVELS):
        if ancestor.tag in _WHOLE_ARTICLE:  # its class says whether it has comments
            return False
        if "comment" in f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}".lower():
            return True
    return False


def _leads_away(link: etree._Element) -> bool:
    """Whether a link leads to another page; one around the title does not."""
    return not (link.get("href") or "#").startswith("#") and next(link.iter("h1"), None) is None


def in_address(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    match = _URL_DAY.search(doc.url or "")
    month = (
        (int(match[2] or match[3]) if not (match[3] or "").isalpha() else month_number(match[3], ("en",)))
        if match
        else None
    )
    stamp = reader.field(f"{match[1]}-{month:02}-{match[4]:>02}") if match and month else None
    if stamp:
        yield DateClaim(stamp, "url", _URL)
