"""What kind of page it is; that articles of the corpus are called articles is measured in benchmarks."""

import pytest

from scraper.extractor.extract import extract
from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse
from scraper.extractor.text.body import Body
from scraper.extractor.text.kinds import ENOUGH, SIGNS, weigh
from scraper.extractor.text.page_facts import PageFacts
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

ARTICLE_DATA = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Boats"}</script>'
WALL = (
    "><h1>Before you continue: cookies</h1><p>We and our partners use cookies and ask for your consent to do so.</p>"
    "<p>You may withdraw your consent and change cookie choices at any time.</p><button>Accept all cookies</button>"
)
PICTURES = "".join(f"<figure><img src='/{n}.jpg'><figcaption>{n} of 6</figcaption></figure>" for n in range(6))


def kind_of(body: str, *, head: str = "", url: str = "https://paper.example/town/boats-on-the-river") -> PageKind:
    return extract(f"<html><head>{head}</head><body{body}</body></html>", url).kind


def test_text_under_its_own_heading_is_an_article_also_with_teasers_around() -> None:
    assert kind_of(f"><main><h1>Boats</h1>{PROSE}</main><aside>{TEASERS}</aside>") is PageKind.ARTICLE


def test_the_own_title_may_be_a_link() -> None:
    sidebar = "".join(f"<h3><a href='/{n}'>Another story, number {n}</a></h3>" for n in range(9))
    page = f"><main><h2><a href='/boats'>Boats on the river</a></h2>{PROSE}</main>{sidebar}"

    assert (
        kind_of(page, head="<title>Boats on the river</title>", url="https://paper.example/boats") is PageKind.ARTICLE
    )


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (f" class='home'><main>{TEASERS}</main>", "https://paper.example/"),
        (f"><main>{TEASERS}</main>", "https://paper.example/town"),
        (f"><main>{TEASERS}</main>", "https://paper.example/town/?page=2"),
        (f" class='archive tag tag-river'><h1>River</h1>{TEASERS}", "https://paper.example/tag/river/"),
        (f" class='archive author hfeed'><h1>M. Reed</h1>{TEASERS}", "https://paper.example/author/reed/"),
        (f"><h1>May</h1>{TEASERS}", "https://paper.example/2024/05/"),
        (f"><h1>Results</h1><ol>{TEASERS}</ol>", "https://paper.example/find?q=river"),
    ],
)
def test_teasers_alone_are_a_list(body: str, url: str) -> None:
    assert kind_of(body, url=url) is PageKind.LISTING


@pytest.mark.parametrize(
    ("classes", "url"),
    [("archive category", "https://paper.example/category/town/"), ("tag", "https://paper.example/tag/boats/")],
)
def test_a_list_of_one_is_a_list(classes: str, url: str) -> None:
    teaser = f"<article><h2><a href='/boats'>Boats on the river</a></h2>{PROSE[:400]}</article>"

    assert kind_of(f" class='{classes}'><main><h1>Town</h1>{teaser}</main>", url=url) is PageKind.LISTING


def test_an_article_in_a_section_of_the_address_is_an_article() -> None:
    assert (
        kind_of(f"><main><h1>Boats</h1>{PROSE}</main>", url="https://paper.example/tag/river/boats/")
        is PageKind.ARTICLE
    )


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("404 – Page not found", "The page you are looking for does not exist. Go back to the front page."),
        ("Seite nicht gefunden", "Die Seite gibt es nicht mehr. Nutzen Sie die Suche."),
        ("Page introuvable", "Cette page n'existe plus."),
        ("Страница не найдена", "Вернитесь на главную страницу."),
        ("ページが見つかりません", "お探しのページは移動または削除されました。"),
        ("Zugriff verweigert", "Sie haben keine Berechtigung."),
        ("Zurückgezogen", "Weg."),
    ],
)
def test_an_error_is_no_article_whatever_its_status(heading: str, text: str) -> None:
    assert kind_of(f"><main><h1>{heading}</h1><p>{text}</p></main>", head=f"<title>{heading}</title>") is PageKind.ERROR


def test_an_error_may_be_surrounded_by_teasers() -> None:
    page = f" class='error404'><main><h1>Oh no</h1><p>Nothing here.</p></main><aside>{TEASERS}</aside>"

    assert kind_of(page) is PageKind.ERROR


@pytest.mark.parametrize("title", ["The 404 page turns thirty", "Missing boat not found", "Candidacy withdrawn"])
def test_an_article_about_an_error_is_an_article(title: str) -> None:
    head = f"<meta property='og:type' content='article'><title>{title}</title>"

    assert kind_of(f"><main><h1>{title}</h1>{PROSE}</main>", head=head) is PageKind.ARTICLE


def test_a_wall_that_asks_for_consent_is_told_apart() -> None:
    assert kind_of(WALL) is PageKind.CONSENT


@pytest.mark.parametrize("title", ["Just a moment...", "Attention Required! | Cloudflare", "Are you a robot?"])
def test_a_wall_against_robots_is_told_apart(title: str) -> None:
    wall = f"><h1>paper.example</h1><p>{title} Please wait.</p><noscript>Enable JavaScript and cookies.</noscript>"

    assert kind_of(wall, head=f"<title>{title}</title>") is PageKind.CONSENT


def test_an_article_about_consent_is_an_article() -> None:
    text = PROSE.replace("boats", "cookies").replace("swans", "cookies and their consent")
    page = f"><main><h1>Who pays for consent</h1>{text}</main><form><button>Search</button></form>"

    assert kind_of(page, head=ARTICLE_DATA) is PageKind.ARTICLE


def test_a_password_form_without_text_is_protected() -> None:
    form = (
        "<form action='/unlock' method='post'><p>Please enter the password.</p><input type='password' name='p'></form>"
    )

    assert kind_of(f"><article><h1>Minutes</h1>{form}</article>") is PageKind.PROTECTED


def test_a_login_form_beside_an_article_is_nothing() -> None:
    form = "<form><input type='email'><input type='password'></form>"

    assert kind_of(f"><header>{form}</header><main><h1>Boats</h1>{PROSE}</main>") is PageKind.ARTICLE


def test_pictures_with_a_line_each_are_a_gallery() -> None:
    page = f"><main><h1>The race in pictures</h1><div class='gallery'>{PICTURES}</div></main>"

    assert kind_of(page) is PageKind.GALLERY


LONG_CAPTIONS = "".join(
    f"<figure><img src='/{n}.jpg'><figcaption>The {boat} passes the lower gate before noon, rowed by people who had "
    f"never held an oar; {n} of 6.</figcaption></figure>"
    for n, boat in enumerate(("Swan", "Heron", "Otter", "Pike", "Kingfisher", "Perch"))
)
DATED = "<meta property='article:published_time' content='2024-05-03T10:00:00Z'>"


@pytest.mark.parametrize("pictures", [PICTURES, LONG_CAPTIONS], ids=["short captions", "long captions"])
@pytest.mark.parametrize("head", ["", DATED, DATED + "<meta property='og:type' content='article'>"])
def test_a_gallery_is_one_whatever_its_captions_say(pictures: str, head: str) -> None:
    page = f"><main><h1>The race in pictures</h1><div class='photo-gallery'>{pictures}</div></main>"

    assert kind_of(page, head=head) is PageKind.GALLERY


def test_a_gallery_under_an_introduction_of_its_own_is_an_article() -> None:
    page = f"><main><h1>The race</h1>{PROSE}<div class='photo-gallery'>{LONG_CAPTIONS}</div></main>"

    assert kind_of(page, head=DATED) is PageKind.ARTICLE


def test_pictures_beside_a_text_are_an_article() -> None:
    page = f"><main><h1>The race in pictures</h1>{PROSE}<div class='gallery'>{PICTURES}</div></main>"

    assert kind_of(page) is PageKind.ARTICLE


def test_what_calls_itself_an_article_is_one_even_without_text() -> None:
    """A picture of the week, or a page that scripts fill later: the crawl tries such a page again."""
    page = f" class='single single-post'><main><h1>Boats</h1>{PICTURES}</main>"

    assert kind_of(page, head=ARTICLE_DATA) is PageKind.ARTICLE


@pytest.mark.parametrize("title", ["Impressum", "Privacy Policy", "Mentions légales"])
def test_a_page_that_every_site_has_is_something_else(title: str) -> None:
    page = f" class='page'><main><h1>{title}</h1>{PROSE}</main>"

    assert kind_of(page, head=f"<title>{title} - Paper</title>", url="https://paper.example/legal/") is PageKind.OTHER


@pytest.mark.parametrize("url", [None, "", "http://[", "paper"])
def test_an_address_that_is_none_says_nothing(url: str | None) -> None:
    assert extract(f"<main><h1>Boats</h1>{PROSE}</main>{TEASERS}", url).kind is PageKind.ARTICLE


def test_a_page_without_anything_is_something_else() -> None:
    assert kind_of(">", url="https://paper.example/") is PageKind.OTHER


def test_signs_can_add_up_to_every_kind() -> None:
    assert set(SIGNS) == set(PageKind) - {PageKind.ARTICLE}
    assert all(sum(max(0, sign.weight) for sign in signs) >= ENOUGH for signs in SIGNS.values())


def test_what_can_no_longer_be_enough_is_not_looked_at() -> None:
    """The costly signs stand last; a page that calls itself an article in two ways never gets there."""
    doc = parse(f"<html><head>{ARTICLE_DATA}</head><body class='single'>{TEASERS}</body></html>")
    page = PageFacts(doc, read_metadata(doc), Body())

    assert weigh(page, SIGNS[PageKind.ERROR]) < ENOUGH
    assert "headline" not in vars(page)
