"""Lists of feeds as OPML 2.0 (opml.org/spec2), read and written: bytes to outlines and back. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from scraper.errors import Problem, UsageError
from scraper.settings import FeedSettings
from scraper.text import clean, or_none
from scraper.urls import InvalidUrlError, canonicalize

_MAX_BYTES = 50_000_000
_ADDRESSES = ("xmlUrl", "xmlurl", "xmlURL")
# For what other readers do not know: sources that are no feeds. OPML allows attributes of one's own in a namespace.
_OURS = "urn:scraper:opml"
_KIND, _LINKS = f"{{{_OURS}}}kind", f"{{{_OURS}}}links"
_OTHERS = ("sitemap", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """The feeds of a list, in its order, and each outline that could not be read, with its line."""

    feeds: tuple[FeedSettings, ...]
    problems: tuple[Problem, ...]


def read_opml(data: bytes, *, source: str) -> Outlines:
    """The feeds in an OPML document, folders and all. `source` names it in messages.

    Outlines with children are folders; a `category` such as ``/News/Germany`` is one too, where there is no other.
    Commented outlines (`isComment`), and all below them, are feeds that are disabled.
    Raises UsageError, with the line, where the XML is ill-formed or no OPML.
    """
    if len(data) > _MAX_BYTES:
        raise UsageError(f"{source}: longer than {_MAX_BYTES:,} bytes; that is no list of feeds.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{source}: line {error.lineno or 1}: not well-formed XML: {error.msg}.") from error
    body = root.find("body")
    if _name(root) != "opml" or body is None:
        raise UsageError(f"{source}: line {root.sourceline}: not OPML: <{_name(root)}> without outlines in a <body>.")
    read = list(_read(body, (), enabled=True))
    return Outlines(
        feeds=tuple(each for each in read if isinstance(each, FeedSettings)),
        problems=tuple(each for each in read if isinstance(each, Problem)),
    )


def write_opml(feeds: Sequence[FeedSettings], *, title: str, created_at: datetime) -> bytes:
    """The feeds as an OPML 2.0 document; those of one folder stand together, where its first one stands."""
    own = {"scraper": _OURS} if any(feed.kind != "feed" for feed in feeds) else None
    root = etree.Element("opml", nsmap=own, version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = clean(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(created_at, usegmt=True)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        _outline(_folder(folders, split_folder(feed.folder)), feed)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def split_folder(folder: str | None) -> tuple[str, ...]:
    """The names in a `folder` setting, outermost first."""
    names, name, escaped = [], "", False
    for sign in folder or "":
        if sign == "/" and not escaped:
            names.append(name)
            name = ""
        elif sign == "\\" and not escaped:
            escaped = True
            continue
        else:
            name += sign
        escaped = False
    return tuple(filter(None, (or_none(each) for each in (*names, name))))


def join_folder(names: Iterable[str]) -> str | None:
    """The `folder` setting for these names, outermost first; None for none."""
    escaped = (name.replace("\\", "\\\\").replace("/", "\\/") for name in names)
    return "/".join(escaped) or None


def _read(parent: etree._Element, folder: tuple[str, ...], *, enabled: bool) -> Iterator[FeedSettings | Problem]:
    for outline in parent:
        if _name(outline) != "outline":
            continue
        is_on = enabled and outline.get("isComment", "false").lower() != "true"
        addresses = ("url",) if outline.get(_KIND) in _OTHERS else _ADDRESSES
        address = next((outline.get(name) for name in addresses if outline.get(name)), None)
        if address is not None:
            yield _feed(outline, address, folder, enabled=is_on)
        elif outline.get("type", "").lower() in ("rss", "atom", "feed"):
            yield Problem(f"line {outline.sourceline}", f"a feed without an xmlUrl: {_title(outline) or 'no name'!r}")
        # Some readers nest feeds in feeds; then the outer one is a folder too.
        name = _title(outline)
        yield from _read(outline, (*folder, name) if name else folder, enabled=is_on)


def _feed(outline: etree._Element, address: str, folder: tuple[str, ...], *, enabled: bool) -> FeedSettings | Problem:
    try:
        canonicalize(address)
    except InvalidUrlError as error:
        return Problem(f"line {outline.sourceline}", str(error))
    return FeedSettings(
        url=address.strip(),
        name=_title(outline) or "",
        enabled=enabled,
        folder=join_folder(folder or _category(outline)),
        site_url=or_none(outline.get("htmlUrl")),
        kind=kind if (kind := outline.get(_KIND)) in _OTHERS else "feed",
        links=or_none(outline.get(_LINKS)),
    )


def _category(outline: etree._Element) -> tuple[str, ...]:
    """The first category that is a path; others are only tags."""
    paths = (path.strip() for path in outline.get("category", "").split(","))
    return next((tuple(filter(None, path.split("/"))) for path in paths if path.startswith("/")), ())


def _title(outline: etree._Element) -> str | None:
    return or_none(outline.get("text")) or or_none(outline.get("title"))


def _folder(folders: dict[tuple[str, ...], etree._Element], names: tuple[str, ...]) -> etree._Element:
    if names not in folders:
        parent = _folder(folders, names[:-1])
        folders[names] = etree.SubElement(parent, "outline", text=clean(names[-1]), title=clean(names[-1]))
    return folders[names]


def _outline(parent: etree._Element, feed: FeedSettings) -> None:
    is_feed = feed.kind == "feed"
    outline = etree.SubElement(parent, "outline", type="rss" if is_feed else "link")
    outline.set("text", clean(feed.name))
    outline.set("title", clean(feed.name))
    outline.set("xmlUrl" if is_feed else "url", clean(feed.url))
    if not is_feed:
        outline.set(_KIND, feed.kind)
        if feed.links:
            outline.set(_LINKS, clean(feed.links))
    if feed.site_url:
        outline.set("htmlUrl", clean(feed.site_url))
    if not feed.enabled:
        outline.set("isComment", "true")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()
