"""Rules are read from TOML tables: every problem at once, each with its dotted path and a suggestion."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.records import LinkKind
from scraper.rules import parse_selector, read_rules

EXAMPLE = """
[[sites]]
name = "example"
version = 3
hosts = ["Example.org", "*.example.net"]
drop = ".newsletter"
protected = ["form.password"]
languages = ["de"]
test_urls = ["https://example.org/a-story"]

[sites.fields]
title = "h1.headline"
published = ["time@datetime", ".date"]

[[sites.link_blocks]]
kind = "popular"
container = "aside.most-read"
heading = "h2"
item = "li"
title = "a"
view_count = ".views"
"""


def problems_of(toml: str) -> dict[str, str]:
    _, problems = read_rules(tomllib.loads(toml).get("sites"), "sites")
    return {problem.path: problem.message for problem in problems}


def test_reads_every_part_of_a_rule() -> None:
    (rule,), problems = read_rules(tomllib.loads(EXAMPLE)["sites"], "sites")

    assert problems == ()
    assert (rule.name, rule.version) == ("example", 3)
    assert rule.hosts == ("example.org", "*.example.net")
    assert [str(selector) for selector in rule.fields["published"]] == ["time@datetime", ".date"]
    assert [str(selector) for selector in rule.drop] == [".newsletter"]
    assert rule.languages == ("de",)
    assert rule.test_urls == ("https://example.org/a-story",)
    (block,) = rule.link_blocks
    assert block.kind is LinkKind.POPULAR
    assert str(block.container) == "aside.most-read"
    assert [str(selector) for selector in block.view_count] == [".views"]


def test_an_items_first_link_is_its_address_unless_said_otherwise() -> None:
    (rule,), _ = read_rules(tomllib.loads(EXAMPLE)["sites"], "sites")

    assert [str(selector) for selector in rule.link_blocks[0].url] == ["a@href"]


def test_says_every_problem_with_its_dotted_path() -> None:
    found = problems_of(
        """
        [[sites]]
        name = ""
        version = 0
        hosts = [1]
        drops = ".x"
        [sites.fields]
        titel = "h1"
        body = "div["
        [[sites.link_blocks]]
        kind = "relatd"
        item = ["li", "p"]
        [[sites]]
        name = "second"
        """
    )

    assert set(found) == {
        "sites[0].name",
        "sites[0].version",
        "sites[0].hosts",
        "sites[0].drops",
        "sites[0].fields.titel",
        "sites[0].fields.body",
        "sites[0].link_blocks[0].kind",
        "sites[0].link_blocks[0].container",
        "sites[0].link_blocks[0].item",
        "sites[1]",
    }


@pytest.mark.parametrize(
    ("toml", "path", "suggestion"),
    [
        ('[[sites]]\nname = "a"\nhost = "a.org"', "sites[0].host", "hosts"),
        ('[[sites]]\nname = "a"\nhosts = "a.org"\nfields.autors = "b"', "sites[0].fields.autors", "authors"),
        (
            '[[sites]]\nname = "a"\nhosts = "a.org"\n[[sites.link_blocks]]\nkind = "populr"',
            "sites[0].link_blocks[0].kind",
            "popular",
        ),
    ],
)
def test_suggests_what_was_probably_meant(toml: str, path: str, suggestion: str) -> None:
    assert f"did you mean {suggestion!r}?" in problems_of(toml)[path]


def test_keeps_the_good_rules_beside_a_bad_one() -> None:
    rules, problems = read_rules([{"name": "bad"}, {"name": "good", "hosts": "good.org"}], "sites")

    assert [rule.name for rule in rules] == ["good"]
    assert len(problems) == 1


def test_refuses_a_name_given_twice() -> None:
    assert "'twin' is given twice" in problems_of('[[sites]]\nname="twin"\nhosts="a.org"\n' * 2)["sites"]


@pytest.mark.parametrize("tables", [None, {}, "x", [1], 3.5])
def test_says_so_where_there_is_no_array_of_tables(tables: object) -> None:
    rules, (problem,) = read_rules(tables, "sites")

    assert rules == ()
    assert problem.path == "sites"
    assert "[[sites]]" in problem.message


@pytest.mark.parametrize(
    ("text", "css", "attribute"),
    [
        ("h1.title", "h1.title", None),
        ("a.more@href", "a.more", "href"),
        ("time @dateTime", "time", "datetime"),
        ('meta[content="a@b"]', 'meta[content="a@b"]', None),
        ("@data-date", "*", "data-date"),
    ],
)
def test_a_selector_is_css_and_perhaps_an_attribute(text: str, css: str, attribute: str | None) -> None:
    selector = parse_selector(text)

    assert (selector.css, selector.attribute) == (css, attribute)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
_KEYS = ("name", "version", "hosts", "generators", "fields", "drop", "protected", "link_blocks", "languages", "colour")


@given(st.lists(st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=8), max_size=3))
def test_any_table_gives_either_a_rule_or_a_problem(tables: list[dict[str, object]]) -> None:
    rules, problems = read_rules(tables, "sites")

    assert len(rules) == len(tables) or problems
