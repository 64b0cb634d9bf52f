"""Paywalls, as pages state them."""

import pytest

from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse


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
