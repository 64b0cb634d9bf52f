"""config.toml read, or every problem in it at once."""

from pathlib import Path

import pytest

from scraper.config import load, loads
from scraper.errors import ConfigError
from scraper.settings import Config
from scraper.urls import host_of

ROOT = Path(__file__).resolve().parents[1]


def problems(text: str) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        loads(text)
    return {problem.path: problem.message for problem in caught.value.problems}


def test_an_empty_file_gives_the_defaults() -> None:
    assert loads("") == Config()


def test_settings_are_read() -> None:
    config = loads(
        """
        [archive]
        path = "news.db"
        [crawl]
        pause_seconds = 1
        allow_private_hosts = ["127.0.0.1"]
        [hosts."Example.org"]
        obey_robots = false
        headers = { Accept-Language = "de" }
        [[feeds]]
        url = "https://example.org/feed/"
        """
    )

    assert config.archive.path == Path("news.db")
    assert config.crawl.pause_seconds == 1.0
    assert config.crawl.allow_private_hosts == ("127.0.0.1",)
    assert config.host("example.org").headers == {"Accept-Language": "de"}
    assert config.host("other.org").obey_robots is None
    assert config.feeds[0].name == "example.org/feed"


def test_every_problem_is_reported_at_once() -> None:
    found = problems(
        """
        [crawll]
        [crawl]
        pause_second = 1
        threads = "many"
        failure_share = 2.0
        deadline_seconds = nan
        obey_robots = 1
        [hosts."https://example.org"]
        [[feeds]]
        name = "no address"
        [[feeds]]
        url = "htp://example.org"
        [[feeds]]
        url = "https://a.example/feed"
        [[feeds]]
        url = "https://a.example/feed"
        [[sites]]
        name = "nowhere"
        """
    )

    assert found["crawll"] == "unknown setting; did you mean 'crawl'?"
    assert found["crawl.pause_second"] == "unknown setting; did you mean 'pause_seconds'?"
    assert found["crawl.threads"] == "must be a whole number, not 'many'"
    assert "between 0 and 1" in found["crawl.failure_share"]
    assert "nan" in found["crawl.deadline_seconds"]
    assert "true or false" in found["crawl.obey_robots"]
    assert "not a URL" in found['hosts."https://example.org"']
    assert found["feeds[0]"] == "needs a url"
    assert "http or https" in found["feeds[1].url"]
    assert any(path.startswith("sites[0]") for path in found)
    assert len(found) >= 10


def test_a_selector_of_links_is_checked_when_the_settings_are_read() -> None:
    feed = "[[feeds]]\nkind = 'page'\nurl = 'https://a.example/'\nlinks = "

    assert "not a CSS selector" in problems(f"{feed}'h2 >> a'")["feeds[0].links"]
    assert "feeds[0].links" in problems(f"{feed}'xpath: //a['")
    assert loads(f"{feed}'h2 > a'").feeds[0].links == "h2 > a"


def test_hosts_are_kept_as_addresses_spell_them() -> None:
    config = loads('[crawl]\nallow_private_hosts = ["Köln.example:8080"]\n[hosts."köln.example"]\nobey_robots = false')

    assert config.host(host_of("https://köln.example/a")).obey_robots is False
    assert config.crawl.allow_private_hosts == ("xn--kln-sna.example:8080",)
    assert "must be a host" in problems('[hosts."ö:port"]')['hosts."ö:port"']


def test_an_address_with_line_ends_in_it_is_one() -> None:
    assert loads('[[feeds]]\nurl = "http:/\\n/a.example/feed"').feeds[0].name == "a.example/feed"


def test_a_feed_may_stand_only_once() -> None:
    text = '[[feeds]]\nurl = "https://a.example/feed"\n' * 2

    assert {"feeds[1].url", "feeds[1].name"} == problems(text).keys()


def test_broken_toml_names_the_line() -> None:
    assert "line 2" in problems("[crawl]\npause_seconds = = 1")[""]


def test_a_missing_secret_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    text = '[hosts."example.org"]\nheaders = { Cookie = "env:EXAMPLE_COOKIE" }'
    monkeypatch.delenv("EXAMPLE_COOKIE", raising=False)
    assert "EXAMPLE_COOKIE" in problems(text)['hosts."example.org".headers.Cookie']

    monkeypatch.setenv("EXAMPLE_COOKIE", "id=1")

    assert loads(text).host("example.org").headers == {"Cookie": "id=1"}


def test_relative_paths_start_at_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[archive]\npath = "data/news.db"\n')

    assert load(file).archive.path == tmp_path / "data" / "news.db"


def test_an_unreadable_file_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_the_shipped_settings_are_valid_and_the_same_as_what_init_writes() -> None:
    config = load(ROOT / "config.toml")

    assert len(config.feeds) >= 12
    assert config.sites
    assert (ROOT / "config.toml").read_text() == (ROOT / "scraper" / "cli" / "config.toml").read_text()


def test_a_password_in_an_address_would_end_up_in_the_archive() -> None:
    text = (
        '[[feeds]]\nurl = "https://reader:s3cret@example.org/feed"\n[[feeds]]\nurl = "https://example.org/@writer/feed"'
    )

    found = problems(text)

    assert list(found) == ["feeds[0].url"]
    assert "s3cret" not in str(found)


def test_a_home_of_nobody_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[archive]\npath = "~no-such-user-here/news.db"')

    with pytest.raises(ConfigError, match=r"archive\.path"):
        load(file)
