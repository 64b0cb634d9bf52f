"""Who wrote a WordPress post, by the marks that core and its own themes give to the author's name, whatever the theme.

Read elsewhere is who the page says wrote it, wherever that stands; here is told whether the post's own author is rather
whom it names: many a newspaper posts as "Redaktion", "La rédaction", "Newsroom", many a blogger under one name only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from lxml import etree

from scraper.extractor.metadata.names import is_organisation
from scraper.extractor.page.document import Document, text_of
from scraper.extractor.profiles.selectors import of_class
from scraper.text import or_none
from scraper.urls import host_or_none

# The block; its part in the block that shows a picture too; the microformat that themes have written since 2010.
_BLOCKS: Final = ("wp-block-post-author-name", "wp-block-post-author__name")
_CARD: Final = "vcard"
_AUTHOR: Final = "author"
# What themes call that in which a link to the author's posts is the name; elsewhere it has words of its own.
_BYLINE = re.compile(r"(?:^|[\s_-])(?:author|byline|posted-by|vcard)(?:$|[\s_-])")
_NO_BYLINE = re.compile(r"author-(?:link|bio|box|desc|about|info|archive|posts)|about-author")
_LINK = re.compile(r"/author/[^/]+/?$|[?&]author=\d+$")
# Comments, other posts, widgets; a menu of authors names each.
_ELSEWHERE: Final = frozenset(
    (
        "comment comment-body comment-list commentlist comments-area wp-block-comments wp-block-post widget "
        "widget-area sidebar"
    ).split()
)
_OTHER_TAGS: Final = frozenset(("aside", "footer", "nav"))
_QUOTES: Final = ("blockquote", "figcaption", "q")
_LONGEST: Final = 60
_WORD = re.compile(r"\w{5,}")
# What WordPress calls the account it makes first, and what no newspaper is called.
_ACCOUNTS: Final = frozenset(("admin", "administrator", "author", "editor", "root", "test", "user", "webmaster"))


def post_author(doc: Document, names: Sequence[str], site_name: str | None) -> str | None:
    """The post's own author, where that is rather who wrote it than `names`, whom the text of the page seems to name.

    On 16 pages of the corpus where core's marks say another, they were right about persons, whatever these call
    themselves, and wrong where they name the paper. Links to an author's posts may lead to who only put it there.
    """
    if len(names) == 1 and _is_only_quoted(doc, names[0]):
        names = ()
    marked = _first_name(_marked(doc))
    if marked is not None:
        return marked if _is_rather(marked, names, doc.url, site_name) else None
    return None if names else _first_name(filter(_is_byline, doc.by_tag.get("a", ())))


def _first_name(elements: Iterable[etree._Element]) -> str | None:
    """The name by the first element outside of comments, lists of posts and footers; None for that of an account."""
    for element in elements:
        name = or_none(text_of(element, _LONGEST + 1).strip(" ,|·–"))
        if name is not None and len(name) <= _LONGEST and not _is_elsewhere(element):
            return name if name.casefold() not in _ACCOUNTS else None
    return None


def _is_rather(author: str, names: Sequence[str], url: str | None, site_name: str | None) -> bool:
    """Several names, or some in the mark's own text, are a list that WordPress itself does not have."""
    if len(names) != 1 or names[0] in author:
        return not names
    return author in names[0] or not (is_organisation(author) or _is_of_site(author, url, site_name))


def _is_of_site(author: str, url: str | None, site_name: str | None) -> bool:
    known = f"{host_or_none(url) or ''} {(site_name or '').casefold()}"
    return any(word in known for word in _WORD.findall(author.casefold()))


def _is_only_quoted(doc: Document, name: str) -> bool:
    """Whether a quotation is said to be by that name: whom a text quotes is not its author."""
    return any(
        text_of(cite, _LONGEST + 1).strip(" –—-,") == name
        for tag in _QUOTES
        for element in doc.by_tag.get(tag, ())
        for cite in element.iter("cite", "footer")
    )


def _marked(doc: Document) -> Iterator[etree._Element]:
    yield from chain.from_iterable(of_class(doc, name) for name in _BLOCKS)
    for card in of_class(doc, _CARD):
        if _AUTHOR in (card.get("class") or "").split():
            yield next(card.iter("a"), card)


def _is_byline(link: etree._Element) -> bool:
    """Whether a link is the name of the author to whose posts it leads."""
    if "author" not in (link.get("rel") or "").split() and not _LINK.search(link.get("href") or ""):
        return False
    classes = " ".join(element.get("class") or "" for _, element in zip(range(2), link.iterancestors(), strict=False))
    return _BYLINE.search(classes) is not None and _NO_BYLINE.search(f"{link.get('class')} {classes}") is None


def _is_elsewhere(element: etree._Element) -> bool:
    for ancestor in element.iterancestors():
        if not _ELSEWHERE.isdisjoint((ancestor.get("class") or "").split()):
            return True
        if ancestor.tag in _OTHER_TAGS and not _is_of_post(ancestor):
            return True
    return False


def _is_of_post(footer: etree._Element) -> bool:
    """A post's own footer may name its author; the page's footer and lists name those of others."""
    return footer.tag == "footer" and next(footer.iterancestors("article", "main"), None) is not None
