"""Who wrote the article: structured data first, then meta tags, then the visible byline. Names only.

The order follows how often each place was right on the corpus. A place that names persons is preferred over one that
names an organisation; where nothing names a person, the first organisation stands.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice, zip_longest
from typing import Final

from lxml import etree

from scraper.dates.reading import find_date
from scraper.extractor.metadata import meta
from scraper.extractor.metadata.author_resorts import headed_names, signatures
from scraper.extractor.metadata.byline_people import MAX_NAME_LENGTH, persons_in, pseudonym_in
from scraper.extractor.metadata.date_claims import MODIFIED_WORD
from scraper.extractor.metadata.jsonld import LinkedData, Node, text_in, types_of
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.metadata.names import (
    byline_after_date,
    byline_after_mark,
    distinct,
    is_only_by,
    is_person,
    label_in,
    name_key,
    names_in,
    others_in,
    person_key,
    says_author,
    starts_like_byline,
)
from scraper.extractor.metadata.site_name import SiteNames
from scraper.extractor.page.document import Document
from scraper.text import one_line

_MAX_NAMES: Final = 100
_MAX_BYLINES: Final = 16
_MAX_BYLINE_LENGTH: Final = 160
_MIN_NAME_LENGTH: Final = 4
_MAX_NARROWER: Final = 3
_MAX_LINES_TO_BYLINE: Final = 4
_MAX_LINES_TO_DATE: Final = 12
_OF_AUTHOR = frozenset(("author", "fn", "vcard"))
_LABEL = re.compile(
    r"(?:written|words|story|posted)?\s*by|authors?|verfasst von|geschrieben von|von|autor(?:in|es)?|écrit par|par|"
    r"escrito por|por|scritto da|napisane przez|skriven av|skrevet av|geschreven door",
    re.IGNORECASE,
)

# Beside a date, words between commas are the article's sections ("Politik, Wirtschaft"), not a name in catalogue order.
_TERMS = re.compile(r"\w+(?:\s*,\s*\w+)+")

Authors = tuple[tuple[str, ...], str | None]
"""(names, source); no names and None where the page names nobody."""


def read_authors(
    doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]], marks: Marks, site: SiteNames
) -> Authors:
    """Whom the page names as its authors, persons rather than organisations, and the kind of source that names them."""
    declared = list(_declared(doc, nodes))
    for source, texts in declared:
        own = (text for text in texts if not (site.covers(text) or site.is_account(text)))
        persons = tuple(name for name in _names(own) if is_person(name) and not site.covers(name))
        if persons:
            # A byline that names these and others is the whole list: CMSs often declare the first author only.
            lists = chain(_lists_of_names(persons, marks), _bylines(marks))
            fuller = _shown_persons(_naming_more(persons, lists), marks, site)
            if set(map(person_key, persons)) < set(map(person_key, fuller)):
                return fuller, "html"
            return _without_others(persons, marks, fuller), source
    if pseudonym := _first_pseudonym(marks, site):
        return (pseudonym,), "html"
    if shown := _shown_persons(_bylines(marks), marks, site):
        return shown, "html"
    return _last_resort(doc, declared, marks, site)


def _last_resort(
    doc: Document, declared: Sequence[tuple[str, Sequence[str]]], marks: Marks, site: SiteNames
) -> Authors:
    """Who it is where neither what is declared nor a byline names a person; rather somebody than the site itself."""
    labels = [(label, source) for source, texts in declared if (label := _label(texts))]
    if label := _label(_labels(marks), _marked_names(marks)):
        labels.append((label, "html"))
    labels.sort(key=lambda pair: site.covers(pair[0]))
    if not labels or site.covers(labels[0][0]) or site.is_account(labels[0][0]):
        for texts in (headed_names(doc), signatures(doc, is_news=bool(labels))):
            if found := _shown_persons(texts, marks, site):
                return found, "html"
    if labels:
        return (labels[0][0],), labels[0][1]
    beside = _shown_persons(_beside_date(marks), marks, site, is_strict=True)
    return (beside, "html") if beside and not _are_in_title(beside, doc) else ((), None)


def _are_in_title(names: Iterable[str], doc: Document) -> bool:
    """Whether a word of these begins one of the page's title: what stands beside the date is what it is about."""
    title = (doc.title_tag or "").casefold()
    words = (word for name in names for word in name.casefold().split() if len(word) >= _MIN_NAME_LENGTH)
    return any(re.search(rf"(?<!\w){re.escape(word)}", title) for word in words)


def _first_pseudonym(marks: Marks, site: SiteNames) -> str | None:
    """The name in the first byline right under the title, where it is one without a surname."""
    line = next((line for line in marks.near[:_MAX_LINES_TO_BYLINE] if starts_like_byline(line)), None)
    return pseudonym_in(line, site) if line else None


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    # Each name is compared with every other: a hostile page with 100,000 authors took hours before this cap.
    return distinct(islice((name for text in texts for name in names_in(text)), _MAX_NAMES))


def _naming_more(persons: Sequence[str], bylines: Iterable[str]) -> Iterator[str]:
    """The bylines that hold all these names and more than them: only those are worth taking apart."""
    folded = [person.casefold() for person in persons]
    length = sum(map(len, persons)) + _MIN_NAME_LENGTH
    for text in bylines:
        if len(text) >= length and all(map(text.casefold().__contains__, folded)):
            yield text


def _label(texts: Iterable[str], own: Collection[str] = ()) -> str | None:
    """The first label; of one that goes on after what an element made for an author holds (`own`), only that."""
    label = next((label for text in texts if (label := label_in(text))), None)
    return next((name for name in own if label and label.startswith(f"{name} ")), label)


def _without_others(persons: tuple[str, ...], marks: Marks, shown: tuple[str, ...]) -> tuple[str, ...]:
    """`persons` without those who by the lines near the title only reviewed, edited or illustrated."""
    pairs = zip_longest(marks.near, marks.near[1:], fillvalue="")
    others = {name_key(name) for pair in pairs for name in others_in(" ".join(pair)[:_MAX_BYLINE_LENGTH])}
    others -= set(map(name_key, shown))
    return tuple(name for name in persons if name_key(name) not in others) or persons


def _declared(doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]]) -> Iterator[tuple[str, Sequence[str]]]:
    for source, node, data in nodes:
        for key in ("author", "creator"):
            if texts := _texts(data.values(node, key)):
                yield source, texts
    for name in meta.AUTHOR:
        if contents := doc.meta.get(name):
            yield meta.source_of(name), contents
    if texts := _labelled_twitter(doc):
        yield "meta", texts


def _texts(values: Sequence[object]) -> list[str]:
    """The names of authors; organisations only where no person stands beside them."""
    persons: list[str] = []
    others: list[str] = []
    for value in values:
        text = text_in(value)
        if text:
            is_other = isinstance(value, Mapping) and "organization" in types_of(value)
            (others if is_other else persons).append(text)
    return persons or others


def _labelled_twitter(doc: Document) -> list[str]:
    """`twitter:data1` holds whatever `twitter:label1` says, most often the author."""
    return [
        value
        for number in ("1", "2")
        for label in doc.meta.get(f"twitter:label{number}", ())[:1]
        for value in doc.meta.get(f"twitter:data{number}", ())[:1]
        if _LABEL.fullmatch(label.strip(" :"))
    ]


def _bylines(marks: Marks) -> Iterator[str]:
    """The lines that read like a byline, and what stands in elements made for one, nearest to the title first."""
    yield from _by_lines(marks)
    for read in (byline_after_date, byline_after_mark):
        yield from filter(None, (read(line) for line in marks.near if len(line) <= _MAX_BYLINE_LENGTH))
    for text in _marked_texts(marks):
        if (
            2 < len(text) <= MAX_NAME_LENGTH
            or "; " in text
            or (len(text) <= _MAX_BYLINE_LENGTH and starts_like_byline(text))
        ):
            yield text


def _marked_texts(marks: Marks) -> Iterator[str]:
    """The texts of elements made for an author; those of one list of authors as one text."""
    for _, siblings in groupby(
        _marked(marks), key=lambda element: (element.getparent(), element.tag, element.get("class"))
    ):
        texts = [text for element in siblings if (text := _listed(element, marks.text(element)))]
        if len(texts) > 1 and all(is_person(_without_mark(text)) for text in texts):
            yield "; ".join(map(_without_mark, texts))
        else:
            yield from texts


def _listed(element: etree._Element, text: str) -> str:
    """`text` of an element, with marks between the names where each is an element of its own, all of one kind."""
    if not len(element) or len(text) > _MAX_BYLINE_LENGTH:
        return text
    holders = [node for node in element.iter() if node.text and not node.text.isspace()]
    if len(holders) < 2 or len({(node.tag, node.get("class")) for node in holders}) > 1:
        return text
    parts = [one_line(node.text or "") for node in holders]
    return "; ".join(parts) if " ".join(parts) == text and all(map(is_person, parts)) else text


def _without_mark(name: str) -> str:
    """A name without the number of its footnote: "Erika Muster1 ;"."""
    return name.rstrip(" ,;*†0123456789")


def _by_lines(marks: Marks) -> Iterator[str]:
    for line, following in zip_longest(marks.near, marks.near[1:], fillvalue=""):
        if is_only_by(line):
            yield f"{line} {following[:MAX_NAME_LENGTH]}"
        elif len(line) <= _MAX_BYLINE_LENGTH and starts_like_byline(line):
            yield line


def _lists_of_names(persons: Iterable[str], marks: Marks) -> Iterator[str]:
    """Names on lines one after another near the title, in elements for authors of one kind, as one text.

    None where no line is one of these `persons`.
    """
    if not any(map(marks.near.__contains__, persons)):
        return
    alike: dict[tuple[str, str | None], list[str]] = {}
    for element in _marked(marks):
        text = marks.text(element)
        if len(text) <= MAX_NAME_LENGTH and is_person(text):
            alike.setdefault((str(element.tag), element.get("class")), []).append(text)
    for names in alike.values():
        for are_names, lines in groupby(marks.near, key=names.__contains__):
            run = list(lines) if are_names else []
            if len(run) > 1:
                yield "; ".join(run)


def _beside_date(marks: Marks) -> Iterator[str]:
    """The short lines before or after the first date near the title, which often are the bare name."""
    for index, line in enumerate(marks.near[:_MAX_LINES_TO_DATE]):
        if len(line) <= _MAX_BYLINE_LENGTH and find_date(line):
            around = marks.near[max(0, index - 2) : index + 2]
            short = (text for text in around if len(text) <= MAX_NAME_LENGTH and not _TERMS.fullmatch(text))
            yield from (text for text in short if says_author(text) and not MODIFIED_WORD.search(text.lower()))
            return


def _marked(marks: Marks) -> Iterator[etree._Element]:
    return islice(marks.of(Role.BYLINE), _MAX_BYLINES)


def _marked_names(marks: Marks) -> list[str]:
    """The texts of links and cards that are said to be an author's, the shortest first."""
    names = (marks.text(one) for one in _marked(marks) if not _OF_AUTHOR.isdisjoint((one.get("class") or "").split()))
    return sorted({name for name in names if 1 < len(name) <= MAX_NAME_LENGTH}, key=len)


def _labels(marks: Marks) -> Iterator[str]:
    """What names an author that is no person: lines with a "by", and links said to lead to an author."""
    yield from _by_lines(marks)
    for element in _marked(marks):
        text = marks.text(element)
        is_link = "author" in (element.get("rel") or "").split() or "/author/" in (element.get("href") or "")
        if is_link or starts_like_byline(text):
            yield text


def _shown_persons(
    bylines: Iterator[str], marks: Marks, site: SiteNames, *, is_strict: bool = False
) -> tuple[str, ...]:
    """The persons of the first byline that names persons and nothing else; see :func:`persons_in`."""
    for text in bylines:
        if persons := persons_in(text, site, is_strict=is_strict):
            return _narrowed(persons, (*islice(bylines, _MAX_NARROWER), *marks.near[:_MAX_NARROWER]))
    return ()


def _narrowed(persons: tuple[str, ...], following: Iterable[str]) -> tuple[str, ...]:
    """`persons`, or where a next element holds the beginning of a single name ("Erika Muster USA TODAY"), that."""
    if len(persons) > 1:
        return persons
    narrower = (text for text in following if persons[0].startswith(text) and is_person(text))
    return (next(narrower, persons[0]),)
