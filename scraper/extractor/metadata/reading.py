"""All that a page says of its article besides the text: every field with the kind of source it came from.

Puts the readers of the single fields together; the decisions are theirs.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from scraper.dates.words import is_month_first
from scraper.extractor.images.lead_images import read_lead_images
from scraper.extractor.metadata.breadcrumbs import crumb_claims
from scraper.extractor.metadata.bylines import read_authors
from scraper.extractor.metadata.canonical import UNKNOWN, read_canonical
from scraper.extractor.metadata.counts import read_counts
from scraper.extractor.metadata.jsonld import (
    LinkedData,
    Node,
    address_key,
    main_nodes,
    plain_text,
    rank_of,
    read_json_ld,
    types_of,
)
from scraper.extractor.metadata.language import declared_language, language_of
from scraper.extractor.metadata.marks import Marks, read_marks
from scraper.extractor.metadata.microdata import read_microdata
from scraper.extractor.metadata.paywall import read_paywall
from scraper.extractor.metadata.published import read_dates
from scraper.extractor.metadata.sections import Known, read_categories, read_tags
from scraper.extractor.metadata.site_name import read_site_names
from scraper.extractor.metadata.summary import read_subtitle, read_summary
from scraper.extractor.metadata.title_claims import key_of
from scraper.extractor.metadata.titles import read_title
from scraper.extractor.page.document import Document, text_of
from scraper.records import Image, Timestamp
from scraper.urls import CanonicalUrl

_MIN_BODY_LENGTH: Final = 200
# Where English is written with the day before the month: "en" alone would say that it is the month.
_DAY_FIRST_HOST = re.compile(
    r"https?://[^/:?#]+\.(uk|ie|au|nz|in|za|ng|ke|gh|ug|tz|zm|zw|bw|na|mt|sg|my|hk|pk|lk|bd|np|jm|tt)(?=[/:?#]|$)",
    re.IGNORECASE,
)
_ARTICLE: Final = 4
_WHOLE: Final = ("headline", "datePublished", "dateModified", "author", "publisher")
# What Next.js makes of a script that is handed over as one of the page's other meta tags.
_MISPLACED_JSON_LD: Final = "script:ld+json"
# 3/4/2024 and 3-4-24 are the third of April to most, the fourth of March to some.
_TWO_READINGS = re.compile(r"\d([/-])\d\d?\1\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The fields of :class:`scraper.records.Article` of the same names, as the page states them.

    `language` is the one that the page declares; the text may plainly be in another. `json_ld_body` is the whole text
    where structured data holds it; `types` are the schema.org types of what the page declares itself to be, in lower
    case, the likeliest first.
    """

    url: CanonicalUrl = UNKNOWN
    title: str | None = None
    subtitle: str | None = None
    published: Timestamp | None = None
    modified: Timestamp | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str | None = None
    language: str | None = None
    site_name: str | None = None
    comment_count: int | None = None
    view_count: int | None = None
    paywalled: bool | None = None
    images: tuple[Image, ...] = ()
    json_ld_body: str | None = None
    types: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


SourcedNode = tuple[str, Node, LinkedData]
"""A node of structured data with the kind of source it came from and the data it stands in."""


def read_metadata(doc: Document, *, not_after: datetime | None = None) -> Metadata:
    """Read every field but the text. `not_after` is when the page was fetched: no later date is its own."""
    json_ld, microdata, nodes = _structured_data(doc)
    site = read_site_names(doc, json_ld, microdata)
    url, url_source = read_canonical(doc)
    pairs = [(source, node) for source, node, _ in nodes]
    title = read_title(doc, pairs, site)
    marks = read_marks(doc, title.element)
    language, language_source = declared_language(doc, pairs)
    written_in = _languages(doc, _language_of_dates(doc, language, marks))
    dates = read_dates(doc, nodes, marks, languages=written_in, not_after=not_after)
    authors, authors_source = read_authors(doc, nodes, marks, site)
    crumbs = crumb_claims(doc, (("json-ld", json_ld), ("microdata", microdata)), title)
    categories, categories_source = read_categories(doc, nodes, marks, site=site, crumbs=crumbs)
    known = Known(categories, authors, title.text)
    tags, tags_source = read_tags(doc, nodes, marks, site=site, known=known)
    counts = read_counts(doc, nodes, marks)
    summary, summary_source = read_summary(doc, pairs, title.text)
    subtitle, subtitle_source = read_subtitle(doc, pairs, marks, title, authors)
    paywall = read_paywall(doc, nodes, marks)
    sources = {
        "url": url_source,
        "title": title.source,
        "subtitle": subtitle_source,
        "published": dates.published_source,
        "modified": dates.modified_source,
        "authors": authors_source,
        "categories": categories_source,
        "tags": tags_source,
        "summary": summary_source,
        "language": language_source,
        "site_name": site.source,
        "comment_count": counts.comments_source,
        "view_count": counts.views_source,
        "paywalled": paywall.source,
        "paywall_reason": paywall.reason,
    }
    return Metadata(
        url=url,
        title=title.text,
        subtitle=subtitle,
        published=dates.published,
        modified=dates.modified,
        authors=authors,
        categories=categories,
        tags=tags,
        summary=summary,
        language=language,
        site_name=site.name,
        comment_count=counts.comments,
        view_count=counts.views,
        paywalled=paywall.paywalled,
        images=read_lead_images(doc, nodes),
        json_ld_body=_body_in(nodes),
        types=tuple(dict.fromkeys(name for _, node, _ in nodes for name in sorted(types_of(node)))),
        sources={name: source for name, source in sources.items() if source},
    )


def _structured_data(doc: Document) -> tuple[LinkedData, LinkedData, list[SourcedNode]]:
    """JSON-LD, microdata, and the nodes of both that describe this page, JSON-LD first, the best first.

    Microdata costs a look at every element, so it is not read where JSON-LD says it all. Of 2,184 pages that spares it
    168, and takes no title, author, label or count from them.
    """
    json_ld = read_json_ld((*doc.json_ld, *doc.meta.get(_MISPLACED_JSON_LD, ())))
    find = _finder(doc)
    nodes: list[SourcedNode] = [("json-ld", node, json_ld) for node in find(json_ld)]
    if nodes and rank_of(nodes[0][1]) == _ARTICLE and all(map(nodes[0][1].get, _WHOLE)):
        return json_ld, LinkedData(), nodes
    microdata = read_microdata(doc)
    return json_ld, microdata, nodes + [("microdata", node, microdata) for node in find(microdata)]


def _finder(doc: Document) -> Callable[[LinkedData], tuple[Node, ...]]:
    """What finds the nodes that are about this page, by its addresses and by what it calls itself."""
    stated = [link.href for link in doc.links if "canonical" in link.rel] + list(doc.meta.get("og:url", ()))
    addresses = frozenset(key for address in (doc.url or "", *stated) if (key := address_key(address)))
    shown = [text_of(heading) for heading in doc.headings if heading.tag == "h1"]
    names = (*doc.meta.get("og:title", ()), *shown, doc.title_tag or "")
    titles = frozenset(key for name in names if (key := key_of(name)))
    return partial(main_nodes, addresses=addresses, titles=titles)


def _language_of_dates(doc: Document, declared: str | None, marks: Marks) -> str | None:
    """The declared language; asked of the text only where it is in doubt and decides which number is the month."""
    if declared is None or (
        is_month_first((declared,)) and any(map(_TWO_READINGS.search, (*marks.near, *marks.above)))
    ):
        return language_of(doc, "", declared)
    return declared


def _languages(doc: Document, language: str | None) -> tuple[str, ...]:
    """What decides how days are written: the declared tag with its region where it fits the text, else the language."""
    declared = (doc.html_lang, *doc.meta.get("og:locale", ()))
    fitting = [tag for tag in declared if tag and language and tag.lower().startswith(language)]
    if language == "en" and (match := _DAY_FIRST_HOST.match(doc.url or "")):
        fitting = [*(tag for tag in fitting if len(tag) > len(language)), f"en-{match[1]}"]
    return (*fitting, language) if language else tuple(tag for tag in declared if tag)


def _body_in(nodes: Sequence[SourcedNode]) -> str | None:
    for _, node, _ in nodes[:3]:
        for key in ("articleBody", "text"):
            text = node.get(key)
            if isinstance(text, str) and len(text) >= _MIN_BODY_LENGTH and plain_text(text):
                return text
    return None
