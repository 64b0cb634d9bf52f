"""Paywalls, as pages state them."""

import pytest

from scraper.extractor.extract import extract
from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse
from scraper.records import BlockKind


def paywalled(html: str) -> bool | None:
    return read_metadata(parse(f"<html><body><h1>Rivers rise</h1>{html}</body></html>")).paywalled


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("false", True),
        ("true", False),
        ('"False"', True),
        ('"http://schema.org/True"', False),
        ('"perhaps"', None),
        ("null", None),
    ],
)
def test_structured_data_says_whether_a_page_is_free(value: str, expected: bool | None) -> None:
    node = f'{{"@type": "NewsArticle", "headline": "Rivers rise", "isAccessibleForFree": {value}}}'

    assert paywalled(f'<script type="application/ld+json">{node}</script>') is expected


def test_the_tier_of_the_content() -> None:
    assert paywalled('<meta property="article:content_tier" content="metered">') is True
    assert paywalled('<meta property="article:content_tier" content="free">') is False


def test_the_markup_of_a_wall() -> None:
    assert paywalled('<div class="paywall">Subscribe</div>') is True


def test_a_page_that_says_nothing() -> None:
    assert paywalled("<p>Text</p>") is None


@pytest.mark.parametrize(
    "html",
    [
        '<div class="piano-placement"></div>',
        '<aside class="PaywallModalWrapper"><div></div></aside>',
        '<script class="paywall-lib">if (locked) { show("wall") }</script>',
        f'<div class="paywall-container">{"<p>The river rises in the night and falls by noon.</p>" * 50}</div>',
    ],
)
def test_what_every_page_of_a_site_holds_is_no_wall(html: str) -> None:
    assert paywalled(html) is None


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<meta property="article:content_tier" content="metered">', "article:content_tier=metered"),
        ('<div class="article-paywall">Subscribe</div>', "markup: article-paywall"),
    ],
)
def test_the_reason_is_kept(html: str, reason: str) -> None:
    sources = read_metadata(parse(f"<html><body><h1>Rivers rise</h1>{html}</body></html>")).sources
    assert sources["paywall_reason"] == reason


TEASER = "".join(
    f"<p>On day {day} the river stood above the old mark, and the school was closed.</p>" for day in range(4)
)


@pytest.mark.parametrize(
    "words",
    [
        "Subscribe to continue reading",
        "Jetzt weiterlesen mit Tageblatt Plus",
        "Il vous reste 62 % de cet article à lire",
        "Suscríbete para seguir leyendo",
        "この記事は会員限定です",
    ],
)
def test_a_teaser_that_was_cut_off_says_so_below(words: str) -> None:
    below = f"<div><b>{words}</b></div>"
    article = extract(
        f"<article><h1>Rivers rise</h1><div>{TEASER}</div>{below}</article>", "https://a.example/rivers-rise"
    )
    assert article.paywalled is True
    assert article.sources["paywall_reason"].startswith("cut off: ")
    assert article.body is not None
    assert "above the old mark" in article.body
    assert words not in article.body


@pytest.mark.parametrize(
    "offer",
    [
        "<p>This article is for subscribers only.</p><p>Subscribe to continue reading.</p>",
        "<h3>Weiterlesen mit Tageblatt+</h3><p>Um weiterzulesen, testen Sie vier Wochen.</p>",
        "<h2>Réservé aux abonnés</h2>",
    ],
)
def test_an_offer_that_runs_on_from_the_teaser_is_no_text(offer: str) -> None:
    article = extract(f"<article><h1>Rivers rise</h1>{TEASER}{offer}</article>", "https://a.example/rivers-rise")
    assert article.paywalled is True
    assert article.sources["paywall_reason"].startswith("cut off: ")
    assert article.body is not None
    assert article.body.endswith("the school was closed.")


def test_a_heading_with_nothing_below_is_no_text() -> None:
    article = extract(
        f"<article><h1>Rivers rise</h1>{TEASER}<h2>The bridges</h2>{TEASER}<h2>Sources</h2></article>", None
    )
    assert [block.text for block in article.blocks if block.kind is BlockKind.HEADING] == ["The bridges"]


def test_an_offer_below_a_whole_text_is_no_wall() -> None:
    article = extract(f"<article><h1>Rivers rise</h1>{TEASER}</article><p>Subscribe to our newsletter</p>", None)
    assert article.paywalled is None
    whole = TEASER * 12
    assert extract(f"<article>{whole}</article><p>Subscribe to continue reading</p>", None).paywalled is None
