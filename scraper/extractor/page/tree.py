"""Markup to a tree, within limits: libxml2 kept from what makes it slow, and brought from HTML 4 to HTML 5 where it
loses text. Knows nothing of what pages mean.
"""

import re
from itertools import dropwhile

from lxml import etree

MAX_TAGS = 1_000_000
# A tag longer than this that holds more attributes than that is an attack or a broken quote: libxml2 compares each
# attribute with all before it (20,000 take 0.4 s, 100,000 ten).
_LONG_TAG_BYTES = 32768
_MAX_ATTRIBUTES = 1000

_METADATA = frozenset("base basefont bgsound link meta noscript script style template title".split())
# Elements that nest without end in broken pages, because nothing but their own end tag closes them.
_NESTING = re.compile(
    rb"</?(?:div|section|article|main|aside|span|font|b|i|u|em|strong|small|big|center|a|ul|ol|li|dl|dd|dt"
    rb"|blockquote|table|tbody|tr|td|th|form|label|q|code|sub|sup|s|del|ins)(?:\s[^>]*)?>",
    re.IGNORECASE,
)


def bounded(markup: bytes) -> bytes:
    """`markup` without tags beyond the cap, and without the surplus attributes of monstrous tags."""
    is_long = _has_long_tag(markup)
    if not is_long and (len(markup) < MAX_TAGS or markup.count(b"<") < MAX_TAGS):
        return markup
    tags = markup.split(b"<", MAX_TAGS)[:MAX_TAGS]
    return b"<".join(map(_without_surplus, tags) if is_long else tags)


def _has_long_tag(markup: bytes) -> bool:
    """Is there a tag longer than allowed? Leaps from one `<` to the farthest in reach, over scripts to the next."""
    reach = _LONG_TAG_BYTES + 1
    position, last = -1, len(markup) - reach
    while position < last:
        start = position + 1
        found = markup.rfind(b"<", start, start + reach)
        if found < 0:
            if markup[start : start + 1].isalpha() and markup.find(b">", start, start + reach) < 0:
                return True
            found = markup.find(b"<", start + reach)
            if found < 0:
                return False
        position = found
    return False


def _without_surplus(tag: bytes) -> bytes:
    head, end, rest = tag.partition(b">")
    if len(head) <= _LONG_TAG_BYTES or not head[:1].isalpha():
        return tag
    words = head.split(None, _MAX_ATTRIBUTES)
    return tag if len(words) <= _MAX_ATTRIBUTES else b" ".join(words[:_MAX_ATTRIBUTES]) + end + rest


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
