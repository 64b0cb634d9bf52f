"""The `rules` folder beside a config.toml."""

from pathlib import Path

import pytest

from scraper.config import load
from scraper.errors import ConfigError
from scraper.pipeline.rule_headers import hosts_of
from scraper.settings import Config

OWN = """
[[sites]]
name = "own"
hosts = ["example.org"]
[sites.fields]
title = "h1"
"""


def write(folder: Path, files: dict[str, str], config: str = "") -> Path:
    (folder / "rules").mkdir()
    for name, text in files.items():
        (folder / "rules" / name).write_text(text, encoding="utf-8")
    (folder / "config.toml").write_text(config, encoding="utf-8")
    return folder / "config.toml"


def test_rules_stand_in_order_of_precedence(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        {
            "b.toml": OWN,
            ".example.org.txt": "title: //h2",
            "www.example.org.txt": "title: //h3",
            ".de.example.org.txt": "title: //h4",
            "README.md": "no rules",
            "global.txt": "title: //h5",
        },
        OWN.replace("own", "first"),
    )

    names = [rule.name for rule in load(config).sites]

    assert names == ["first", "own", "www.example.org.txt", ".de.example.org.txt", ".example.org.txt"]


def test_every_problem_has_its_file_and_path(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        {
            "a.toml": OWN.replace('title = "h1"', 'titel = "h1"'),
            "b.toml": "[[sites",
            "c.toml": OWN + "[feeds]\n",
            "d.toml": OWN,
        },
    )

    with pytest.raises(ConfigError) as caught:
        load(config)

    assert [problem.path for problem in caught.value.problems] == [
        "rules/a.toml: sites[0].fields.titel",
        "rules/b.toml",
        "rules/c.toml: feeds",
        "rules/d.toml",
    ]


def test_a_name_given_twice_is_told_once(tmp_path: Path) -> None:
    twin = '[[sites]]\nname = "twin"\nhosts = "a.example"\n'
    cases: list[tuple[str, dict[str, str], list[str]]] = [
        (twin * 2, {}, ["sites"]),
        ("", {"a.toml": twin * 2}, ["rules/a.toml: sites"]),
        (twin, {"a.toml": twin}, ["rules/a.toml"]),
    ]
    for number, (settings, files, places) in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(ConfigError) as caught:
            load(write(folder, files, settings))

        assert [problem.path for problem in caught.value.problems] == places


def test_what_is_wrong_in_a_file_of_the_community_is_a_note(tmp_path: Path) -> None:
    config = write(tmp_path, {"example.org.txt": "title: //h1[\nbody: //article\nfoo: bar\n"})

    (rule,) = load(config).sites

    assert list(rule.fields) == ["body"]
    assert len(rule.notes) == 2
    assert rule.origin == "example.org.txt"


HEADERS = "http_header(User-Agent): Robot\nhttp_header(Cookie): consent=1\nhttp_header(Host): b.example\n"


def config_with_headers(tmp_path: Path, settings: str) -> Config:
    return load(write(tmp_path, {".example.org.txt": HEADERS}, settings))


def test_headers_of_rules_are_not_sent_unless_the_settings_say_so(tmp_path: Path) -> None:
    config = config_with_headers(tmp_path, "")

    assert hosts_of(config).get("www.example.org") is None


def test_headers_that_are_allowed_yield_to_the_settings_and_never_steer(tmp_path: Path) -> None:
    settings = '[crawl]\nsend_rule_headers = true\n[hosts."a.example.org"]\nheaders = { cookie = "mine=1" }\n'
    hosts = hosts_of(config_with_headers(tmp_path, settings))

    assert hosts["a.example.org"].user_agent == "Robot"
    assert hosts["a.example.org"].headers == {"cookie": "mine=1"}
    assert hosts["b.example.org"].headers == {"cookie": "consent=1"}
    assert hosts.get("example.net") is None
