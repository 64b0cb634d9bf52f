"""serve: the archive in the browser, through Datasette. The file is opened for reading only."""

import socket
import webbrowser
from contextlib import suppress
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click

from scraper.archiver.archive import Archive
from scraper.archiver.store.files import is_frozen
from scraper.cli.serve.metadata import NAME, metadata
from scraper.cli.terminal.options import config_option, db_option, existing_archive, read_config
from scraper.cli.terminal.output import note
from scraper.errors import ArchiveError, MissingExtraError, UsageError

_SETTINGS = {
    "default_page_size": 50,
    "sql_time_limit_ms": 20_000,
    "facet_time_limit_ms": 500,
    "facet_suggest_time_limit_ms": 30,
    "truncate_cells_html": 200,
    "allow_download": False,
    "suggest_facets": False,
}
"""Nobody else waits here, so a query may take twenty seconds; whole archives are copied by `db backup`."""


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), default=8001, show_default=True, help="0: any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0: everybody's.")
@click.option("--open", "open_", is_flag=True, help="Open it in the browser.")
@config_option
@db_option
def serve(*, port: int, host: str, open_: bool, config_path: Path | None, db_path: Path | None) -> int:
    """Show the archive in the browser until Ctrl-C: browse, search, read, ask in SQL.

    Read-only, and safe while a crawl writes. Whoever can reach the address can read everything: there is no password.
    Needs the extra `datasette`.
    """
    path = existing_archive(db_path, read_config(config_path))
    _make_ready(path)
    # First the address: whether it can be had takes no Datasette to find out.
    with _listen(host, port) as listening, as_file(files("scraper.cli.serve") / "templates") as templates:
        application = _application(path, templates)
        address = f"http://{_in_url(host)}:{listening.getsockname()[1]}/{NAME}"
        note(f"{path} is at {address} until Ctrl-C.")
        if open_:
            webbrowser.open(address)
        _run(application, listening)
    note("Served.")
    return 0


def _make_ready(path: Path) -> None:
    """Bring an archive of an older version up to date, or say what is wrong with it, before anything is served."""
    try:
        Archive(path, read_only=True).close()
    except ArchiveError:
        Archive(path, create=False).close()


def _application(path: Path, templates: Path) -> Any:
    """Datasette on that archive, with what is known of its tables and a page to read an article."""
    try:
        from datasette.app import Datasette  # noqa: PLC0415 - an extra
        from datasette.plugins import pm  # noqa: PLC0415

        from scraper.cli.serve.counting import QuickDatabase  # noqa: PLC0415
        from scraper.cli.serve.failing import REPLACES, Failing  # noqa: PLC0415
        from scraper.cli.serve.reading import Reading  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("To serve an archive takes Datasette: pip install 'scraper[datasette]'") from error
    plugin = Reading(path)
    pm.register(plugin, name="scraper")
    if pm.has_plugin(REPLACES):
        pm.unregister(name=REPLACES)
        pm.register(Failing(), name="scraper-failing")
    try:
        served = Datasette(metadata=metadata(path), template_dir=str(templates), settings=_SETTINGS)
        served.add_database(QuickDatabase(served, path=str(path.absolute()), is_mutable=not is_frozen(path)), name=NAME)
        return served.app()
    except BaseException:
        pm.unregister(plugin)
        raise


def _listen(host: str, port: int) -> socket.socket:
    """A socket that already listens, so that the address told is one that answers."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"Cannot listen on {host}, port {port}: {error.strerror}. Try another --port.") from error


def _run(application: Any, listening: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415 - comes with Datasette

    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=2))
    # Raised again once all is shut down; not where Ctrl-C is ignored, as in what a script starts in the background.
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def _in_url(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets, and for 'everybody' the way to reach oneself."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - as the user asked
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
