"""A page as a row of passages: where they begin and end, and what they are made of."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.blocks import MAX_PASSAGES, linearize, linearize_in
from scraper.extractor.text.evidence import NameWeights, Survey
from scraper.extractor.text.passages import Passage


def passages(markup: str) -> list[Passage]:
    return linearize(parse(markup).root)


def texts(markup: str) -> list[str]:
    return [passage.text for passage in passages(markup)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two <b>bold</b> <a href=x>link</a>.</p>", ["One.", "Two bold link."]),
        ("<div>before<p>inside</p>after</div>", ["before", "inside", "after"]),
        ("<div>one<br>two<br><br>three</div>", ["one\ntwo", "three"]),
        ("<div>one<br> <br>\n<br>two</div>", ["one", "two"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["a", "b", "c"]),
        ("<table><tr><td>1<td>2<tr><td>3</table>", ["1", "2", "3"]),
        ("<span>in <div>block</div> out</span>", ["in", "block", "out"]),
        ("<a href=x><h3>head</h3><p>text</p></a>", ["head", "text"]),
        ("<p>a<script>no</script>b<style>no</style>c", ["abc"]),
        ("<x-story>own<x-part>element</x-part></x-story>", ["own", "element"]),
        ("<p> \n&nbsp;</p><p></p>", []),
        ("", []),
    ],
)
def test_where_passages_begin_and_end(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_preformatted_text_keeps_its_lines_and_indents() -> None:
    assert texts("<pre>\ndef a():\n    return 1<br>\n</pre><p>b  c") == ["def a():\n    return 1", "b c"]


def test_links_in_links_are_counted_once() -> None:
    assert [p.link_chars for p in passages("<a href=x>one<h2><a href=y>two</a> three</h2></a>")] == [3, 8]


def test_characters_in_links_are_counted_also_where_the_link_holds_blocks() -> None:
    assert [p.link_chars for p in passages("<p>see <a href=x> here </a>, ok</p><a href=y><div>whole</div></a>")] == [
        4,
        5,
    ]


def test_a_passage_knows_what_it_stands_in_and_what_bounds_it() -> None:
    _, second, _ = passages("<div class=a>x<p>y</p>z</div>")[0:3]
    first, _, last = passages("<div class=a>x<p>y</p>z</div>")
    assert [context.tag for context in second.context.chain()][:3] == ["p", "div", "body"]
    assert first.after is None
    assert first.until is not None
    assert last.after is not None
    assert last.after.tag == "p"
    assert last.until is None


def test_nesting_without_end_is_no_obstacle() -> None:
    assert texts("<div>" * 100_000 + "deep") == ["deep"]


def test_a_page_of_nothing_but_passages_is_cut() -> None:
    assert len(passages("<p>x" * (MAX_PASSAGES + 100))) <= MAX_PASSAGES + 1


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<nav><ul><li><a href=x>News</a></ul></nav><p>text", ["text"]),
        ("<div role=navigation><a href=x>News</a></div><p>text", ["text"]),
        ("before<form>Search</form>after", ["before", "after"]),
        ("<nav>Menu<article><p>never closed", ["Menu", "never closed"]),
        ("<header>Paper<h1>Title</h1></header>", ["Paper", "Title"]),
        ("<article><header>Subtitle</header></article>", ["Subtitle"]),
    ],
)
def test_menus_are_passed_over_where_they_hold_no_text(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_the_whole_page_has_its_menus() -> None:
    root = parse("<nav><a href=x>News</a></nav><header>Paper</header><p>text").root

    assert [passage.text for passage in linearize(root, whole=True)] == ["News", "Paper", "text"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<div class=promo><div>a</div><div>b</div></div><div>text</div>", ["text"]),
        ("<div class=promo><div><div>a</div><div>b</div></div></div><div>text</div>", ["text"]),
        ("<div class=promo><div>a</div><p>b</p></div><div>text</div>", ["a", "b", "text"]),
        (f"<div class=promo><b>a</b><br>{'b ' * 60}</div><div>text</div>", ["a\n" + " ".join("b" * 60), "text"]),
        (f"<div class=promo><b>a</b><script>{'b ' * 60}</script></div><div>text</div>", ["text"]),
        ("<div class=story><div>a</div><div>b</div></div><div>text</div>", ["a", "b", "text"]),
    ],
)
def test_regions_whose_names_leave_no_hope_are_passed_over_unless_they_hold_a_paragraph_or_as_much(
    markup: str, expected: list[str]
) -> None:
    survey = Survey(NameWeights({"promo": -9.0, "story": 2.0}))

    assert [passage.text for passage in linearize(parse(markup).root, survey=survey)] == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<ul class=promo><li><a href=x>News</a><li>and <a href=y>more of it</a></ul><p>text",
            ["and more of it", "text"],
        ),
        ("<ul class=story><li><a href=x>News</a></ul><p>text", ["News", "text"]),
        (f"<ul class=promo><li><a href=x>{'news ' * 20}</a></ul><p>text", [" ".join(["news"] * 20), "text"]),
    ],
)
def test_short_links_are_passed_over_where_names_speak_against_text(markup: str, expected: list[str]) -> None:
    survey = Survey(NameWeights({"promo": -1.0, "story": 2.0}))

    assert [passage.text for passage in linearize(parse(markup).root, survey=survey)] == expected


@pytest.mark.parametrize(
    ("markup", "tag"),
    [
        ("<div>before<article>one<p>two</article>after</div>", "article"),
        ("<ul><li>one<section><table><tr><td>two</table></section></ul>", "section"),
        ("<a href=x>link<section>in it<p>more</section></a>", "section"),
        ("<pre>a\n<main>b\n c</main></pre>", "main"),
        ("<nav><header><section><p>text</section></header></nav>", "section"),
    ],
)
def test_a_part_of_a_page_is_read_as_it_is_in_the_whole(markup: str, tag: str) -> None:
    root = parse(markup).root
    part = next(root.iter(tag))

    def seen(found: list[Passage]) -> list[tuple[str, int, list[str]]]:
        return [
            (passage.text, passage.link_chars, [context.tag for context in passage.context.chain()])
            for passage in found
            if part in [context.element for context in passage.context.chain()]
        ]

    assert seen(linearize_in(root, part) or []) == seen(linearize(root, whole=True)) != []


@pytest.mark.parametrize("markup", ["<p><span>one</span>", "<template><section>one</section></template>"])
def test_what_no_passage_stands_in_is_not_read_alone(markup: str) -> None:
    root = parse(markup).root

    assert linearize_in(root, next(root.iter("span", "section"))) is None
