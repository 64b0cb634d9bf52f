"""The bytes of a feed as clean text: the right charset, no forbidden characters, no DTD, only references XML knows.

What comes out may still be ill-formed (see feedxml.py), but nothing in it can be expanded, and no parser trips over a
character. Pure.
"""

import codecs
import html.entities
import re
from collections.abc import Iterator

from scraper.charsets import charset_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_ODD_BYTES = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")
_XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,1000}\?>")

# XML 1.0 section 2.2: what a document may not hold, not even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMERIC = r"#(?:[xX][0-9A-Fa-f]{1,8}|[0-9]{1,10});"
_BARE_AMPERSAND = re.compile(rf"&(?!{_NUMERIC}|[A-Za-z][A-Za-z0-9]{{0,31}};)")
# Those that XML knows are left alone: feeds with escaped HTML have a million of them.
_REFERENCES = re.compile(rf"(?:&{_NUMERIC})+|&(?!(?:amp|lt|gt|quot|apos);)(?P<name>[A-Za-z][A-Za-z0-9]{{0,31}});")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def decode_feed(body: bytes, content_type: str | None) -> tuple[str, tuple[str, ...]]:
    """The text of a feed, and in words what was wrong with its charset.

    A byte order mark decides. Then bytes that are valid UTF-8 are UTF-8, whatever was declared: text in another
    charset is not valid UTF-8 by chance, while declarations are often wrong. Then the Content-Type header (RFC 7303
    section 3.2), then the XML declaration. What is left is UTF-8 with windows-1252 pasted in, the commonest mistake.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body.removeprefix(codecs.BOM_UTF8).decode(charset, "replace"), ()
    if body[:64].count(0) > 8:
        return body.decode("utf-16-be" if body[:1] == b"\0" else "utf-16-le", "replace"), ("UTF-16 without a mark",)
    declared = _declared(body, content_type)
    if "iso2022_jp" in declared:  # the one charset whose text looks like ASCII
        return body.decode("iso2022_jp", "replace"), ()
    try:
        return body.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    for charset in declared:
        try:
            return body.decode(charset), ()
        except UnicodeDecodeError:
            continue
    return _decode_mixed(body), ("not the charset it says: odd bytes were read as windows-1252",)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """The charsets that are declared, most trusted first, UTF-8 and unknown ones left out."""
    header = _HEADER.search(content_type or "")
    declaration = _DECLARATION.match(body[:1000])
    labels = [header[1] if header else None, declaration[1].decode("ascii") if declaration else None]
    charsets = [charset_of(label) for label in labels if label]
    # UTF-16 that were true would have a mark or NULs, both looked for before.
    return [charset for charset in charsets if charset and not charset.startswith("utf")]


def _decode_mixed(body: bytes) -> str:
    # surrogateescape keeps every byte that is no UTF-8 as one lone surrogate, so one pass is enough.
    text = body.decode("utf-8", "surrogateescape")
    odd = len(_ODD_BYTES.findall(text))
    if odd > len(_BEYOND_ASCII.findall(text)):
        # Mostly windows-1252; what looked like UTF-8 is two letters in a row ("ß" and a closing quotation mark).
        return body.decode("cp1252", "replace")
    return _ODD_BYTES.sub(lambda match: match[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text)


def clean_feed_text(text: str) -> str:
    """`text` from its first tag on, without XML declaration, DTD and forbidden characters, its references mended.

    References to characters that do not exist become U+FFFD, surrogate pairs the character they mean, HTML's names
    their character; an ampersand that starts no known reference is escaped. CDATA sections stay as they are.
    """
    text = _FORBIDDEN.sub("", text)
    text = _XML_DECLARATION.sub("", text, count=1)
    text = text[max(0, text.find("<")) :]
    text = _without_doctype(text)
    return "".join(piece if is_literal else _mend_references(piece) for piece, is_literal in split_cdata(text))


def split_cdata(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of `text`, each with whether it is a whole CDATA section. An open one reaches to the end."""
    at = 0
    while (start := text.find(_CDATA, at)) >= 0:
        yield text[at:start], False
        end = text.find(_CDATA_END, start)
        if end < 0:
            yield text[start:] + _CDATA_END, True
            return
        at = end + len(_CDATA_END)
        yield text[start:at], True
    yield text[at:], False


def _without_doctype(text: str) -> str:
    """A feed needs no DTD, and without one there is nothing to expand and nothing to fetch."""
    match = re.match(r"(?:\s|<!--(?:(?!-->).)*-->|<\?[^>]*>)*<!DOCTYPE\b", text[:20_000], re.DOTALL)
    if match is None:
        return text
    quote, depth = "", 0
    for sign in re.finditer(r"""["'\[\]>]""", text[match.end() :]):
        if quote:
            quote = "" if sign[0] == quote else quote
        elif sign[0] in "\"'":
            quote = sign[0]
        elif sign[0] != ">":
            depth += 1 if sign[0] == "[" else -1
        elif depth <= 0:
            return text[match.end() + sign.end() :]
    return ""


def _mend_references(text: str) -> str:
    return _REFERENCES.sub(_mended_reference, _BARE_AMPERSAND.sub("&amp;", text))


def _mended_reference(match: re.Match[str]) -> str:
    if (name := match["name"]) is not None:
        return _escaped(html.entities.html5.get(f"{name};", f"&{name};"))
    units = (_code_point(number) for number in re.findall(r"&#([^;]+);", match[0]))
    joined = "".join(chr(unit) for unit in units).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _escaped(_FORBIDDEN.sub("\ufffd", joined))


def _code_point(number: str) -> int:
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if 0x80 <= code <= 0x9F:
        # As HTML reads them: a windows-1252 byte written as a number.
        return ord(bytes((code,)).decode("cp1252", "replace"))
    return code if 0 < code <= 0x10FFFF else 0xFFFD


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
