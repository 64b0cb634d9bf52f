"""Counts in the words and numbers of many languages, and where on a page they are the article's own."""

import pytest

from scraper.extractor.metadata.figures import comments_in, views_in
from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import parse

VIEWS = (
    ("1 234 vues", 1234),
    ("1\u202f234 vues", 1234),
    ("閲覧数 1,234", 1234),
    ("閲覧数：1,234回", 1234),
    ("閲覧 1234", 1234),
    ("1234回閲覧", 1234),
    ("1,234回再生", 1234),
    ("再生数 12万", 120000),
    ("1.2万次浏览", 12000),
    ("浏览量：1.2万", 12000),
    ("阅读量 3.5万", 35000),
    ("阅读(1234)", 1234),
    ("조회 1,234", 1234),
    ("조회수 1.2만", 12000),
    ("1.234 lượt xem", 1234),
    ("12,3 тыс. просмотров", 12300),
    ("1,2 mil visualizações", 1200),
    ("1,2 mil visualizaciones", 1200),
    ("12 mil lecturas", 12000),
    ("1.2K reads", 1200),
    ("3.4M views", 3400000),
    ("1,2 Mio. Aufrufe", 1200000),
    ("1,2 Mrd. Aufrufe", 1200000000),
    ("1,2 k vues", 1200),
    ("1.2 k Views", 1200),
    ("Vu 1 234 fois", 1234),
    ("Lu 1 234 fois", 1234),
    ("Read 1,234 times", 1234),
    ("Viewed 1,234 times", 1234),
    ("Visto 1.234 veces", 1234),
    ("Visto 1.234 volte", 1234),
    ("1.234x gelesen", 1234),
    ("1.234 mal gelesen", 1234),
    ("Gelesen: 1.234", 1234),
    ("Zugriffe: 1.234", 1234),
    ("Klicks: 12", 12),
    ("1'234 Aufrufe", 1234),
    ("1’234 Aufrufe", 1234),
    ("12.345.678 görüntülenme", 12345678),
    ("1.234 kez okundu", 1234),
    ("Okunma: 1.234", 1234),
    ("١٬٢٣٤ مشاهدة", 1234),
    ("1,23,456 views", 123456),
    ("۱٬۲۳۴ بازدید", 1234),
    ("1.234 keer gelezen", 1234),
    ("1 234 wyświetleń", 1234),
    ("Odsłon: 1 234", 1234),
    ("1 234 zobrazení", 1234),
    ("Αναγνώσεις: 1.234", 1234),
    ("Views 1234", 1234),
    ("👁 1,234", 1234),
    ("1 234 lectures", 1234),
    ("Hits: 1234", 1234),
    ("1,234 次观看", 1234),
    ("觀看次數：1,234次", 1234),
    ("1.2万 回視聴", 12000),
    ("12 lakh views", 1200000),
    ("2.5 crore views", 25000000),
    ("1 234 katselukertaa", 1234),
    ("1 234 visningar", 1234),
)
COMMENTS = (
    ("1 234 commentaires", 1234),
    ("コメント 12件", 12),
    ("コメント数：1,234", 1234),
    ("댓글 1,234", 1234),
    ("댓글 1.2만개", 12000),
    ("评论 (12)", 12),
    ("12条评论", 12),
    ("1.234 Kommentare", 1234),
    ("Kommentare: 1.234", 1234),
    ("12 réactions", 12),
    ("Réagir (12)", 12),
    ("0 comentários", 0),
    ("Sin comentarios", 0),
    ("Ningún comentario", 0),
    ("Nessun commento", 0),
    ("Geen reacties", 0),
    ("Brak komentarzy", 0),
    ("12 bình luận", 12),
    ("12 تعليقات", 12),
    ("12 yorum", 12),
    ("Add a comment", None),
    ("Be the first to comment", None),
    ("1 Kommentar", 1),
    ("1K Comments", 1000),
    ("12 opmerkingen", 12),
    ("12 reacties", 12),
    ("12 Leserkommentare", 12),
    ("Komentarze (12)", 12),
    ("12 answers", None),
    ("12 Beiträge", None),
)
NO_VIEWS = ("12 times champion", "Interviews 3", "World views in 2024", "vu d'en haut", "3 fois par jour", "Read more")
TEXT = "<p>" + "Le fleuve a encore monté dans la nuit et le pont a été fermé à la circulation pour tous. " * 5 + "</p>"
TEASER = "<a href=/autre>Le pont reste fermé jusqu'à la fin de la semaine</a>"


@pytest.mark.parametrize(("text", "count"), VIEWS)
def test_views_in_many_languages(text: str, count: int | None) -> None:
    assert views_in(text) == count


@pytest.mark.parametrize("text", NO_VIEWS)
def test_words_that_count_no_views(text: str) -> None:
    assert views_in(text) is None


@pytest.mark.parametrize(("text", "count"), COMMENTS)
def test_comments_in_many_languages(text: str, count: int | None) -> None:
    assert comments_in(text) == count


@pytest.mark.parametrize("count", ["1 234 vues", "1\u202f234 vues", "閲覧数 1,234", "1.234 Aufrufe", "Vu 1 234 fois"])
@pytest.mark.parametrize("page", ["<span>{}</span>" + TEXT, TEXT * 3 + "<div><span>{}</span></div>"])
def test_a_count_in_an_element_without_a_class(page: str, count: str) -> None:
    assert read(page.format(count)).view_count == 1234


def test_several_bare_counts_are_those_of_other_articles() -> None:
    assert read(TEXT * 3 + "<div><span>12 vues</span></div><div><span>34 vues</span></div>").view_count is None


def test_a_bare_count_beside_the_article_or_with_a_teaser_is_not_its_own() -> None:
    assert read(TEXT * 3 + f"<aside>{TEASER} <span>12 vues</span></aside>").view_count is None
    assert read(TEXT * 3 + f"<ul><li>{TEASER} <span>12 vues</span></li></ul>").view_count is None


def read(body: str) -> Metadata:
    html = f"<html lang=fr><title>Le fleuve monte</title><h1>Le fleuve monte</h1>{body}</html>"
    return read_metadata(parse(html, "https://journal.example/fleuve"))
