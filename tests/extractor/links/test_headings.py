"""Headings over lists of articles are understood in many languages."""

import pytest

from scraper.extractor.links.headings import kind_by_words, kind_of, lists_other_things, may_list_labels
from scraper.records import LinkKind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Related Posts", LinkKind.RELATED),
        ("You Missed", LinkKind.RECENT),
        ("MOST READ", LinkKind.POPULAR),
        ("Das könnte Sie auch interessieren …", LinkKind.RELATED),
        ("Mehr zum Thema: Wohnen", LinkKind.RELATED),
        ("Meistgelesen", LinkKind.POPULAR),
        ("Neueste Beiträge", LinkKind.RECENT),
        ("À lire aussi", LinkKind.RELATED),
        ("Les plus lus", LinkKind.POPULAR),
        ("Lo más leído", LinkKind.POPULAR),
        ("Noticias relacionadas", LinkKind.RELATED),
        ("Leggi anche:", LinkKind.RELATED),
        ("Ultime notizie", LinkKind.RECENT),
        ("Lees ook", LinkKind.RELATED),
        ("Mais lidas", LinkKind.POPULAR),
        ("Najczęściej czytane", LinkKind.POPULAR),
        ("Läs också", LinkKind.RELATED),
        ("Читайте также", LinkKind.RELATED),
        ("関連記事", LinkKind.RELATED),
        ("热门文章", LinkKind.POPULAR),
        ("اقرأ أيضا", LinkKind.RELATED),
        ("İlgili Haberler".replace("İ", "i"), LinkKind.RELATED),
        ("إقرأ أيضاً", LinkKind.RELATED),
        ("الأكثر مشاهدة", LinkKind.POPULAR),
        ("پربازدیدترین", LinkKind.POPULAR),
        ("נקראו השבוע: הנקראות ביותר".rpartition(": ")[2], LinkKind.POPULAR),
        ("सबसे ज्यादा पढ़े गए", LinkKind.POPULAR),
        ("ข่าวล่าสุด", LinkKind.RECENT),
        ("সর্বাধিক পঠিত", LinkKind.POPULAR),
        ("이 기자의 다른 기사", LinkKind.RELATED),
        ("・関連記事", LinkKind.RELATED),
        ("【あわせて読みたい】", LinkKind.RELATED),
        ("関連プレスリリース", LinkKind.RELATED),
        ("アクセスランキング", LinkKind.POPULAR),
        ("Đọc nhiều nhất", LinkKind.POPULAR),
        ("Ezek is érdekelhetnek", LinkKind.RELATED),
        ("Mohlo by vás zaujímať", LinkKind.RELATED),
        ("Најновије вести", LinkKind.RECENT),
        ("Най-четени", LinkKind.POPULAR),
        ("Zilizosomwa zaidi", LinkKind.POPULAR),
        ("Derzeit meistgelesen", LinkKind.POPULAR),
        ("Editor's Picks", LinkKind.RELATED),
        ("More Reviews for the Ferrymen", LinkKind.RELATED),
        ("More from the Harbour", LinkKind.RELATED),
        ("Next article", LinkKind.NEXT),
    ],
)
def test_understands_what_a_list_is(heading: str, kind: LinkKind) -> None:
    assert kind_of(heading) is kind


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "?",
        "Schreibe einen Kommentar",
        "Schlagwörter",
        "Neueste Kommentare",
        "Recent comments",
        "Latest products",
        "Últimos comentarios",
        "Weitere Produkte",
        "Newsletter",
        "Related matters were discussed at great length " * 3,
    ],
)
def test_other_headings_mean_nothing(heading: str) -> None:
    assert kind_of(heading) is None


@pytest.mark.parametrize("heading", ["Recent comments", "Ähnliche Produkte", "最新コメント", "Aus dem Anzeigenmarkt"])
def test_what_lists_other_things_is_told_apart(heading: str) -> None:
    assert lists_other_things(heading)


@pytest.mark.parametrize("heading", ["Das könnte Sie auch interessieren", "Productive days", "Mehr zum Thema"])
def test_and_what_lists_articles_is_not(heading: str) -> None:
    assert not lists_other_things(heading)


@pytest.mark.parametrize("heading", ["Popular Categories", "Verwandte Themen", "Temas relacionados", "Tags"])
def test_topics_and_tags_are_labels(heading: str) -> None:
    assert may_list_labels(heading)
    assert not may_list_labels("Mehr zum Thema")


@pytest.mark.parametrize(
    "heading",
    [
        "Stellenmarkt",
        "Latest jobs",
        "Featured Listings",
        "Folgen Sie uns",
        "特集記事（PR）はこちら",
        "Our latest stories, in your inbox",
        "Oktober",
        "December 2025 (6)",
        "2019",
        "May",
        "Октябрь 2020",
    ],
)
def test_under_some_headings_stand_other_things_or_all_of_a_month(heading: str) -> None:
    assert lists_other_things(heading)


@pytest.mark.parametrize("heading", ["October at the harbour", "Job cuts at the harbour", "Pro", "News of 2019"])
def test_a_word_of_these_alone_is_not_enough(heading: str) -> None:
    assert not lists_other_things(heading)


def test_a_headline_that_counts_something_is_no_heading_and_a_count_of_stories_is() -> None:
    assert kind_of("Top 10 harbours of the north in 2024") is None
    assert kind_by_words("Top 10 harbours of the north in 2024") is None
    assert kind_of("Top 10") == kind_of("Top 5 stories") == LinkKind.POPULAR


def test_next_over_a_list_is_no_next_article() -> None:
    assert kind_by_words("Next up in News") is LinkKind.RELATED
    assert kind_by_words("Next") is LinkKind.NEXT
