"""The extractors that are compared, each behind one function of the same shape. Those not installed are left out.

Every system is called as its documentation shows first. What works on text alone gets the page decoded by our own
reader, before the clock runs.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType

from lxml import etree, html

from benchmarks import structured
from benchmarks.corpus import Result
from scraper.extractor.extract import extract
from scraper.version import VERSION

_PARTING = frozenset("p div li ul ol dl dt dd tr table section article h1 h2 h3 h4 h5 h6 blockquote pre br hr".split())


@dataclass(frozen=True, slots=True)
class Sample:
    """One page as a system gets it: the bytes that came, and the text in them."""

    page: bytes
    text: str
    url: str | None


Run = Callable[[Sample], Result]


@dataclass(frozen=True, slots=True)
class System:
    name: str
    version: str
    run: Run


def installed(names: tuple[str, ...] = ()) -> Iterator[System]:
    """The systems that can be imported here, ours first; only those of `names` where any are given."""
    for name, make in SYSTEMS.items():
        if names and name not in names:
            continue
        try:
            yield System(name, _version(name), make())
        except (ImportError, PackageNotFoundError):
            continue


def _version(name: str) -> str:
    if name == "structured data":
        return ""
    return VERSION if name == "scraper" else version(name)


def _ours() -> Run:
    def run(sample: Sample) -> Result:
        article = extract(sample.page, sample.url)
        return {
            "body": article.body,
            "title": article.title,
            "date": article.published,
            "authors": article.authors,
            "categories": article.categories,
            "tags": article.tags,
            "language": article.language,
            "site_name": article.site_name,
        }

    return run


def _structured() -> Run:
    return lambda sample: structured.read(sample.text)


def _trafilatura() -> Run:
    extract = import_module("trafilatura").bare_extraction

    def run(sample: Sample) -> Result:
        found = extract(sample.page, url=sample.url, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        return {
            "body": found.text,
            "title": found.title,
            "date": found.date,
            "authors": (found.author or "").split("; "),
            "categories": found.categories,
            "tags": found.tags,
            "language": found.language,
            "site_name": found.sitename,
        }

    return run


def _newspaper() -> Run:
    newspaper = import_module("newspaper")

    def run(sample: Sample) -> Result:
        article = newspaper.Article(sample.url or "http://localhost/", fetch_images=False)
        article.download(input_html=sample.text, ignore_read_more=True)
        article.parse()
        return {
            "body": article.text,
            "title": article.title,
            "date": article.publish_date,
            "authors": article.authors,
            "tags": sorted(article.tags or article.keywords),
            "language": article.meta_lang,
            "site_name": article.meta_site_name,
        }

    return run


def _readability() -> Run:
    document = import_module("readability").Document

    def run(sample: Sample) -> Result:
        parsed = document(sample.text, url=sample.url)
        return {"body": _text(parsed.summary(html_partial=True)), "title": parsed.short_title()}

    return run


def _goose() -> Run:
    goose = import_module("goose3").Goose({"enable_image_fetching": False})

    def run(sample: Sample) -> Result:
        article = goose.extract(raw_html=sample.text)
        return {
            "body": article.cleaned_text,
            "title": article.title,
            "date": article.publish_datetime_utc or article.publish_date,
            "authors": article.authors,
            "tags": article.tags,
            "language": article.meta_lang,
            "site_name": article.opengraph.get("site_name"),
        }

    return run


def _resiliparse() -> Run:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    parse = import_module("resiliparse.parse.html").HTMLTree.parse

    def run(sample: Sample) -> Result:
        tree = parse(sample.text)
        return {"title": tree.title, "body": extract(tree, main_content=True, alt_texts=False, list_bullets=False)}

    return run


SYSTEMS: Mapping[str, Callable[[], Run]] = MappingProxyType(
    {
        "scraper": _ours,
        "trafilatura": _trafilatura,
        "newspaper4k": _newspaper,
        "readability-lxml": _readability,
        "goose3": _goose,
        "resiliparse": _resiliparse,
        "structured data": _structured,
    }
)
"""Every system by the name of its package."""


def _text(markup: str) -> str:
    """The text of cleaned markup, a line for each block: what a user of a library that gives markup has to do."""
    if not markup.strip():
        return ""
    pieces: list[str] = []
    for event, node in etree.iterwalk(html.fragment_fromstring(markup, create_parent="div"), events=("start", "end")):
        line_end = "\n" if node.tag in _PARTING else ""
        pieces += [line_end, (node.text if event == "start" else node.tail) or ""]
    return re.sub(r"\s*\n\s*", "\n", "".join(pieces)).strip()
