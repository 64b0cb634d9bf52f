"""The articles before and after this one."""

import pytest

from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.link_labels import telling_links
from scraper.extractor.links.neighbours import find_neighbours
from scraper.extractor.page.document import parse
from scraper.records import LinkKind

PAGE = "https://www.example.org/harbour/the-crane-is-back"


def neighbours(html: str) -> list[tuple[LinkKind, str, str | None]]:
    doc = parse(html, PAGE)
    blocks = find_neighbours(doc, telling_links(doc), Anchors(PAGE, PAGE))
    return [(block.kind, item.url.rpartition("/")[2], item.teaser.title) for block in blocks for item in block.items]


def test_they_lose_their_labels() -> None:
    found = neighbours(
        """
        <nav><a rel="prev" href="/yesterday-in-the-port"><span>Previous article</span> Yesterday in the port</a>
        <a rel="next" href="/tomorrow-in-the-port"><span>Next article</span> Tomorrow in the port →</a></nav>
        """
    )

    assert found == [
        (LinkKind.PREVIOUS, "yesterday-in-the-port", "Yesterday in the port"),
        (LinkKind.NEXT, "tomorrow-in-the-port", "Tomorrow in the port"),
    ]


def test_there_is_one_of_each_kind() -> None:
    assert len(neighbours('<a rel="next" href="/the-sea-at-night">The sea at night</a>' * 3)) == 1


def test_numbered_pages_and_bare_labels_are_none() -> None:
    assert neighbours('<a rel="next" href="/harbour/the-crane-is-back/2">2</a>') == []
    assert neighbours('<a rel="next" href="/harbour/the-crane-is-back/2">Next page</a>') == []


def test_other_hosts_have_none() -> None:
    assert neighbours('<a rel="prev" href="https://example.net/the-sea-at-night">The sea at night</a>') == []


def test_a_link_that_only_says_previous_has_no_title() -> None:
    found = neighbours('<div><a href="/the-sea-at-night">« Previous</a> | <a href="/the-sea-at-noon">Next »</a></div>')
    assert found == [(LinkKind.PREVIOUS, "the-sea-at-night", None), (LinkKind.NEXT, "the-sea-at-noon", None)]
    assert neighbours('<a rel="prev" href="/the-sea-at-night">« Vorheriger Beitrag</a>')[0][2] is None


def test_several_links_that_say_next_lead_through_something_else() -> None:
    assert neighbours('<a href="/the-sea-at-night">Next</a><a href="/the-sea-at-noon">Next</a>') == []
    assert neighbours('<a href="/harbour/the-crane-is-back/2">Next</a>') == []


def test_words_before_a_link_say_what_it_is() -> None:
    found = neighbours('<p>≫次の記事<a href="/the-sea-at-night">夜の海の話を聞きました</a></p>')
    assert found == [(LinkKind.NEXT, "the-sea-at-night", "夜の海の話を聞きました")]


def test_labels_go_that_stand_in_one_text_with_the_title() -> None:
    for said in (
        "← The sea at night",
        "< Previous The sea at night",
        "Next > The sea at night",
        "The sea at night Next →",
    ):
        (found,) = neighbours(f'<a rel="next" href="/the-sea-at-night">{said}</a>')
        assert found[2] == "The sea at night"
    assert (
        neighbours('<a rel="prev" href="/the-sea-at-night">前の記事：夜の海の話を聞きました</a>')[0][2]
        == "夜の海の話を聞きました"
    )
    assert (
        neighbours('<a rel="next" href="/the-ferry">The ferry that came back →</a>')[0][2] == "The ferry that came back"
    )


def test_what_stands_before_a_link_in_an_element_of_its_own_may_name_it() -> None:
    found = neighbours(
        "<em>≫次の記事</em><br><a href='/blog/19/the-ferry-is-late'>フェリーが遅れる</a><br><br>"
        "<em>≪前の記事</em><br><a href='/blog/19/the-bridge-is-shut'>橋が閉鎖された日</a>"
    )

    assert sorted((kind, name) for kind, name, _ in found) == [
        (LinkKind.NEXT, "the-ferry-is-late"),
        (LinkKind.PREVIOUS, "the-bridge-is-shut"),
    ]


def test_a_label_in_an_element_of_its_own_before_the_title_says_what_the_link_is() -> None:
    found = neighbours('<a href="/the-sea-at-night"><p>Previous article</p> The sea at night</a>')
    assert found == [(LinkKind.PREVIOUS, "the-sea-at-night", "The sea at night")]
    found = neighbours(
        '<a href="/the-sea-at-night"><i>Previous: This year</i><b>The <em>sea</em> at night</b></a>'
        '<a rel="next" href="/the-sea-at-noon"><span>2025 in review</span><h3>The sea at noon</h3></a>'
    )
    assert [title for _, _, title in found] == ["The sea at noon"]


@pytest.mark.parametrize(
    "html",
    [
        '<nav><a class="article_prev" href="/the-sea-at-night">The sea at night</a></nav>',
        '<div class="nav-previous"><a href="/the-sea-at-night">← The sea at night</a></div>',
        """<div class="pager item--prev"><div><a href="/the-sea-at-night"><img alt="waves"></a></div>
        <a href="/the-sea-at-night"><div>Previous</div><h2>The sea at night</h2></a></div>""",
    ],
)
def test_a_class_may_say_it(html: str) -> None:
    assert neighbours(html) == [(LinkKind.PREVIOUS, "the-sea-at-night", "The sea at night")]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="swiper-slide swiper-slide-next"><a href="/the-sea-at-night">The sea at night</a></div>',
        '<div class="prev-next"><a class="x" href="/the-sea-at-night">The sea at night</a></div>',
        '<aside class="read-next"><a href="/the-sea-at-night">The sea at night</a></aside>',
        '<a class="next-post" href="/the-sea-at-night"><b>See also</b>: The sea at night</a>',
        '<a class="next" href="/the-sea-at-night">The sea at night</a><a class="next" href="/c-d-e">The sea by day</a>',
        '<a class="next" href="/harbour/the-crane-is-back?page=1">All the other comments</a>',
        '<a class="prev" href="/the-sea-at-night">Sea at night</a><a class="next" href="/the-sea-at-night">The sea</a>',
    ],
)
def test_not_so_slides_lists_and_what_may_be_either(html: str) -> None:
    assert neighbours(html) == []


def test_where_the_markup_says_it_a_short_title_or_an_arrow_will_do() -> None:
    assert neighbours('<a rel="prev" href="/2016/12/13/aleppo/"><i>←</i> #Aleppo</a>')[0][2] == "#Aleppo"
    assert neighbours('<a class="prev" href="/posts/the-sea-at-night">«</a>') == [
        (LinkKind.PREVIOUS, "the-sea-at-night", None)
    ]
    assert neighbours('<a rel="next" href="/harbour/the-crane-is-back,nPack,2">strona</a>') == []
