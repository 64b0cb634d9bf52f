"""Articles as text for a terminal."""

from datetime import UTC, datetime

from scraper.cli.terminal.render import WIDTH, article_text
from scraper.records import Article, Block, BlockKind, Image, Link, LinkKind, Precision, Timestamp
from scraper.urls import canonicalize

ARTICLE = Article(
    url=canonicalize("https://example.org/deich"),
    title="Der Deich wächst",
    categories=("Küste",),
    authors=("Wiebke Hansen",),
    published=Timestamp(
        at=datetime(2024, 10, 26, 7, 12, tzinfo=UTC), offset_minutes=120, precision=Precision.MINUTE, raw=""
    ),
    comment_count=1,
    body="…",
    blocks=(
        Block(kind=BlockKind.PARAGRAPH, text="Ein langer Satz über den Deich. " * 12),
        Block(kind=BlockKind.HEADING, text="Was es kostet", level=2),
        Block(kind=BlockKind.LIST_ITEM, text="Sand", level=1),
        Block(kind=BlockKind.QUOTE, text="Das reicht nicht."),
        Block(kind=BlockKind.TABLE, text="Jahr | Meter\n2024 | 8"),
    ),
    images=(Image(url="https://example.org/d.jpg", caption="Der Deich", credit="Foto Kern"),),
    links=(
        Link(
            kind=LinkKind.POPULAR,
            heading="You Missed",
            url="https://example.org/x",
            position=1,
            title="Sturm",
            view_count=17,
        ),
        Link(kind=LinkKind.BODY, url="https://example.org/y", position=1, title="hier"),
    ),
)


def test_every_part_has_its_form() -> None:
    text = article_text(ARTICLE)

    assert "Küste · 2024-10-26 09:12+02:00 · Wiebke Hansen · 1 comment" in text
    for piece in (
        "## Was es kostet",
        "• Sand",
        "│ Das reicht nicht.",
        "  Jahr | Meter",
        "(Foto Kern)",
        "── You Missed",
    ):
        assert piece in text
    assert "Sturm · 17 views" in text
    assert "example.org/y" not in text


def test_lines_are_short_enough_to_read() -> None:
    assert max(len(line) for line in article_text(ARTICLE).splitlines()) <= WIDTH
