"""Markup to a tree, within limits: libxml2 kept from what makes it slow, and brought from HTML 4 to HTML 5 where it
loses text. Knows nothing of what pages mean.
"""

import re
from collections.abc import Iterator
from itertools import dropwhile, islice

from lxml import etree

MAX_TAGS = 1_000_000
MAX_ATTRIBUTES = 1000
# A tag longer than this that holds more attributes is an attack or a broken quote: libxml2 compares each attribute with
# all before it (20,000 take 0.4 s, 100,000 ten).
_LONG_TAG_BYTES = 32768
_MAX_TRIES = 8
# A tag and an attribute as the HTML standard's tokenizer reads them: quotes count behind an equals sign only.
# Possessive throughout, so that no markup makes them try again.
_VALUE = rb"""=\s*+(?:"[^"]*+"|'[^']*+')?+"""
_TAG = re.compile(rb"<[a-zA-Z](?:[^>=]++|" + _VALUE + rb")*+(?:>|\Z)")
_ATTRIBUTE = re.compile(rb"[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+|=")

_METADATA = frozenset("base basefont bgsound link meta noscript script style template title".split())
# Elements that nest without end in broken pages, because nothing but their own end tag closes them.
_NESTING = re.compile(
    rb"</?(?:div|section|article|main|aside|span|font|b|i|u|em|strong|small|big|center|a|ul|ol|li|dl|dd|dt"
    rb"|blockquote|table|tbody|tr|td|th|form|label|q|code|sub|sup|s|del|ins)(?:\s[^>]*)?>",
    re.IGNORECASE,
)


def bounded(markup: bytes) -> bytes:
    """`markup` without tags beyond the cap, and without the surplus attributes of monstrous tags."""
    pieces: list[bytes] = []
    end = 0
    for found in _long_tags(markup):
        pieces += (markup[end : found.start()], _without_surplus(found[0]))
        end = found.end()
    if pieces:
        markup = b"".join((*pieces, markup[end:]))
    if len(markup) < MAX_TAGS or markup.count(b"<") < MAX_TAGS:
        return markup
    return b"<".join(markup.split(b"<", MAX_TAGS)[:MAX_TAGS])


def _long_tags(markup: bytes) -> Iterator[re.Match[bytes]]:
    """The tags that are longer than allowed. Leaps from one certain end of a tag to the farthest in reach.

    To look at every tag takes as long as a tenth of the parse; it is done only where no end is certain for so long,
    in scripts with data mostly.
    """
    position, last = 0, len(markup) - _LONG_TAG_BYTES
    while position < last:
        reach = position + _LONG_TAG_BYTES
        end = _certain_end(markup, position, reach)
        if end is None:
            for tag in _TAG.finditer(markup, position):
                end = tag.end()
                if end - tag.start() > _LONG_TAG_BYTES:
                    yield tag
                if end > reach:
                    break
            else:
                return
        position = end


def _certain_end(markup: bytes, start: int, stop: int) -> int | None:
    """The end of the last `>` there that surely stands in no quoted value, as the last quotes before it open none.

    No value begins before `start`. None where the last few of them may all stand in values.
    """
    for _ in range(_MAX_TRIES):
        stop = markup.rfind(b">", start, stop)
        if stop < 0:
            return None
        if not any(_opens_value(markup, start, markup.rfind(quote, start, stop)) for quote in (b'"', b"'")):
            return stop + 1
    return None


def _opens_value(markup: bytes, start: int, quote: int) -> bool:
    return quote >= 0 and markup[start:quote].rstrip().endswith(b"=")


def _without_surplus(tag: bytes) -> bytes:
    surplus = next(islice(_ATTRIBUTE.finditer(tag), MAX_ATTRIBUTES + 1, None), None)  # the first is the tag's name
    return tag if surplus is None else tag[: surplus.start()] + b">"


def tree_of(markup: bytes) -> etree._Element:
    """The tree of `markup`, whatever it is: an empty page is an empty `<html>`."""
    root, too_deep = _parsed(markup)
    if too_deep:
        # libxml2 drops everything beyond 2,048 levels: better a page read flat than a page cut off.
        root, _ = _parsed(_NESTING.sub(b"<p>", markup))
    _close_head(root)
    return root


def _close_head(root: etree._Element) -> None:
    """Move what is no metadata out of the head: in HTML5 it begins the body, whose tags may be left out.

    libxml2 knows HTML 4, in which `<article>` and the like were unknown, and leaves them where they stand.
    """
    head = root.find("head")
    if head is None:
        return
    strays = list(dropwhile(lambda child: child.tag in _METADATA, head))
    if strays:
        body = root.find("body")
        if body is None:
            body = etree.SubElement(root, "body")
        body[:0] = strays


def _parsed(markup: bytes) -> tuple[etree._Element, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True, no_network=True
    )
    try:
        root = etree.fromstring(markup, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if root is None:  # nothing in it: no element, no text
        return etree.Element("html"), False
    too_deep = parser.error_log.last_error is not None and any(
        "depth" in entry.message for entry in parser.error_log.filter_from_fatals()
    )
    return root, too_deep
