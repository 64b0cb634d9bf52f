"""Articles as files for people: nothing hostile in them, names that every file system takes."""

import json

import pytest
from lxml import html

from scraper.archiver.archive import Archive
from scraper.archiver.export.pages import file_stem, front_matter, html_page
from scraper.archiver.records import StoredArticle
from tests.archiver.builders import make_article, store


def _stored(archive: Archive, **fields: object) -> StoredArticle:
    article = make_article(**fields)
    store(archive, article)
    stored = archive.get(article.url)
    assert stored is not None
    return stored


def test_a_page_holds_the_text_and_asks_no_network(archive: Archive) -> None:
    article = _stored(archive, body_html="<p>The <b>harbour</b> was closed.</p>", subtitle="Two tugs & a tide")
    page = html.fromstring(html_page(article))
    assert page.findtext(".//h1") == "Barge blocks harbour"
    assert page.xpath("string(//article/p)") == "The harbour was closed."
    assert page.xpath("//@src | //link[@rel='stylesheet']") == []
    assert page.xpath("string(//p[@class='subtitle'])") == "Two tugs & a tide"


def test_what_is_not_the_sanitised_body_is_escaped(archive: Archive) -> None:
    article = _stored(archive, title="<script>alert(1)</script>", body="a <b>\n\nb", body_html=None, captions=("<i>",))
    page = html.fromstring(html_page(article))
    assert page.xpath("//script") == []
    assert page.xpath("//article/p/text()") == ["a <b>", "b"]


def test_front_matter_is_one_json_value_a_line(archive: Archive) -> None:
    lines = front_matter(_stored(archive, title='The "Ada": a ship')).splitlines()
    facts = dict(line.split(": ", 1) for line in lines if ": " in line)
    assert json.loads(facts["title"]) == 'The "Ada": a ship'
    assert json.loads(facts["tags"]) == ["ships", "tide"]
    assert (lines[0], lines[-2]) == ("---", "---")


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Über die Größe von Häfen!", "ueber-die-groesse-von-haefen"), ("../../etc/passwd", "etc-passwd"), ("船", "")],
)
def test_file_names_are_plain(archive: Archive, title: str, slug: str) -> None:
    article = _stored(archive, title=title)
    assert file_stem(article) == "-".join(part for part in ("2026-03-01", slug, str(article.id)) if part)
