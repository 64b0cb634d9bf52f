"""What is known of one site, CMS or theme: the record, and its reading from parsed TOML with every problem at once.

Shipped profiles and the `[[sites]]` of a user's config.toml have this one form. Selectors are checked here, so that
a typing error is a configuration error; applying them to a page is the extractor's work.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cssselect import HTMLTranslator, SelectorError

from scraper.errors import Problem
from scraper.records import LinkKind

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

_ATTRIBUTE = re.compile(r"@([A-Za-z_][\w:.-]*)\s*$")
_TRANSLATOR = HTMLTranslator()


@dataclass(frozen=True, slots=True)
class Selector:
    """Where to look: CSS (Selectors level 3), and which attribute to read (None: the text of the element).

    `xpath` says the same to an XPath 1.0 engine: the context node itself and what is below it.
    """

    css: str
    attribute: str | None
    xpath: str

    def __str__(self) -> str:
        return f"{self.css}@{self.attribute}" if self.attribute else self.css


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """What is known of one site, CMS or theme.

    It is for pages of its `hosts` (a host, or `*.example.org` for a domain and all below it; none named: any host) that
    show one of its marks (none named: any page): `generators` are beginnings of `<meta name=generator>`, lower case;
    `body_classes` classes of `<body>`; `stylesheets` parts of a stylesheet's address. Of several selectors for a field,
    the first that gives something of the field's type wins. Where `protected` finds something, the text is behind a
    password.
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
    test_urls: tuple[str, ...] = ()


def parse_selector(text: str) -> Selector:
    """Read `css` or `css@attribute`.

    Raises ValueError with a message for people where the CSS is none, or picks nothing that XPath 1.0 could find.
    """
    found = _ATTRIBUTE.search(text)
    css = (text[: found.start()] if found else text).strip() or "*"
    try:
        xpath = _TRANSLATOR.css_to_xpath(css)
    except SelectorError as error:
        raise ValueError(f"not a CSS selector: {css!r} ({error})") from error
    return Selector(css=css, attribute=found[1].lower() if found else None, xpath=xpath)


def read_rules(tables: object, path: str) -> tuple[tuple[SiteRule, ...], tuple[Problem, ...]]:
    """Read an array of rule tables as TOML gives it; `path` is its dotted path, such as ``sites``.

    Rules with a problem are left out of the first part; the second lists every problem of every table.
    """
    problems: list[Problem] = []
    rules: list[SiteRule] = []
    for number, table in enumerate(_tables(tables, path, problems)):
        before = len(problems)
        rule = _read_rule(_Table(table, f"{path}[{number}]", problems))
        if len(problems) == before:
            rules.append(rule)
    problems.extend(_repeated_names(rules, path))
    return tuple(rules), tuple(problems)


_MARKS = ("hosts", "generators", "body_classes", "stylesheets")
_RULE_KEYS = ("name", "version", *_MARKS, "fields", "drop", "protected", "link_blocks", "languages", "test_urls")
_ITEM_KEYS = ("title", "published", "excerpt", "category", "view_count", "comment_count")
_BLOCK_KEYS = ("kind", "container", "heading", "item", "url", *_ITEM_KEYS)


class _Table:
    """One TOML table under its dotted path: typed reads that note what is wrong and go on with the empty value."""

    def __init__(self, values: Mapping[str, Any], path: str, problems: list[Problem]) -> None:
        self._values = values
        self._path = path
        self.problems = problems

    def note(self, key: str, message: str) -> None:
        self.problems.append(Problem(f"{self._path}.{key}" if key else self._path, message))

    def only(self, allowed: Iterable[str]) -> None:
        known = list(allowed)
        for key in self._values:
            if key not in known:
                self.note(key, f"unknown{_did_you_mean(key, known)}")

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        value = self._values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.note(key, "missing" if value is None else "must be a text that is not empty")
        return ""

    def whole_number(self, key: str, default: int) -> int:
        value = self._values.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.note(key, "must be a whole number above 0")
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key, [])
        texts = [value] if isinstance(value, str) else value
        if isinstance(texts, list) and all(isinstance(text, str) and text.strip() for text in texts):
            return tuple(text.strip() for text in texts)
        self.note(key, "must be a text or a list of texts, none of them empty")
        return ()

    def selectors(self, key: str) -> tuple[Selector, ...]:
        selectors = []
        for text in self.texts(key):
            try:
                selectors.append(parse_selector(text))
            except ValueError as error:
                self.note(key, str(error))
        return tuple(selectors)

    def selector(self, key: str) -> Selector:
        selectors = self.selectors(key)
        if len(selectors) == 1:
            return selectors[0]
        if not self.has(key):
            self.note(key, "missing")
        elif len(self.texts(key)) > 1:
            self.note(key, "must be one selector; join several with commas")
        return _EVERYTHING

    def table(self, key: str) -> "_Table":
        value = self._values.get(key, {})
        if not isinstance(value, Mapping):
            self.note(key, "must be a table")
            value = {}
        return _Table(value, f"{self._path}.{key}", self.problems)

    def array(self, key: str) -> "list[_Table]":
        path = f"{self._path}.{key}"
        tables = _tables(self._values.get(key, []), path, self.problems)
        return [_Table(table, f"{path}[{number}]", self.problems) for number, table in enumerate(tables)]


_EVERYTHING = parse_selector("*")


def _read_rule(table: _Table) -> SiteRule:
    table.only(_RULE_KEYS)
    if not any(table.has(mark) for mark in _MARKS):
        table.note("", f"says for no page what it is for: give at least one of {', '.join(_MARKS)}")
    return SiteRule(
        name=table.text("name"),
        version=table.whole_number("version", 1),
        hosts=tuple(host.lower() for host in table.texts("hosts")),
        generators=tuple(generator.lower() for generator in table.texts("generators")),
        body_classes=table.texts("body_classes"),
        stylesheets=table.texts("stylesheets"),
        fields=_read_fields(table.table("fields")),
        drop=table.selectors("drop"),
        protected=table.selectors("protected"),
        link_blocks=tuple(_read_link_block(block) for block in table.array("link_blocks")),
        languages=table.texts("languages"),
        test_urls=table.texts("test_urls"),
    )


def _read_fields(table: _Table) -> dict[str, tuple[Selector, ...]]:
    table.only(FIELDS)
    return {name: table.selectors(name) for name in FIELDS if table.has(name)}


def _read_link_block(table: _Table) -> LinkBlockRule:
    table.only(_BLOCK_KEYS)
    return LinkBlockRule(
        kind=_read_kind(table),
        container=table.selector("container"),
        item=table.selector("item"),
        url=table.selectors("url") if table.has("url") else (_ANY_LINK,),
        heading=table.selectors("heading"),
        **{key: table.selectors(key) for key in _ITEM_KEYS},
    )


_ANY_LINK = parse_selector("a@href")


def _read_kind(table: _Table) -> LinkKind:
    text = table.text("kind")
    known = [kind.value for kind in LinkKind]
    if text in known:
        return LinkKind(text)
    if text:
        table.note("kind", f"must be one of {', '.join(known)}{_did_you_mean(text, known)}")
    return LinkKind.RELATED


def _tables(value: object, path: str, problems: list[Problem]) -> list[Mapping[str, Any]]:
    if isinstance(value, list) and all(isinstance(table, Mapping) for table in value):
        return value
    header = re.sub(r"\[\d+\]", "", path)
    problems.append(Problem(path, f"must be an array of tables, written [[{header}]]"))
    return []


def _repeated_names(rules: Iterable[SiteRule], path: str) -> list[Problem]:
    names = [rule.name for rule in rules]
    repeated = sorted({name for name in names if names.count(name) > 1})
    return [Problem(path, f"the name {name!r} is given twice") for name in repeated]


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
