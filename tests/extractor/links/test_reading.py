"""Lists of other articles become one clean row per item, whatever the markup; what is no such list stays out."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.reading import read_links
from scraper.extractor.page.document import Document, parse
from scraper.extractor.profiles.matching import MatchedRule
from scraper.records import Link, LinkKind
from scraper.rules.site_rules import read_rules

PAGE = "https://www.example.org/harbour/the-crane-is-back"
SITE = "https://www.example.org"


def page(html: str) -> Document:
    return parse(f"<html><body>{html}</body></html>", PAGE)


def links_of(html: str, kept_path: str = "//article/p") -> tuple[Link, ...]:
    doc = page(html)
    kept = doc.root.xpath(kept_path)
    assert isinstance(kept, list)
    return read_links(doc, Anchors(doc.base_url, doc.url), kept)


def rows(links: Sequence[Link]) -> list[tuple[str, str | None]]:
    return [(link.url.removeprefix(SITE), link.title) for link in links]


def test_reads_every_field_of_a_teaser() -> None:
    (link,) = links_of(
        """
        <section><h2>Most read</h2><ul><li>
          <a href="/news/a-new-bridge-for-the-old-town"><img src="/b.jpg" alt="A bridge"></a>
          <span class="kicker">City</span>
          <h3><a href="/news/a-new-bridge-for-the-old-town">A new bridge for the old town</a></h3>
          <time datetime="2026-03-05T09:30:00+01:00">today</time>
          <p>The council has found the money that it said it did not have a year ago.</p>
          <span>1,204 views</span> <span>3 comments</span>
        </li></ul></section>
        """
    )

    assert link.kind is LinkKind.POPULAR
    assert link.heading == "Most read"
    assert link.position == 1
    assert link.url == f"{SITE}/news/a-new-bridge-for-the-old-town"
    assert link.title == "A new bridge for the old town"
    assert str(link.published) == "2026-03-05T09:30:00+01:00"
    assert link.category == "City"
    assert link.excerpt == "The council has found the money that it said it did not have a year ago."
    assert (link.view_count, link.comment_count) == (1204, 3)


def test_a_title_without_a_link_takes_the_link_around_the_picture() -> None:
    (link,) = links_of(
        """
        <div class="widget"><div class="widget-header"><h4>Related Posts</h4></div>
        <div class="post"><h5>The ferry that never was</h5>
          <a href="/ferry-that-never-was/"><img src="f.jpg" alt="The ferry that never was"></a></div></div>
        """
    )

    assert (link.url, link.title) == (f"{SITE}/ferry-that-never-was/", "The ferry that never was")


def test_a_picture_alone_gives_its_description_as_title() -> None:
    (link,) = links_of(
        '<div><h3>Read also</h3><a href="/old-mill-turns"><img src="m.jpg" alt="The old mill turns again"></a></div>'
    )

    assert link.title == "The old mill turns again"


def test_clones_of_a_carousel_and_repeated_links_are_one_row() -> None:
    item = '<div class="slide"><a href="/story-of-the-lighthouse?utm_source=box">The story of the lighthouse</a></div>'
    other = (
        '<div class="slide"><a href="//www.example.org/the-last-net-maker">The last net maker of the coast</a></div>'
    )

    links = links_of(f'<div><h3>You may also like</h3><div class="track">{item}{other}{item}{other}</div></div>')

    assert rows(links) == [
        ("/story-of-the-lighthouse", "The story of the lighthouse"),
        ("/the-last-net-maker", "The last net maker of the coast"),
    ]
    assert [link.position for link in links] == [1, 2]


def test_two_lists_keep_to_their_own_headings() -> None:
    links = links_of(
        """
        <aside><h3>Latest news</h3><ul><li><a href="/one-more-day-of-rain">One more day of rain</a></li></ul>
        <h3>Most read</h3><ul><li><a href="/why-the-bells-are-silent">Why the bells are silent</a></li></ul></aside>
        """
    )

    assert [(link.kind, link.title) for link in links] == [
        (LinkKind.RECENT, "One more day of rain"),
        (LinkKind.POPULAR, "Why the bells are silent"),
    ]


def test_a_flat_list_gives_each_heading_what_follows_it() -> None:
    links = links_of(
        """
        <div><h2>Mehr zum Thema</h2>
        <h4><a href="/der-hafen-wird-tiefer">Der Hafen wird nun doch tiefer</a></h4><p>5. März 2026</p>
        <h4><a href="/die-werft-schliesst">Die Werft schließt im Herbst</a></h4><p>2. März 2026</p></div>
        """
    )

    assert [(link.title, str(link.published)) for link in links] == [
        ("Der Hafen wird nun doch tiefer", "2026-03-05"),
        ("Die Werft schließt im Herbst", "2026-03-02"),
    ]


def test_a_line_in_the_text_that_points_elsewhere_is_related() -> None:
    links = links_of(
        """
        <article><p>Some text of the day.</p>
        <p>Lesen Sie auch: <a href="/a-b-c">Was vom Hafen bleibt</a></p></article>
        """
    )

    assert (links[0].kind, links[0].heading, links[0].title) == (
        LinkKind.RELATED,
        "Lesen Sie auch",
        "Was vom Hafen bleibt",
    )


@pytest.mark.parametrize(
    "html",
    [
        '<nav><h3>News</h3><ul><li><a href="/city">City</a></li><li><a href="/sport">Sport</a></li></ul></nav>',
        '<div><h4>Related topics</h4><a href="/tag/harbour">The harbour of our town</a></div>',
        '<div><h4>More from us</h4><a href="https://facebook.com/x">Follow us on Facebook</a></div>',
        '<div><h3>Recommended</h3><a href="https://ads.example.com/buy-this-now">Buy this one thing now</a></div>',
        '<div><h3>Schlagwörter</h3><a href="/a-story-of-the-sea">A story of the sea</a></div>',
    ],
)
def test_menus_tags_sharing_and_advertisements_are_no_lists_of_articles(html: str) -> None:
    assert links_of(html) == ()


def test_a_list_does_not_reach_into_the_articles_text() -> None:
    links = links_of(
        """
        <div><div><h2>News</h2></div>
        <article><p>See <a href="/the-first-part-of-it">the first part of it</a>.</p></article></div>
        """
    )

    assert [link.kind for link in links] == [LinkKind.BODY]


def test_links_in_the_text_keep_their_words() -> None:
    links = links_of(
        """
        <article><p>As <a href="https://example.com/report?utm_medium=x">the report</a> says, and
        <a href="#note">here</a>, and <a href="mailto:a@example.org">by mail</a>.</p></article>
        """
    )

    assert [(link.kind, link.position, link.url, link.title) for link in links] == [
        (LinkKind.BODY, 1, "https://example.com/report", "the report")
    ]


def test_a_rule_reads_its_block_instead_of_the_generic_code() -> None:
    (rule,), problems = read_rules(
        [
            {
                "name": "example",
                "hosts": "www.example.org",
                "link_blocks": [
                    {
                        "kind": "popular",
                        "container": ".box",
                        "heading": "h3",
                        "item": "li",
                        "title": "b",
                        "published": "i",
                        "view_count": "u",
                    }
                ],
            }
        ],
        "sites",
    )
    assert problems == ()
    doc = page(
        """
        <div class="box"><h3>Latest news</h3><ul>
        <li><b>The fog stays</b> <i>Dienstag, 3. März 2026</i> <u>12 Leser</u>
        <a href="/the-fog-stays">more</a></li></ul></div>
        """
    )

    (link,) = read_links(doc, Anchors(PAGE, PAGE), [], [MatchedRule(rule=rule, source="rule")])

    assert (link.kind, link.heading, link.title) == (LinkKind.POPULAR, "Latest news", "The fog stays")
    assert (str(link.published), link.view_count) == ("2026-03-03", 12)


def test_without_an_address_of_the_page_relative_links_are_left_out() -> None:
    doc = parse('<div><h3>Most read</h3><a href="/a-tale-of-two-quays">A tale of two quays</a></div>')

    assert read_links(doc, Anchors(None, None), []) == ()


_PIECES = st.lists(
    st.sampled_from(
        [
            "<div>",
            "</div>",
            "<h3>Most read</h3>",
            "<p>Lesen Sie auch: ",
            "<strong>Related</strong>",
            '<a href="/a-story-of-the-sea">A story of the sea</a>',
            '<a href="http://[">broken</a>',
            '<a rel="prev" href="/x-y-z">',
            "</a>",
            "<li>",
            "<article><p>Text",
            "<time datetime='x'>",
            "17 views",
        ]
    ),
    max_size=25,
)


@given(_PIECES)
def test_any_markup_gives_rows_that_are_complete_and_numbered(pieces: list[str]) -> None:
    doc = page("".join(pieces))

    for link in read_links(doc, Anchors(PAGE, PAGE), list(doc.root.iter("p"))):
        assert link.url.startswith("http")
        assert link.position >= 1
        assert link.title != ""


@pytest.mark.parametrize(
    ("over", "heading"),
    [("<h3>Ähnliche Beiträge:</h3>", "Ähnliche Beiträge"), ("", None)],  # without one the selector finds a headline
)
def test_the_heading_of_a_rules_block_is_no_headline_and_its_list_is_read_once(over: str, heading: str | None) -> None:
    (rule,), problems = read_rules(
        [
            {
                "name": "example",
                "hosts": "www.example.org",
                "link_blocks": [{"kind": "related", "container": ".box", "heading": "h3", "item": "li", "title": "h3"}],
            }
        ],
        "sites",
    )
    assert problems == ()
    items = "".join(
        f'<li><h3><a href="/the-{name}-stays-again">The {name} stays again</a></h3></li>'
        for name in ("fog", "ferry", "sun")
    )
    doc = page(f'<div class="box related-posts">{over}<ul>{items}</ul></div>')

    links = read_links(doc, Anchors(PAGE, PAGE), [], [MatchedRule(rule=rule, source="rule")])

    assert [(link.heading, link.position) for link in links] == [(heading, position) for position in (1, 2, 3)]


def test_of_hundreds_of_articles_that_nothing_announces_the_first_are_read() -> None:
    months = "".join(
        f"<section><h2>Year {year}</h2><ul>"
        + "".join(
            f'<li><a href="/a/{year}-{n}-the-crane">The crane of the port number {year}-{n}</a>' for n in range(20)
        )
        + "</ul></section>"
        for year in range(1990, 2026)
    )
    assert 100 < len(links_of(f"<article><p>The crane is back.</p></article>{months}")) < 250


def test_topics_under_a_heading_are_no_list_and_headlines_are() -> None:
    words = "".join(f'<li><a href="/news/{word}-in-the-harbour">{word}</a></li>' for word in ("Cranes", "Ferry fares"))
    lines = "".join(
        f'<li><a href="/news/{number}-in-the-harbour">The ferry number {number} is late</a></li>' for number in range(3)
    )

    assert links_of(f"<h2>Related topics</h2><ul>{words}{words.lower()}</ul>") == ()
    assert len(links_of(f"<h2>Related topics</h2><ul>{lines}</ul>")) == 3


def test_comments_and_goods_are_no_articles() -> None:
    lines = "".join(
        f'<li>Jane on <a href="/news/{number}-in-the-harbour">The ferry number {number} is late</a></li>'
        for number in range(3)
    )

    for heading in ("Recent comments", "Neueste Kommentare", "Related products"):
        assert links_of(f"<section><h2>{heading}</h2><ul>{lines}</ul></section>") == ()


def test_a_box_of_links_that_was_taken_for_text_is_a_list_all_the_same() -> None:
    box = """<div><h2>Keep reading</h2><span>list of 2 items</span>
    <h3><a href="/a/the-bridge-is-closed-again">The bridge is closed once again until the summer</a></h3>
    <h3><a href="/a/the-mayor-says-no-to-it">The mayor says no to the ferry and to all of its friends</a></h3></div>"""

    found = links_of(f"<article><p>The crane is back.</p>{box}<p>It is red.</p></article>", "//article/*")

    assert [link.kind for link in found if link.kind is not LinkKind.BODY] == [LinkKind.RELATED] * 2
