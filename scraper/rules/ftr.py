"""Site rules in the community's format (ftr-site-config of Full-Text RSS, wallabag and others), read as ours.

A file holds one `directive: value` a line and is named after its host: `example.org.txt`, or `.example.org.txt` for a
domain and all below it. What a directive means is taken from its documentation
(https://help.fivefilters.org/full-text-rss/site-patterns.html). Opens no file.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from scraper.errors import Problem
from scraper.rules.selectors import Selector, parse_xpath
from scraper.rules.site_rules import Replacement, RuleTest, SiteRule
from scraper.text import did_you_mean

ENDING: Final = ".txt"

_LINE = re.compile(r"\s*(?P<name>[A-Za-z_]+)\s*(?:\((?P<argument>.*?)\)\s*)?:(?P<value>.*)")
_HOST = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)

_FIELDS = {"title": "title", "author": "authors", "date": "published", "body": "body"}
_LINKS = {"single_page_link": "single_page", "next_page_link": "next_page"}
# These steer a cleaning that works otherwise here, or ask for what is always done.
_WITHOUT_EFFECT = frozenset(
    (
        "tidy prune autodetect_on_failure parser skip_json_ld strip_comments insert_detected_image "
        "convert_double_br_tags src_lazy_load_attr favour_feed_titles footnotes"
    ).split()
)
_NOT_SUPPORTED = frozenset(
    (
        "requires_login login_uri login_username_field login_password_field login_extra_fields not_logged_in_xpath "
        "native_ad_clue single_page_link_in_feed dissolve move_into wrap_in strip_attr post_strip_attr"
    ).split()
)


@dataclass(slots=True)
class _Draft:
    """A file on its way to a rule: what its lines gave so far."""

    fields: dict[str, tuple[Selector, ...]] = field(default_factory=dict)
    links: dict[str, list[Selector]] = field(default_factory=lambda: {"single_page": [], "next_page": []})
    drop: list[Selector] = field(default_factory=list)
    replace: list[Replacement] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    tests: list[RuleTest] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    find: str | None = None
    last_link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    number: int
    name: str
    argument: str | None
    value: str


def host_pattern(file_name: str) -> str | None:
    """The host that a file's name says, as `SiteRule.hosts` writes it; None where it names none."""
    stem = file_name.removesuffix(ENDING)
    if not _HOST.fullmatch(stem):
        return None
    return f"*{stem.lower()}" if stem.startswith(".") else stem.lower()


def read_ftr(text: str, file_name: str, *, origin: str | None = None) -> tuple[SiteRule, tuple[Problem, ...]]:
    """The rule in a file of that name, and its problems, each under the line's number and directive.

    A line with a problem is left out and the rest stands. Directives that are unknown or have no effect here are
    named in `notes`. Raises ValueError where the file's name is no host.
    """
    host = host_pattern(file_name)
    if host is None:
        raise ValueError("is not named after a host, such as example.org.txt")
    draft = _Draft()
    for line in _lines(text, draft):
        _take(line, draft)
    if draft.find is not None:
        draft.notes.append("a find_string at the end has no replace_string")
    rule = SiteRule(
        name=file_name,
        hosts=(host,),
        fields=draft.fields,
        drop=tuple(draft.drop),
        next_page=tuple(draft.links["next_page"]),
        single_page=tuple(draft.links["single_page"]),
        replace=tuple(draft.replace),
        headers=draft.headers,
        tests=tuple(draft.tests),
        origin=origin,
        notes=tuple(draft.notes),
    )
    return rule, tuple(draft.problems)


def _lines(text: str, draft: _Draft) -> Iterator[_Line]:
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(raw)
        if found is None:
            draft.problems.append(Problem(f"line {number}", f"no directive: {raw.strip()[:80]!r}"))
            continue
        yield _Line(number=number, name=found["name"].lower(), argument=found["argument"], value=found["value"].strip())


def _take(line: _Line, draft: _Draft) -> None:
    if line.name in _WITHOUT_EFFECT:
        draft.notes.append(f"line {line.number}: {line.name} has no effect here")
    elif line.name in _NOT_SUPPORTED:
        draft.notes.append(f"line {line.number}: {line.name} is not supported")
    elif line.name not in _DIRECTIVES:
        known = did_you_mean(line.name, (*_DIRECTIVES, *_WITHOUT_EFFECT))
        draft.notes.append(f"line {line.number}: {line.name} is unknown{known}")
    elif not line.value and line.name not in _MAY_BE_EMPTY:
        draft.problems.append(Problem(f"line {line.number}: {line.name}", "has no value"))
    else:
        try:
            _DIRECTIVES[line.name](line, draft)
        except ValueError as error:
            draft.problems.append(Problem(f"line {line.number}: {line.name}", str(error)))


def _field(line: _Line, draft: _Draft) -> None:
    name = _FIELDS[line.name]
    draft.fields[name] = (*draft.fields.get(name, ()), parse_xpath(line.value))


def _link(line: _Line, draft: _Draft) -> None:
    draft.last_link = _LINKS[line.name]
    draft.links[draft.last_link].append(parse_xpath(line.value))


def _condition(line: _Line, draft: _Draft) -> None:
    """`if_page_contains` holds for the link above it."""
    if draft.last_link is None:
        raise ValueError("stands below no single_page_link or next_page_link")
    links = draft.links[draft.last_link]
    parse_xpath(line.value)
    links[-1] = parse_xpath(f"({links[-1].xpath})[boolean({line.value})]")


def _strip(line: _Line, draft: _Draft) -> None:
    draft.drop.append(parse_xpath(line.value))


def _strip_id_or_class(line: _Line, draft: _Draft) -> None:
    word = _literal(f" {_unquoted(line.value)} ")
    tests = (f"contains(concat(' ', normalize-space(@{name}), ' '), {word})" for name in ("class", "id"))
    draft.drop.append(parse_xpath(f"//*[{' or '.join(tests)}]"))


def _strip_image_src(line: _Line, draft: _Draft) -> None:
    draft.drop.append(parse_xpath(f"//img[contains(@src, {_literal(_unquoted(line.value))})]"))


def _find_string(line: _Line, draft: _Draft) -> None:
    draft.find = line.value


def _replace_string(line: _Line, draft: _Draft) -> None:
    find = draft.find if line.argument is None else line.argument
    if not find:
        raise ValueError("has no find_string above it")
    draft.replace.append(Replacement(find=find, put=line.value))
    draft.find = None


def _http_header(line: _Line, draft: _Draft) -> None:
    if not line.argument:
        raise ValueError("names no header; write http_header(Accept-Language): de")
    draft.headers[line.argument.strip()] = line.value


def _test_url(line: _Line, draft: _Draft) -> None:
    draft.tests.append(RuleTest(url=line.value))


def _test_contains(line: _Line, draft: _Draft) -> None:
    if not draft.tests:
        raise ValueError("stands below no test_url")
    last = draft.tests[-1]
    draft.tests[-1] = RuleTest(url=last.url, contains=(*last.contains, line.value))


def _unquoted(value: str) -> str:
    return value[1:-1].strip() if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _literal(text: str) -> str:
    """`text` as an XPath 1.0 literal, which knows no escapes."""
    if '"' not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    raise ValueError("holds both kinds of quotes")


_DIRECTIVES: Final[dict[str, Callable[[_Line, _Draft], None]]] = {
    **dict.fromkeys(_FIELDS, _field),
    **dict.fromkeys(_LINKS, _link),
    "if_page_contains": _condition,
    "strip": _strip,
    "strip_id_or_class": _strip_id_or_class,
    "strip_image_src": _strip_image_src,
    "find_string": _find_string,
    "replace_string": _replace_string,
    "http_header": _http_header,
    "test_url": _test_url,
    "test_contains": _test_contains,
}
_MAY_BE_EMPTY = frozenset(("replace_string",))
