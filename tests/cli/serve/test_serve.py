"""The archive in the browser: a real server on loopback, asked as a browser asks."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pytest
from lxml import html

from scraper.archiver.archive import Archive
from scraper.archiver.cookbook.recipe import recipes
from scraper.archiver.describe import things
from scraper.cli.main import run
from scraper.cli.serve.metadata import metadata
from tests.archiver.builders import make_article, store
from tests.cli.test_faults import mounts
from tests.conftest import Workplace

HOSTILE = "<script>alert(1)</script>"

pytest.importorskip("datasette")


class Served:
    """A running `scraper serve`."""

    def __init__(self, workplace: Workplace, path: Path, *, through: tuple[str, ...] = ()) -> None:
        self.path = path
        command = list(through) + workplace.command("serve", "--db", str(path), "--port", "0")
        self.process = subprocess.Popen(
            command,
            cwd=workplace.folder,
            env=workplace.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        self.greeting = self.process.stderr.readline()
        self.address = self.greeting.split(" is at ")[1].split()[0].removesuffix("/archive")

    def get(self, path: str) -> tuple[int, str, dict[str, str]]:
        try:
            with urlopen(self.address + path, timeout=30) as answer:
                return answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.headers.items()}
        except HTTPError as error:
            with error:
                return error.code, error.read().decode(), dict(error.headers)

    def page(self, path: str) -> html.HtmlElement:
        status, text, _ = self.get(path)
        assert status == 200, text
        return html.fromstring(text)

    def stop(self, number: int = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(number)
        printed, told = self.process.communicate(timeout=30)
        return self.process.returncode, printed + told


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, paper_archive: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    path = copy(paper_archive, folder / "paper of ours.db")
    with Archive(path) as archive:
        store(archive, make_article("https://evil.example/a", title=HOSTILE, body=HOSTILE, categories=(HOSTILE,)))
    running = Served(Workplace(folder), path)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_every_view_and_table_is_described_with_its_columns(served: Served) -> None:
    told = metadata(served.path)["databases"]["archive"]["tables"]

    for thing in things(served.path):
        assert told[thing.name]["description"] == thing.about
        assert told[thing.name]["columns"] == dict(thing.columns)
    assert "one row per story" in told["articles"]["description"].lower()


def test_every_query_of_the_cookbook_answers(served: Served) -> None:
    for recipe in recipes():
        status, text, _ = served.get(f"/archive/{recipe.name}.json?{urlencode(recipe.values())}")
        assert status == 200, text
        assert json.loads(text)["ok"], recipe.name


def test_a_query_without_values_asks_about_everything(served: Served) -> None:
    status, text, _ = served.get("/archive/totals.json?_shape=array")

    assert status == 200
    assert json.loads(text)[0]["articles"] == 32
    assert {served.get(f"/archive/{recipe.name}")[0] for recipe in recipes()} == {200}


def test_every_view_can_be_browsed(served: Served) -> None:
    for thing in things(served.path):
        status, text, _ = served.get(f"/archive/{thing.name}?_size=1")
        assert status == 200, (thing.name, text)


def test_internal_tables_are_hidden(served: Served) -> None:
    tables = json.loads(served.get("/archive.json")[1])["tables"]

    hidden = {table["name"] for table in tables if table["hidden"]}
    assert {"signature_bands", "text_signatures", "page_bodies", "_sqlite_migrations"} <= hidden
    assert "article_records" not in hidden


def test_articles_can_be_searched_in_either_spelling(served: Served) -> None:
    found = [
        served.page(f"/archive/articles?_search={quote(word)}").xpath("//ul[@class='stories']//h3/a/@href")
        for word in ("förde", "foerde")
    ]

    assert found[0] == found[1] != []


def test_an_article_is_read_with_its_versions_links_and_copies(served: Served) -> None:
    (row,) = json.loads(
        served.get("/archive.json?_shape=array&sql=" + quote("SELECT article_id AS id FROM duplicates LIMIT 1"))[1]
    )
    page = served.page(f"/archive/article/{row['id']}")

    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//div[@class='text']/p")
    headings = page.xpath("//aside//h2/text()")
    assert {"Versions", "Others with this text"} <= set(headings)
    linked = page.xpath("//section[h2='Others with this text']//a/@href")
    assert served.get(linked[0])[0] == 200


def test_views_over_time_are_told_once_a_minute_and_links_lead_elsewhere(served: Served) -> None:
    """The block with the counts stands on every page of the site, and in the list of the article itself."""
    (row,) = json.loads(
        served.get(
            "/archive.json?_shape=array&sql="
            + quote("SELECT article_id AS id FROM view_counts GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
        )[1]
    )
    page = served.page(f"/archive/article/{row['id']}")

    shown = [tuple(tr.xpath("td/text()")) for tr in page.xpath("//section[h2='Views over time']//tr[td]")]
    assert len(shown) == len(set(shown)) > 1
    assert page.xpath("//section[h2='Links to']//a")
    assert not page.xpath(f"//section[h2='Links to']//a[@href='/archive/article/{row['id']}']")


def test_a_page_to_read_loads_nothing_from_the_web(served: Served) -> None:
    _, _, headers = served.get("/archive/article/1")

    assert "default-src 'none'" in headers["content-security-policy"]


def test_what_comes_from_the_web_is_text(served: Served) -> None:
    ids = json.loads(served.get("/archive/articles.json?_shape=array&site=evil.example")[1])
    for path in (f"/archive/article/{ids[0]['id']}", "/archive/articles?site=evil.example", "/archive/latest-articles"):
        assert HOSTILE not in served.get(path)[1]
        assert "alert(1)" in served.get(path)[1]


def test_what_is_not_there_is_said(served: Served) -> None:
    status, text, _ = served.get("/archive/article/999999")
    assert (status, html.fromstring(text).xpath("//a[@href='/']/text()")) == (404, ["home"])
    assert "no article 999999" in text
    assert served.get("/archive/article/999999999999999999")[0] == 404


def test_nothing_can_be_written(served: Served) -> None:
    status, text, _ = served.get("/archive.json?sql=" + quote("DELETE FROM feeds"))

    assert status == 400
    assert "SELECT" in text


def test_what_is_written_meanwhile_is_seen(served: Served) -> None:
    with Archive(served.path) as archive:
        new = store(archive, make_article("https://news.example/late", title="Just in"))

    assert served.page(f"/archive/article/{new}").xpath("string(//h1)") == "Just in"


@pytest.mark.parametrize("number", [signal.SIGINT])
def test_it_ends_cleanly(tmp_path: Path, paper_archive: Path, number: int) -> None:
    running = Served(Workplace(tmp_path), copy(paper_archive, tmp_path / "a.db"))
    assert running.get("/archive")[0] == 200
    assert [running.get(path)[0] for path in ("/nowhere", "/archive/nothing", "/archive/article/0")] == [404] * 3

    code, rest = running.stop(number)

    assert (code, rest) == (0, "Served.\n")
    assert {path.name for path in tmp_path.iterdir()} <= {"a.db", "a.db-wal", "a.db-shm"}


def test_it_ends_cleanly_where_a_script_started_it_in_the_background(tmp_path: Path, paper_archive: Path) -> None:
    deaf = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
    running = Served(Workplace(tmp_path), copy(paper_archive, tmp_path / "a.db"), through=deaf)

    assert running.get("/archive")[0] == 200
    assert running.stop(signal.SIGINT) == (0, "Served.\n")


@mounts
def test_an_archive_on_a_read_only_disk_is_served(tmp_path: Path, paper_archive: Path) -> None:
    path = copy(paper_archive, tmp_path / "a.db")
    mounted = ("unshare", "-rm", "sh", "-c", f'mount --bind -o ro "{tmp_path}" "{tmp_path}" && exec "$@"', "sh")
    running = Served(Workplace(tmp_path), path, through=mounted)

    assert "Deich" in running.get("/archive/articles?_search=Deich")[1]
    assert running.get("/archive/article/1")[0] == 200
    running.stop()


def test_a_port_in_use_is_said(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    port = served.address.rsplit(":", 1)[1]

    assert run(["serve", "--db", str(served.path), "--port", port]) == 2

    assert "another --port" in capsys.readouterr().err


def test_without_its_extra_it_says_what_to_install(
    served: Served, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasette.app", None)

    assert run(["serve", "--db", str(served.path), "--port", "0"]) == 2

    assert "pip install 'scraper[datasette]'" in capsys.readouterr().err


def test_without_an_archive_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--db", str(tmp_path / "none.db")]) == 2

    assert "scraper crawl" in capsys.readouterr().err
