"""Headings over lists of articles are understood in many languages."""

import pytest

from scraper.extractor.links.headings import kind_of
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
        "Newsletter",
        "Related matters were discussed at great length " * 3,
    ],
)
def test_other_headings_mean_nothing(heading: str) -> None:
    assert kind_of(heading) is None
