"""The headline in a link or a heading, without the kicker, source, date or read time that stands in it too.

A page shows them apart from each other; in the markup nothing may stand between: `<i>Exclusive</i><b>The crane…</b>`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from scraper.extractor.links.more_links import leads_on
from scraper.extractor.page.document import text_of
from scraper.text import one_line

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MAX_ELEMENTS = 40
_HEADLINE_WORDS = 4
_SHORTEST_HEADLINE = 25
_SHORTEST_UNSPACED = 12
_SHORTEST_PIECE = 3
_BLOCKS = frozenset(
    ("div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "section", "header", "time", "figcaption")
)
_NO_TEXT = frozenset(("script", "style", "noscript", "svg", "template"))
_BESIDE = re.compile(
    r"kicker|overline|eyebrow|pre-?title|super-?title|top-?line|dachzeile|spitzmarke|surtitre|antetitulo|volanta|occhiello"
    r"|timestamp|byline|metadata|read(?:ing)?-?time|screen-reader|visually-?hidden"
    r"|(?:^|[\s_-])(?:badge|flag|tag|category|cat|rubrik|ressort|source|publisher|author|date|time|meta|duration|sr-only"
    r"|views|comments|icon)(?:$|[\s_-])",
    re.IGNORECASE,
)
UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# "Folsäure ist unverzichtbar 02.02.2022"; "Bericht vom 5.10.2021" is a title of its own.
_DAY = re.compile(
    r"(?<=.{12})(?<!\bvom)(?<!\bam)(?<!\bbis)(?<!\bden)(?<!\bon)(?<!\bof)(?<!\bdel)(?<!\bdu)(?<!\bdal)(?<!\bdo)(?<![-–/])"
    r"[\s|•·,(]+(?:[0-3]?\d\.[01]?\d\.(?:19|20)\d\d|(?:19|20)\d\d[-/.][01]\d[-/.][0-3]\d|[0-3]?\d/[01]?\d/(?:19|20)\d\d)"
    r"(?:[\s,–-]+[012]?\d[:.][0-5]\d(?: ?Uhr)?)?\W*$"
)
# "The crane is back Read more": a button in the same link.
_BUTTON = re.compile(
    r"(?<=.{12})[\s|•·:.…–-]+(?:read more|(?:jetzt )?weiterlesen|mehr lesen|lire la suite|leer más|leggi tutto"
    r"|lees meer|ler mais|leia mais|czytaj więcej|číst více|devamını oku|читать далее|читати далі"
    r"|続きを読む|阅读更多)\W*$",
    re.IGNORECASE,
)
# What each match ends with: asked of every title, in one call.
_BUTTON_ENDS = tuple(
    spelled
    for word in "more lesen suite más tutto meer mais więcej více oku далее далі 読む 更多 . … » › > →".split()
    for spelled in {word, word.upper(), word.capitalize()}
)
_DIGIT = re.compile(r"\d")
_TAIL = 26
_NUMBERS = re.compile(r"[\d\W]*")


def headline_in(element: etree._Element) -> str:
    """The first piece of its text that is as long as a headline, else the longest; all of it where it is one piece."""
    text = text_of(element)
    stated = one_line(element.get("title") or "")
    if len(text) > len(stated) >= _SHORTEST_UNSPACED and stated in text and (is_long(stated) or not leads_on(text)):
        return cut(stated)
    if not len(element) or next(islice(element.iter(), _MAX_ELEMENTS, None), None) is not None:
        return cut(text)
    pieces = [line for piece in _pieces(element) if (line := one_line(piece))]
    if len(pieces) < 2:
        return cut(pieces[0] if pieces else text)
    headline = next((piece for piece in pieces if is_long(piece)), None)
    return cut(headline or max(pieces, key=len))


def cut(title: str) -> str:
    """A title without the day or the "Read more" at its end."""
    if title.endswith(_BUTTON_ENDS):
        title = _BUTTON.sub("", title)
    if _DIGIT.search(title, max(0, len(title) - _TAIL)) is None:  # nine in ten
        return title
    return _DAY.sub("", title)


def is_long(piece: str) -> bool:
    """Is it as long as a headline, and no number or kicker?"""
    if piece.endswith(":") or _NUMBERS.fullmatch(piece):
        return False
    if UNSPACED.search(piece):
        return len(piece) >= _SHORTEST_UNSPACED
    return len(piece) >= _SHORTEST_HEADLINE or piece.count(" ") + 1 >= _HEADLINE_WORDS


def _pieces(element: etree._Element) -> Iterator[str]:
    """Its text, parted where an element begins or ends that is shown apart."""
    piece = ""
    for text, is_apart in _texts(element):
        if piece and text and (is_apart or _is_glued(piece, text)):
            yield piece
            piece = text
        elif is_apart and not text:
            if piece:
                yield piece
            piece = ""
        else:
            piece += text
    if piece:
        yield piece


def _texts(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """Every text in document order; true where what comes before it is shown apart from it. Asides are left out."""
    yield element.text or "", False
    for child in element:
        tag = child.tag
        if isinstance(child, etree._Comment) or tag in _NO_TEXT:  # noqa: SLF001
            yield child.tail or "", False
            continue
        if tag == "time" or _names_aside(child.get("class")):
            yield child.tail or "", True
            continue
        if tag == "br":
            yield " " + (child.tail or ""), False
            continue
        is_block = tag in _BLOCKS
        for number, (text, is_apart) in enumerate(_texts(child)):
            yield text, is_apart or (is_block and number == 0)
        yield child.tail or "", is_block


@lru_cache(maxsize=4096)
def _names_aside(names: str | None) -> bool:
    return names is not None and _BESIDE.search(names) is not None


def _is_glued(before: str, after: str) -> bool:
    """Do two texts stand side by side as no words do: "ExclusivePete", "eröffnet20.10.2021"?"""
    last, first = before[-1], after[0]
    if last.isspace() or first.isspace():
        return False
    if min(len(before.rpartition(" ")[2]), len(after.strip())) < _SHORTEST_PIECE:  # "iPhone", "The" with a drop cap
        return False
    if first.isdigit():
        return not last.isdigit() and last not in ".,-–/#$€£("
    return first.isupper() and (last.islower() or last.isdigit() or last in "?!.:”»")
