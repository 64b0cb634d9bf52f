"""Feed text as well-formed XML of bounded size: the door to lxml. Entries that can be saved are, the rest is named.

feedparser gets nothing but well-formed XML with few and short fields. Its parser for broken feeds is slow, and both
have patterns whose time grows with the square of a field (32 KB of author: 5 s) or of a feed (100,000 entries: 33 s).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from scraper.crawler.feeds.feedbytes import split_cdata
from scraper.crawler.feeds.feedhead import FeedHead, name_of, read_head
from scraper.crawler.feeds.guids import keep_guids

MAX_TAGS = 500_000
"""2,000 entries of 100 elements have 400,000 start and end tags; a tree of millions takes gigabytes."""

_MAX_CHILDREN = 150  # of one entry, or of a feed before its entries; feedparser compares categories pairwise
_MAX_FIELD = 4_096  # characters of a short field: link, date, GUID, title
_MAX_ATTRIBUTES = 50  # lxml looks every one up from the first: 30,000 on one element take 5 s
_MAX_AUTHOR = 200
_MAX_DATE = 100
_MAX_AUTHORS = 20  # of one entry
_LONG_TEXT = 1_000
_DATE_FIELDS = frozenset(
    ("pubdate", "published", "updated", "date", "created", "issued", "modified", "lastbuilddate", "expirationdate")
)
# feedparser's search for an e-mail address is quadratic in what could be the part before the @.
_LONG_WORD = re.compile(r"([\w.+-]{64})[\w.+-]+")
_LONG_FIELDS = frozenset(("description", "summary", "content", "encoded", "body", "subtitle", "fullitem"))
_AUTHOR_FIELDS = frozenset(
    ("author", "creator", "contributor", "publisher", "managingeditor", "webmaster", "owner", "name", "email")
)

_MAIL_ADDRESS = re.compile(r"[<(]?[^\s<>()@]+@[^\s<>()@]+[>)]?")

_ROOT = re.compile(
    r"<(?P<name>(?:[A-Za-z][\w.-]*:)?(?P<local>rss|feed|RDF|rdf|channel))(?=[\s>])[^<>]*>", re.IGNORECASE
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ENTRY = re.compile(r"<(?P<name>(?:[A-Za-z][\w.-]*:)?(?:item|entry))(?=[\s>/])", re.IGNORECASE)
_PREFIXES = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*\s*=")
_DECLARED = re.compile(r"\bxmlns:([A-Za-z_][\w.-]*)\s*=")
# Elements whose text people forget to escape: markup in them is text of theirs.
_TEXT_FIELDS = re.compile(
    r"<(?P<name>title|link|description|summary|(?:content:)?encoded|dc:creator|author|category|guid)(?:\s[^<>]*)?(?<!/)>",
    re.IGNORECASE,
)
_NAME = re.compile(r"[a-z_][a-z0-9_.-]*")
_TAG = re.compile(r"<[A-Za-z][\w:.-]{0,100}\s[^<>]{0,4000}>")
_BARE_VALUE = re.compile(r"""(\s[A-Za-z][\w:.-]{0,100}=)([^\s"'<>/=][^\s"'<>/=]{0,200})(?=[\s/>])""")
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


class NotAFeedError(ValueError):
    """The text is something else: a web page, a sitemap, plain words."""


class TooDenseError(ValueError):
    """So many elements that a tree of them would not fit into memory."""


@dataclass(frozen=True, slots=True)
class FeedXml:
    """`xml` is UTF-8 and well-formed; `head` what it says of itself, `problems` what was done to get there."""

    xml: bytes
    head: FeedHead
    problems: tuple[str, ...]


def to_wellformed(text: str, *, url: str, max_entries: int) -> FeedXml:
    """Well-formed XML for clean text (see feedbytes.py), with the first `max_entries` entries and short fields.

    `url` is what the links of the feed itself are resolved against.

    Raises NotAFeedError, TooDenseError.
    """
    layout = _Layout(text)
    problems: list[str] = []
    if len(layout.entries) > max_entries:
        problems.append(f"{len(layout.entries):,} entries, of which the first {max_entries:,} were read")
        layout = _Layout(layout.first(max_entries))
    if layout.mask.count("<") > MAX_TAGS:
        raise TooDenseError(f"more than {MAX_TAGS:,} tags")
    try:
        root = _parse(layout.text)
    except etree.XMLSyntaxError as error:
        problems.append(f"ill-formed XML ({error.msg}), mended entry by entry"[:200])
        root = _mend(_Layout(_with_quotes(layout.text)))
    _shorten(root)
    xml = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return FeedXml(xml, read_head(root, url), tuple(problems))


class _Layout:
    """Where the parts of a feed are: found by their tags, CDATA left out, well-formed or not."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Same places as in the text, but what stands in CDATA sections blotted out.
        self.mask = "".join(" " * len(piece) if is_literal else piece for piece, is_literal in split_cdata(text))
        root = _ROOT.search(self.mask[:100_000])
        page = _HTML.search(self.mask[: root.start() if root else 100_000])
        if root is None or page is not None:
            raise NotAFeedError("a web page" if page else "no feed element")
        self.root = root
        self.entries = [match.start() for match in _ENTRY.finditer(self.mask, root.end())]

    @property
    def closing(self) -> str:
        """The tags that close what is open between two entries."""
        channel = re.search(r"<((?:[A-Za-z][\w.-]*:)?channel)\b", self.mask[self.root.end() :][:100_000])
        inner = f"</{channel[1]}>" if channel and self.root["local"].lower() == "rss" else ""
        return f"{inner}</{self.root['name']}>"

    def first(self, count: int) -> str:
        return self.text[: self.entries[count]] + self.closing

    def fragments(self) -> list[str]:
        """The text of each entry: to its end tag, or to the next entry where that is missing."""
        return [self._fragment(start, end) for start, end in pairwise([*self.entries, len(self.text)])]

    def _fragment(self, start: int, end: int) -> str:
        match = _ENTRY.match(self.mask, start)
        closing = f"</{match['name']}>" if match else ""
        close = self.mask.find(closing, start, end)
        return self.text[start : close if close >= 0 else end] + closing


def _parse(text: str) -> etree._Element:
    return etree.fromstring(text.encode("utf-8"), _parser(recover=False))


def _recover(text: str) -> etree._Element | None:
    """What libxml2 makes of ill-formed text; None where it finds no element at all."""
    return etree.fromstring(text.encode("utf-8"), _parser(recover=True))


def _parser(*, recover: bool) -> etree.XMLParser:
    # Nothing is expanded and nothing is fetched, although no DTD should be left by now. Comments and processing
    # instructions go, so that every node is an element. libxml2 itself refuses a depth over 256.
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _with_quotes(text: str) -> str:
    """`text` with quotes around the values of attributes that lack them: libxml2 drops what follows such an element."""
    return "".join(
        piece if is_literal else _TAG.sub(lambda tag: _BARE_VALUE.sub(r'\1"\2"', tag[0]), piece)
        for piece, is_literal in split_cdata(text)
    )


def _mend(layout: _Layout) -> etree._Element:
    """A tree of what can be saved: the feed's own fields, then entry after entry, each mended for itself."""
    root_tag = _with_namespaces(layout)
    head_end = layout.entries[0] if layout.entries else len(layout.text)
    head = root_tag + layout.text[layout.root.end() : head_end]
    root = _recover(head + layout.closing if layout.entries else head)
    if root is None:
        raise NotAFeedError("nothing that could be read")
    channel = next((child for child in root if name_of(child) == "channel"), None)
    container = channel if channel is not None and name_of(root) == "rss" else root
    for fragment in layout.fragments():
        entry = _mended_entry(fragment, root_tag, f"</{layout.root['name']}>")
        if entry is not None:
            container.append(entry)
    return root


def _mended_entry(fragment: str, opening: str, closing: str) -> etree._Element | None:
    escaped = _escape_markup(fragment)
    for text in (fragment, escaped):
        try:
            return next(iter(_parse(opening + text + closing)), None)
        except etree.XMLSyntaxError:
            continue
    holder = _recover(opening + escaped + closing)
    return None if holder is None else next(iter(holder), None)


def _escape_markup(fragment: str) -> str:
    """`fragment` with the markup inside its text fields made text."""
    pieces: list[str] = []
    at = 0
    unclosed: set[str] = set()
    for match in _TEXT_FIELDS.finditer(fragment):
        name = match["name"]
        if match.start() < at or name in unclosed:
            continue
        end = fragment.find(f"</{name}>", match.end())
        if end < 0:
            unclosed.add(name)
            continue
        inner = fragment[match.end() : end]
        if "<" in inner and "<![CDATA[" not in inner and 'type="xhtml"' not in match[0]:
            inner = f"<![CDATA[{inner.replace(']]>', ']]&gt;')}]]>"
        pieces += (fragment[at : match.end()], inner)
        at = end
    return "".join(pieces) + fragment[at:]


def _with_namespaces(layout: _Layout) -> str:
    """The root's start tag, with a declaration for every prefix that is used and not declared."""
    tag = layout.root[0]
    used = {match[1] or match[2] for match in _PREFIXES.finditer(layout.mask)}
    missing = sorted(used - set(_DECLARED.findall(layout.mask)) - {"xml", "xmlns"})[:50]
    declarations = "".join(f' xmlns:{prefix}="{_NAMESPACES.get(prefix, "urn:prefix:" + prefix)}"' for prefix in missing)
    return f"{tag[: -2 if tag.endswith('/>') else -1]}{declarations}>"


def _shorten(root: etree._Element) -> None:
    """Caps on what feedparser is slow on, and on nothing that an honest feed has."""
    for element in root.iter():
        _simplify(element)
    channels = [child for child in root if name_of(child) == "channel"]
    for parent in (root, *channels):
        own = [child for child in parent if not _is_entry(child) and name_of(child) != "channel"]
        _shorten_fields(parent, own)
        for entry in parent:
            if _is_entry(entry):
                keep_guids(entry)
                _shorten_fields(entry, list(entry))


def _simplify(element: etree._Element) -> None:
    if not _NAME.fullmatch(name_of(element)):
        element.tag = "unknown"  # no field of a feed; and libxml2 takes for names what lxml and expat refuse
    if len(element.attrib) > _MAX_ATTRIBUTES or not all(str(name).isascii() for name in element.attrib):
        element.attrib.clear()
    if element.text and len(element.text) > _LONG_TEXT and "]]>" not in element.text:
        # Expat hands over escaped text reference by reference, a CDATA section at once.
        element.text = etree.CDATA(element.text)


def _shorten_fields(parent: etree._Element, fields: list[etree._Element]) -> None:
    author_count = 0
    for place, field in enumerate(fields):
        author_count += name_of(field) in _AUTHOR_FIELDS
        if place >= _MAX_CHILDREN or (author_count > _MAX_AUTHORS and name_of(field) in _AUTHOR_FIELDS):
            parent.remove(field)
        elif name_of(field) not in _LONG_FIELDS:
            for element in field.iter():
                _shorten_element(element)


def _shorten_element(element: etree._Element) -> None:
    name, text = name_of(element), element.text or ""
    if name in _AUTHOR_FIELDS:
        element.text = _person(_LONG_WORD.sub(r"\1", text[:_MAX_AUTHOR]))
    elif len(text) > _MAX_DATE:
        element.text = text[: _MAX_DATE if name in _DATE_FIELDS else _MAX_FIELD]
    for attribute, value in element.attrib.items():
        if len(value) > _MAX_FIELD:
            del element.attrib[attribute]


def _person(text: str) -> str:
    """The name in "i.kant@a.example (Ina Kant)" or "Ina Kant <...>": feedparser stumbles over domains like .museum."""
    name = _MAIL_ADDRESS.sub(" ", text).strip()
    return name[1:-1] if name.startswith("(") and name.endswith(")") else name


def _is_entry(element: etree._Element) -> bool:
    return name_of(element) in ("item", "entry")
