"""Which rules are for a page, and in which order they are asked."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.profiles.matching import matching_rules, shipped_profiles
from scraper.rules.site_rules import SiteRule

HTML = """
<html><head><meta name="generator" content="Example CMS 4.2">
<link rel="stylesheet" href="/themes/tide/style.css"></head>
<body class="single tide-theme"><p>Text</p></body></html>
"""


def is_for(rule: SiteRule, url: str | None = "https://www.example.org/a") -> bool:
    return any(matched.rule is rule for matched in matching_rules(parse(HTML, url), [rule]))


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (("example.org",), True),
        (("www.example.org",), True),
        (("*.example.org",), True),
        (("ample.org",), False),
        (("*.ample.org",), False),
        (("example.net", "example.org"), True),
    ],
)
def test_a_host_is_itself_with_or_without_www_or_all_below_a_domain(hosts: tuple[str, ...], expected: bool) -> None:
    assert is_for(SiteRule(name="x", hosts=hosts)) is expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SiteRule(name="x", generators=("example cms",)), True),
        (SiteRule(name="x", generators=("cms",)), False),
        (SiteRule(name="x", body_classes=("tide-theme",)), True),
        (SiteRule(name="x", body_classes=("tide",)), False),
        (SiteRule(name="x", stylesheets=("/themes/tide/",)), True),
        (SiteRule(name="x", stylesheets=("/themes/ebb/",)), False),
        (SiteRule(name="x", stylesheets=("/themes/ebb/",), generators=("example",)), True),
        (SiteRule(name="x", hosts=("example.net",), generators=("example",)), False),
    ],
)
def test_one_mark_of_any_kind_is_enough_but_the_host_must_be_right(rule: SiteRule, expected: bool) -> None:
    assert is_for(rule) is expected


def test_a_rule_for_a_host_is_not_for_a_page_of_unknown_address() -> None:
    assert not is_for(SiteRule(name="x", hosts=("example.org",)), url=None)


def test_users_rules_come_before_shipped_profiles_and_themes_before_their_cms() -> None:
    page = parse('<html><head><link rel="stylesheet" href="/wp-content/themes/newsmunch/style.css"></head></html>')
    own = SiteRule(name="own", stylesheets=("newsmunch",))

    matched = matching_rules(page, [own])

    assert [(item.rule.name, item.source) for item in matched] == [
        ("own", "rule"),
        ("newsmunch", "profile"),
        ("wordpress", "profile"),
    ]


def test_shipped_profiles_are_sound_and_have_names_of_their_own() -> None:
    names = [rule.name for rule in shipped_profiles()]

    assert {"wordpress", "newsmunch"} <= set(names)
    assert len(names) == len(set(names))
