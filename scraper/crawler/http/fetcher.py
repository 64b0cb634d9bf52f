"""GET: hop by hop to a whole page, a 304, or an error that says what to do next. Knows no robots, feeds or archive."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from scraper.crawler.http import statuses
from scraper.crawler.http.connect import Resolve, system_resolve
from scraper.crawler.http.encodings import ACCEPT_ENCODING, CodingError, CutError, TooLargeError, decode_body
from scraper.crawler.http.retries import call_with_retries
from scraper.crawler.http.transport import Answer, Environment, Transport
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.records import NotModified, Page, Redirect, Validators
from scraper.settings import CrawlSettings, HostSettings
from scraper.urls import InvalidUrlError, host_of, resolve

ACCEPT_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
ACCEPT_FEED = (
    "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.5"
)
# A page comes first: sites that negotiate would hide behind the feed what else they announce.
ACCEPT_SOURCE = (
    "text/html,application/xhtml+xml,application/rss+xml;q=0.9,application/atom+xml;q=0.9,application/feed+json;q=0.9,"
    "application/xml;q=0.8,text/xml;q=0.8,*/*;q=0.5"
)

Gate = Callable[[str], AbstractContextManager[None]]
"""Stands before every request, redirects and tries included: entered with the URL, it waits or raises an ItemError."""


def open_gate(_url: str) -> AbstractContextManager[None]:
    """Lets everything through at once."""
    return nullcontext()


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    url: str
    accept: str
    gate: Gate
    validators: Validators = field(default_factory=Validators)
    max_redirects: int
    max_body_bytes: int
    first_part_will_do: bool = False


class Fetcher:
    """Fetches pages and feeds within the limits of the settings. Safe for many threads; close it, or use it in a with.

    `hosts` has the settings of single hosts by their name (with the port where that is not the scheme's own).
    """

    def __init__(
        self,
        settings: CrawlSettings,
        hosts: Mapping[str, HostSettings] | None = None,
        *,
        clock: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], None] = time.sleep,
        resolve_host: Resolve = system_resolve,
        environment: Environment | None = None,
    ) -> None:
        self._settings = settings
        self._hosts = hosts or {}
        self._clock = clock
        self._sleep = sleep
        self._transport = Transport(
            settings, environment=environment or Environment.read(os.environ), resolve=resolve_host
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that were kept."""
        self._transport.close()

    def abort(self) -> None:
        """Make every request under way in any thread, and every later one, raise TransientError(INTERRUPTED)."""
        self._transport.abort()

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        accept: str = ACCEPT_PAGE,
        gate: Gate = open_gate,
    ) -> Page | NotModified:
        """The page behind `url`, or NotModified where `validators` were given and still hold.

        Tries again what is transient. Raises TransientError or PermanentError; see Reason for why.
        """
        return self._get(
            _Request(
                url=resolved(url),
                accept=accept,
                gate=gate,
                validators=validators or Validators(),
                max_redirects=self._settings.max_redirects,
                max_body_bytes=self._settings.max_body_bytes,
            )
        )

    def get_first_part(self, url: str, *, max_bytes: int, max_redirects: int, gate: Gate = open_gate) -> Page:
        """The first `max_bytes` of what is behind `url`, however long it is. Raises as :meth:`get` does."""
        outcome = self._get(
            _Request(
                url=resolved(url),
                accept="text/plain,*/*;q=0.5",
                gate=gate,
                max_redirects=max_redirects,
                max_body_bytes=max_bytes,
                first_part_will_do=True,
            )
        )
        # Without validators a 304 is an error, so this is a page.
        assert isinstance(outcome, Page)
        return outcome

    def _get(self, request: _Request) -> Page | NotModified:
        return call_with_retries(lambda: self._follow(request), self._settings, clock=self._clock, sleep=self._sleep)

    def _follow(self, request: _Request) -> Page | NotModified:
        url = request.url
        hops: tuple[Redirect, ...] = ()
        while True:
            try:
                with request.gate(url):
                    outcome = self._exchange(url, request, hops)
            except ItemError as error:
                error.url, error.hop = request.url, url  # people know what they asked for, not the hop
                raise
            if not isinstance(outcome, Redirect):
                return outcome
            hops = (*hops, outcome)
            url = _next_url(request, hops)

    def _exchange(self, url: str, request: _Request, hops: tuple[Redirect, ...]) -> Page | NotModified | Redirect:
        started = time.monotonic()
        is_conditional = _is_conditional(request, url)
        with self._transport.send(url, self._headers(url, request, is_conditional=is_conditional)) as answer:
            if answer.status in statuses.REDIRECTS:
                return Redirect(url=url, status=answer.status, location=_location(answer, url))
            if answer.status == 304 and is_conditional:
                return NotModified(
                    url=request.url,
                    final_url=url,
                    fetched_at=self._clock(),
                    validators=_renewed(request.validators, answer),
                    headers=answer.headers,
                    redirects=hops,
                    elapsed_seconds=time.monotonic() - started,
                )
            if not statuses.is_whole(answer.status):
                raise statuses.error_for(
                    answer.status, url=url, not_before=self._not_before(answer), headers=answer.headers
                )
            body = b"".join(_body(answer, url, self._settings.max_wire_bytes, request))
            if not body and not answer.states_its_end:
                # The commonest way to be empty without saying so is to break off within the head.
                raise TransientError(Reason.TRUNCATED, "the answer breaks off before its body", url=url)
            return Page(
                url=request.url,
                final_url=url,
                body=body,
                fetched_at=self._clock(),
                status=answer.status,
                headers=answer.headers,
                redirects=hops,
                wire_bytes=answer.wire_bytes,
                elapsed_seconds=time.monotonic() - started,
            )

    def _headers(self, url: str, request: _Request, *, is_conditional: bool) -> dict[str, str]:
        """What is sent to the host of `url`: its own settings and nobody else's."""
        host = self._hosts.get(host_of(url), HostSettings())
        headers = {
            "User-Agent": host.user_agent or user_agent(self._settings),
            "Accept": request.accept,
            "Accept-Encoding": ACCEPT_ENCODING,
        }
        if is_conditional and request.validators.etag is not None:
            headers["If-None-Match"] = request.validators.etag
        if is_conditional and request.validators.last_modified is not None:
            headers["If-Modified-Since"] = request.validators.last_modified
        own = {name.title(): value for name, value in host.headers.items()}  # their names know no case (RFC 9110, 5.1)
        if request.url.startswith("https:") and url.startswith("http:"):
            own.pop("Authorization", None)  # a redirect must not have the password sent for everybody to read
        return headers | own

    def _not_before(self, answer: Answer) -> datetime | None:
        return statuses.retry_after(
            answer.header("Retry-After"), now=self._clock(), max_seconds=self._settings.max_retry_after_seconds
        )


def user_agent(settings: CrawlSettings) -> str:
    """The name we go by, with whom to turn to: ``scraper/0.1 (+https://example.org/bot)``."""
    return f"{settings.user_agent} (+{settings.contact})" if settings.contact else settings.user_agent


def resolved(url: str) -> str:
    """`url` as it is asked for. Raises PermanentError (BAD_URL)."""
    try:
        return resolve(url)
    except InvalidUrlError as error:
        raise PermanentError(Reason.BAD_URL, str(error), url=url) from error


def _is_conditional(request: _Request, url: str) -> bool:
    # An ETag is opaque and means something to its own server only; another host might take it for one of its own.
    has_validators = request.validators != Validators()
    return has_validators and host_of(url) == host_of(request.url)


def _renewed(known: Validators, answer: Answer) -> Validators:
    """RFC 9111 section 4.3.4: a 304 may bring newer validators; those it leaves out stay."""
    return Validators(
        etag=answer.header("ETag") or known.etag,
        last_modified=answer.header("Last-Modified") or known.last_modified,
    )


def _location(answer: Answer, url: str) -> str:
    location = answer.header("Location")
    if not location:
        raise PermanentError(Reason.BAD_REDIRECT, "a redirect to nowhere", url=url, status=answer.status)
    with suppress(UnicodeError):
        # http.client reads headers as Latin-1; servers that send raw letters mean UTF-8.
        location = location.encode("latin-1").decode("utf-8")
    try:
        return resolve(location, url)
    except InvalidUrlError as error:
        raise PermanentError(
            Reason.BAD_REDIRECT, f"a redirect that is refused: {error}", url=url, status=answer.status
        ) from error


def _next_url(request: _Request, hops: tuple[Redirect, ...]) -> str:
    latest = hops[-1]
    if len(hops) > request.max_redirects:
        raise PermanentError(Reason.TOO_MANY_REDIRECTS, f"more than {request.max_redirects} redirects", url=request.url)
    if any(hop.url == latest.location for hop in hops):
        # We keep no cookies, so whoever sends us back to where we were will do so for ever.
        raise PermanentError(Reason.TOO_MANY_REDIRECTS, f"redirects in a circle: {latest.location}", url=request.url)
    return latest.location


def _body(answer: Answer, url: str, max_wire_bytes: int, request: _Request) -> Iterator[bytes]:
    announced = answer.header("Content-Length") or ""
    try:
        if not request.first_part_will_do and announced.isascii() and announced.isdigit():
            _refuse_above(max_wire_bytes, int(announced[:20]))
        yield from decode_body(
            _metered(answer, max_wire_bytes), answer.joined("Content-Encoding"), max_bytes=request.max_body_bytes
        )
    except CutError as error:
        raise TransientError(Reason.TRUNCATED, str(error), url=url) from error
    except TooLargeError as error:
        if not request.first_part_will_do:
            raise PermanentError(Reason.TOO_LARGE, str(error), url=url) from error
    except CodingError as error:
        raise PermanentError(Reason.BAD_ENCODING, str(error), url=url) from error


def _metered(answer: Answer, max_wire_bytes: int) -> Iterator[bytes]:
    for chunk in answer.chunks():
        _refuse_above(max_wire_bytes, answer.wire_bytes)
        yield chunk


def _refuse_above(max_wire_bytes: int, wire_bytes: int) -> None:
    if wire_bytes > max_wire_bytes:
        raise TooLargeError(f"more than {max_wire_bytes:,} bytes on the wire")
