"""The tutorial's three commands, run as a newcomer would type them: they say what the tutorial shows."""

import re

from fixtures.serve import Site
from tests.archives import rows
from tests.conftest import ROOT, Workplace

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
SECTION = TUTORIAL.partition("## The past of a site, in three commands")[2].partition("\n## ")[0]


def shown(site: Site) -> list[str]:
    """The lines of the section, for the site at its address of today; `...` stands for any."""
    return SECTION.replace("127.0.0.1:8765", site.url.removeprefix("http://")).splitlines()


def test_from_an_address_to_an_archive_with_its_past(site: Site, workplace: Workplace) -> None:
    lines = shown(site)
    commands = [line.removeprefix("$ scraper ") for line in lines if line.startswith("$ scraper ")]
    assert [command.split()[0] for command in commands] == ["init", "add", "backfill"]

    said: list[str] = []
    for command in commands:
        words = [quoted or plain for quoted, plain in re.findall(r"'([^']*)'|(\S+)", command)]
        done = workplace.run(*words)
        assert done.returncode == 0, done.stderr.decode()
        said += (done.stdout + done.stderr).decode().splitlines()
        if words[0] == "init":
            settings = workplace.folder / "config.toml"
            text = settings.read_text(encoding="utf-8").replace("# allow_private_hosts", "allow_private_hosts")
            settings.write_text(text.replace("pause_seconds = 2.0", "pause_seconds = 0"), encoding="utf-8")

    block = SECTION.partition("```console\n")[2].partition("```")[0]
    told = block.replace("127.0.0.1:8765", site.url.removeprefix("http://")).splitlines()
    assert [line for line in told if not line.startswith("$ ") and line != "..." and line not in said] == []
    assert rows(workplace.archive, "SELECT count(*) FROM articles") == [(26,)]


def test_a_backfill_is_silent_without_a_terminal_and_says_what_it_cannot_do(site: Site, workplace: Workplace) -> None:
    workplace.configure(f"{site.url}/feed/")

    done = workplace.run("backfill", "feed 0", "--by", "paged")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    unknown = workplace.run("backfill", "nobody")
    assert (unknown.returncode, unknown.stdout) == (2, b"")
    assert b"No feed has the name" in unknown.stderr

    hopeless = workplace.run("backfill", f"{site.url}/feed.json", "--by", "rfc5005")
    assert hopeless.returncode == 1
    assert b"the feed names no archives" in hopeless.stderr

    backwards = workplace.run("backfill", "feed 0", "--since", "2025", "--until", "2024")
    assert backwards.returncode == 2


def test_a_sitemap_can_be_added(site: Site, workplace: Workplace) -> None:
    workplace.configure()
    found = workplace.run("add", f"{site.url}/sitemap.xml", "--yes")

    text = (workplace.folder / "config.toml").read_text(encoding="utf-8")
    assert found.returncode == 0, found.stderr.decode()
    assert 'kind = "sitemap"' in text
