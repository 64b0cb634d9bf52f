"""How fast a crawl is: ``python -m benchmarks.crawl throughput|idle``. Loopback hosts that answer after 50 ms.

throughput: pages a second against the number of hosts, beside requests with threads and Scrapy (``--peer-python`` names
an interpreter that has them), paired: one after another in each round. idle: a pass over feeds of which 95 in 100
answer 304.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PORT = 8_391
LATENCY_SECONDS = 0.05


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds by the wall and of processor, and the most memory it held."""

    seconds: float
    processor_seconds: float
    resident_mb: float
    output: str


def measured(command: list[str], *, folder: Path, given: str = "") -> Cost:
    """Run a command to its end."""
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(given.encode())
    process.stdin.close()
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


class Server:
    """The loopback hosts, a process of its own, and what it costs the processor that the crawler runs on too."""

    def __init__(self, process_id: int) -> None:
        self._stat = Path(f"/proc/{process_id}/stat")
        self._before = self._so_far()

    def processor_seconds(self) -> float | None:
        """What it took since it was last asked; None where the system does not tell as Linux does."""
        now, before = self._so_far(), self._before
        self._before = now
        return None if now is None or before is None else now - before

    def _so_far(self) -> float | None:
        if not self._stat.exists():
            return None
        user, system = self._stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def site() -> Iterator[Server]:
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.crawl_site", str(PORT)], cwd=ROOT, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        server.stdout.readline()
        try:
            yield Server(server.pid)
        finally:
            server.kill()


def hosts(count: int) -> list[str]:
    return [f"127.{1 + n // 65_025}.{n // 255 % 255}.{1 + n % 255}" for n in range(count)]


def configure(folder: Path, feeds: list[str], *, pages: bool, threads: int) -> None:
    allowed = ", ".join(f'"{feed.split("/")[2].partition(":")[0]}"' for feed in feeds)
    tables = "".join(
        f'[[feeds]]\nname = "{n}"\nurl = "{feed}"\nfetch_pages = {str(pages).lower()}\n' for n, feed in enumerate(feeds)
    )
    (folder / "config.toml").write_text(
        f"[crawl]\npause_seconds = 0\nfeed_interval_seconds = 0\nthreads = {threads}\nrevisit = []\n"
        f"allow_private_hosts = [{allowed}]\n{tables}"
    )


def throughput(counts: list[int], rounds: int, peer: str | None, threads: int, each: int) -> None:
    print("| hosts | pages | crawler | pages/s | processor ms a page | MB |")
    print("| ---: | ---: | --- | ---: | ---: | ---: |")
    for count in counts:
        feeds = [f"http://{host}:{PORT}/feed?n={each}" for host in hosts(count)]
        for _ in range(rounds):
            runs = {"scraper": _ours(feeds, threads)}
            for name in ("requests", "scrapy") if peer else ():
                command = [str(peer), str(ROOT / "benchmarks" / "crawl_peers.py"), name]
                runs[name] = measured(command, folder=ROOT, given="\n".join(feeds))
                assert int(runs[name].output) == count * each, runs[name].output
            for name, cost in runs.items():
                pages = count * each
                print(
                    f"| {count:,} | {pages:,} | {name} | {pages / cost.seconds:.1f} |"
                    f" {1000 * cost.processor_seconds / pages:.1f} | {cost.resident_mb:.0f} |",
                    flush=True,
                )


def _ours(feeds: list[str], threads: int) -> Cost:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configure(folder, feeds, pages=True, threads=threads)
        return measured([sys.executable, "-m", "scraper", "crawl"], folder=folder)


def idle(counts: list[int], threads: int, server: Server) -> None:
    print("| feeds | pass | seconds | bound of the network | processor ms a feed | of the server | MB |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            feeds = [f"http://{host}:{PORT}/feed?n=5" for host in hosts(count)]
            configure(folder, feeds, pages=False, threads=threads)
            for number, label in enumerate(("first", "95 % 304", "95 % 304")):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/round/{number + 1}").read()
                server.processor_seconds()
                cost = measured([sys.executable, "-m", "scraper", "crawl"], folder=folder)
                served = server.processor_seconds()
                print(
                    f"| {count:,} | {label} | {cost.seconds:.1f} | {count * LATENCY_SECONDS / threads:.1f} |"
                    f" {1000 * cost.processor_seconds / count:.2f} |"
                    f" {'' if served is None else f'{1000 * served / count:.2f}'} | {cost.resident_mb:.0f} |",
                    flush=True,
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("throughput", "idle"))
    parser.add_argument("--counts", type=int, nargs="+")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--pages", type=int, default=5, help="of each host")
    parser.add_argument("--peer-python")
    given = parser.parse_args()
    with site() as server:
        if given.what == "idle":
            idle(given.counts or [1_000, 10_000], given.threads, server)
        else:
            counts = given.counts or [1, 4, 16, 64, 256]
            throughput(counts, given.rounds, given.peer_python, given.threads, given.pages)


if __name__ == "__main__":
    main()
