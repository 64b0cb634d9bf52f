"""Who wrote a WordPress post by the marks of its template: desks, bloggers under one name, whom a text only quotes."""

import pytest

from scraper.extractor.extract import extract
from scraper.extractor.page.document import parse
from scraper.extractor.profiles.post_author import post_author

URL = "https://bote.example/wehr/"


def author(markup: str, names: tuple[str, ...] = (), site: str | None = "Moorwiecker Bote") -> str | None:
    return post_author(parse(f"<body>{markup}</body>", URL), names, site)


def card(name: str) -> str:
    return f'<p>by <span class="author vcard"><a class="url fn n" href="/author/3/">{name}</a></span></p>'


@pytest.mark.parametrize(
    "markup",
    [
        card("La rédaction"),
        '<footer class="entry-meta">am 3. Mai von <span class="author vcard">La rédaction</span></footer>'.join(
            ("<article>", "</article>")
        ),
        '<div class="wp-block-post-author"><p class="wp-block-post-author__name">La rédaction</p></div>',
        '<div class="wp-block-post-author-name"><a href="/author/desk/">La rédaction</a></div>',
        '<span class="byline">Par <a href="/author/desk/" rel="author">La rédaction</a></span>',
        '<li class="post-author"><span class="meta-text">Par <a href="/author/desk/">La rédaction</a></span></li>',
        '<span class="meta-author"><a class="author-name" href="/?author=4">La rédaction</a></span>',
    ],
)
def test_a_desk_that_posts_is_the_author_where_nobody_else_is(markup: str) -> None:
    assert author(f"<h1>Wehr</h1>{markup}") == "La rédaction"


@pytest.mark.parametrize(
    "markup",
    [
        '<aside class="widget"><ul><li><span class="author vcard">Ada</span></li></ul></aside>',
        '<ol class="comment-list"><li class="comment"><div class="comment-author vcard author">Ada</div></li></ol>',
        '<ul><li class="wp-block-post"><div class="wp-block-post-author-name">Ada</div></li></ul>',
        '<div class="author-bio"><a class="author-link" rel="author" href="/author/ada/">All posts by Ada</a></div>',
        '<footer><span class="author vcard">Ada</span></footer>',
        card("admin"),
        '<a href="/author/ada/">Ada</a>',
    ],
)
def test_others_have_marks_too_and_accounts_are_nobody(markup: str) -> None:
    assert author(f"<h1>Wehr</h1>{markup}") is None


def test_whom_a_text_quotes_did_not_write_it() -> None:
    quote = "<blockquote><p>Das Wehr hält.</p><cite>Jan Ost</cite></blockquote>"

    assert author(quote + card("Redaktion"), ("Jan Ost",)) == "Redaktion"
    assert author(card("Redaktion"), ("Jan Ost",)) is None


def test_the_mark_is_right_about_persons_and_not_where_it_names_the_paper() -> None:
    assert author(card("Paddy"), ("Jan Ost",)) == "Paddy"
    assert author(card("Steffi"), ("Über Steffi",)) == "Steffi"
    assert author(card("Moorwiecker Archiv"), ("Jan Ost",)) is None
    assert author(card("Ostsee Verlag"), ("Jan Ost",)) is None
    assert author(card("Bote-Archiv"), ("Jan Ost",), site="Der Bote-Leser") == "Bote-Archiv"


def test_lists_of_authors_are_kept_and_links_replace_nobody() -> None:
    assert author(card("Jan Ost, Ada West"), ("Jan Ost",)) is None
    assert author(card("Ada West"), ("Jan Ost", "Eva Nord")) is None
    assert author('<p class="byline"><a rel="author" href="/author/ada/">Ada West</a></p>', ("Jan Ost",)) is None


def test_a_page_of_wordpress_is_read_so() -> None:
    head = '<head><meta name="generator" content="WordPress 6.7"></head>'
    block = '<div class="wp-block-post-author"><p class="wp-block-post-author__name">La rédaction</p></div>'
    page = f"<html>{head}<body><h1>Wehr</h1><p>Das Wehr hält.</p>{block}</body></html>"

    assert extract(page, URL).authors == ("La rédaction",)
