"""Reads the recipes, which are SQL files with a title, a sentence and their parameters in comments. Runs none of them.

    -- The title
    -- One sentence, or more of them.
    -- :words = hafen* -- what to look for
    SELECT ...

The parameters :site, :since and :until mean the same everywhere and are not declared: an empty text sets no limit.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PARAMETER = re.compile(r":(\w+) = (\S+) -- (.*)")
# A text, a comment or a quoted name is passed over whole: what looks like a parameter inside of it is none.
_TOKEN = re.compile(r"""('(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*)|(?<![\w:]):([a-z_]\w*)""")

_EVERYWHERE = {
    "site": "only this site, a host without 'www.'; empty: all",
    "since": "from this day on, such as 2026-11-01; empty: from the first",
    "until": "before this day; empty: to the last",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named value that a query takes."""

    name: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """One query: `name` is for programs, `title` and `about` are for people."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, str] | None = None) -> dict[str, str]:
        """A value for each parameter: the one given under its name, else its default. Others are passed over."""
        given = given or {}
        return {parameter.name: given.get(parameter.name, parameter.default) for parameter in self.parameters}

    def filled(self, given: Mapping[str, str] | None = None) -> str:
        """The query with its values written in, to be pasted anywhere."""
        values = self.values(given)

        def literal(match: re.Match[str]) -> str:
            return match[1] if match[1] is not None else "'" + values[match[2]].replace("'", "''") + "'"

        return _TOKEN.sub(literal, self.sql)


@cache
def recipes() -> tuple[Recipe, ...]:
    """All of them, in the order in which they are read."""
    folder = files("scraper.archiver.cookbook") / "recipes"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".sql")}
    return tuple(_read(name, texts[name]) for name in sorted(texts))


def recipe(name: str) -> Recipe:
    """The recipe of that name. Raises KeyError where there is none."""
    found = {each.name: each for each in recipes()}
    return found[name]


def _read(file_name: str, text: str) -> Recipe:
    lines = text.splitlines()
    head = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
    sql = "\n".join(line for line in lines if not line.startswith("-- "))
    own = [Parameter(*match.groups()) for line in head if (match := _PARAMETER.fullmatch(line))]
    used = dict.fromkeys(match[2] for match in _TOKEN.finditer(sql) if match[2])
    everywhere = [Parameter(name, "", _EVERYWHERE[name]) for name in used if name in _EVERYWHERE]
    return Recipe(
        name=file_name.removesuffix(".sql").partition("-")[2],
        title=head[0],
        about=" ".join(line for line in head[1:] if not _PARAMETER.fullmatch(line)),
        parameters=(*own, *everywhere),
        sql=sql.rstrip().removesuffix(";"),
    )
