"""An article in several pages put together into one record: what each page repeats of those before is left out.

Pure. Which pages there are, `paging` says; whoever fetched them gives them here in their order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml import etree

from scraper.extractor.page.document import parse, text_of
from scraper.extractor.text.markup import sanitised
from scraper.records import Article, Block, BlockKind, Image, ImageRole, Link
from scraper.text import count_words, one_line

# A shorter paragraph may well stand twice in an article; headings and what stands above the text may not.
_REPEATED_CHARS = 40
_BLOCK_TAGS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "blockquote", "tr")


def join(pages: Sequence[Article]) -> Article:
    """The record of the first page with the text, pictures and links of all; views and dates stay the first page's."""
    first, *others = pages
    known, blocks, html = _keys(first.blocks), list(first.blocks), [first.body_html or ""]
    for page in others:
        added = new_blocks(page, known, first)
        blocks += added
        html.append(_html_of(page, added))
        known |= _keys(added)
    if len(blocks) == len(first.blocks):
        return first
    text = "\n\n".join(block.text for block in blocks)
    return replace(
        first,
        blocks=tuple(blocks),
        body=text,
        body_html="\n".join(filter(None, html)),
        word_count=count_words(text),
        images=_images(pages),
        captions=tuple(dict.fromkeys(caption for page in pages for caption in page.captions)),
        links=_links(pages),
        sources={**first.sources, "pages": str(len(pages))},
    )


def new_blocks(page: Article, known: Iterable[str], first: Article) -> list[Block]:
    """What a further page adds to the texts known: neither title nor standfirst again, nor a whole page seen before."""
    seen = {*known, _key(first.title or ""), _key(first.subtitle or ""), _key(page.title or "")}
    found: list[Block] = []
    for block in page.blocks:
        key = _key(block.text)
        is_repeated = key in seen and (
            not found or len(block.text) >= _REPEATED_CHARS or block.kind is BlockKind.HEADING
        )
        if not is_repeated:
            found.append(block)
    return found


def keys_of(article: Article) -> set[str]:
    """What :func:`new_blocks` compares texts by."""
    return _keys(article.blocks)


def _keys(blocks: Iterable[Block]) -> set[str]:
    return {_key(block.text) for block in blocks}


def _key(text: str) -> str:
    return one_line(text).casefold()


def _html_of(page: Article, added: Sequence[Block]) -> str:
    """The page's markup without the blocks that were left out."""
    if not page.body_html or len(added) == len(page.blocks):
        return page.body_html or ""
    left_out = _keys(page.blocks) - _keys(added)
    root = parse(page.body_html).root
    for element in list(root.iter(*_BLOCK_TAGS)):
        parent = element.getparent()
        if parent is not None and _key(text_of(element)) in left_out:
            parent.remove(element)
    body = root.find("body")
    children = body if body is not None else root
    return sanitised("".join(etree.tostring(child, encoding="unicode", method="html") for child in children)).strip()


def _images(pages: Sequence[Article]) -> tuple[Image, ...]:
    """Each picture once; what leads a further page stands in the midst of the article."""
    found = {image.url: image for image in pages[0].images}
    for page in pages[1:]:
        for image in page.images:
            found.setdefault(image.url, replace(image, role=ImageRole.BODY))
    return tuple(found.values())


def _links(pages: Sequence[Article]) -> tuple[Link, ...]:
    """Each link once, lists of a further page behind those of the one before."""
    own = {page.url for page in pages}
    found: dict[tuple[str, str | None, str], Link] = {}
    for page in pages:
        for link in page.links:
            if link.url not in own or page is pages[0]:
                found.setdefault((link.kind.value, link.heading, link.url), link)
    return tuple(found.values())
