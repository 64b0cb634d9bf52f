"""Where to look for the authors of a page that names no person where authors stand: under heads, in signatures.

Finds texts that may name somebody; whom they name is read elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from lxml import etree

from scraper.extractor.metadata.names import is_person, proper_case
from scraper.extractor.page.document import Document, text_of
from scraper.text import one_line

_MAX_HEAD: Final = 24
_MAX_NAME: Final = 50
_PARAGRAPH: Final = 120
_MAX_PARAGRAPH: Final = 1_000
_MAX_PARAGRAPHS: Final = 200
_MAX_TIMES: Final = 2
_HEAD = re.compile(
    r"(?:about the |über (?:den|die) )?(?:authors?(?:\(s\))?|contributors?|article by|written by|words by"
    r"|autor(?:in|en|es|a)?"
    r"|verfasser(?:in)?|auteurs?(?:\(s\))?|autor[ei]|auteur|tekst|testo di|text)\s*:?",
    re.IGNORECASE,
)
_HEAD_TAGS: Final = ("h2", "h3", "h4", "h5", "h6", "dt", "strong", "b", "th")
_BOLD = frozenset(("strong", "b"))
_ITALIC = frozenset(("em", "i"))
_NO_NAME_SIGN = re.compile(r"[?!:;%]|\d")
_WORD = re.compile(r"[^\W\d_]{4,}")
_RIGHT = re.compile(r"text-align:\s*right", re.IGNORECASE)


def headed_names(doc: Document) -> Iterator[str]:
    """What stands under or beside a word for "author", wherever on the page that is."""
    for tag in _HEAD_TAGS:
        for element in doc.by_tag.get(tag, ()):
            if len(element.text or "") <= _MAX_HEAD and _HEAD.fullmatch(text_of(element, _MAX_HEAD + 2)):
                yield from _beside(element)


def _beside(head: etree._Element) -> Iterator[str]:
    if tail := one_line(head.tail or ""):
        yield tail[:_MAX_NAME]
    elif (following := head.getnext()) is not None:
        text = text_of(following, 2 * _MAX_NAME)
        if len(text) <= _MAX_NAME:
            yield text


def signatures(doc: Document, *, is_news: bool) -> Iterator[str]:
    """The names that are a paragraph before the first or after the last of the text: italic, to the right, or bold.

    A bold one may as well be a heading, so only on a site that declares itself to be the author (`is_news`) is it
    looked at. No word of a name stands in the text in lower case, nor again and again.
    """
    paragraphs = [text_of(one, _MAX_PARAGRAPH) for one in doc.by_tag.get("p", ())[:_MAX_PARAGRAPHS]]
    candidates = [
        (paragraph, text)
        for paragraph, whole in zip(doc.by_tag.get("p", ()), paragraphs, strict=False)
        if 4 < len(text := whole.strip(" –—-()")) <= _MAX_NAME and _is_set_off(paragraph, may_be_bold=is_news)
    ]
    common = _common_words(paragraphs) if candidates else frozenset()
    for paragraph, text in candidates:
        if _is_name(text, common):
            before, after = _lengths(paragraph, is_after=False), _lengths(paragraph, is_after=True)
            if (max(before, default=0) >= _PARAGRAPH) != (max(after, default=0) >= _PARAGRAPH):
                yield text


def _common_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand there in lower case, or again and again; in lower case."""
    words = Counter(chain.from_iterable(map(_WORD.findall, texts)))
    return frozenset(word.lower() for word, times in words.items() if word.islower() or times > _MAX_TIMES)


def _is_name(text: str, common: frozenset[str]) -> bool:
    if _NO_NAME_SIGN.search(text) or not common.isdisjoint(word.lower() for word in _WORD.findall(text)):
        return False
    return is_person(proper_case(text.split("/", 1)[0]))


def _is_set_off(paragraph: etree._Element, *, may_be_bold: bool) -> bool:
    if _RIGHT.search(paragraph.get("style") or "") or paragraph.get("align") == "right":
        return True
    if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
        return False
    inner = paragraph[0]
    is_italic = inner.tag in _ITALIC or (inner.tag in _BOLD and len(inner) == 1 and inner[0].tag in _ITALIC)
    return is_italic or (may_be_bold and inner.tag in _BOLD)


def _lengths(paragraph: etree._Element, *, is_after: bool) -> list[int]:
    """How long the next few paragraphs before or after one are."""
    beside = paragraph.itersiblings("p", preceding=not is_after)
    return [len(text_of(one, _PARAGRAPH + 1)) for _, one in zip(range(4), beside, strict=False)]
