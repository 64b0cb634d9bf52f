"""Rules of the house that no other tool holds."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "scraper").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "misc"}

# Each outside package has one door in a room: the module that imports it and translates its errors.
DOORS = {
    "requests": 1,
    "feedparser": 1,
    "protego": 1,
    "tenacity": 1,
    "sqlite_utils": 1,
    "nh3": 1,
    "markdownify": 1,
    "publicsuffixlist": 1,
    "brotli": 1,
    "jinja2": 1,
    "vl_convert": 1,
    "datasette": 4,  # the command that runs it, the two plugins it runs, and how it counts
    "tomlkit": 1,
    "dask": 1,
}


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_what_it_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 300
    assert path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=lambda path: path.parent.name)
def test_no_code_lives_in_an_init(path: Path) -> None:
    """Only a docstring, imports and __all__; the root also loads its names when they are asked for."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    is_root = path.parent.name == "scraper"
    allowed = (ast.Expr, ast.ImportFrom, ast.Assign, *((ast.If, ast.FunctionDef) if is_root else ()))

    assert all(isinstance(node, allowed) for node in body)


@pytest.mark.parametrize("package", DOORS)
def test_an_outside_package_has_one_door(package: str) -> None:
    doors = [path.name for path in MODULES if package in _imports(path)]

    assert len(doors) == DOORS[package], doors


def test_only_the_command_line_prints() -> None:
    printing = [
        path.name
        for path in MODULES
        if "cli" not in path.parts and re.search(r"^\s*(print|click\.echo)\(", path.read_text("utf-8"), re.MULTILINE)
    ]

    assert printing == []


def test_the_extractor_is_pure() -> None:
    """No socket, clock, database, log or network package in the room (shipped data files are read by importlib)."""
    outside = {"socket", "time", "sqlite3", "sqlite_utils", "logging", "requests", "urllib3", "os", "subprocess"}

    impure = {path.name: found for path in MODULES if "extractor" in path.parts and (found := _imports(path) & outside)}

    assert impure == {}
