"""What is known of one site, CMS or theme: the record, and its reading from parsed TOML with every problem at once.

Shipped profiles, the `[[sites]]` of a user's config.toml and of the files in its `rules` folder have this one form.
Selectors are checked here, so that a typing error is a configuration error; applying them to a page is the
extractor's work.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from scraper.errors import Problem
from scraper.records import LinkKind
from scraper.rules.selectors import Selector, parse_selector
from scraper.rules.toml_tables import Table, tables_of
from scraper.text import did_you_mean

FIELDS: Final = (
    "title",
    "subtitle",
    "published",
    "modified",
    "authors",
    "categories",
    "tags",
    "body",
    "summary",
    "language",
    "site_name",
    "comment_count",
    "view_count",
)
"""The fields of an article that a rule may point at."""

_A_DAY = datetime(2024, 10, 26, 21, 53, 7, tzinfo=UTC)
_IS_DATE = re.compile(r"(?=.*%[dj])(?=.*%[yY])|%[cx]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBlockRule:
    """A list of other articles on the page: where it is, what one item looks like.

    `heading` is looked up in the container, the rest in the item. Of `url` the first that leads to another page counts.
    """

    kind: LinkKind
    container: Selector
    item: Selector
    url: tuple[Selector, ...]
    heading: tuple[Selector, ...] = ()
    title: tuple[Selector, ...] = ()
    published: tuple[Selector, ...] = ()
    excerpt: tuple[Selector, ...] = ()
    category: tuple[Selector, ...] = ()
    view_count: tuple[Selector, ...] = ()
    comment_count: tuple[Selector, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words of the page's source that are put in place of others before it is read."""

    find: str
    put: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """A page that proves the rule: its markup, or its address, under which the archive may have it.

    `fields` are values that must come out, each as one line of text; every text of `contains` must stand in the body.
    """

    url: str | None = None
    html: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """What is known of one site, CMS or theme.

    It is for pages of its `hosts` (a host, or `*.example.org` for a domain and all below it; none named: any host) that
    show one of its marks (none named: any page): `generators` are beginnings of `<meta name=generator>`, lower case;
    `body_classes` classes of `<body>`; `stylesheets` parts of the address of a stylesheet or script. Of several
    selectors for a field, the first that gives something of the field's type wins. Where `protected` finds something,
    the text is behind a password. `date_formats` (as in :meth:`datetime.strptime`) are tried on dates that nothing else
    can read. `next_page` and `single_page` find the address of an article's next page, and of all of it on one.
    `replace` changes the source before it is parsed, on pages of `hosts` only. `headers` are requests' headers that the
    rule asks for; whether they are sent is the user's decision. `origin` names the file; `notes` say what in it was
    not understood or has no effect here.
    """

    name: str
    version: int = 1
    hosts: tuple[str, ...] = ()
    generators: tuple[str, ...] = ()
    body_classes: tuple[str, ...] = ()
    stylesheets: tuple[str, ...] = ()
    fields: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    drop: tuple[Selector, ...] = ()
    protected: tuple[Selector, ...] = ()
    link_blocks: tuple[LinkBlockRule, ...] = ()
    languages: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()
    next_page: tuple[Selector, ...] = ()
    single_page: tuple[Selector, ...] = ()
    replace: tuple[Replacement, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    test_urls: tuple[str, ...] = ()
    tests: tuple[RuleTest, ...] = ()
    origin: str | None = None
    notes: tuple[str, ...] = ()

    def is_for_host(self, host: str) -> bool:
        """Whether `hosts` names this one (``www.`` or not); never where it names none."""
        return any(_is_host(host, pattern) for pattern in self.hosts)


def _is_host(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host == pattern[2:] or host.endswith(pattern[1:])
    return host.removeprefix("www.") == pattern.removeprefix("www.")


def read_rules(
    tables: object, path: str, *, origin: str | None = None
) -> tuple[tuple[SiteRule, ...], tuple[Problem, ...]]:
    """Read an array of rule tables as TOML gives it; `path` is its dotted path, such as ``sites``.

    Rules with a problem are left out of the first part; the second lists every problem of every table.
    """
    problems: list[Problem] = []
    rules: list[SiteRule] = []
    for table in tables_of(tables, path, problems):
        before = len(problems)
        rule = _read_rule(table, origin)
        if len(problems) == before:
            rules.append(rule)
    problems.extend(_repeated_names(rules, path))
    return tuple(rules), tuple(problems)


_MARKS = ("hosts", "generators", "body_classes", "stylesheets")
_PAGE_KEYS = ("fields", "drop", "protected", "link_blocks", "next_page", "single_page", "replace", "headers")
_RULE_KEYS = ("name", "version", *_MARKS, *_PAGE_KEYS, "languages", "date_formats", "test_urls", "tests")
_ITEM_KEYS = ("title", "published", "excerpt", "category", "view_count", "comment_count")
_BLOCK_KEYS = ("kind", "container", "heading", "item", "url", *_ITEM_KEYS)


def _selectors(table: Table, key: str) -> tuple[Selector, ...]:
    selectors = []
    for text in table.texts(key):
        try:
            selectors.append(parse_selector(text))
        except ValueError as error:
            table.note(key, str(error))
    return tuple(selectors)


def _selector(table: Table, key: str) -> Selector:
    selectors = _selectors(table, key)
    if len(selectors) == 1:
        return selectors[0]
    if not table.has(key):
        table.note(key, "missing")
    elif len(table.texts(key)) > 1:
        table.note(key, "must be one selector; join several with commas")
    return _EVERYTHING


_EVERYTHING = parse_selector("*")


def _read_rule(table: Table, origin: str | None) -> SiteRule:
    table.only(_RULE_KEYS)
    if not any(table.has(mark) for mark in _MARKS):
        table.note("", f"says for no page what it is for: give at least one of {', '.join(_MARKS)}")
    for key in ("replace", "headers"):
        if table.has(key) and not table.has("hosts"):
            table.note(key, "needs hosts: it must be known before the page is read")
    return SiteRule(
        name=table.text("name"),
        version=table.whole_number("version", 1),
        hosts=tuple(host.lower() for host in table.texts("hosts")),
        generators=tuple(generator.lower() for generator in table.texts("generators")),
        body_classes=table.texts("body_classes"),
        stylesheets=table.texts("stylesheets"),
        fields=_read_fields(table.table("fields")),
        drop=_selectors(table, "drop"),
        protected=_selectors(table, "protected"),
        link_blocks=tuple(_read_link_block(block) for block in table.array("link_blocks")),
        languages=table.texts("languages"),
        date_formats=_read_date_formats(table),
        next_page=_selectors(table, "next_page"),
        single_page=_selectors(table, "single_page"),
        replace=tuple(_read_replacement(item) for item in table.array("replace")),
        headers=table.named_texts("headers"),
        test_urls=table.texts("test_urls"),
        tests=tuple(_read_test(test) for test in table.array("tests")),
        origin=origin,
    )


def _read_date_formats(table: Table) -> tuple[str, ...]:
    formats = table.texts("date_formats")
    for form in formats:
        try:
            datetime.strptime(_A_DAY.strftime(form), form)  # noqa: DTZ007 - only whether it can be read
        except ValueError as error:
            table.note("date_formats", f"{form!r} is no format of a date such as '%d.%m.%Y %H:%M' ({error})")
        else:
            if not _IS_DATE.search(form):
                table.note("date_formats", f"{form!r} names no day, month and year")
    return formats


def _read_replacement(table: Table) -> Replacement:
    table.only(("find", "put"))
    return Replacement(find=table.text("find"), put=table.text("put") if table.has("put") else "")


def _read_test(table: Table) -> RuleTest:
    table.only(("url", "html", "fields", "contains"))
    if not (table.has("url") or table.has("html")):
        table.note("", "needs a url or html")
    fields = table.named_texts("fields")
    for name in fields.keys() - set(FIELDS):
        table.note(f"fields.{name}", f"unknown{did_you_mean(name, FIELDS)}")
    return RuleTest(
        url=table.optional_text("url"),
        html=table.optional_text("html"),
        fields=fields,
        contains=table.texts("contains"),
    )


def _read_fields(table: Table) -> dict[str, tuple[Selector, ...]]:
    table.only(FIELDS)
    return {name: _selectors(table, name) for name in FIELDS if table.has(name)}


def _read_link_block(table: Table) -> LinkBlockRule:
    table.only(_BLOCK_KEYS)
    return LinkBlockRule(
        kind=_read_kind(table),
        container=_selector(table, "container"),
        item=_selector(table, "item"),
        url=_selectors(table, "url") if table.has("url") else (_ANY_LINK,),
        heading=_selectors(table, "heading"),
        **{key: _selectors(table, key) for key in _ITEM_KEYS},
    )


_ANY_LINK = parse_selector("a@href")


def _read_kind(table: Table) -> LinkKind:
    text = table.text("kind")
    known = [kind.value for kind in LinkKind]
    if text in known:
        return LinkKind(text)
    if text:
        table.note("kind", f"must be one of {', '.join(known)}{did_you_mean(text, known)}")
    return LinkKind.RELATED


def _repeated_names(rules: Iterable[SiteRule], path: str) -> list[Problem]:
    names = [rule.name for rule in rules]
    repeated = sorted({name for name in names if names.count(name) > 1})
    return [Problem(path, f"the name {name!r} is given twice") for name in repeated]
