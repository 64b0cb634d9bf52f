"""A page's record filled from its feed entry."""

import pytest

from scraper.dates.reading import parse_timestamp
from scraper.extractor.reconcile import with_clock_of, with_entry
from scraper.records import Article, FeedEntry
from scraper.urls import CanonicalUrl

URL = CanonicalUrl("https://a.example/rivers")


def fuller(page: str | None, feed: str | None) -> str:
    return str(with_clock_of(parse_timestamp(page) if page else None, parse_timestamp(feed) if feed else None))


@pytest.mark.parametrize(
    ("page", "feed", "expected"),
    [
        ("2024-10-26", "2024-10-26T09:12:07+02:00", "2024-10-26T09:12:07+02:00"),
        ("2024-10-26", "2024-10-26T00:30:00+02:00", "2024-10-26T00:30:00+02:00"),
        ("2024-10-26T00:00:00", "2024-10-26T09:12:07+02:00", "2024-10-26T09:12:07+02:00"),
        ("2024-10-26T09:12", "2024-10-26T09:12:07+02:00", "2024-10-26T09:12:07+02:00"),
        ("2024-10-26T08:00", "2024-10-26T09:12:07+02:00", "2024-10-26T08:00+02:00"),
        ("2024-10-26T08:00:00+01:00", "2024-10-26T09:12:07+02:00", "2024-10-26T08:00:00+01:00"),
        ("2024-10-25", "2024-10-26T09:12:07+02:00", "2024-10-25"),
        ("2024-10-26", "2024-10-26", "2024-10-26"),
        (None, "2024-10-26T09:12:07+02:00", "2024-10-26T09:12:07+02:00"),
        ("2024-10-26", None, "2024-10-26"),
        (None, None, "None"),
    ],
)
def test_the_fuller_statement_of_one_moment_stands(page: str | None, feed: str | None, expected: str) -> None:
    assert fuller(page, feed) == expected


def test_the_entry_fills_what_the_page_lacks_and_says_so() -> None:
    article = Article(
        url=URL, title="Rivers rise", published=parse_timestamp("October 26, 2024"), sources={"title": "html"}
    )
    entry = FeedEntry(
        title="Another title",
        published=parse_timestamp("Sat, 26 Oct 2024 07:12:07 +0000"),
        authors=("By Erika Muster",),
        categories=("Weather", "Valley"),
        comment_count=0,
        language="de-DE",
        summary="The river stands high.",
    )

    filled = with_entry(article, entry)

    assert filled.title == "Rivers rise"
    assert str(filled.published) == "2024-10-26T07:12:07+00:00"
    assert filled.authors == ("Erika Muster",)
    assert filled.categories == ("Weather", "Valley")
    assert (filled.comment_count, filled.language, filled.summary) == (0, "de", "The river stands high.")
    assert {name for name, source in filled.sources.items() if source == "feed"} == {
        "published",
        "authors",
        "categories",
        "comment_count",
        "language",
        "summary",
    }
    assert filled.sources["title"] == "html"


def test_what_the_page_says_stays() -> None:
    article = Article(
        url=URL, authors=("Erika Muster",), categories=("Weather",), tags=("Rain",), comment_count=3, language="en"
    )
    entry = FeedEntry(authors=("Max Beispiel",), categories=("Sports",), comment_count=9, language="de")

    assert with_entry(article, entry) == article


def test_the_entrys_categories_that_are_none_of_the_pages_are_its_tags() -> None:
    filled = with_entry(Article(url=URL, categories=("Weather",)), FeedEntry(categories=("weather", "Rain")))

    assert filled.categories == ("Weather",)
    assert filled.tags == ("Rain",)


def test_an_entry_that_knows_nothing_changes_nothing() -> None:
    article = Article(url=URL)

    assert with_entry(article, FeedEntry()) is article
