"""What tests of several rooms share: the fixture newspaper on loopback, and the command in a process of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from fixtures.archive import make
from fixtures.serve import Site, serve
from scraper.cli.main import run
from tests.loopback import Loopback

ROOT = Path(__file__).resolve().parents[1]

# The same examples in every run, so that what passes here passes anywhere; `pytest --hypothesis-profile=default` looks
# for new ones.
settings.load_profile("ci")


@pytest.fixture
def site() -> Iterator[Site]:
    """The fixture newspaper in its first state."""
    with serve() as running:
        yield running


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A server without routes: a test says what it answers."""
    with Loopback() as running:
        yield running


class Workplace:
    """A folder with a config.toml, in which the command is run as cron would: no terminal, no standard input.

    Most tests ask what a command says and does, and run it in their own process, where all is loaded already. Those of
    what a process is (signals, kills, broken pipes, memory) start one, by `run_alone` or with `command`.
    """

    def __init__(self, folder: Path, *, extraction_processes: int | None = 0) -> None:
        """`extraction_processes` as in the settings; each takes a third of a second to start."""
        self.folder = folder
        self.archive = folder / "archive.db"
        self._processes = "" if extraction_processes is None else f"extraction_processes = {extraction_processes}"

    def configure(self, *feeds: str, crawl: str = "") -> None:
        """Write settings for loopback feeds; `crawl` are more lines of the [crawl] table."""
        tables = "".join(f'[[feeds]]\nname = "feed {i}"\nurl = "{url}"\n' for i, url in enumerate(feeds))
        always = 'pause_seconds = 0\nfeed_interval_seconds = 0\nallow_private_hosts = ["127.0.0.1"]'
        text = f"[crawl]\n{always}\n{self._processes}\n{crawl}\n{tables}"
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "scraper", *arguments]

    @property
    def environment(self) -> dict[str, str]:
        """As bare as cron's, with coverage kept going where it is measured."""
        kept = {key: value for key, value in os.environ.items() if key.startswith(("COV", "COVERAGE"))}
        return {"PATH": os.environ["PATH"], "LANG": "C", "PYTHONPATH": str(ROOT), **kept}

    def run(self, *arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        """Run a command to its end, in this process."""
        given, data, messages = (io.BytesIO(text) for text in (stdin, b"", b""))
        streams = {
            name: io.TextIOWrapper(stream, "utf-8", write_through=True)
            for name, stream in (("stdin", given), ("stdout", data), ("stderr", messages))
        }
        environment = self.environment
        with pytest.MonkeyPatch.context() as patched:
            patched.chdir(self.folder)
            for name in set(os.environ) - set(environment):
                patched.delenv(name)
            for name, value in environment.items():
                patched.setenv(name, value)
            for name, wrapped in streams.items():
                patched.setattr(sys, name, wrapped)
            status = run(arguments)
        return subprocess.CompletedProcess(["scraper", *arguments], status, data.getvalue(), messages.getvalue())

    def run_alone(self, *arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        """Run a command to its end, in a process of its own."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
        )


@pytest.fixture(scope="session")
def paper_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of `fixtures/archive.py`, which takes a second to make. Who would write to it takes a copy."""
    return make(tmp_path_factory.mktemp("paper") / "archive.db")


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of a run what tests noted as `exact`: how many of a recorded site's posts came out right."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            if name == "exact":
                terminalreporter.write_line(f"{report.nodeid.split('::')[-1]}: {value}")
