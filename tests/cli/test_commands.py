"""The other commands, as people type them."""

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from fixtures.serve import Site, serve
from tests.conftest import Workplace

STORY = "/hafenrat-vertagt-abstimmung/"


class Crawled(Workplace):
    """A workplace with an archive of the fixture newspaper, only to be read: the tests share it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with serve() as site:
            self.site_url = site.url
            self.configure(site.feeds[0], site.trouble_feed, crawl="attempts = 1")
            self.run("crawl")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return Crawled(tmp_path_factory.mktemp("crawled"))


def test_init_writes_valid_settings_and_never_overwrites(workplace: Workplace) -> None:
    first = workplace.run("init")
    written = (workplace.folder / "config.toml").read_bytes()
    second = workplace.run("init")

    assert first.returncode == 0
    assert workplace.run("config", "check").returncode == 0
    assert second.returncode == 2
    assert (workplace.folder / "config.toml").read_bytes() == written


def test_config_check_names_every_problem(workplace: Workplace) -> None:
    (workplace.folder / "config.toml").write_text('[crawl]\npause = 1\nthreads = 0\n[[feeds]]\nname = "x"\n')

    done = workplace.run("config", "check")

    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert [line.split(": ")[1] for line in lines] == ["crawl.pause", "crawl.threads", "feeds[0]"]


def test_config_show_is_toml_and_keeps_secrets(workplace: Workplace) -> None:
    text = '[hosts."example.org"]\nheaders = { Cookie = "s3cret" }\n[[feeds]]\nurl = "https://example.org/feed"\n'
    (workplace.folder / "config.toml").write_text(text)

    shown = workplace.run("config", "show").stdout.decode()

    assert "pause_seconds = 2.0" in shown
    assert "s3cret" not in shown
    (workplace.folder / "shown.toml").write_text(shown)
    assert workplace.run("config", "check", "--config", "shown.toml").returncode == 0


def test_fetch_prints_one_record_and_stores_nothing(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0])

    done = workplace.run("fetch", site.url + STORY)

    record = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert record["category"] == "POLITIK"
    assert record["sources"]["title"]
    assert not workplace.archive.exists()


def test_fetch_save_stores_the_article_and_show_gives_it_back(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0])

    saved = json.loads(workplace.run("fetch", "--save", site.url + STORY).stdout)
    shown = json.loads(workplace.run("show", site.url + STORY + "?utm_source=mail").stdout)

    assert saved == shown
    assert shown["body"]


@pytest.mark.parametrize(("form", "start"), [("text", "„Fördewarte“"), ("markdown", "# „Fördewarte“")])
def test_records_as_text(site: Site, workplace: Workplace, form: str, start: str) -> None:
    workplace.configure(site.feeds[0])

    text = workplace.run("fetch", site.url + STORY, "--format", form).stdout.decode()

    assert text.startswith(start)
    assert "\x1b" not in text


def test_fetch_says_plainly_what_went_wrong(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0])

    gone = workplace.run("fetch", site.url + "/zurueckgezogen/")
    nonsense = workplace.run("fetch", "nonsense")

    assert (gone.returncode, nonsense.returncode) == (1, 2)
    assert b"410" in gone.stderr
    assert b"Traceback" not in gone.stderr + nonsense.stderr


def test_fetch_names_the_address_and_the_reason(site: Site, workplace: Workplace) -> None:
    """`xargs -n1 scraper fetch` prints many such lines."""
    workplace.configure(site.feeds[0])

    told = workplace.run("fetch", site.url + "/zurueckgezogen/").stderr.decode()

    assert told == f"{site.url}/zurueckgezogen/: gone: HTTP 410: the page is gone for good\n"


def test_fetches_that_are_saved_are_runs_with_their_counts(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0])
    workplace.run("fetch", "--save", site.url + STORY)

    told = workplace.run("status").stderr.decode()

    assert told.startswith("Last run (fetch): ")
    assert told.endswith(", finished: articles new 1\n")


def test_extract_reads_standard_input(workplace: Workplace) -> None:
    html = "<html lang=de><title>Der Deich</title><h1>Der Deich</h1><p>" + "Ein Satz über den Deich. " * 20
    done = workplace.run("extract", "-", "--url", "https://example.org/deich", stdin=html.encode())

    record = json.loads(done.stdout)
    assert (record["title"], record["url"]) == ("Der Deich", "https://example.org/deich")


def test_extract_of_a_missing_file_is_a_usage_error(workplace: Workplace) -> None:
    done = workplace.run("extract", "no-such-file.html")

    assert done.returncode == 2
    assert b"no-such-file.html" in done.stderr


def test_search_finds_and_folds(crawled: Crawled) -> None:
    plain = [json.loads(line) for line in crawled.run("search", "hafenrat", "--json").stdout.splitlines()]

    assert plain
    assert "[Hafenrat]" in plain[0]["snippet"]
    nothing = crawled.run("search", "Quastenflosser")
    assert (nothing.returncode, nothing.stdout) == (0, b"")


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (("--author", "Wiebke Hansen-Lorenz"), "No article is of the author 'Wiebke Hansen-Lorenz'; did you mean"),
        (("--category", "Politk"), "No article is of the category 'Politk'; did you mean"),
        (("--feed", "nobody's"), 'No article is of the feed "nobody\'s"'),
        (("--site", "www.example.net"), "No article is of the site 'www.example.net'"),
    ],
)
def test_a_name_that_nothing_has_is_told_beside_an_empty_answer(
    crawled: Crawled, slip: tuple[str, str], told: str
) -> None:
    for command in (("search", "hafenrat"), ("export", "csv"), ("export", "rss")):
        done = crawled.run(*command, *slip)

        assert done.returncode == 0
        assert told in done.stderr.decode()


def test_names_in_any_case_are_known(crawled: Crawled) -> None:
    assert b"No article" not in crawled.run("export", "csv", "--author", "wiebke hansen-lorentz").stderr


def test_status_shows_every_feed(crawled: Crawled) -> None:
    feeds = [json.loads(line) for line in crawled.run("status", "--json").stdout.splitlines()]
    table = crawled.run("status").stdout.decode()

    assert {feed["name"] for feed in feeds} == {"feed 0", "feed 1"}
    assert all(feed["name"] in table for feed in feeds)


def test_why_tells_the_story_of_a_url(crawled: Crawled) -> None:
    archived = crawled.run("why", crawled.site_url + STORY).stdout.decode()
    gone = crawled.run("why", crawled.site_url + "/zurueckgezogen/").stdout.decode()
    unknown = crawled.run("why", "https://example.org/never-heard-of")

    assert "found in the feed feed 0" in archived
    assert "It is article" in archived
    assert "gone (status 410)" in gone
    assert unknown.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("show", "9" * 30), 2),
        (("show", ""), 2),
        (("show", "%"), 2),
        (("why", "nonsense"), 2),
        (("why", ""), 2),
        (("why", "http://[broken"), 2),
        (("why", "https://example.org/\udcff"), 2),
        (("search", "--limit", "9" * 30, "x"), 2),
        (("search", "\udcff"), 2),
        (("search", "--", "-"), 2),
        (("search", "x", "--site", "\udcff"), 1),
    ],
)
def test_odd_questions_get_a_plain_answer(crawled: Crawled, arguments: tuple[str, ...], status: int) -> None:
    done = crawled.run(*arguments)

    assert done.returncode == status
    assert done.stderr
    assert b"Traceback" not in done.stderr


def test_why_names_every_address_that_leads_to_an_article(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0])
    workplace.run("fetch", "--save", site.url + "/alt/werft-bekommt-auftrag/")

    story = workplace.run("why", site.url + "/werft-bekommt-auftrag/").stdout.decode().splitlines()

    assert story[-2].endswith(f": {site.url}/werft-bekommt-auftrag/")
    assert story[-1] == f"It is also reached by {site.url}/alt/werft-bekommt-auftrag/"


def test_reading_needs_an_archive(workplace: Workplace) -> None:
    for arguments in (("search", "x"), ("show", "1"), ("status",), ("why", "https://example.org/")):
        done = workplace.run(*arguments)
        assert done.returncode == 2
        assert b"scraper crawl" in done.stderr
        assert not workplace.archive.exists()


def test_a_file_that_is_no_archive_is_left_alone(workplace: Workplace) -> None:
    other = workplace.folder / "notes.db"
    other.write_bytes(b"not a database at all, but somebody's notes" * 50)
    before = other.read_bytes()

    done = workplace.run("status", "--db", "notes.db")

    assert done.returncode == 4
    assert other.read_bytes() == before


def test_from_another_folder_by_environment(crawled: Crawled, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = Workplace(tmp_path_factory.mktemp("elsewhere"))

    done = elsewhere.run("status", "--config", str(crawled.folder / "config.toml"), "--json")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert list(elsewhere.folder.iterdir()) == []


def test_a_reader_that_has_seen_enough_is_no_error(crawled: Crawled) -> None:
    with subprocess.Popen(
        crawled.command("show", "1"),
        cwd=crawled.folder,
        env=crawled.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_are_no_error(crawled: Crawled, closed: str) -> None:
    line = f"{shlex.join(crawled.command('show', '1'))} {closed}"

    done = _in_shell(crawled, line)

    assert (done.returncode, done.stderr) == (0, b"")


def test_output_that_cannot_be_written_is_said_plainly(crawled: Crawled) -> None:
    line = f"{shlex.join(crawled.command('show', '1'))} >/dev/full"

    done = _in_shell(crawled, line)

    assert done.returncode == 1
    assert done.stderr.startswith(b"The system refuses: ")
    assert b"Traceback" not in done.stderr


def _in_shell(workplace: Workplace, line: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        line, shell=True, cwd=workplace.folder, env=workplace.environment, capture_output=True, check=False
    )


def test_version_and_help(workplace: Workplace) -> None:
    assert workplace.run("--version").stdout.startswith(b"scraper, version ")
    help_text = workplace.run("--help").stdout.decode()
    assert all(command in help_text for command in ("crawl", "fetch", "search", "why"))


def test_an_unknown_command_is_a_usage_error(workplace: Workplace) -> None:
    assert workplace.run("krawl").returncode == 2
