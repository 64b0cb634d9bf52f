"""The built wheel, installed alone: only with the packages it declares, away from the source tree."""

import os
import re
import subprocess
import sys
import venv
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

from fixtures.serve import Site

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what it requires, nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    home = folder / "env"
    venv.create(home, with_pip=False, symlinks=True)
    packages = next((home / "lib").glob("python*")) / "site-packages"
    install = [sys.executable, "-m", "pip", "--quiet", "--python", str(home / "bin" / "python"), "install", "--no-deps"]
    subprocess.run([*install, "--no-index", str(wheel)], check=True, capture_output=True)
    declared = Distribution.at(next(packages.glob("scraper-*.dist-info")))
    for needed in _closure(declared.requires or []):
        _link(needed, packages)
    return home / "bin"


def test_the_installed_command_archives_a_site(installed: Path, site: Site, tmp_path: Path) -> None:
    def scraper(*arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        command = [str(installed / "scraper"), *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert scraper("init").returncode == 0
    assert scraper("config", "check").returncode == 0
    settings = f'[crawl]\npause_seconds = 0\nallow_private_hosts = ["127.0.0.1"]\n[[feeds]]\nurl = "{site.feeds[0]}"\n'
    (tmp_path / "config.toml").write_text(settings)

    crawled = scraper("crawl")
    found = scraper("search", "Hafenrat", "--json")

    assert (crawled.returncode, crawled.stdout, crawled.stderr) == (0, "", "")
    assert "Hafenrat" in found.stdout
    assert '"kind": "article"' in scraper("fetch", f"{site.url}/politik/haushalt-mit-loch").stdout


def _closure(requirements: list[str]) -> dict[str, Distribution]:
    """Every distribution that is required, by what is required, and so on; extras and other systems left out."""
    found: dict[str, Distribution] = {}
    waiting = list(requirements)
    while waiting:
        requirement = waiting.pop()
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        if name in found or "extra ==" in requirement:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or version of Python
        waiting.extend(found[name].requires or [])
    return found


def _link(name: str, packages: Path) -> None:
    installed = distribution(name)
    tops = {file.parts[0] for file in installed.files or [] if file.parts[0] not in ("..", "__pycache__")}
    for top in tops:
        source, target = Path(str(installed.locate_file(top))), packages / top
        if source.exists() and not target.exists():
            target.symlink_to(source)
