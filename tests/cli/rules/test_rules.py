"""rules and reextract, as their users call them."""

import json
from pathlib import Path
from shutil import copy

import pytest

from fixtures.golden import FOLDER
from scraper.cli.main import run

CONFIG = """
[[sites]]
name = "mine"
hosts = ["foerdebote.example"]
drop = ".nowhere"
[sites.fields]
title = "h1"
{more}
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, paper_archive: Path) -> Path:
    return copy(paper_archive, tmp_path_factory.mktemp("filled") / "archive.db")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRAPER_DB", str(archive))
    monkeypatch.delenv("SCRAPER_CONFIG", raising=False)
    return tmp_path


def configure(here: Path, more: str = "") -> None:
    (here / "config.toml").write_text(CONFIG.format(more=more), encoding="utf-8")


def test_lists_rules_in_their_order(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure(here)
    (here / "rules").mkdir()
    (here / "rules" / ".example.org.txt").write_text("title: //h1\nfoo: bar\n", encoding="utf-8")

    assert run(["rules", "list", "--json"]) == 0

    listed = json.loads(capsys.readouterr().out)
    assert [(rule["name"], rule["from"]) for rule in listed[:3]] == [
        ("mine", "config.toml"),
        (".example.org.txt", ".example.org.txt"),
        ("bbc", "shipped"),
    ]
    assert listed[1]["notes"] == ["line 2: foo is unknown"]


def test_checks_a_rule_on_its_examples_and_on_archived_pages(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure(here, '[[sites.tests]]\nhtml = "<h1>Ebbe</h1>"\nfields = { title = "Ebbe" }')

    assert run(["rules", "check", "mine", "--json"]) == 0

    (trial,) = json.loads(capsys.readouterr().out)
    assert (trial["passed"], trial["failed"], trial["pages"]) == (1, [], 20)
    assert trial["filled"]["title"] > 10
    assert {"place": "drop", "selector": ".nowhere", "pages": 0} in trial["selectors"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[[sites.tests]]\nhtml = "<h1>Ebbe</h1>"\nfields = { title = "Flut" }', "title is 'Ebbe', not 'Flut'"),
        ('subtitle = ".gone"', "found on none of 20 pages: fields.subtitle: .gone"),
        (
            '[[sites.tests]]\nurl = "https://foerdebote.example/deich-bei-suederhoern/"\ncontains = "Kamelen"',
            "does not contain 'Kamelen'",
        ),
    ],
)
def test_says_what_no_longer_holds(here: Path, capsys: pytest.CaptureFixture[str], more: str, said: str) -> None:
    configure(here, more)

    assert run(["rules", "check", "mine"]) == 1

    assert said in capsys.readouterr().out


def test_an_unknown_rule_is_a_mistake(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "check", "wordpres"]) == 2
    assert "did you mean 'wordpress'" in capsys.readouterr().err


def test_rules_are_checked_without_an_archive(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRAPER_DB", str(here / "none.db"))
    configure(here)

    assert run(["rules", "check", "mine"]) == 0
    assert "tested on their own examples only" in capsys.readouterr().err


def test_proposes_selectors_with_lasting_names(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = FOLDER / "drupal-field-body" / "page.html"

    assert run(["rules", "suggest", str(page), "--url", "https://herald.example/x", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["title"][0] == {
        "selector": "span.field--name-title",
        "gives": "Late frost takes half the cherries",
        "other_pages": 0,
    }
    assert found["authors"][0]["gives"] == "Ruth Okafor"
    assert found["tags"][0]["gives"] == "Farming; Weather"


def test_the_proposed_rule_can_be_used_as_it_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = "https://foerdebote.example/deich-bei-suederhoern/"
    assert run(["rules", "suggest", address]) == 0
    printed = capsys.readouterr().out
    (here / "config.toml").write_text(printed[printed.index("[[sites]]") :], encoding="utf-8")

    assert run(["rules", "check", "foerdebote.example"]) == 0


def test_what_is_neither_a_page_nor_an_address_is_a_mistake(here: Path) -> None:
    assert run(["rules", "suggest", "nothing.html"]) == 2


def test_a_dry_run_shows_what_would_change(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure(here, "summary = \"xpath: string('Kurz')\"")

    assert run(["reextract", "--dry-run", "--site", "foerdebote.example", "--jobs", "1"]) == 0

    out = capsys.readouterr().out
    assert "articles would be" in out
    assert "summary" in out
    assert "Kurz" in out


def test_reextract_says_as_json_what_became_of_each_field(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reextract", "--dry-run", "--json", "--limit", "5"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert report["articles"]["same"] == 5
    assert report["fields"] == {}


def test_reextract_needs_an_archive(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRAPER_DB", str(here / "none.db"))

    assert run(["reextract"]) == 2
