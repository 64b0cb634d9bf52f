"""Rules on trial: each against its own examples and against archived pages that it is for. Writes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scraper.archiver.rereading.rereader import Rereader
from scraper.extractor.page.document import Document, parse
from scraper.extractor.profiles.checking import Tally, example, failures
from scraper.extractor.profiles.matching import is_for, shipped_profiles
from scraper.pipeline.pages.extraction import record_of
from scraper.records import Page
from scraper.rules.site_rules import RuleTest, SiteRule

SHIPPED = "shipped"
"""Where a rule comes from that is a profile of ours."""

_SITES = 200


@dataclass(slots=True)
class RuleTrial:
    """What became of one rule. `failed` are sentences about its examples, `missing` examples that nobody has."""

    rule: SiteRule
    source: str
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    @property
    def idle(self) -> list[str]:
        """The selectors that found nothing on any of the pages, each with its place in the rule."""
        return [f"{place}: {selector}" for (place, selector), hits in self.tally.hits.items() if not hits]

    @property
    def is_broken(self) -> bool:
        """Whether an example fails, or a field is filled on none of the pages."""
        return bool(self.failed) or (self.tally.pages > 0 and not all(self.tally.filled.values()))


def known_rules(rules: Sequence[SiteRule]) -> list[tuple[SiteRule, str]]:
    """The user's `rules` and the shipped ones in order of precedence, each with where it comes from."""
    return [
        *((rule, rule.origin or "config.toml") for rule in rules),
        *((rule, SHIPPED) for rule in shipped_profiles()),
    ]


def try_rules(rules: Sequence[SiteRule], archive: Rereader | None, *, pages: int, name: str | None) -> list[RuleTrial]:
    """Try the user's `rules` and the shipped ones, or only those called `name`, on so many pages of each host."""
    trials = [RuleTrial(rule=rule, source=source) for rule, source in known_rules(rules) if name in (None, rule.name)]
    for trial in trials:
        _try_examples(trial, archive)
    if archive is not None:
        _try_pages(trials, archive, pages)
    return trials


def _try_pages(trials: Iterable[RuleTrial], archive: Rereader, pages: int) -> None:
    for_any_host = []
    for trial in trials:
        if not trial.rule.hosts:
            for_any_host.append(trial)
            continue
        for page in archive.pages_of(trial.rule.hosts, pages):
            _try_page(trial, _parsed(page))
    if for_any_host:
        for page in archive.pages_of_sites(_SITES):
            doc = _parsed(page)
            for trial in for_any_host:
                _try_page(trial, doc)


def _try_page(trial: RuleTrial, doc: Document) -> None:
    if is_for(trial.rule, doc):
        trial.tally.add(doc, trial.rule)


def _try_examples(trial: RuleTrial, archive: Rereader | None) -> None:
    tests = [*trial.rule.tests, *(RuleTest(url=url) for url in trial.rule.test_urls)]
    for test in tests:
        if test.html is not None:
            _judge(trial, test, failures(test, example(trial.rule, test)))
            continue
        page = archive.page_at(test.url or "") if archive is not None else None
        if page is None:
            trial.missing.append(test.url or "")
            continue
        wrong = failures(test, record_of(page, [trial.rule]))
        _judge(trial, test, (*wrong, *_empty_fields(trial.rule, _parsed(page))))


def _judge(trial: RuleTrial, test: RuleTest, wrong: Sequence[str]) -> None:
    where = test.url or "its own page"
    trial.failed += [f"{where}: {sentence}" for sentence in wrong]
    trial.passed += not wrong


def _empty_fields(rule: SiteRule, doc: Document) -> list[str]:
    tally = Tally()
    tally.add(doc, rule)
    return [f"{name} is not found" for name, filled in tally.filled.items() if not filled]


def _parsed(page: Page) -> Document:
    return parse(page.body, page.final_url, page.header("Content-Type"))
