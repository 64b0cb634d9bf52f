"""What kind of page it is; that articles of the corpus are called articles is measured in benchmarks."""

import pytest

from scraper.extractor.extract import extract
from scraper.records import PageKind

PROSE = "".join(
    f"<p>{line}</p>"
    for line in (
        "The lock keeper counted the boats twice that morning, because nobody would have believed the number.",
        "Four hundred and eleven had passed by noon, most of them rowed by people who had never held an oar.",
        "“We ran out of river,” said the keeper, who has worked at the lower gate for nineteen years.",
        "The council will discuss in September whether the race may be held again, and who pays for the swans.",
    )
    * 2
)
TEASERS = "".join(
    f"<article><h3><a href='/news/{n}'>Story number {n} of this town</a></h3><p>What it is about, {n}.</p></article>"
    for n in range(8)
)


def kind_of(body: str, *, head: str = "", url: str = "https://paper.example/town/boats-on-the-river") -> PageKind:
    return extract(f"<html><head>{head}</head><body{body}</body></html>", url).kind


def test_text_under_its_own_heading_is_an_article_also_with_teasers_around() -> None:
    assert kind_of(f"><main><h1>Boats</h1>{PROSE}</main><aside>{TEASERS}</aside>") is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (f" class='home'><main>{TEASERS}</main>", "https://paper.example/"),
        (f"><main>{TEASERS}</main>", "https://paper.example/town"),
        (f" class='archive tag tag-river'><h1>River</h1>{TEASERS}", "https://paper.example/tag/river/"),
        (f"><h1>Results</h1><ol>{TEASERS}</ol>", "https://paper.example/find?q=river"),
    ],
)
def test_teasers_alone_are_a_list(body: str, url: str) -> None:
    assert kind_of(body, url=url) is PageKind.LISTING


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("404 – Page not found", "The page you are looking for does not exist. Go back to the front page."),
        ("Seite nicht gefunden", "Die Seite gibt es nicht mehr. Nutzen Sie die Suche."),
        ("Page introuvable", "Cette page n'existe plus."),
    ],
)
def test_an_error_is_no_article_whatever_its_status(heading: str, text: str) -> None:
    assert kind_of(f"><main><h1>{heading}</h1><p>{text}</p></main>", head=f"<title>{heading}</title>") is PageKind.ERROR


def test_an_article_about_an_error_is_an_article() -> None:
    head = "<meta property='og:type' content='article'><title>The 404 page turns thirty</title>"
    assert kind_of(f"><main><h1>The 404 page turns thirty</h1>{PROSE}</main>", head=head) is PageKind.ARTICLE


def test_a_wall_that_asks_for_consent_is_told_apart() -> None:
    wall = (
        "><h1>Before you continue: cookies</h1>"
        "<p>We and our partners use cookies and ask for your consent to do so.</p>"
        "<p>You may withdraw your consent and change cookie choices at any time.</p><button>Accept all cookies</button>"
    )
    assert kind_of(wall) is PageKind.CONSENT


def test_a_password_form_without_text_is_protected() -> None:
    form = (
        "<form action='/unlock' method='post'><p>Please enter the password.</p><input type='password' name='p'></form>"
    )
    assert kind_of(f"><article><h1>Minutes</h1>{form}</article>") is PageKind.PROTECTED


def test_a_login_form_beside_an_article_is_nothing() -> None:
    form = "<form><input type='email'><input type='password'></form>"
    assert kind_of(f"><header>{form}</header><main><h1>Boats</h1>{PROSE}</main>") is PageKind.ARTICLE


def test_pictures_with_a_line_each_are_a_gallery() -> None:
    pictures = "".join(f"<figure><img src='/{n}.jpg'><figcaption>{n} of 6</figcaption></figure>" for n in range(6))
    assert (
        kind_of(f"><main><h1>The race in pictures</h1><div class='gallery'>{pictures}</div></main>") is PageKind.GALLERY
    )


def test_a_page_without_anything_is_something_else() -> None:
    assert kind_of(">") is PageKind.OTHER
