"""What of a rule still finds something on a page, selector by selector. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from scraper.extractor.extract import extract
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.matching import MatchedRule
from scraper.extractor.profiles.selectors import elements, values
from scraper.extractor.profiles.stated import read_fields
from scraper.records import Article, Timestamp
from scraper.rules.selectors import Selector
from scraper.rules.site_rules import RuleTest, SiteRule
from scraper.text import one_line

# A rule for the text finds elements; for any other field it is their text or an attribute that counts.
_OF_ELEMENTS = ("fields.body", "drop", "protected")


@dataclass(slots=True)
class Tally:
    """A rule on several pages: on how many each selector found something, and each field was filled."""

    pages: int = 0
    hits: dict[tuple[str, str], int] = field(default_factory=dict)
    filled: dict[str, int] = field(default_factory=dict)

    def add(self, doc: Document, rule: SiteRule) -> None:
        """Count one page that the rule is for."""
        self.pages += 1
        for place, selector in selectors_of(rule):
            key = (place, str(selector))
            self.hits[key] = self.hits.get(key, 0) + _finds(doc, place, selector)
        stated = read_fields(doc, [MatchedRule(rule=rule, source=rule.name)])
        for name in rule.fields:
            self.filled[name] = self.filled.get(name, 0) + (name in stated.sources)


def selectors_of(rule: SiteRule) -> Iterator[tuple[str, Selector]]:
    """Every selector that is looked up on the whole page, with its place in the rule, such as ``fields.title``."""
    for name, selectors in rule.fields.items():
        yield from ((f"fields.{name}", selector) for selector in selectors)
    for place in ("drop", "protected", "next_page", "single_page"):
        yield from ((place, selector) for selector in getattr(rule, place))
    for number, block in enumerate(rule.link_blocks):
        yield f"link_blocks[{number}].container", block.container


def failures(test: RuleTest, article: Article) -> tuple[str, ...]:
    """What `article`, read from the test's page, does not fulfil; nothing where all is well."""
    wrong = []
    for name, expected in test.fields.items():
        found = _as_line(getattr(article, name))
        if found != one_line(expected):
            wrong.append(f"{name} is {found!r}, not {one_line(expected)!r}")
    body = one_line(article.body or "")
    wrong += [f"the text does not contain {words!r}" for words in test.contains if one_line(words) not in body]
    return tuple(wrong)


def example(rule: SiteRule, test: RuleTest) -> Article:
    """The article of a test that carries its page with it, read with that rule."""
    host = rule.hosts[0].removeprefix("*.") if rule.hosts else "example.org"
    return extract(test.html or "", test.url or f"https://{host}/", rules=[rule])


def _finds(doc: Document, place: str, selector: Selector) -> bool:
    if place in _OF_ELEMENTS or place.endswith(".container"):
        return bool(elements([selector], doc.root))
    return next(values(selector, doc.root), None) is not None


def _as_line(value: object) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value) if isinstance(value, Timestamp) else one_line(str(value))
