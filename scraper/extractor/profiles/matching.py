"""Which rules are for a page: the user's, then the shipped profiles (`profiles/*.toml`), the most specific first.

Knows no site itself: what is known of a CMS or theme is data.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from scraper.extractor.page.document import Document
from scraper.rules import SiteRule, read_rules
from scraper.urls import InvalidUrlError, host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRule:
    """A rule that is for the page at hand; `source` is the name by which a field says that it came from there."""

    rule: SiteRule
    source: str


def matching_rules(doc: Document, rules: Sequence[SiteRule] = ()) -> tuple[MatchedRule, ...]:
    """The rules for this page in order of precedence: `rules` as given, then shipped profiles."""
    marks = _Marks.of(doc)
    own = [MatchedRule(rule=rule, source="rule") for rule in rules if marks.fit(rule)]
    shipped = [MatchedRule(rule=rule, source="profile") for rule in shipped_profiles() if marks.fit(rule)]
    return (*own, *shipped)


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
    """What a page shows of who made it."""

    host: str | None
    generators: tuple[str, ...]
    body_classes: frozenset[str]
    stylesheets: tuple[str, ...]

    @classmethod
    def of(cls, doc: Document) -> "_Marks":
        body = doc.root.find("body")
        return cls(
            host=_host(doc.url),
            generators=tuple(content.lower() for content in doc.meta.get("generator", ())),
            body_classes=frozenset((body.get("class") or "").split()) if body is not None else frozenset(),
            stylesheets=tuple(link.href for link in doc.links if "stylesheet" in link.rel),
        )

    def fit(self, rule: SiteRule) -> bool:
        return self._has_host(rule.hosts) and self._has_mark(rule)

    def _has_host(self, hosts: Iterable[str]) -> bool:
        return not hosts or (self.host is not None and any(_is_host(self.host, host) for host in hosts))

    def _has_mark(self, rule: SiteRule) -> bool:
        if not (rule.generators or rule.body_classes or rule.stylesheets):
            return True
        return (
            not self.body_classes.isdisjoint(rule.body_classes)
            or any(generator.startswith(rule.generators) for generator in self.generators)
            or any(part in address for part in rule.stylesheets for address in self.stylesheets)
        )


def _host(url: str | None) -> str | None:
    try:
        return host_of(url) if url else None
    except InvalidUrlError:
        return None


def _is_host(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host == pattern[2:] or host.endswith(pattern[1:])
    return host.removeprefix("www.") == pattern.removeprefix("www.")
