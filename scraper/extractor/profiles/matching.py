"""Which rules are for a page: the user's, then the shipped profiles (`profiles/*.toml`), the most specific first.

Knows no site itself: what is known of a CMS or theme is data.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from scraper.extractor.page.document import Document
from scraper.rules.site_rules import SiteRule, read_rules
from scraper.urls import host_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRule:
    """A rule that is for the page at hand; `source` is the name by which a field says that it came from there."""

    rule: SiteRule
    source: str


def matching_rules(doc: Document, rules: Sequence[SiteRule] = ()) -> tuple[MatchedRule, ...]:
    """The rules for this page in order of precedence: `rules` as given, then shipped profiles."""
    marks = _Marks.of(doc)
    own = [MatchedRule(rule=rule, source="rule") for rule in rules_of_host(doc.url, rules) if marks.fit(rule)]
    shipped = [
        MatchedRule(rule=rule, source="profile")
        for rule in rules_of_host(doc.url, shipped_profiles())
        if marks.fit(rule)
    ]
    return (*own, *shipped)


def is_for(rule: SiteRule, doc: Document) -> bool:
    """Whether the rule is for this page."""
    return rule in rules_of_host(doc.url, [rule]) and _Marks.of(doc).fit(rule)


def rules_of_host(url: str | None, rules: Sequence[SiteRule]) -> list[SiteRule]:
    """Those of `rules`, in their order, that are for the host of `url` or for any.

    Of thousands of rules only those few are looked at.
    """
    if not rules:
        return []
    return _index_of(_Same(rules)).of(host_or_none(url))


@lru_cache(maxsize=1)
def shipped_profiles() -> tuple[SiteRule, ...]:
    """The profiles that come with the package, what is known of one site or theme before what is known of a CMS."""
    folder = resources.files("scraper.extractor").joinpath("profiles")
    profiles: list[SiteRule] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
            rules, problems = read_rules(tables.get("sites"), "sites")
            if problems:
                raise ValueError(f"profile {file.name}: {problems[0]}")
            profiles.extend(rules)
    return tuple(sorted(profiles, key=_generality))


def _generality(rule: SiteRule) -> int:
    if rule.hosts:
        return 0
    return 2 if rule.generators else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What a page shows of who made it; `loaded` are the addresses of its stylesheets, scripts and the like.

    Caches put all stylesheets into one of their own, yet hardly ever all scripts too.
    """

    generators: tuple[str, ...]
    body_classes: frozenset[str]
    loaded: str

    @classmethod
    def of(cls, doc: Document) -> "_Marks":
        body = doc.root.find("body")
        return cls(
            generators=tuple(content.lower() for content in doc.meta.get("generator", ())),
            body_classes=frozenset((body.get("class") or "").split()) if body is not None else frozenset(),
            loaded="\n".join(
                (*(link.href for link in doc.links), *(s.get("src") or "" for s in doc.by_tag.get("script", ())))
            ),
        )

    def fit(self, rule: SiteRule) -> bool:
        """Whether the page shows a mark of the rule, which is known to be for its host."""
        if not (rule.generators or rule.body_classes or rule.stylesheets):
            return True
        return (
            not self.body_classes.isdisjoint(rule.body_classes)
            or any(map(self.loaded.__contains__, rule.stylesheets))
            or any(generator.startswith(rule.generators) for generator in self.generators)
        )


class _Same:
    """A sequence of rules as a key: the very same one, whose members are not compared."""

    def __init__(self, rules: Sequence[SiteRule]) -> None:
        self.rules = rules

    def __hash__(self) -> int:
        return id(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.rules is self.rules


class _Index:
    """Rules by the hosts they name."""

    def __init__(self, rules: Iterable[SiteRule]) -> None:
        self._rules = tuple(rules)
        self._anywhere = [number for number, rule in enumerate(self._rules) if not rule.hosts]
        self._by_host: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            for host in rule.hosts:
                self._by_host.setdefault(host.removeprefix("www."), []).append(number)

    def of(self, host: str | None) -> list[SiteRule]:
        numbers = set(self._anywhere)
        for pattern in _patterns(host) if host and self._by_host else ():
            numbers.update(self._by_host.get(pattern, ()))
        return [self._rules[number] for number in sorted(numbers)]


# The configuration's rules and the shipped ones: the same two sequences for every page of a process.
@lru_cache(maxsize=8)
def _index_of(same: _Same) -> _Index:
    return _Index(same.rules)


def _patterns(host: str) -> Iterator[str]:
    """Every way in which a rule may name `host`: itself, and each domain that it is or is below."""
    yield host.removeprefix("www.")
    labels = host.split(".")
    for start in range(len(labels)):
        yield f"*.{'.'.join(labels[start:])}"
