"""A GET straight to its host, over a connection that is kept for the next one. Knows no proxies, reads no bodies.

One of the three doors to urllib3 (see connect.py), whose connections and answers these are. Its pools and requests'
adapter are left out: they prepare, check and count for callers other than this one, at twice the price of the request
itself.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from ssl import SSLContext
from typing import NamedTuple
from urllib.parse import SplitResult

from urllib3.connection import HTTPConnection
from urllib3.response import BaseHTTPResponse

from scraper.crawler.http.connect import Connector, connection_types

_PORTS = {"http": 80, "https": 443}


class Limits(NamedTuple):
    """Seconds to wait for a connection, and for each part of what comes over it."""

    connect: float
    read: float


class Destination(NamedTuple):
    """Where a connection leads."""

    scheme: str
    host: str
    port: int


class Direct:
    """Connections to hosts, at most `most` of them kept, the longest unused let go first. Safe for many threads."""

    def __init__(self, connector: Connector, context: SSLContext, *, most: int) -> None:
        self._plain, self._tls = connection_types(connector)
        self._context = context
        self._most = most
        self._guard = threading.Lock()
        self._kept: OrderedDict[Destination, HTTPConnection] = OrderedDict()

    def close(self) -> None:
        """Close the connections that were kept."""
        with self._guard:
            kept = list(self._kept.values())
            self._kept.clear()
        for connection in kept:
            connection.close()

    def get(self, parts: SplitResult, headers: Mapping[str, str], limits: Limits) -> "Exchange":
        """Ask for a URL and wait for the head of the answer.

        Raises what urllib3 and http.client raise for a whole that is none, and ConnectError.
        """
        place = Destination(parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme])
        connection = self._take(place) or self._new(place)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        try:
            connection.timeout = limits.connect
            if connection.is_closed:
                connection.connect()
            # Who has answered before all was read may close: the answer can be there to be read all the same.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request("GET", target, headers=headers, preload_content=False, decode_content=False)
            connection.timeout = limits.read
            return Exchange(self, place, connection, connection.getresponse())
        except BaseException:
            connection.close()
            raise

    def _new(self, place: Destination) -> HTTPConnection:
        if place.scheme == "https":
            return self._tls(place.host, place.port, ssl_context=self._context)
        return self._plain(place.host, place.port)

    def _take(self, place: Destination) -> HTTPConnection | None:
        with self._guard:
            connection = self._kept.pop(place, None)
        if connection is None or connection.is_connected:
            return connection
        connection.close()  # the server has hung up meanwhile
        return None

    def keep(self, place: Destination, connection: HTTPConnection) -> None:
        """Have a connection on which nothing is left to read serve the next request to its host."""
        with self._guard:
            surplus = self._kept.pop(place, None)
            self._kept[place] = connection
            if len(self._kept) > self._most:
                _, surplus = self._kept.popitem(last=False)
        if surplus is not None:
            surplus.close()


class Exchange(NamedTuple):
    """An answer whose body still lies on its connection."""

    source: Direct
    place: Destination
    connection: HTTPConnection
    response: BaseHTTPResponse

    def done(self, is_read: bool) -> None:
        """Keep the connection where all was read and it stays open; else drop it, with what was not read."""
        if is_read and not self.connection.is_closed:
            self.source.keep(self.place, self.connection)
            return
        self.response.close()
        self.connection.close()
