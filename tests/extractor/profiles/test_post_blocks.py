"""What blocks of a WordPress theme show of the post itself, and not of those in its lists."""

from scraper.extractor.extract import extract
from scraper.extractor.page.document import parse
from scraper.extractor.profiles.post_blocks import own_date

OWN = '<div class="wp-block-post-date"><time datetime="2024-08-02T19:19:59+02:00">août 2, 2024</time></div>'
CHANGED = '<div class="wp-block-post-date wp-block-post-date__modified-date"><time datetime="2024-09-02">2</time></div>'
LATEST = (
    '<ul class="wp-block-latest-posts__list has-dates wp-block-latest-posts"><li><a href="/bac/">Le bac</a>'
    '<time datetime="2024-10-26T23:53:07+02:00" class="wp-block-latest-posts__post-date">26 octobre 2024</time>'
    '<div class="wp-block-latest-posts__post-excerpt">Le feu, avant elle. <a class="more-link" href="/bac/">Lire '
    '<span class="screen-reader-text">Le bac</span></a></div></li></ul>'
)
LISTED = f'<ul class="wp-block-post-template"><li class="wp-block-post">{OWN.replace("2024-08", "2024-10")}</li></ul>'
TEXT = "".join(
    f"<p>Le vote fut serré, {n} voix pour, onze contre, et trois qui n'ont rien dit.</p>" for n in range(12, 16)
)


def page(content: str, after: str) -> str:
    head = '<head><meta name="generator" content="WordPress 6.7"></head>'
    main = f'<main><h1>Le câble</h1><div class="entry-content wp-block-post-content">{content}</div>{after}</main>'
    return f'<html lang="fr">{head}<body class="single single-post">{main}</body></html>'


def test_the_date_is_that_of_the_post_and_not_of_a_list_within_its_text() -> None:
    article = extract(
        page(TEXT + LATEST + TEXT.replace("serré", "long"), OWN + LISTED), "https://gazette.example/?p=38"
    )

    assert str(article.published) == "2024-08-02T19:19:59+02:00"


def test_the_date_of_a_change_and_those_of_other_posts_are_none() -> None:
    assert own_date(parse(page(TEXT, CHANGED + LISTED), None), "38") is None


def test_the_time_of_a_classic_theme_is_known_by_the_number_of_its_post() -> None:
    def post(number: int, day: int) -> str:
        time = f'<time class="entry-date published updated" datetime="2024-08-{day:02}T19:19:59+02:00">août</time>'
        return f'<article class="post-{number} type-post hentry"><p>{time}</p></article>'

    doc = parse(post(7, 1) + post(38, 2) + post(9, 3), None)

    assert str(own_date(doc, "38")) == "2024-08-02T19:19:59+02:00"
    assert (own_date(doc, "40"), own_date(doc, None)) == (None, None)


def test_a_list_of_posts_in_the_text_is_a_list_and_no_text() -> None:
    article = extract(page(TEXT + LATEST + TEXT.replace("serré", "long"), OWN), "https://gazette.example/?p=38")

    assert "octobre" not in (article.body or "")
    assert [(link.title, link.excerpt) for link in article.links if link.kind == "recent"] == [
        ("Le bac", "Le feu, avant elle.")
    ]


def test_what_a_template_shows_around_the_text_is_no_text() -> None:
    """A file to fetch, the words between terms, labels below, and the excerpt above, which is the subtitle."""
    file = '<div class="wp-block-file"><a href="/b.pdf">Le rapport</a><a href="/b.pdf" download>Télécharger</a></div>'
    parts = '<div class="wp-block-template-part"><p>Publié</p><p>dans</p><div class="wp-block-post-terms"></div></div>'
    classic = f"""<article><header class="entry-header"><h1>Le câble</h1></header>
    <div class="entry-summary"><p>Pourquoi le bac ne part plus qu'une fois par jour.</p></div>
    <div class="entry-content">{TEXT}<div class="post-tags"><span class="tag-links">Tagged <a>bac</a></span></div></div>
    </article>"""
    texts = TEXT.removeprefix("<p>").removesuffix("</p>").split("</p><p>")

    block = extract(page(TEXT + file, parts), "https://gazette.example/?p=38")
    theme = extract(page("", "").replace("<main>", f"<main>{classic}"), "https://gazette.example/p/")

    assert [each.text for each in block.blocks] == texts
    assert ([each.text for each in theme.blocks], theme.subtitle) == (
        texts,
        "Pourquoi le bac ne part plus qu'une fois par jour.",
    )
