"""Feeds added to, changed in and removed from a config.toml, with everything else left as it was."""

import stat
import tomllib
from pathlib import Path

import pytest

from scraper.config import load
from scraper.errors import ConfigError, UsageError
from scraper.settings import FeedSettings
from scraper.subscriptions import add_feeds, change_feed, find_feed, remove_feed

SETTINGS = """# mine
[crawl]
pause_seconds   =  3.5 # slowly

# The feeds.

[[feeds]]
name = "One"  # the first
url = 'https://one.example/feed'
# of which I am fond

[[feeds]]
url = "https://two.example/feed"
name = "Two"

# How sites are read.

[[sites]]
name = "one.example"
hosts = ["one.example"]
"""
NEW = FeedSettings(url="https://new.example/feed?a=1", name='New "quoted" \\ Übel', folder="News/Ger\\/many")
NEW_TEXT = """[[feeds]]
name = "New \\"quoted\\" \\\\ Übel"
url = "https://new.example/feed?a=1"
folder = "News/Ger\\\\/many"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(SETTINGS.encode())
    return path


def test_a_feed_is_put_behind_the_last_one_and_nothing_else_changes(path: Path) -> None:
    added = add_feeds(path, [NEW])

    assert added.feeds == (NEW,)
    assert path.read_text("utf-8") == SETTINGS.replace('name = "Two"\n\n# How', f'name = "Two"\n\n{NEW_TEXT}\n# How')


def test_what_is_there_already_is_not_added_again(path: Path) -> None:
    before = path.stat().st_mtime_ns
    same = FeedSettings(url="HTTPS://One.example:443/feed?utm_source=x#top", name="Other")

    assert add_feeds(path, [same]).known == (same,)
    assert path.stat().st_mtime_ns == before
    added = add_feeds(path, [NEW, NEW, same])
    assert (len(added.feeds), len(added.known)) == (1, 2)


def test_names_are_unique_and_never_missing(path: Path) -> None:
    feeds = [FeedSettings(url=f"https://x.example/{n}", name="One") for n in range(2)]

    added = add_feeds(path, [*feeds, FeedSettings(url="https://y.example/")])

    assert [feed.name for feed in added.feeds] == ["One (2)", "One (3)", "y.example"]
    assert [feed.name for feed in load(path).feeds] == ["One", "Two", "One (2)", "One (3)", "y.example"]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing yet\n",
        "[crawl]\npause_seconds = 1",
        "feeds = []\n[crawl]\npause_seconds = 1\n",
        'feeds = [{ url = "https://one.example/" }]\n',
        '[[feeds]]\nurl = "https://one.example/"',
        '[[feeds]]\nurl = "https://one.example/"\n# end',
        '[[feeds]]\nurl = "https://one.example/"\n\n\n\n# end\n\n',
        '[[feeds]]\nurl = "https://one.example/"\n[crawl]\npause_seconds = 1\n[[feeds]]\nurl = "https://two.example/"\n',
        '[[ "feeds" ]]\nurl = """https://one.example/"""\n',
    ],
)
def test_a_feed_can_be_added_to_any_settings(path: Path, before: str) -> None:
    path.write_text(before, encoding="utf-8")
    known = tomllib.loads(before)

    add_feeds(path, [NEW])

    after = path.read_text(encoding="utf-8")
    assert tomllib.loads(after) == {
        **known,
        "feeds": [*known.get("feeds", []), {"name": NEW.name, "url": NEW.url, "folder": NEW.folder}],
    }
    assert [line for line in before.splitlines() if line.startswith("#") and line not in after] == []
    load(path)


def test_line_ends_and_byte_order_mark_stay(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + SETTINGS.replace("\n", "\r\n").encode())

    add_feeds(path, [NEW])

    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# mine\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == SETTINGS.count("\n") + 5


def test_a_link_stays_a_link_and_rights_stay_rights(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "other.toml"
    link.symlink_to(path)

    add_feeds(link, [NEW])

    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert len(load(path).feeds) == 3
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config.toml", "other.toml"]


def test_a_feed_is_changed_in_its_place(path: Path) -> None:
    change_feed(path, 0, enabled=False)
    change_feed(path, 1, name="Zwei", enabled=False)
    change_feed(path, 1, enabled=True)

    assert path.read_text("utf-8") == SETTINGS.replace("fond\n", "fond\nenabled = false\n").replace(
        'name = "Two"\n', 'name = "Zwei"\nenabled = true\n'
    )


def test_a_feed_is_removed_and_the_comments_of_others_stay(path: Path) -> None:
    remove_feed(path, 1)
    assert path.read_text("utf-8") == SETTINGS.replace(
        '[[feeds]]\nurl = "https://two.example/feed"\nname = "Two"\n\n', ""
    )
    remove_feed(path, 0)

    assert load(path).feeds == ()
    text = path.read_text("utf-8")
    assert "one.example/feed" not in text
    assert "# The feeds.\n\n# How sites are read.\n\n[[sites]]" in text


def test_a_feed_in_a_list_of_inline_tables_is_removed(path: Path) -> None:
    path.write_text('feeds = [{ url = "https://one.example/" }, { url = "https://two.example/" }]\n')

    remove_feed(path, 0)

    assert [feed.url for feed in load(path).feeds] == ["https://two.example/"]


def test_faulty_settings_are_named_and_left_alone(path: Path) -> None:
    path.write_text("[crawl]\npause = 1\n")

    with pytest.raises(ConfigError, match="unknown setting"):
        add_feeds(path, [NEW])
    assert path.read_text() == "[crawl]\npause = 1\n"


def test_a_change_that_would_make_the_settings_faulty_is_refused(path: Path) -> None:
    with pytest.raises(ConfigError, match="stands twice"):
        change_feed(path, 0, name="Two")
    assert path.read_text() == SETTINGS


def test_settings_that_are_not_there_are_not_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        add_feeds(tmp_path / "none.toml", [NEW])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("wanted", "index"), [("One", 0), ("https://TWO.example/feed#x", 1), ("two.example/feed", 2)])
def test_a_feed_is_found_by_name_or_address(wanted: str, index: int) -> None:
    feeds = [
        FeedSettings(url="https://one.example/feed", name="One"),
        FeedSettings(url="https://two.example/feed", name="Two"),
        FeedSettings(url="https://three.example/feed", name="two.example/feed"),
    ]

    assert find_feed(feeds, wanted) == index


def test_who_is_not_found_is_asked_for_what_is_near() -> None:
    with pytest.raises(UsageError, match="'Der Bote'"):
        find_feed([FeedSettings(url="https://a.example/", name="Der Bote")], "bote")
    with pytest.raises(UsageError, match="Der Fördebote"):
        find_feed([FeedSettings(url="https://a.example/", name="Der Fördebote")], "Der Foerdebote")
    with pytest.raises(UsageError, match="scraper feeds"):
        find_feed([], "bote")
