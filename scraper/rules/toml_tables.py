"""Tables of a TOML file read with types: what is wrong is noted under its dotted path, and reading goes on.

Knows no settings and opens no file.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from scraper.errors import Problem
from scraper.text import did_you_mean


class Table:
    """One table under its dotted path. Each read of a wrong value notes a problem and gives the empty value."""

    def __init__(self, values: Mapping[str, Any], path: str, problems: list[Problem]) -> None:
        self._values = values
        self.path = path
        self.problems = problems

    def note(self, key: str, message: str) -> None:
        self.problems.append(Problem(f"{self.path}.{key}" if key else self.path, message))

    def only(self, allowed: Iterable[str]) -> None:
        """Note every key that is none of `allowed`."""
        known = list(allowed)
        for key in self._values:
            if key not in known:
                self.note(key, f"unknown{did_you_mean(key, known)}")

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        value = self._values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.note(key, "missing" if value is None else "must be a text that is not empty")
        return ""

    def optional_text(self, key: str) -> str | None:
        return self.text(key) or None if self.has(key) else None

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

    def named_texts(self, key: str) -> dict[str, str]:
        """A table of texts, such as ``{ Accept = "text/html" }``."""
        value = self._values.get(key, {})
        if isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values()):
            return dict(value)
        self.note(key, 'must be a table of texts such as { name = "value" }')
        return {}

    def table(self, key: str) -> "Table":
        value = self._values.get(key, {})
        if not isinstance(value, Mapping):
            self.note(key, "must be a table")
            value = {}
        return Table(value, f"{self.path}.{key}", self.problems)

    def array(self, key: str) -> "list[Table]":
        return tables_of(self._values.get(key, []), f"{self.path}.{key}", self.problems)


def tables_of(value: object, path: str, problems: list[Problem]) -> list[Table]:
    """An array of tables, each under its dotted path with its number; none where `value` is something else."""
    if isinstance(value, list) and all(isinstance(table, Mapping) for table in value):
        return [Table(table, f"{path}[{number}]", problems) for number, table in enumerate(value)]
    header = re.sub(r"\[\d+\]", "", path)
    problems.append(Problem(path, f"must be an array of tables, written [[{header}]]"))
    return []
