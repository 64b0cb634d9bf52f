"""The sockets of the crawler: only to addresses that may be reached, and none outlives its deadline.

One of the three doors to urllib3 (the others are direct.py and transport.py). Knows nothing of HTTP messages.
"""

import socket
import ssl
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from scraper.crawler.http.addresses import is_public, literal_address
from scraper.errors import Reason

# Enough for every honest name; a hostile one could list hundreds, each worth a connect timeout.
_MAX_ADDRESSES = 8

Resolve = Callable[[str, int], Iterable[str]]
"""Host and port to IP addresses, in the order to try. Raises OSError (socket.gaierror) where there are none."""


class ConnectError(Exception):
    """No connection was made. Deliberately no OSError: urllib3 and requests let it through as it is."""

    def __init__(self, reason: Reason, message: str) -> None:
        self.reason = reason
        super().__init__(message)


def system_resolve(host: str, port: int) -> Iterable[str]:
    """What the system's resolver answers (hosts file, DNS), as it orders it (RFC 6724)."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return dict.fromkeys(str(address[0]) for *_, address in answers)


class Connector:
    """Opens connections. The address that was checked is the address connected to, so a name cannot be rebound.

    `allow_private_hosts` are hosts as URLs spell them, each with a port or for all ports; whatever they resolve to
    may be reached. Safe for many threads: a deadline belongs to the thread that set it.
    """

    def __init__(self, allow_private_hosts: Iterable[str] = (), *, resolve: Resolve = system_resolve) -> None:
        self._allowed = frozenset(host.lower() for host in allow_private_hosts)
        self._resolve = resolve
        self._thread = threading.local()
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._guard = threading.Lock()
        self._is_aborted = False

    def abort(self) -> None:
        """From now on: every read under way in any thread, and every later one, raises ConnectError(INTERRUPTED)."""
        with self._guard:
            self._is_aborted = True
            for opened in self._open:
                with suppress(OSError):
                    # Not the method of SSLSocket, which would take the TLS state away under the reading thread.
                    socket.socket.shutdown(opened, socket.SHUT_RDWR)

    def watch(self, opened: socket.socket) -> None:
        """Have `opened` shut down when this connector is aborted."""
        with self._guard:
            self._open.add(opened)

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Within it, every read of this thread on these sockets ends `seconds` from now, however it drips."""
        self._thread.ends_at = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._thread.ends_at

    @contextmanager
    def spelled(self, target: str) -> Iterator[None]:
        """Within it, this thread asks for `target` letter by letter. urllib3 would write %c3 as %C3: equivalent by
        RFC 3986, section 6.2.2.1, yet not to every server.
        """
        self._thread.target = target
        try:
            yield
        finally:
            del self._thread.target

    def spelling_of(self, target: str) -> str:
        """`target` as it was spelled by the page or person that named it."""
        given: str = getattr(self._thread, "target", target)
        return given if given.upper() == target.upper() else target

    def remaining(self) -> float:
        """Seconds to this thread's deadline. Raises TimeoutError when it is over, ConnectError after an abort."""
        if self._is_aborted:
            raise ConnectError(Reason.INTERRUPTED, "stopped by the user")
        ends_at: float = getattr(self._thread, "ends_at", float("inf"))
        left = ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline of the whole response is over")
        return left

    def check(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, all of them fit to connect to.

        Raises ConnectError: DNS where there are none, PRIVATE_ADDRESS where one of them is not public; a name with
        mixed answers is a trap or a mistake, and refused whole.
        """
        addresses = self._addresses(host, port)
        if not self._is_allowed(host, port):
            private = next((address for address in addresses if not is_public(address)), None)
            if private is not None:
                what = "is" if host == private else f"is {private},"
                told = f"{host} {what} not a public address; if it is yours, name it in allow_private_hosts of [crawl]"
                raise ConnectError(Reason.PRIVATE_ADDRESS, told)
        return addresses

    def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        try:
            # Resolvers differ in the spellings of an address that they know (0x7f.1, 2130706433); we ask none of them.
            literal = literal_address(host)
            addresses = (str(literal),) if literal else tuple(self._resolve(host, port))
        except (OSError, ValueError) as error:
            raise ConnectError(Reason.DNS, f"{host} cannot be resolved: {error}") from error
        if not addresses:
            raise ConnectError(Reason.DNS, f"{host} has no address")
        return addresses

    def _is_allowed(self, host: str, port: int) -> bool:
        bare = host.strip("[]").lower()
        spelled = f"[{bare}]" if ":" in bare else bare
        return not self._allowed.isdisjoint((bare, spelled, f"{spelled}:{port}"))

    def open(self, host: str, port: int, *, timeout: float, to_proxy: bool = False) -> socket.socket:
        """A connected socket. A proxy is the operator's own choice, wherever it is; every other host is checked.

        Raises ConnectError with reason DNS, PRIVATE_ADDRESS, CONNECT, TIMEOUT or INTERRUPTED.
        """
        addresses = self._addresses(host, port) if to_proxy else self.check(host, port)
        failure: OSError | None = None
        for address in addresses[:_MAX_ADDRESSES]:
            try:
                return self._connect(address, port, timeout)
            except OSError as error:
                failure = error
        reason = Reason.TIMEOUT if isinstance(failure, TimeoutError) else Reason.CONNECT
        raise ConnectError(reason, f"no connection to {host}: {failure}") from failure

    def _connect(self, address: str, port: int, timeout: float) -> socket.socket:
        opened = _TimedSocket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        opened.connector = self
        try:
            self.watch(opened)
            opened.settimeout(min(timeout, self.remaining()))
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.connect((address, port))
        except BaseException:
            opened.close()
            raise
        return opened


class _Timed:
    """A socket whose reads end with the deadline of the reading thread, not only when the other side falls silent."""

    connector: Connector | None = None
    _idle_seconds: float | None = None
    _set_seconds: float | None = None

    def settimeout(self, value: float | None, /) -> None:
        self._idle_seconds = value
        self._set(value)

    def _set(self, seconds: float | None) -> None:
        # Each time is a system call, in which another thread may take the interpreter: four of them for a request.
        if seconds is None or seconds != self._set_seconds:
            super().settimeout(seconds)  # type: ignore[misc] # socket.socket comes next in both families below
            self._set_seconds = seconds

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        # Every byte of a response passes here: http.client reads heads and bodies through makefile("rb").
        if self.connector is None:
            return super().recv_into(*args, **kwargs)  # type: ignore[misc,no-any-return]
        left = self.connector.remaining()
        self._set(left if self._idle_seconds is None else min(left, self._idle_seconds))
        count: int = super().recv_into(*args, **kwargs)  # type: ignore[misc]
        if count == 0:
            self.connector.remaining()  # an end of stream may be our own abort
        return count


class _TimedSocket(_Timed, socket.socket):
    pass


def tls_context(connector: Connector, ca_file: str | None) -> ssl.SSLContext:
    """The one TLS context of a crawler: reading a CA bundle costs 30 ms of processor, too much for every new host."""

    class TimedTlsSocket(_Timed, ssl.SSLSocket):
        def do_handshake(self, block: bool = False) -> None:
            # OpenSSL counts the timeout over the whole handshake, so it cannot be dripped out.
            self.connector = connector
            connector.watch(self)
            super().do_handshake(block)

    context = ssl.create_default_context(cafile=ca_file)
    context.sslsocket_class = TimedTlsSocket
    return context


def connection_types(connector: Connector) -> tuple[type[HTTPConnection], type[HTTPSConnection]]:
    """urllib3 connections without and with TLS that are opened by `connector`."""

    class Connection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            # urllib3's own name for the host keeps the trailing dot, which a resolver must see.
            timeout, to_proxy = float(self.timeout or 60.0), self.proxy is not None
            return connector.open(self._dns_host, self.port, timeout=timeout, to_proxy=to_proxy)

        def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:
            super().putrequest(method, connector.spelling_of(url), *args, **kwargs)

    class TlsConnection(Connection, HTTPSConnection):
        pass

    return Connection, TlsConnection


def connection_pools(connector: Connector) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3 pools, by scheme, of such connections."""
    plain, tls = connection_types(connector)

    class Pool(HTTPConnectionPool):
        ConnectionCls = plain

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = tls

    return {"http": Pool, "https": TlsPool}
