"""Which addresses are reached, and how: private ones, names that lie, TLS, proxies."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.crawler.http.connect import ConnectError, Connector
from scraper.crawler.http.fetcher import Fetcher
from scraper.crawler.http.transport import Environment
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.records import Page
from scraper.settings import CrawlSettings, HostSettings
from tests.crawler.conftest import FetcherFactory
from tests.loopback import Loopback, redirect, reply


def reason_of(fetcher: Fetcher, url: str) -> Reason:
    with pytest.raises(ItemError) as caught:
        fetcher.get(url)
    return caught.value.reason


@pytest.fixture
def with_resolver() -> Iterator[Callable[..., Fetcher]]:
    """A fetcher whose names resolve as the test says, with no private host allowed unless it says so."""
    made: list[Fetcher] = []

    def make(resolve: Callable[[str, int], list[str]], *allowed: str) -> Fetcher:
        settings = CrawlSettings(allow_private_hosts=allowed, attempts=1, connect_timeout_seconds=2.0)
        made.append(Fetcher(settings, resolve_host=resolve, environment=Environment()))
        return made[-1]

    yield make
    for fetcher in made:
        fetcher.close()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_loopback_is_refused_however_it_is_spelled(
    server: Loopback, with_resolver: Callable[..., Fetcher], host: str
) -> None:
    fetcher = with_resolver(lambda _host, _port: pytest.fail("a literal address was looked up"))

    assert reason_of(fetcher, server.url("/", host)) is Reason.PRIVATE_ADDRESS
    assert server.requests == []


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["fe80::1"], ["64:ff9b::7f00:1"], ["1.1.1.1", "127.0.0.1"]],
    ids=["loopback", "private", "metadata", "link-local", "nat64", "mixed"],
)
def test_a_name_for_a_private_address_is_refused(
    server: Loopback, with_resolver: Callable[..., Fetcher], addresses: list[str]
) -> None:
    fetcher = with_resolver(lambda _host, _port: addresses)

    assert reason_of(fetcher, server.url("/", "innocent.example")) is Reason.PRIVATE_ADDRESS
    assert server.requests == []


def test_a_redirect_to_a_private_address_is_refused(server: Loopback, with_resolver: Callable[..., Fetcher]) -> None:
    server.routes |= {"/a": redirect(server.url("/secret", "innocent.example")), "/secret": reply(b"secret")}
    fetcher = with_resolver(lambda _host, _port: ["127.0.0.1"], "one.test")

    assert reason_of(fetcher, server.url("/a", "one.test")) is Reason.PRIVATE_ADDRESS
    assert server.targets == ["/a"]


def test_a_name_cannot_be_rebound_between_check_and_connection(
    server: Loopback, with_resolver: Callable[..., Fetcher]
) -> None:
    """The name is looked up once per connection, and only what was checked is connected to."""
    answers = iter([["192.0.2.1"], ["127.0.0.1"]])
    fetcher = with_resolver(lambda _host, _port: next(answers))

    assert reason_of(fetcher, server.url("/", "rebound.example")) is Reason.PRIVATE_ADDRESS
    assert next(answers) == ["127.0.0.1"]
    assert server.requests == []


def test_a_private_host_is_allowed_by_the_name_the_url_uses(
    server: Loopback, with_resolver: Callable[..., Fetcher]
) -> None:
    server.routes["/"] = reply(b"intranet")
    by_name = with_resolver(lambda _host, _port: ["127.0.0.1"], "Intranet.Example")
    by_port = with_resolver(lambda _host, _port: ["127.0.0.1"], f"intranet.example:{server.port}")
    other_port = with_resolver(lambda _host, _port: ["127.0.0.1"], "intranet.example:80")
    url = server.url("/", "intranet.example")

    assert by_name.get(url).status == by_port.get(url).status == 200  # type: ignore[union-attr]
    assert reason_of(by_name, server.url("/")) is Reason.PRIVATE_ADDRESS
    assert reason_of(other_port, url) is Reason.PRIVATE_ADDRESS


def test_the_next_address_is_tried_where_one_does_not_answer(
    server: Loopback, with_resolver: Callable[..., Fetcher]
) -> None:
    server.routes["/"] = reply(b"here")
    fetcher = with_resolver(lambda _host, _port: ["::1", "127.0.0.1"], "two.test")

    assert isinstance(fetcher.get(server.url("/", "two.test")), Page)


def test_nobody_listening_and_no_such_name_may_get_better(with_resolver: Callable[..., Fetcher]) -> None:
    def unknown(host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, f"no {host}")

    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    closed = with_resolver(lambda _host, _port: ["127.0.0.1"], "127.0.0.1")

    with pytest.raises(TransientError) as refused:
        closed.get(f"http://127.0.0.1:{port}/")
    with pytest.raises(TransientError) as lost:
        with_resolver(unknown).get("http://nowhere.example/")
    assert (refused.value.reason, lost.value.reason) == (Reason.CONNECT, Reason.DNS)


def test_after_its_deadline_a_thread_reads_no_more() -> None:
    connector = Connector()

    with connector.deadline(-1), pytest.raises(TimeoutError):
        connector.remaining()
    assert connector.remaining() == float("inf")


def test_an_aborted_connector_opens_nothing(server: Loopback) -> None:
    connector = Connector(["127.0.0.1"])
    connector.abort()

    with pytest.raises(ConnectError) as caught:
        connector.open("127.0.0.1", server.port, timeout=1)
    assert caught.value.reason is Reason.INTERRUPTED


# TLS


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of one.test, made for this run and signed by nobody else."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is needed to make a certificate")
    path = tmp_path_factory.mktemp("tls") / "one.test.pem"
    subprocess.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=one.test -addext subjectAltName=DNS:one.test"
        f" -addext keyUsage=digitalSignature,keyCertSign -keyout {path} -out {path}.crt".split(),
        check=True,
        capture_output=True,
    )
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[Loopback]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Loopback(wrap=lambda plain: context.wrap_socket(plain, server_side=True)) as running:
        yield running


def test_a_trusted_certificate_opens_a_page(
    tls_server: Loopback, make_fetcher: FetcherFactory, certificate: Path
) -> None:
    tls_server.routes["/"] = reply(b"safe" * 100_000)
    fetcher = make_fetcher(environment=Environment(ca_file=str(certificate)))

    page = fetcher.get(tls_server.url("/", "one.test", "https"))

    assert isinstance(page, Page)
    assert page.body == b"safe" * 100_000


def test_a_password_is_not_sent_in_the_clear_where_a_redirect_gives_up_tls(
    tls_server: Loopback, server: Loopback, make_fetcher: FetcherFactory, certificate: Path
) -> None:
    tls_server.routes["/"] = redirect(server.url("/", "one.test"))
    server.routes["/"] = reply(b"plain")
    own = HostSettings(headers={"authorization": "Basic bWU6c2VjcmV0", "X-Reader": "1"})
    hosts = {f"one.test:{running.port}": own for running in (tls_server, server)}
    fetcher = make_fetcher(hosts=hosts, environment=Environment(ca_file=str(certificate)))

    fetcher.get(tls_server.url("/", "one.test", "https"))
    fetcher.get(server.url("/", "one.test"))

    sent = [request.headers.get("authorization") for request in (*tls_server.requests, *server.requests)]
    assert sent == ["Basic bWU6c2VjcmV0", None, "Basic bWU6c2VjcmV0"]
    assert server.requests[0].headers["x-reader"] == "1"


def test_an_unknown_issuer_is_refused_and_named(tls_server: Loopback, fetcher: Fetcher) -> None:
    with pytest.raises(PermanentError, match=r"not to be trusted.*certificate") as caught:
        fetcher.get(tls_server.url("/", "one.test", "https"))

    assert caught.value.reason is Reason.TLS
    assert tls_server.requests == []


def test_a_certificate_for_another_host_is_refused(
    tls_server: Loopback, make_fetcher: FetcherFactory, certificate: Path
) -> None:
    fetcher = make_fetcher(environment=Environment(ca_file=str(certificate)))

    assert reason_of(fetcher, tls_server.url("/", "two.test", "https")) is Reason.TLS
    assert tls_server.requests == []


def test_plain_http_under_https_is_refused(server: Loopback, make_fetcher: FetcherFactory) -> None:
    server.routes["/"] = reply(b"x")
    fetcher = make_fetcher(connect_timeout_seconds=0.3, read_timeout_seconds=0.3)

    with pytest.raises(ItemError) as caught:
        fetcher.get(server.url("/", "one.test", "https"))
    assert caught.value.reason in (Reason.TLS, Reason.TIMEOUT)


def test_the_deadline_holds_under_tls(tls_server: Loopback, make_fetcher: FetcherFactory, certificate: Path) -> None:
    tls_server.routes["/"] = tls_server.drip(b".", b"HTTP/1.1 200 OK\r\n\r\n")
    fetcher = make_fetcher(deadline_seconds=0.5, environment=Environment(ca_file=str(certificate)))

    assert reason_of(fetcher, tls_server.url("/", "one.test", "https")) is Reason.TIMEOUT


def test_a_handshake_that_stalls_is_a_timeout(server: Loopback, make_fetcher: FetcherFactory) -> None:
    """The server waits for a request line that never comes."""
    fetcher = make_fetcher(connect_timeout_seconds=0.3, read_timeout_seconds=0.3, deadline_seconds=0.5)

    assert reason_of(fetcher, server.url("/", "one.test", "https")) is Reason.TIMEOUT


def test_a_handshake_that_drips_is_a_timeout(make_fetcher: FetcherFactory) -> None:
    """The start of a TLS record that announces 16 KiB, then a byte now and then."""

    def drip(plain: socket.socket) -> socket.socket:
        plain.sendall(b"\x16\x03\x03\x40\x00")
        for _ in range(400):
            plain.sendall(b"\x02")
            threading.Event().wait(0.02)
        return plain

    fetcher = make_fetcher(connect_timeout_seconds=0.3, read_timeout_seconds=0.3, deadline_seconds=0.5)
    with Loopback(wrap=drip) as server:
        assert reason_of(fetcher, server.url("/", "one.test", "https")) is Reason.TIMEOUT


# Proxies


def test_the_environment_is_read_in_the_customary_way() -> None:
    environment = Environment.read(
        {
            "http_proxy": "http://low:1",
            "HTTP_PROXY": "http://high:1",
            "ALL_PROXY": "http://every:1",
            "NO_PROXY": "intern.example, .lan",
            "SSL_CERT_FILE": "/ca.pem",
        }
    )

    assert environment.proxy_for("http://a.example/") == "http://low:1"
    assert environment.proxy_for("https://a.example/") == "http://every:1"
    assert environment.proxy_for("http://www.intern.example/") is None
    assert environment.proxy_for("http://printer.lan:631/") is None
    assert environment.ca_file == "/ca.pem"


@pytest.mark.parametrize("no_proxy", ["*", "a.example", ".a.example", "b.example,a.example"])
def test_no_proxy_names_hosts_to_reach_directly(no_proxy: str) -> None:
    environment = Environment(proxies={"http": "http://proxy:1"}, no_proxy=no_proxy)

    assert environment.proxy_for("http://a.example/") is None


def test_a_proxy_is_asked_for_the_whole_url(server: Loopback, make_fetcher: FetcherFactory) -> None:
    """The proxy itself may stand anywhere: it is the operator's own choice."""
    proxy = Environment(proxies={"http": server.url("")})
    fetcher = make_fetcher(environment=proxy, allow_private_hosts=("one.test",))
    server.routes["http://one.test/page"] = reply(b"through the proxy")

    page = fetcher.get("http://one.test/page")

    assert isinstance(page, Page)
    assert page.body == b"through the proxy"


def test_a_proxy_is_not_asked_for_private_addresses(server: Loopback, make_fetcher: FetcherFactory) -> None:
    fetcher = make_fetcher(environment=Environment(proxies={"http": server.url("")}), allow_private_hosts=())

    for url in ("http://one.test/", "http://169.254.169.254/latest/meta-data/", "http://0x7f.1/"):
        assert reason_of(fetcher, url) is Reason.PRIVATE_ADDRESS
    assert server.requests == []
