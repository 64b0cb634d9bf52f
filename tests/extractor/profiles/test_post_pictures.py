"""The picture of a post where no metadata names it, and who has the last word on what a post says."""

import pytest

from scraper.extractor.extract import extract
from scraper.records import Article, ImageRole
from scraper.rules.site_rules import read_rules

TEXT = "<p>Since Monday the crane stands on the quay again, and the children count its turns until they lose count.</p>"
PICTURE = '<img src="/uploads/crane.jpg" width="900" height="600" class="attachment-large wp-post-image">'
CAPTION = '<span class="featured-image-caption">The crane at dawn. Photo: Nell Farrow</span>'


def read(above: str, *, body: str = "single-post postid-7", rules: dict[str, object] | None = None) -> Article:
    page = f"""<html lang="en"><body class="{body}"><div><h1>The crane is back</h1>{above}
    <article class="post-7 type-post category-harbour">{TEXT * 5}</article>
    <aside><img src="/me.jpg" width="90" height="90"><a rel="category tag" href="/category/harbour/">Harbour</a></aside>
    </div></body></html>"""
    found, _ = read_rules([{"name": "mine", "hosts": "news.example", "fields": rules}] if rules else [], "sites")
    return extract(page, "https://news.example/crane/", rules=found)


@pytest.mark.parametrize("around", ["{}", '<a href="/uploads/crane.jpg">{}</a>', '<a href="/crane/">{}</a>'])
def test_the_picture_above_the_text_leads_with_its_caption(around: str) -> None:
    article = read(around.format(PICTURE) + CAPTION)

    assert [(image.url, image.role) for image in article.images] == [
        ("https://news.example/uploads/crane.jpg", ImageRole.LEAD)
    ]
    assert (article.images[0].caption, article.images[0].credit) == ("The crane at dawn.", "Photo: Nell Farrow")
    assert article.captions == ("The crane at dawn. Photo: Nell Farrow",)


def test_the_picture_of_another_post_leads_to_that() -> None:
    assert read(f'<a href="/gull/">{PICTURE}</a>').images == ()


def test_pictures_are_marked_so_by_wordpress_only() -> None:
    assert read(PICTURE, body="page").images == ()


def test_a_rule_of_the_user_stands_above_what_the_post_says() -> None:
    assert read("").categories == ("Harbour",)
    assert read("", rules={"categories": "h1"}).categories == ("The crane is back",)
