"""Words of a page's source replaced before it is parsed, where a rule for its host says so."""

from collections.abc import Sequence

from scraper.extractor.page.decoding import to_utf8
from scraper.extractor.profiles.matching import rules_of_host
from scraper.rules.site_rules import SiteRule


def replaced(html: bytes | str, url: str | None, content_type: str | None, rules: Sequence[SiteRule]) -> bytes | str:
    """The page as it came, or its text with what the rules of its host put in place of other words."""
    wanted = [replacement for rule in rules_of_host(url, rules) if rule.hosts for replacement in rule.replace]
    if not wanted:
        return html
    text = to_utf8(html, content_type).decode("utf-8", "replace")
    for replacement in wanted:
        text = text.replace(replacement.find, replacement.put)
    return text
