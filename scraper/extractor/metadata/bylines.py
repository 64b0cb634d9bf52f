"""Who wrote the article: structured data first, then meta tags, then the visible byline. Names only.

The order follows how often each place was right on the corpus. A place that names persons is preferred over one that
names an organisation; where nothing names a person, the first organisation stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, islice, zip_longest
from operator import not_
from typing import Final

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.author_resorts import headed_names, signatures
from scraper.extractor.metadata.byline_lines import starts_like_byline
from scraper.extractor.metadata.byline_people import persons_in, pseudonym_in
from scraper.extractor.metadata.byline_places import MAX_BYLINE_LENGTH, BylinePlaces
from scraper.extractor.metadata.jsonld import LinkedData, Node, text_in, types_of
from scraper.extractor.metadata.marks import Marks
from scraper.extractor.metadata.names import (
    distinct,
    is_person,
    label_in,
    name_key,
    names_in,
    others_in,
    person_key,
)
from scraper.extractor.metadata.site_name import SiteNames
from scraper.extractor.page.document import Document

_MAX_NAMES: Final = 100
_MIN_NAME_LENGTH: Final = 4
_MAX_NARROWER: Final = 3
_MAX_LINES_TO_BYLINE: Final = 4
_LABEL = re.compile(
    r"(?:written|words|story|posted)?\s*by|authors?|verfasst von|geschrieben von|von|autor(?:in|es)?|écrit par|par|"
    r"escrito por|por|scritto da|napisane przez|skriven av|skrevet av|geschreven door",
    re.IGNORECASE,
)

Authors = tuple[tuple[str, ...], str | None]
"""(names, source); no names and None where the page names nobody."""


def read_authors(
    doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]], marks: Marks, site: SiteNames
) -> Authors:
    """Whom the page names as its authors, persons rather than organisations, and the kind of source that names them."""
    declared = list(_declared(doc, nodes))
    places = BylinePlaces(marks)
    for source, texts in declared:
        own = (text for text in texts if not (site.covers(text) or site.is_account(text)))
        persons = tuple(name for name in _names(own) if is_person(name) and not site.covers(name))
        if persons:
            # A byline that names these and others is the whole list: CMSs often declare the first author only.
            lists = chain(places.lists_with(persons), places.bylines())
            fuller = _shown_persons(_naming_more(persons, lists), marks, site)
            if set(map(person_key, persons)) < set(map(person_key, fuller)):
                return fuller, "html"
            return _without_others(_near(persons, marks) if source == "microdata" else persons, marks, fuller), source
    if pseudonym := _first_pseudonym(marks, site):
        return (pseudonym,), "html"
    if shown := _shown_persons(places.bylines(), marks, site):
        return shown, "html"
    return _last_resort(doc, declared, places, marks=marks, site=site)


def _last_resort(
    doc: Document,
    declared: Sequence[tuple[str, Sequence[str]]],
    places: BylinePlaces,
    *,
    marks: Marks,
    site: SiteNames,
) -> Authors:
    """Who it is where neither what is declared nor a byline names a person; rather somebody than the site itself."""
    labels = [(label, source) for source, texts in declared if (label := _label(texts))]
    if label := _label(places.labels()):
        labels.append((label, "html"))
    labels.sort(key=lambda pair: site.covers(pair[0]))
    if not labels or site.covers(labels[0][0]) or site.is_account(labels[0][0]):
        for texts in (headed_names(doc), signatures(doc, is_news=bool(labels))):
            if found := _shown_persons(texts, marks, site):
                return found, "html"
    if labels:
        return (labels[0][0],), labels[0][1]
    beside = _shown_persons(places.beside_date(), marks, site, is_strict=True)
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


def _label(texts: Iterable[str]) -> str | None:
    return next((label for text in texts if (label := label_in(text))), None)


def _without_others(persons: tuple[str, ...], marks: Marks, shown: tuple[str, ...]) -> tuple[str, ...]:
    """`persons` without those who by the lines near the title only reviewed, edited or illustrated."""
    pairs = zip_longest(marks.near, marks.near[1:], fillvalue="")
    others = {name_key(name) for pair in pairs for name in others_in(" ".join(pair)[:MAX_BYLINE_LENGTH])}
    others -= set(map(name_key, shown))
    return tuple(name for name in persons if name_key(name) not in others) or persons


def _near(persons: tuple[str, ...], marks: Marks) -> tuple[str, ...]:
    """Of several `persons` those that the lines near the title name, if any: teasers within an article have authors."""
    folded = " ".join(marks.near).casefold() if len(persons) > 1 else ""
    return tuple(person for person in persons if person.casefold() in folded) or persons


def _declared(doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]]) -> Iterator[tuple[str, Sequence[str]]]:
    for source, node, data in _without_cards(nodes):
        for key in ("author", "creator"):
            if texts := _texts(data.values(node, key)):
                yield source, texts
    for name in meta.AUTHOR:
        if contents := doc.meta.get(name):
            yield meta.source_of(name), contents
    if texts := _labelled_twitter(doc):
        yield "meta", texts


def _without_cards(nodes: Sequence[tuple[str, Node, LinkedData]]) -> Iterator[tuple[str, Node, LinkedData]]:
    """`nodes` without several in microdata that name no title: the cards of a list of other articles."""
    is_card = [
        source == "microdata" and "author" in node and not text_in(node.get("headline") or node.get("name"))
        for source, node, _ in nodes
    ]
    return compress(nodes, map(not_, is_card)) if sum(is_card) > 1 else iter(nodes)


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
