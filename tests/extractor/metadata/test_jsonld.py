"""JSON-LD as found in the wild."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.metadata.jsonld import address_key, main_nodes, plain_text, read_json_ld, text_in, types_of

ARTICLE = '{"@type": "NewsArticle", "headline": "Rivers rise", "datePublished": "2024-10-26"}'


def headlines(script: str) -> list[object]:
    return [placed.node.get("headline") for placed in read_json_ld([script]).placed]


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        f"<!-- {ARTICLE} -->",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        f"/* <![CDATA[ */ {ARTICLE} /* ]]> */",
        f"/*<![CDATA[*/\n{ARTICLE}\n/*]]>*/",
        f"\n <![CDATA[ {ARTICLE} ]]> \n",
        f"{ARTICLE};",
        ARTICLE.replace("}", ",}"),
        ARTICLE.replace("Rivers rise", "Rivers\\' rise").replace("Rivers\\'", "Rivers"),
        ARTICLE.replace(', "datePublished"', ',, "datePublished"'),
        ARTICLE.replace('"Rivers rise", ', '"Rivers rise"\n '),
        ARTICLE.replace('"', "&quot;"),
        f"[{ARTICLE}]",
        f'{{"@graph": [{ARTICLE}]}}',
        f'{{"a": "b"}} {ARTICLE}',
        '{"@type": "NewsArticle", "headline": "Rivers rise", "author": Erika Muster}',
    ],
)
def test_broken_json_still_gives_its_article(script: str) -> None:
    assert "Rivers rise" in headlines(script)


def test_raw_line_breaks_within_strings_are_allowed() -> None:
    assert headlines('{"@type": "Article", "headline": "Rivers\nrise"}') == ["Rivers\nrise"]


@pytest.mark.parametrize(
    "script", ["", "null", "not json", "[" * 50_000, '{"a":' * 50_000, '{"@type":"A","n":' + "9" * 9_999 + "}"]
)
def test_hostile_json_does_not_raise(script: str) -> None:
    read_json_ld([script])


@pytest.mark.parametrize("space", [" ", "\n", "/ ", "* "])
def test_a_script_of_white_space_is_looked_through_once(space: str) -> None:
    """Looked through from each of its characters, either would take hours."""
    read_json_ld([f"<!-- [1{space * 500_000}x -->", '{"a": "b"' + space * 500_000 + "c]]>"])


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_can_be_read_and_searched(value: object) -> None:
    data = read_json_ld([json.dumps(value)])

    assert main_nodes(data, addresses=frozenset(), titles=frozenset()) is not None


@given(st.text())
def test_any_text_can_be_read(script: str) -> None:
    read_json_ld([script])


def test_a_reference_is_followed_to_the_fullest_node_of_that_id() -> None:
    person = {"@id": "#erika", "@type": "Person"}
    graph = [{"@type": "Article", "author": {"@id": "#erika"}}, person, {**person, "name": "Erika Muster"}]
    data = read_json_ld([json.dumps({"@graph": graph})])

    (author,) = data.values(data.placed[0].node, "author")

    assert text_in(author) == "Erika Muster"


def test_this_pages_article_is_told_from_those_it_lists() -> None:
    script = json.dumps(
        [
            {
                "@type": "ItemList",
                "itemListElement": [{"@type": "NewsArticle", "headline": "Another", "url": "https://a.example/2"}],
            },
            {"@type": "NewsArticle", "headline": "Third", "url": "https://a.example/3"},
            {"@type": "NewsArticle", "headline": "This one", "mainEntityOfPage": {"@id": "https://www.a.example/1/"}},
            {"@type": "WebPage", "name": "This one"},
        ]
    )

    nodes = main_nodes(
        read_json_ld([script]),
        addresses=frozenset([address_key("https://a.example/1?utm_source=x")]),
        titles=frozenset(["this one"]),
    )

    assert [node.get("headline") or node.get("name") for node in nodes] == ["This one", "This one"]


def test_types_come_without_their_vocabulary() -> None:
    assert types_of({"@type": ["http://schema.org/NewsArticle", "Thing"]}) == {"newsarticle", "thing"}
    assert types_of({}) == frozenset()


def test_markup_and_entities_in_values_are_read_as_text() -> None:
    assert plain_text("Fish &amp;amp; <b>chips</b>\n") == "Fish & chips"
    assert plain_text(" \n ") is None


def test_text_is_found_in_tagged_strings_nodes_and_lists() -> None:
    assert text_in([{"@value": ""}, {"name": "Erika"}]) == "Erika"
    assert text_in({"@language": "de", "@value": "Titel"}) == "Titel"
    assert text_in({"value": "unnamed"}) is None
