"""Dates of whole pages, case by case: what is stated beside a title, in which words, and what is not the article's."""

from datetime import UTC, datetime

import pytest

from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse

FETCHED = datetime(2024, 11, 30, tzinfo=UTC)
TEASER = "<a href=/floods>Roads stay closed until the weekend, says the mayor</a>"
TIME = "<time datetime=2024-10-%s></time>"
TEXT = "<p>" + "The river rose again in the night, and the bridge was closed. " * 4 + "</p>"

# language, what stands around the title (an h1 where @ is), published, modified
SHOWN: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("de", "@<p>Stand: 26.10.2024, 14:05 Uhr</p>", "2024-10-26T14:05", "2024-10-26T14:05"),
    ("de", "@<p>25.10.2024 | Aktualisiert: 26.10.2024, 9 Uhr</p>", "2024-10-25", "2024-10-26T09:00"),
    (
        "de",
        "@<p>Veröffentlicht am 25. Oktober 2024, zuletzt geändert am 26. Oktober 2024</p>",
        "2024-10-25",
        "2024-10-26",
    ),
    (
        "de",
        "@<p>Erstellt: 25.10.2024, 10:00 Uhr<br>Stand: 26.10.2024, 8:30 Uhr</p>",
        "2024-10-25T10:00",
        "2024-10-26T08:30",
    ),
    ("de", "@<p>Von Erika Muster, Berlin - 26. Oktober 2024 um 14.05 Uhr</p>", "2024-10-26T14:05", None),
    ("de", "<p>26.10.2024 10:16 Uhr - Sport - red</p>@", "2024-10-26T10:16", None),
    ("de", "<p>Aus: Ausgabe vom 26.10.2024</p>@<p>25.10.2024, 19:30 Uhr</p>", "2024-10-25T19:30", None),
    ("de", "@<p>Freitag, 26. Jänner 2024</p>", "2024-01-26", None),
    ("de", "@<p>26.10.24, 14:05</p>", "2024-10-26T14:05", None),
    ("en", "@<p>Published 26 October 2024, 14.05 BST</p>", "2024-10-26T14:05+01:00", None),
    (
        "en",
        "@<p>Published: Oct. 25, 2024 at 9:30 p.m. ET | Updated: Oct. 26, 2024 at 8 a.m. ET</p>",
        "2024-10-25T21:30-04:00",
        "2024-10-26T08:00-04:00",
    ),
    ("en", "@<p>Updated October 26, 2024. Originally published October 1, 2019.</p>", "2019-10-01", "2024-10-26"),
    ("en", "@<p>Last modified on Sat 26 Oct 2024 09.30 EDT</p>", "2024-10-26T09:30-04:00", "2024-10-26T09:30-04:00"),
    ("en", "@<p>October 26, 2024 · 5 min read</p>", "2024-10-26", None),
    ("en", "@<p>26 October 2024 14.05 euros</p>", "2024-10-26", None),
    ("en-US", "@<p>10/12/2024</p>", "2024-10-12", None),
    ("en-GB", "@<p>10/11/2024</p>", "2024-11-10", None),
    ("en", "@<p>12/11/2024</p>", "2024-11-12", None),  # in December, the other reading is not yet
    (
        "fr",
        "@<p>Publié le 25 octobre 2024 à 14h05, mis à jour le 26 octobre 2024 à 9h</p>",
        "2024-10-25T14:05",
        "2024-10-26",
    ),
    ("fr", "@<p>Par Jeanne Martin, le 1er novembre 2024</p>", "2024-11-01", None),
    ("es", "@<p>Actualizado: 26 de octubre de 2024, 14:05 h.</p>", "2024-10-26T14:05", "2024-10-26T14:05"),
    (
        "es",
        "@<p>Madrid, 25 de octubre del 2024 | Actualizado el 26 de octubre del 2024</p>",
        "2024-10-25",
        "2024-10-26",
    ),
    (
        "it",
        "@<p>Pubblicato il 25 ottobre 2024, aggiornato il 26 ottobre 2024 alle 9:30</p>",
        "2024-10-25",
        "2024-10-26T09:30",
    ),
    (
        "nl",
        "@<p>Gepubliceerd op 25 okt. 2024 om 14:05, bijgewerkt op 26 okt. 2024</p>",
        "2024-10-25T14:05",
        "2024-10-26",
    ),
    (
        "pt",
        "@<p>Publicado em 25/10/2024 às 14h05, atualizado em 26/10/2024 às 9h30</p>",
        "2024-10-25T14:05",
        "2024-10-26T09:30",
    ),
    (
        "pl",
        "@<p>Opublikowano: 25 października 2024, aktualizacja: 26 października 2024, 9:30</p>",
        "2024-10-25",
        "2024-10-26T09:30",
    ),
    (
        "sv",
        "@<p>Publicerad 25 oktober 2024, uppdaterad 26 oktober 2024 kl. 09.30</p>",
        "2024-10-25",
        "2024-10-26T09:30",
    ),
    (
        "tr",
        "@<p>Yayınlanma: 25 Ekim 2024 Cuma 14:05 Güncelleme: 26 Ekim 2024 09:30</p>",
        "2024-10-25T14:05",
        "2024-10-26T09:30",
    ),
    (
        "ru",
        "@<p>Опубликовано 25 октября 2024 года в 14:05, обновлено 26 октября 2024</p>",
        "2024-10-25T14:05",
        "2024-10-26",
    ),
    ("ar", "@<p>نشر: 25 تشرين الأول 2024</p>", "2024-10-25", None),
    ("fa", "@<p>۲۵ آذر ۱۴۰۲ - ۱۴:۰۵</p>", "2023-12-16T14:05", None),
    ("ja", "@<p>公開 2024年10月25日 14時05分 更新 2024年10月26日</p>", "2024-10-25T14:05", "2024-10-26"),
    ("ko", "@<p>입력 2024.10.25 14:05 수정 2024.10.26 09:30</p>", "2024-10-25T14:05", "2024-10-26T09:30"),
    ("zh", "@<p>中華民國113年10月25日</p>", "2024-10-25", None),
    ("vi", "@<p>Thứ sáu, 25/10/2024, 14:05 (GMT+7)</p>", "2024-10-25T14:05+07:00", None),
    # What is not the article's, or not yet.
    (
        "en",
        f"@<p>October 25, 2024</p>{TEXT}<ul><li>{TEASER} <time datetime=2024-10-26></time></ul>",
        "2024-10-25",
        None,
    ),
    (
        "en",
        f"@{TEXT}<a href=/floods><b>Roads stay closed until the weekend</b><time datetime=2024-10-26></time></a>",
        None,
        None,
    ),
    ("en", f"@<p>January 1, 2030</p>{TEXT}", None, None),
    ("en", f"@<p>Registration deadline: October 1, 2024</p>{TEXT}", None, None),
    ("en", f"@<p>The museum has been open since May 1, 2001.</p><p>October 25, 2024</p>{TEXT}", "2024-10-25", None),
    ("en", f"@<p>Three hours ago</p>{TEXT}", None, None),
    ("en", f"@{TEXT}<footer>Copyright 2001-2024. Page made on October 30, 2024</footer>", None, None),
    # Where it stands.
    (
        "en",
        f"@{TEXT}<section><h4>Published</h4>{TIME % 25}<h4>Reviewed</h4>{TIME % 28}</section>",
        "2024-10-25",
        None,
    ),
    (
        "en",
        f"<div class=has-sidebar><h2>Rivers</h2><span class=date>October 25, 2024</span>{TEXT}</div>",
        "2024-10-25",
        None,
    ),
    (
        "en",
        f"@{TEXT}<div class=article-sidebar><h4>Published</h4><div class=date>October 25, 2024</div></div>",
        "2024-10-25",
        None,
    ),
    (
        "en",
        "@<p><relative-time datetime=2024-10-25T14:05:09Z class=date>last month</relative-time></p>",
        "2024-10-25T14:05:09+00:00",
        None,
    ),
    (
        "en",
        '<div class="widget Blog"><h2 class=date-header>Friday, October 25, 2024</h2><h3>Rivers</h3></div>',
        "2024-10-25",
        None,
    ),
    ("zh", '@<p><script>showDate("2024/10/25 01:43:09");</script></p>', "2024-10-25T01:43:09", None),
    ("en", f"@<div class=timeline data-date='October 25, 2024'></div>{TEXT}", "2024-10-25", None),
)


@pytest.mark.parametrize(("language", "around", "published", "modified"), SHOWN)
def test_dates_around_a_title(language: str, around: str, published: str | None, modified: str | None) -> None:
    body = around.replace("@", "<h1>Rivers rise again in the night</h1>")
    html = f"<html lang={language}><head><title>Rivers rise again in the night</title></head><body>{body}</body></html>"
    metadata = read_metadata(parse(html, "https://paper.example/rivers"), not_after=FETCHED)

    assert (_text(metadata.published), _text(metadata.modified)) == (published, modified)


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://paper.example/2024/10/25/rivers", "2024-10-25"),
        ("https://paper.example/2024/7/5/rivers", "2024-07-05"),
        ("https://paper.example/2024/oct/25/rivers", "2024-10-25"),
        ("https://paper.example/news/2024-10-25-rivers.html", "2024-10-25"),
        ("https://paper.example/rivers-20241025", "2024-10-25"),
        ("https://paper.example/rivers-20249925", None),
        ("https://paper.example/rivers-1202410251", None),
        ("https://paper.example/2024/12/25/rivers", None),  # after the page was fetched
    ],
)
def test_the_day_in_an_address(url: str, published: str | None) -> None:
    html = "<html lang=en><title>Rivers</title><h1>Rivers rise</h1><p>Text</p></html>"

    assert _text(read_metadata(parse(html, url), not_after=FETCHED).published) == published


def test_a_date_within_the_title_is_what_the_article_is_about() -> None:
    title = "All winners of the races on October 12, 2024"
    head = f"<html lang=en><title>{title} - Racing</title>"
    html = f"{head}<h1>Racing</h1><h2>{title}</h2><p>October 13, 2024 | News</p></html>"

    assert _text(read_metadata(parse(html, "https://paper.example/races")).published) == "2024-10-13"


def test_what_is_shown_in_words_is_older_than_the_day_on_which_the_page_was_made() -> None:
    data = '{"@type": "Article", "headline": "Rivers", "datePublished": "2024-11-05", "dateModified": "2024-11-05"}'
    head = f"<title>Rivers</title><script type=application/ld+json>{data}</script>"
    shown = "<h1>Rivers</h1><p>January 31, 2024</p>"

    assert _text(read_metadata(parse(f"<html lang=en><head>{head}</head>{shown}", None)).published) == "2024-01-31"


def _text(stamp: object) -> str | None:
    return None if stamp is None else str(stamp)


def test_the_foot_of_a_wiki_says_when_its_page_was_last_edited() -> None:
    foot = "<div id=footer><li id=footer-info-lastmod>This page was last edited on 7 April 2020, at 05:33.</li></div>"
    revision = "<h1>Rivers</h1><p>Revision as of 07:47, 28 March 2020</p>"
    head = "<title>Rivers</title><meta name=generator content='MediaWiki 1.31.0'>"
    metadata = read_metadata(parse(f"<html lang=en>{head}{revision}{TEXT}{foot}</html>", None))

    assert (_text(metadata.published), _text(metadata.modified)) == ("2020-04-07T05:33", "2020-04-07T05:33")
