"""Articles printed: as JSON, as Markdown, or as text to be read in a terminal."""

import textwrap
from collections.abc import Iterator
from itertools import groupby

import click

from scraper.cli.terminal.output import counted, data, json_data, safe, safe_lines
from scraper.extractor.markdown import to_markdown
from scraper.plain import article_data
from scraper.records import Article, Block, BlockKind, Image, Link, LinkKind

WIDTH = 88

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text", "markdown"]),
    default="json",
    show_default=True,
    help="How the record is printed.",
)


def print_article(article: Article, form: str) -> None:
    """Print a record in one of the forms of --format."""
    if form == "json":
        json_data(article_data(article))
    else:
        data(safe_lines(to_markdown(article)) if form == "markdown" else article_text(article))


def article_text(article: Article) -> str:
    """Title, facts, text, pictures and blocks of links, wrapped to a comfortable width."""
    parts = [*_head(article), *(_block(block) for block in article.blocks or _paragraphs(article))]
    if article.images:
        parts.append(_section("Pictures", [_image(image) for image in article.images]))
    listed = [link for link in article.links if link.kind is not LinkKind.BODY]
    for heading, links in groupby(listed, key=lambda link: link.heading or link.kind.value):
        parts.append(_section(safe(heading), [_link(link) for link in links]))
    return "\n\n".join(part for part in parts if part)


def _head(article: Article) -> Iterator[str]:
    yield _wrapped(safe(article.title or "(no title)"))
    if article.subtitle:
        yield _wrapped(safe(article.subtitle))
    facts = [
        article.site_name,
        article.category,
        str(article.published).replace("T", " ") if article.published else None,
        ", ".join(article.authors),
        None if article.comment_count is None else counted(article.comment_count, "comment"),
        None if article.view_count is None else counted(article.view_count, "view"),
    ]
    line = " · ".join(safe(fact) for fact in facts if fact)
    yield "\n".join(part for part in (_wrapped(line), safe(article.url)) if part)
    yield "─" * 24


def _paragraphs(article: Article) -> Iterator[Block]:
    for text in (article.body or "").split("\n\n"):
        yield Block(kind=BlockKind.PARAGRAPH, text=text)


def _block(block: Block) -> str:
    text = safe(block.text) if block.kind is not BlockKind.PREFORMATTED else block.text
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * max(block.level, 2)} {text}"
        case BlockKind.LIST_ITEM:
            indent = "  " * max(block.level - 1, 0)
            return textwrap.fill(text, WIDTH, initial_indent=f"{indent}• ", subsequent_indent=f"{indent}  ")
        case BlockKind.QUOTE:
            return textwrap.fill(text, WIDTH, initial_indent="│ ", subsequent_indent="│ ")
        case BlockKind.TABLE | BlockKind.PREFORMATTED:
            return "\n".join(f"  {safe(line)}" for line in block.text.split("\n"))
        case _:
            return _wrapped(text)


def _image(image: Image) -> str:
    words = " ".join(
        part for part in (image.caption or image.alt, f"({image.credit})" if image.credit else None) if part
    )
    return f"{safe(words)}\n  {safe(image.url)}" if words else safe(image.url)


def _link(link: Link) -> str:
    views = None if link.view_count is None else counted(link.view_count, "view")
    facts = [str(link.published) if link.published else None, views]
    line = " · ".join(safe(part) for part in (link.title, *facts) if part)
    return f"{line}\n  {safe(link.url)}" if line else safe(link.url)


def _section(heading: str, lines: list[str]) -> str:
    return "\n".join([f"── {heading}", *(f"• {line}" for line in lines)])


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH) if text else ""
