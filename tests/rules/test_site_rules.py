"""Rules are read from TOML tables: every problem at once, each with its dotted path and a suggestion."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.records import LinkKind
from scraper.rules.selectors import parse_selector
from scraper.rules.site_rules import read_rules

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


MORE = """
[[sites]]
name = "more"
hosts = ["example.org"]
date_formats = ["%d.%m.%Y %H:%M", "%d/%m/%y"]
next_page = "a[rel=next]@href"
single_page = "xpath: //a[contains(., 'Alles')]/@href"
headers = { Accept-Language = "de" }

[[sites.replace]]
find = "<main2>"
put = "<main>"

[[sites.tests]]
html = "<h1>Ebbe</h1>"
fields = { title = "Ebbe" }
contains = "Pegel"
"""


def test_reads_what_concerns_several_pages_requests_and_proofs() -> None:
    (rule,), problems = read_rules(tomllib.loads(MORE)["sites"], "sites", origin="a.toml")

    assert problems == ()
    assert rule.date_formats == ("%d.%m.%Y %H:%M", "%d/%m/%y")
    assert [str(selector) for selector in (*rule.next_page, *rule.single_page)] == [
        "a[rel=next]@href",
        "xpath://a[contains(., 'Alles')]/@href",
    ]
    assert [(item.find, item.put) for item in rule.replace] == [("<main2>", "<main>")]
    assert rule.headers == {"Accept-Language": "de"}
    assert [(test.html, dict(test.fields), test.contains) for test in rule.tests] == [
        ("<h1>Ebbe</h1>", {"title": "Ebbe"}, ("Pegel",))
    ]
    assert rule.origin == "a.toml"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ('date_formats = "%H:%M"', "sites[0].date_formats"),
        ('date_formats = "%Q"', "sites[0].date_formats"),
        ('drop = "xpath: //p["', "sites[0].drop"),
        ('drop = "xpath: document(1)"', "sites[0].drop"),
        ("headers = { a = 1 }", "sites[0].headers"),
        ("[[sites.tests]]\ncontains = 'x'", "sites[0].tests[0]"),
        ("[[sites.tests]]\nurl = 'x'\nfields = { titel = 'x' }", "sites[0].tests[0].fields.titel"),
        ("[[sites.replace]]\nput = 'x'", "sites[0].replace[0].find"),
    ],
)
def test_names_what_is_wrong_with_the_other_keys(line: str, path: str) -> None:
    assert list(problems_of(f"[[sites]]\nname = 'x'\nhosts = 'example.org'\n{line}\n")) == [path]


@pytest.mark.parametrize("line", ["headers = { Accept = 'x' }", "[[sites.replace]]\nfind = 'x'"])
def test_what_is_needed_before_the_page_is_read_needs_a_host(line: str) -> None:
    (path,) = problems_of(f"[[sites]]\nname = 'x'\ngenerators = 'example'\n{line}\n")

    assert path in ("sites[0].headers", "sites[0].replace")
