"""One request, one answer: the door to requests (and, with connect.py, to urllib3). Follows nothing, decides nothing.

A GET without a proxy goes the short way of direct.py; what a proxy stands before, or has a body, goes through requests.
Its adapter is used without a Session: cookies, redirects, netrc and a look at the environment for every request are
what a Session adds, and a crawler wants none of them (measured: the look alone is a third of the cost of a request).
"""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException, InvalidURL
from queue import Empty, SimpleQueue
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.response import BaseHTTPResponse

from scraper.crawler.http.connect import ConnectError, Connector, Resolve, connection_pools, system_resolve, tls_context
from scraper.crawler.http.direct import Direct, Limits
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.headers import first_of, values_of
from scraper.settings import CrawlSettings

_READ_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the process was told about the network: proxies by scheme, hosts to reach without one, a CA bundle."""

    proxies: Mapping[str, str] = field(default_factory=dict)
    no_proxy: str = ""
    ca_file: str | None = None

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """The customary variables, lower case first: http_proxy, https_proxy, all_proxy, no_proxy; CA bundles."""

        def get(*names: str) -> str | None:
            return next((environ[name] for name in names if environ.get(name)), None)

        every = get("all_proxy", "ALL_PROXY")
        proxies = {
            scheme: get(f"{scheme}_proxy", f"{scheme}_proxy".upper()) or every or "" for scheme in ("http", "https")
        }
        return cls(
            proxies={scheme: proxy for scheme, proxy in proxies.items() if proxy},
            no_proxy=get("no_proxy", "NO_PROXY") or "",
            ca_file=get("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE") or DEFAULT_CA_BUNDLE_PATH,
        )

    def proxy_for(self, url: str) -> str | None:
        """The proxy that stands between us and a URL."""
        if not self.proxies:
            return None
        parts = urlsplit(url)
        return None if self._goes_direct(parts.hostname or "") else self.proxies.get(parts.scheme)

    def _goes_direct(self, host: str) -> bool:
        # requests has a reading of no_proxy too, but puts it into os.environ to ask the standard library.
        suffixes = [entry.strip().lower().lstrip("*.") for entry in self.no_proxy.split(",") if entry.strip()]
        return any(host == suffix or not suffix or host.endswith(f".{suffix}") for suffix in suffixes)


class Answer:
    """Status and headers of a response whose body still lies on the wire."""

    def __init__(self, raw: BaseHTTPResponse, url: str, done: Callable[[bool], None]) -> None:
        """`done` is told whether all was read: only then can the connection serve another request."""
        self._raw = raw
        self._url = url
        self._done = done
        self.status = raw.status
        # requests' own mapping joins and folds; urllib3's keeps every line in its order.
        self.headers: tuple[tuple[str, str], ...] = tuple(self._raw.headers.iteritems())
        self.wire_bytes = 0
        self._is_read = False

    def header(self, name: str) -> str | None:
        return first_of(self.headers, name)

    def joined(self, name: str) -> str:
        """All headers of that name as the one list they mean (RFC 9110 section 5.3)."""
        return ", ".join(values_of(self.headers, name))

    def check_framing(self) -> None:
        """Raises PermanentError (PROTOCOL) for a transfer coding that http.client would leave in the body."""
        coding = self.joined("Transfer-Encoding").strip().lower()
        if coding not in ("", "chunked", "identity"):
            raise PermanentError(Reason.PROTOCOL, f"a transfer coding nobody asked for: {coding[:50]}", url=self._url)

    @property
    def states_its_end(self) -> bool:
        """Whether the head says how long the body is, so that one that breaks off is noticed."""
        return self.header("Content-Length") is not None or self.header("Transfer-Encoding") is not None

    def chunks(self) -> Iterator[bytes]:
        """The body as it comes, transfer coding taken off, content coding not."""
        while data := self._read():
            self.wire_bytes += len(data)
            yield data
        self._is_read = True

    def _read(self) -> bytes:
        with _translated(self._url):
            data: bytes = self._raw.read(_READ_BYTES, decode_content=False)
            return data

    def close(self) -> None:
        """Give the connection back where nothing is left to read (a 304, an empty redirect); else drop it unread."""
        if self._raw.length_remaining == 0:
            self._raw.read(1, decode_content=False)
            self._is_read = True
        self._done(self._is_read)


class Transport:
    """Sends requests. Safe for many threads; the connections of a host are kept and used again."""

    def __init__(self, settings: CrawlSettings, *, environment: Environment, resolve: Resolve = system_resolve) -> None:
        self._limits = Limits(settings.connect_timeout_seconds, settings.read_timeout_seconds)
        self._deadline_seconds = settings.deadline_seconds
        self._environment = environment
        self._connector = Connector(settings.allow_private_hosts, resolve=resolve)
        context = tls_context(self._connector, environment.ca_file)
        # One request at a time per host: what is kept for more hosts than are visited at a time is seldom used again.
        self._direct = Direct(self._connector, context, most=4 * settings.threads)
        self._adapter = _Adapter(self._connector, context, threads=settings.threads)

    def close(self) -> None:
        self._direct.close()
        self._adapter.close()

    def abort(self) -> None:
        """Make every request under way, and every later one, fail with Reason.INTERRUPTED."""
        self._connector.abort()

    @contextmanager
    def send(self, url: str, headers: Mapping[str, str], *, body: bytes | None = None) -> Iterator[Answer]:
        """The answer to a GET, or to a POST of `body`, to be read within the block; a deadline for all runs from here.

        Raises TransientError or PermanentError for all that can go wrong below HTTP, in the block too.
        """
        with self._connector.deadline(self._deadline_seconds):
            with _translated(url):
                answer = self._asked(url, headers, body)
            try:
                answer.check_framing()
                yield answer
            finally:
                answer.close()

    def _asked(self, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        parts = urlsplit(url)
        proxies = self._proxies(url, parts)
        if body is not None or proxies is not None:
            return self._through_requests(url, headers, body, proxies)
        exchange = self._direct.get(parts, headers, self._limits)
        return Answer(exchange.response, url, exchange.done)

    def _through_requests(
        self, url: str, headers: Mapping[str, str], body: bytes | None, proxies: dict[str, str] | None
    ) -> Answer:
        method = "GET" if body is None else "POST"
        request = requests.Request(method, url, headers=dict(headers), data=body).prepare()
        target = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
        limits = self._limits
        with self._connector.spelled(target):
            raw = self._adapter.send(request, stream=True, timeout=(limits.connect, limits.read), proxies=proxies).raw

        def done(_is_read: bool) -> None:
            raw.close()
            raw.release_conn()
            self._adapter.close_dropped()

        return Answer(raw, url, done)

    def _proxies(self, url: str, parts: SplitResult) -> dict[str, str] | None:
        proxy = self._environment.proxy_for(url)
        if proxy is None:
            return None
        # The proxy resolves the name a second time, so this check is the best there is, not a proof.
        try:
            self._connector.check(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        except ConnectError as error:
            # Behind a proxy there is often no resolver for outside names at all.
            if error.reason is not Reason.DNS:
                raise
        return {parts.scheme: proxy}


class _Adapter(HTTPAdapter):
    """Connections through one connector, TLS by one context."""

    def __init__(self, connector: Connector, context: ssl.SSLContext, *, threads: int) -> None:
        self._context = context
        self._pools = connection_pools(connector)
        self._dropped: SimpleQueue[object] = SimpleQueue()
        # One request at a time per host: two kept connections are one more than needed. Pools are dropped oldest first.
        super().__init__(pool_connections=4 * threads, pool_maxsize=2)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)
        self.poolmanager.pool_classes_by_scheme = self._pools
        # A pool that has to make room is closed by whoever lets it go. urllib3 would do so under the lock that every
        # request needs: with 32 threads on new hosts, that was a third of their time.
        self.poolmanager.pools.dispose_func = self._dropped.put

    def close_dropped(self) -> None:
        """Let go of the pools that had to make room: their connections close with them."""
        with suppress(Empty):
            while True:
                self._dropped.get_nowait()

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **kwargs, ssl_context=self._context)
        if not known:
            manager.pool_classes_by_scheme = self._pools
        return manager

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """Status and raw body; the parent would also parse a stranger's cookies and guess a charset."""
        response = requests.Response()
        response.status_code, response.raw, response.request = resp.status, resp, req
        return response

    def cert_verify(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing: the context has the CA bundle and demands a certificate. The parent would load a bundle per host."""


@contextmanager
def _translated(url: str) -> Iterator[None]:
    try:
        yield
    except ConnectError as error:
        refused = error.reason is Reason.PRIVATE_ADDRESS
        raise (PermanentError if refused else TransientError)(error.reason, str(error), url=url) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
        raise _item_error(error, url) from error


def _item_error(error: Exception, url: str) -> ItemError:
    chain = tuple(_chain(error))
    if any(isinstance(link, TimeoutError | requests.Timeout | urllib3.exceptions.TimeoutError) for link in chain):
        return TransientError(Reason.TIMEOUT, "no whole answer within the time allowed", url=url)
    tls = next((link for link in chain if isinstance(link, ssl.SSLError)), None)
    if tls is not None:
        return _tls_error(tls, url)
    if isinstance(error, urllib3.exceptions.ProtocolError):
        # Raised bare only while a body is read; for heads it is what http.client says, or requests wraps it.
        return TransientError(Reason.TRUNCATED, f"the body breaks off: {error}"[:300], url=url)
    if any(isinstance(link, OSError) and not isinstance(link, requests.RequestException) for link in chain):
        return TransientError(Reason.CONNECT, f"the connection broke: {chain[-1]}"[:300], url=url)
    if isinstance(error, requests.exceptions.InvalidURL | InvalidURL | UnicodeError):
        return PermanentError(Reason.BAD_URL, f"not a URL to ask for: {error}"[:300], url=url)
    return PermanentError(Reason.PROTOCOL, f"not an HTTP answer: {chain[-1]}"[:300], url=url)


def _tls_error(error: ssl.SSLError, url: str) -> ItemError:
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return TransientError(Reason.TLS, "the TLS connection broke off", url=url)
    reason = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason
    return PermanentError(Reason.TLS, f"the TLS connection is not to be trusted: {reason or error}"[:300], url=url)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what lies under it, by way of causes and of the arguments urllib3 wraps errors in."""
    seen: set[int] = set()
    rest: list[BaseException | None] = [error]
    while rest:
        link = rest.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        inner = [part for part in (*link.args, getattr(link, "reason", None)) if isinstance(part, BaseException)]
        rest += [link.__context__, link.__cause__, *inner]
