"""Shipped profiles: each is for a golden page of its own, whose expectation it must meet (tests/test_golden.py)."""

import re
from pathlib import Path

import pytest

from fixtures.golden import cases, expectation
from scraper.extractor import profiles
from scraper.extractor.page.document import parse
from scraper.extractor.profiles.matching import matching_rules, shipped_profiles
from scraper.rules.site_rules import SiteRule

# Golden pages from before there were profiles for these.
ELSEWHERE = {
    "wordpress": "tag-page-wordpress",
    "ghost": "ghost-beitrag",
    "drupal": "drupal-field-body",
    "typo3-news": "typo3-nachricht",
    "joomla": "joomla-artikel",
    "blogger": "blogger-entrada",
}


@pytest.mark.parametrize(
    "rule", [rule for rule in shipped_profiles() if rule.name != "newsmunch"], ids=lambda rule: rule.name
)
def test_every_profile_is_for_its_golden_page(rule: SiteRule) -> None:
    folder = ELSEWHERE.get(rule.name, f"profile-{rule.name}")
    case = next(case for case in cases() if case.name == folder)

    doc = parse((case / "page.html").read_bytes(), expectation(case)["url"])

    assert rule.name in [matched.rule.name for matched in matching_rules(doc)]


def test_no_shipped_profile_asks_for_headers_or_changes_the_source() -> None:
    assert [rule.name for rule in shipped_profiles() if rule.headers or rule.replace] == []


@pytest.mark.parametrize("file", sorted(Path(profiles.__path__[0]).glob("*.toml")), ids=lambda file: file.name)
def test_no_shipped_profile_needs_more_than_every_declared_cssselect_knows(file: Path) -> None:
    """`:has(a, b)` is an error before 1.6, which would end every extraction."""
    assert re.findall(r":has\([^()]*,[^()]*\)", file.read_text(encoding="utf-8")) == []
