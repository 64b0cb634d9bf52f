"""One page by its address: fetched and extracted, and stored where that is asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scraper.archiver.archive import Archive
from scraper.archiver.lock import run_lock
from scraper.crawler.http.credentials import authorization
from scraper.errors import UsageError
from scraper.pipeline.crawling.outcomes import PageOutcome, RunReport
from scraper.pipeline.crawling.store import Recorder
from scraper.pipeline.crawling.visit import Visitor
from scraper.pipeline.network import Network, network_of
from scraper.pipeline.pages.extraction import first_page, record_of
from scraper.pipeline.pages.further_pages import Ways, whole_article
from scraper.pipeline.recorded_runs import recorded_run
from scraper.records import Article, Page
from scraper.settings import Config, HostSettings
from scraper.urls import host_of, resolve


def fetch(url: str, config: Config | None = None) -> Article:
    """Fetch the page at `url` and return its record, whatever its `kind` is.

    A URL asked for by name is fetched without asking robots.txt, as a browser would, unless the settings say otherwise.
    A name and password in it are sent to its host, and to no other; they are no part of the record.
    Raises UsageError for what is no http(s) URL, and an ItemError where the page cannot be had.
    """
    url, config = _asked(url, config or Config())
    with Network(config) as network:
        ways = Ways(
            network=network,
            rules=config.sites,
            max_pages=config.crawl.max_article_pages,
            ask_robots=config.crawl.robots_for_typed,
        )
        page = network.get_page(url, ask_robots=ways.ask_robots)
        first = first_page(page, record_of(page, config.sites), config.sites)
        return whole_article(page, first, ways).article


def fetch_page(url: str, config: Config) -> Page:
    """The page at `url` as it comes, whatever it holds; errors as for :func:`fetch`."""
    url, config = _asked(url, config)
    with Network(config) as network:
        return network.get_page(url, ask_robots=config.crawl.robots_for_typed)


def fetch_and_save(
    url: str, config: Config, archive_path: Path, *, tell: Callable[[str], None] = lambda _: None
) -> Article:
    """Fetch the page at `url`, store its article as a crawl would, and return it as the archive has it.

    What was deleted is let back in, for that is what was asked for; `tell` is told so, and also where the page was too
    poor to replace what the archive has.

    Raises as :func:`fetch` does, and also where the page is no article; such a failure is recorded too.
    """
    url, config = _asked(url, config)
    report = RunReport()
    with (
        run_lock(archive_path),
        Archive(archive_path) as archive,
        network_of(archive, config) as network,
        recorded_run(archive, "fetch", clock=_now, counts=report.as_counts) as run_id,
    ):
        _let_back_in(archive, url, tell)
        item = archive.enqueue(url, _now())
        with Visitor(network, config, _now, processes=0) as visitor:
            visited = visitor.visit(item, ask_robots=config.crawl.robots_for_typed)
        if visited.extracted is not None:
            _let_back_in(archive, visited.extracted.article.url, tell)
        recorder = Recorder(archive, run_id, config, _now)
        happenings = recorder.store([visited])
        recorder.log_requests(network.side_requests())
        for happening in happenings:
            if happening.message and visited.error is None:
                tell(f"{happening.url}: {happening.message}")
        report.counts.update(happening.counts_as for happening in happenings)
        return _stored(archive, visited)


def _let_back_in(archive: Archive, url: str, tell: Callable[[str], None]) -> None:
    if archive.deleted(url):
        archive.undelete(url)
        tell(f"{url} was deleted from this archive; now that you ask for it by name, it may come back.")


def _stored(archive: Archive, visited: PageOutcome) -> Article:
    if visited.extracted is None:
        raise visited.error or LookupError(f"{visited.item.url} brought nothing")
    # By its own URL and not by the one asked for: what that (`/latest`) led to first is another article by now.
    found = archive.get(visited.extracted.article.url)
    if found is None:
        raise LookupError(f"{visited.item.url} was stored and is not found")
    return found


def _asked(url: str, config: Config) -> tuple[str, Config]:
    """The address without a name and password, and settings with which its host is sent them."""
    try:
        address = resolve(url)
        credentials = authorization(url)
    except ValueError as error:
        raise UsageError(f"Cannot fetch that: {error}.") from error
    if not credentials:
        return address, config
    host = host_of(address)
    known = config.hosts.get(host, HostSettings())
    others = {name: value for name, value in known.headers.items() if name.lower() != "authorization"}
    settings = replace(known, headers=others | credentials)
    return address, replace(config, hosts={**config.hosts, host: settings})


def _now() -> datetime:
    return datetime.now(UTC)
