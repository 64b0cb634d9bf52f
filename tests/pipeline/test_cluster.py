"""Bulk work by the workers of a Dask cluster on loopback: the same records as here, whatever becomes of a worker."""

import os
import shutil
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.cli.main import run
from scraper.errors import UsageError
from scraper.pipeline.bulk import Bulk
from scraper.pipeline.cluster import Cluster
from scraper.pipeline.imports.running import PageWatch
from scraper.pipeline.imports.warc import Choice, import_warcs
from scraper.pipeline.rereading.running import Wish, reextract
from scraper.rules.site_rules import read_rules
from scraper.settings import Config
from tests.conftest import Workplace
from tests.pipeline.deadly_units import DEADLY, doubled
from tests.warcs import WarcFile

distributed = pytest.importorskip("distributed", reason="needs the extra `scale`")

TABLES = ("article_records", "article_texts", "article_versions", "authors", "links", "images", "urls")


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with cluster_of(2, tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster


def cluster_of(workers: int, folder: Path) -> Any:
    return distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", local_directory=str(folder)
    )


@pytest.fixture
def archive(paper_archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(paper_archive, tmp_path / "archive.db"))


def content(archive: Path) -> list[list[Any]]:
    with closing(sqlite3.connect(archive)) as connection:
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]


class Killer(distributed.SchedulerPlugin):  # type: ignore[misc]
    """Kills the worker that is given the first unit, with whatever else it has been given."""

    def __init__(self, scheduler: Any, pids: dict[str, int]) -> None:
        self._scheduler = scheduler
        self._pids = pids
        self.killed: list[str] = []

    def transition(self, key: str, start: str, finish: str, *_: Any, **__: Any) -> None:
        if finish == "processing" and not self.killed:
            self.killed.append(self._scheduler.tasks[key].processing_on.address)
            os.kill(self._pids[self.killed[0]], signal.SIGKILL)


def test_a_worker_that_is_killed_costs_nothing_and_doubles_nothing(dask: Any, archive: Path, tmp_path: Path) -> None:
    here = Path(shutil.copy(archive, tmp_path / "here.db"))
    rules, _ = read_rules([{"name": "own", "fields": {"title": "xpath: concat('Neu: ', //h1)"}}], "sites")
    expected = reextract(here, rules, Wish(filters={}))
    with distributed.Client(dask, set_as_default=False) as client:
        killer = Killer(dask.scheduler, client.run(os.getpid))
    seen: list[int] = []

    with Cluster(dask.scheduler_address) as cluster:
        dask.scheduler.add_plugin(killer, name="killer")
        report = reextract(
            archive, rules, Wish(filters={}, workers=cluster.workers), observe=lambda result: seen.append(result.id)
        )
        dask.scheduler.remove_plugin("killer")

    assert killer.killed
    assert report.as_data() == expected.as_data()
    assert seen == sorted(set(seen))
    assert content(archive) == content(here)


def test_an_item_that_kills_its_process_is_known_and_no_worker_dies_of_it(dask: Any) -> None:
    with distributed.Client(dask, set_as_default=False) as client:
        before = client.run(os.getpid)
        with Cluster(dask.scheduler_address) as cluster:
            done = list(Bulk(cluster.workers, doubled, lambda number: -number).do([range(4), range(4, 9)]))
        after = client.run(os.getpid)

    assert done == [[0, 2, 4, 6], [8, 10, 12, -DEADLY, 16]]
    assert after == before


def test_files_are_read_by_name_from_another_folder(
    dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    WarcFile().add_stories(*range(20)).save(tmp_path / "a.warc.gz")
    (tmp_path / "pages").mkdir()
    for number in range(3):
        (tmp_path / "pages" / f"{number}.html").write_text(f"<title>{number}</title><p>Words, words.</p>", "utf-8")
    monkeypatch.chdir(tmp_path)
    elsewhere = ("--executor", dask.scheduler_address)

    assert run(["extract", "pages", *elsewhere]) == 0
    by_cluster = capfd.readouterr().out
    assert run(["extract", "pages"]) == 0
    assert capfd.readouterr().out == by_cluster
    assert run(["import", "warc", "a.warc.gz", *elsewhere]) == 0
    assert "20 pages seen, 20 new articles" in capfd.readouterr().err
    assert run(["import", "html", "pages", "--base", "https://news.example/", *elsewhere]) == 0
    assert "3 pages seen" in capfd.readouterr().err


def test_a_file_that_a_worker_does_not_see_ends_the_import(dask: Any, workplace: Workplace) -> None:
    path = WarcFile().add_stories(1).save(workplace.folder / "a.warc.gz")
    with Cluster(dask.scheduler_address, files=[path]) as cluster:
        path.write_bytes(path.read_bytes() + WarcFile().add_stories(2).data)

        with pytest.raises(UsageError, match=r"does not see .*a.warc.gz as it is here"):
            list(import_warcs({path: "a"}, Config(), workplace.archive, Choice(workers=cluster.workers), PageWatch()))


def test_who_waits_for_workers_is_told(tmp_path: Path) -> None:
    told: list[str] = []

    with cluster_of(0, tmp_path) as empty:

        def tell(text: str) -> None:
            told.append(text)
            empty.scale(1)

        with Cluster(empty.scheduler_address, tell=tell) as cluster:
            assert list(Bulk(cluster.workers, doubled, lambda _: 0).do([[1], [2]])) == [[2], [4]]

    assert len(told) == 1
    assert "has no workers" in told[0]


def test_nobody_and_another_version_are_told_in_a_line(
    dask: Any, archive: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        nobody = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(UsageError, match=f"No scheduler of Dask answers at {nobody}"), Cluster(nobody, seconds=0.2):
        pass

    assert run(["reextract", "--db", str(archive), "--executor", "nonsense"]) == 2
    assert (
        capfd.readouterr().err
        == "No scheduler of Dask answers at nonsense: missing port number in address 'nonsense'.\n"
    )
    assert run(["reextract", "--db", str(archive), "--executor", "nonsense", "--jobs", "2"]) == 2
    assert "choose one" in capfd.readouterr().err
    monkeypatch.setattr(distributed, "__version__", "2020.1.1")
    assert run(["reextract", "--db", str(archive), "--executor", dask.scheduler_address]) == 2
    assert "and here is 2020.1.1: install the same" in capfd.readouterr().err


def test_without_dask_its_extra_is_named(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "dask", None)

    assert run(["reextract", "--db", str(archive), "--executor", "tcp://127.0.0.1:8786"]) == 2
    assert capfd.readouterr().err == "--executor needs Dask: pip install 'scraper[scale]'\n"
