"""A loopback server that says byte for byte what a test wants: well-formed answers, and every way to misbehave.

Not a web server: it reads a request up to its blank line and sends what the route gives. Drips go on until the client
has had enough or the server is stopped, so that no test waits longer than its own deadline.
"""

import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

Answer = bytes | Iterable[bytes]
Route = Answer | Callable[["Request"], Answer]


@dataclass(frozen=True, slots=True)
class Request:
    """What arrived: the target as sent, and the headers by lower-case name."""

    target: str
    headers: dict[str, str]
    connection: int


@dataclass(slots=True)
class Reset:
    """As the last piece of an answer: break the connection off with a TCP reset."""


@dataclass(slots=True)
class Loopback:
    """Listens on 127.0.0.1 while in its with block. `routes` may be changed at any time, `requests` tells what came."""

    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    wrap: Callable[[socket.socket], socket.socket] = lambda plain: plain
    _listener: socket.socket = field(init=False)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        # Short, so that leaving the block needs no connection to wake the thread.
        self._listener.settimeout(0.05)
        self._start(self._listen)
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def targets(self) -> list[str]:
        return [request.target for request in self.requests]

    def drip(self, piece: bytes, first: bytes = b"") -> Callable[[Request], Iterator[bytes]]:
        """A route: `first`, then `piece` again and again, fifty times a second, without end."""

        def pieces(_request: Request) -> Iterator[bytes]:
            yield first
            while not self._stopped.wait(0.02):
                yield piece

        return pieces

    def stall(self, first: bytes = b"") -> Callable[[Request], Iterator[bytes]]:
        """A route: `first`, then silence."""

        def pieces(_request: Request) -> Iterator[bytes]:
            yield first
            self._stopped.wait(30)

        return pieces

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        number = 0
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                connection, _ = self._listener.accept()
                number += 1
                self._start(self._serve, connection, number)

    def _serve(self, plain: socket.socket, number: int) -> None:
        plain.settimeout(5)
        # A client that hangs up in the middle is what half of the tests are about.
        with suppress(OSError), plain, self.wrap(plain) as connection:
            while not self._stopped.is_set() and (request := self._request(connection, number)):
                self.requests.append(request)
                route = self.routes.get(request.target.partition("?")[0], reply(b"", "404 Not Found"))
                answer = route(request) if callable(route) else route
                if isinstance(answer, bytes):
                    connection.sendall(answer)
                    continue
                self._send(connection, answer)
                return

    def _send(self, connection: socket.socket, pieces: Iterable[bytes | Reset]) -> None:
        for piece in pieces:
            if isinstance(piece, Reset):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            connection.sendall(piece)

    def _request(self, connection: socket.socket, number: int) -> Request | None:
        data = b""
        while b"\r\n\r\n" not in data:
            connection.settimeout(0.05)
            try:
                more = connection.recv(65536)
            except TimeoutError:
                if self._stopped.is_set():
                    return None
                continue
            if not more:
                return None
            data += more
        connection.settimeout(5)
        line, *headers = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        fields: dict[str, str] = {}
        for name, _, value in (header.partition(":") for header in headers):
            known = fields.get(name.lower())  # what is sent twice is one list (RFC 9110, section 5.3)
            fields[name.lower()] = value.strip() if known is None else f"{known}, {value.strip()}"
        return Request(line.split(" ")[1], fields, number)


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer. Header names are given with underscores for hyphens; Content-Length is right unless given."""
    fields = {"Content-Length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def redirect(location: str, status: str = "302 Found", body: bytes = b"") -> bytes:
    return reply(body, status, Location=location)
