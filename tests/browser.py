"""A headless Chromium for tests: what a page is after it was loaded, how it looks, and what it asked for."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_NOBODY = "not an origin"
_SECONDS = 90


class Browser:
    """One browser, with a fresh profile for each page."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._runs = 0

    def dom(self, address: str, *flags: str) -> str:
        """The page as it stands after its scripts ran."""
        return self._run(address, "--dump-dom", *flags)

    def picture(self, address: str, target: Path, *, width: int, height: int = 1400, dark: bool = False) -> bytes:
        """The page as PNG."""
        scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
        self._run(address, f"--screenshot={target}", f"--window-size={width},{height}", scheme)
        return target.read_bytes()

    def printed(self, address: str, target: Path) -> bytes:
        """The page as PDF, as it would be printed."""
        self._run(address, "--no-pdf-header-footer", f"--print-to-pdf={target}")
        return target.read_bytes()

    def requests(self, address: str) -> list[str]:
        """Every http(s) address that the page made the browser ask for, other than its own.

        What the browser asks for on its own account (the time, its updates) has no origin, and goes nowhere.
        """
        log = self._folder / "net.json"
        self._run(address, f"--log-net-log={log}", "--dump-dom")
        events = json.loads(log.read_text(encoding="utf-8"))["events"]
        starts = (event.get("params", {}) for event in events)
        asked = {start["url"] for start in starts if start.get("initiator", _NOBODY) != _NOBODY and "url" in start}
        return sorted(url for url in asked if url.startswith(("http:", "https:")))

    def _run(self, address: str, *flags: str) -> str:
        self._runs += 1
        profile = self._folder / f"profile-{self._runs}"
        done = subprocess.run(
            [self._program, *_FLAGS, f"--user-data-dir={profile}", *flags, address],
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
        shutil.rmtree(profile, ignore_errors=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


def find_browser(folder: Path) -> Browser:
    """The Chromium of this machine; skips the test where there is none."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    return Browser(program, folder)
