"""add, feeds, import opml and export opml, as people type them: no terminal, so nothing is asked."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fixtures.serve import Site
from scraper.cli.main import run
from tests.conftest import Workplace
from tests.loopback import Loopback, reply


def feeds_in(workplace: Workplace) -> list[dict[str, Any]]:
    text = (workplace.folder / "config.toml").read_text(encoding="utf-8")
    feeds: list[dict[str, Any]] = tomllib.loads(text).get("feeds", [])
    return feeds


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(name="scraper")
def scraper_command(workplace: Workplace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in the workplace's folder, in this process: a new one takes a second to start."""
    monkeypatch.chdir(workplace.folder)
    monkeypatch.delenv("SCRAPER_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(workplace.folder))

    def call(*arguments: str) -> Done:
        status = run(arguments)
        return Done(status, *capsys.readouterr())

    return call


def test_without_a_choice_it_shows_what_there_is_and_adds_nothing(
    workplace: Workplace, site: Site, scraper: Run
) -> None:
    workplace.configure()

    done = scraper("add", site.url)

    assert done.status == 2
    lines = done.out.splitlines()
    assert lines[:3] == [
        "  1  Der Fördebote",
        f"     {site.url}/feed/",
        "     feed (rss20), 10 entries, newest 2024-10-26, about 4 a week, de-DE, announced by the page",
    ]
    assert len(lines) == 9
    assert "--yes" in done.err
    assert feeds_in(workplace) == []


def test_the_best_one_is_added_once(workplace: Workplace, site: Site, scraper: Run) -> None:
    workplace.configure()
    first = scraper("add", site.url.removeprefix("http://"), "--yes", "--folder", "Küste")
    again = scraper("add", f"{site.url}/feed/", "--yes")

    assert (first.status, again.status) == (0, 0)
    assert feeds_in(workplace) == [
        {"name": "Der Fördebote", "url": f"{site.url}/feed/", "folder": "Küste", "site_url": f"{site.url}/"}
    ]
    assert "already" in again.err
    assert scraper("crawl").status == 0
    listed = json.loads(scraper("feeds", "--json").out)
    assert (listed["name"], listed["state"], listed["folder"]) == ("Der Fördebote", "ok", "Küste")
    assert listed["last_ok_at"] is not None


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (("--pick", "3,1"), ["Der Fördebote, Hintergrund", "Der Fördebote"]),
        (("--pick", "2", "--name", "Welt"), ["Welt"]),
        (("--all",), ["Der Fördebote", "Der Fördebote, international", "Der Fördebote, Hintergrund"]),
        (("--pick", "0"), []),
    ],
)
def test_some_are_picked(
    workplace: Workplace, site: Site, scraper: Run, choice: tuple[str, ...], names: list[str]
) -> None:
    workplace.configure()

    assert scraper("add", site.url, *choice).status == 0
    assert [feed["name"] for feed in feeds_in(workplace)] == names


def test_json_only_shows_and_needs_no_settings_file_to_write(workplace: Workplace, site: Site, scraper: Run) -> None:
    workplace.configure()
    before = (workplace.folder / "config.toml").read_bytes()

    found = json.loads(scraper("add", f"{site.url}/atom.xml", "--json").out)

    assert [(each["url"], each["entries"], each["rhythm"]) for each in found] == [
        (f"{site.url}/atom.xml", 6, "about 4 a week")
    ]
    assert (workplace.folder / "config.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("add", "{site}/nichts/"), 2, "--pick N,M"),
        (("add", "http://127.0.0.1:1/"), 1, "connect"),
        (("add", "javascript:x"), 2, "no address"),
        (("add", "{site}", "--pick", "x"), 2, "Not numbers"),
        (("add", "{site}", "--pick", "9"), 2, "from 1 to 3"),
        (("add", "{site}", "--yes", "--all"), 2, "exclude one another"),
        (("add", "{site}/impressum/", "--pick", "1", "--config", "none.toml"), 2, "no settings file none.toml"),
        (("add", "{site}/robots.txt", "--yes"), 0, "added"),
        (("feeds", "disable", "nobody"), 2, "scraper feeds"),
        (("import", "opml", "none.opml"), 2, "cannot be read"),
        (("export", "opml", "none/x.opml"), 2, "cannot be written"),
    ],
)
def test_bad_input_is_told_in_a_line(
    workplace: Workplace, site: Site, scraper: Run, arguments: tuple[str, ...], status: int, words: str
) -> None:
    workplace.configure()

    done = scraper(*(argument.format(site=site.url) for argument in arguments))

    assert done.status == status
    assert words in done.err
    assert "A fault of scraper" not in done.err


def test_without_settings_nothing_is_made(workplace: Workplace, site: Site, scraper: Run) -> None:
    done = scraper("add", site.url, "--yes")

    assert done.status == 2
    assert "scraper init" in done.err
    assert list(workplace.folder.iterdir()) == []


def test_feeds_are_listed_and_changed(workplace: Workplace, scraper: Run) -> None:
    workplace.configure("https://a.example/feed", "https://b.example/feed")

    for arguments in (
        ("disable", "feed 0"),
        ("rename", "https://b.example/feed", "Bé"),
        ("enable", "Bé"),
    ):
        assert scraper("feeds", *arguments).status == 0
    states = [json.loads(line) for line in scraper("feeds", "--json").out.splitlines()]
    table = scraper("feeds").out
    removed = scraper("feeds", "remove", "feed 0")

    assert [(each["name"], each["state"]) for each in states] == [("feed 0", "disabled"), ("Bé", "new")]
    assert "https://a.example/feed" in table
    assert "stays in the archive" in removed.err
    assert feeds_in(workplace) == [{"name": "Bé", "url": "https://b.example/feed"}]


def test_a_feed_that_has_gone_for_good_is_listed_as_retired(workplace: Workplace, scraper: Run) -> None:
    with Loopback() as server:
        server.routes["/feed"] = reply(b"", "410 Gone")
        workplace.configure(server.url("/feed"))
        scraper("crawl")
    (listed,) = scraper("feeds", "--json").out.splitlines()

    assert json.loads(listed)["state"] == "retired"


def test_opml_out_and_in_again(workplace: Workplace, scraper: Run, tmp_path: Path) -> None:
    workplace.configure("https://a.example/feed", "https://b.example/feed")
    scraper("feeds", "disable", "feed 1")
    assert scraper("export", "opml", "feeds.opml").status == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "config.toml").write_text('[[feeds]]\nname = "Mine"\nurl = "https://a.example/feed"\n')

    exported = (workplace.folder / "feeds.opml").read_bytes()
    done = workplace.run("import", "opml", "-", "--config", "other/config.toml", stdin=exported)

    assert (done.returncode, done.stderr.decode()) == (0, "other/config.toml: 1 feed added, 1 there already.\n")
    assert tomllib.loads((other / "config.toml").read_text())["feeds"][1] == {
        "name": "feed 1",
        "url": "https://b.example/feed",
        "enabled": False,
    }


def test_broken_opml_is_told_with_its_line(workplace: Workplace, scraper: Run) -> None:
    workplace.configure()
    (workplace.folder / "x.opml").write_text("<opml><body>\n<outline text='a & b'/></body></opml>")

    done = scraper("import", "opml", "x.opml")

    assert done.status == 2
    assert "x.opml: line 2: not well-formed XML" in done.err


def test_feeds_and_feeds_list_are_the_same(workplace: Workplace, scraper: Run) -> None:
    workplace.configure()
    assert scraper("feeds", "list").err == "No feeds yet. Add one with: scraper add URL\n"
    workplace.configure("https://a.example/feed")

    alone, listed = scraper("feeds"), scraper("feeds", "list")

    assert listed == alone
    assert "https://a.example/feed" in listed.out
    assert json.loads(scraper("feeds", "list", "--json").out)["url"] == "https://a.example/feed"


def test_a_slip_in_an_address_is_told_with_what_the_site_has_instead(
    workplace: Workplace, site: Site, scraper: Run
) -> None:
    workplace.configure()
    slip = scraper("add", f"{site.url}/feeed/")
    right = scraper("add", site.url.removeprefix("http://"))

    told = f"{site.url}/feeed/: HTTP 404: there is no such page. This is what its site has:\n"
    assert slip.err.startswith(told)
    assert slip.out == right.out != ""
    assert "what its site has" not in right.err
