"""robots.txt as RFC 9309 has it: the door to protego. Fetches through the Fetcher it is given, stores nothing."""

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from protego import Protego

from scraper.crawler.http.fetcher import Fetcher, Gate, open_gate
from scraper.crawler.http.freshness import fresh_for
from scraper.errors import ItemError, LeftAloneError, PermanentError, Reason, TransientError
from scraper.records import Page
from scraper.settings import CrawlSettings
from scraper.urls import host_of, resolved_or_none

MAX_BYTES = 500 * 1024
"""RFC 9309 section 2.5: what is beyond the first 500 KiB need not be read."""

MAX_REDIRECTS = 5
"""RFC 9309 section 2.3.1.2."""

_KEPT = timedelta(hours=24)  # RFC 9309 section 2.4: no longer than 24 hours
_LEAST_KEPT = timedelta(minutes=10)  # an expiry in seconds would double the requests to the host
_UNREACHABLE_KEPT = timedelta(minutes=10)

# "There are no rules" (RFC 9309 section 2.3.1.3): 4xx, and redirects that lead nowhere.
_UNAVAILABLE = frozenset(
    (
        Reason.NOT_FOUND,
        Reason.GONE,
        Reason.FORBIDDEN,
        Reason.BOT_WALL,
        Reason.PAYWALL,
        Reason.HTTP_ERROR,
        Reason.EMPTY,
        Reason.TOO_MANY_REDIRECTS,
        Reason.BAD_REDIRECT,
    )
)
# Lines of other kinds must not part a group (section 2.2.4), but do so in protego 0.7: they are left out.
_KNOWN_LINE = re.compile(r"[ \t]*(?:user[- ]?agent|allow|disallow|crawl[- ]?delay|sitemap)\b", re.IGNORECASE)
_MAX_LINE = 2_083 * 8  # as long as the reference parser reads


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A host's robots.txt as it came, to be kept between runs. `status` None: it could not be reached.

    `crawl_delay_seconds` is what it asks of us by our name, as it says it; None: nothing.
    """

    host: str
    status: int | None
    body: bytes
    fetched_at: datetime
    keep_until: datetime | None = None
    crawl_delay_seconds: float | None = None

    @property
    def expires_at(self) -> datetime:
        """Until when it counts: as long as it said itself (Cache-Control, Expires), never more than a day."""
        if self.status is None:
            return self.fetched_at + _UNREACHABLE_KEPT
        longest = self.fetched_at + _KEPT
        return min(longest, self.keep_until) if self.keep_until else longest


Observe = Callable[[Page | ItemError], None]
"""Told of every robots.txt that was asked for, and what came of it."""


def unobserved(_answer: Page | ItemError) -> None:
    """Tells nobody."""


@dataclass(slots=True)
class _Origin:
    lock: threading.Lock = field(default_factory=threading.Lock)
    file: RobotsFile | None = None
    rules: Protego | None = None
    trouble: str = "earlier"


class Robots:
    """What hosts allow us, asked once a day and host. Safe for many threads.

    One file speaks for a host with its port, whichever of http and https it was first asked by.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        settings: CrawlSettings,
        *,
        clock: Callable[[], datetime],
        gate: Gate = open_gate,
        files: Iterable[RobotsFile] = (),
        observe: Observe = unobserved,
    ) -> None:
        self._fetcher = fetcher
        self._agent = product_token(settings.user_agent)
        self._clock = clock
        self._gate = gate
        self._observe = observe
        self._guard = threading.Lock()
        self._origins = {file.host: _Origin(file=file) for file in files}

    def files(self) -> tuple[RobotsFile, ...]:
        """All that is known, to be kept for the next run."""
        with self._guard:
            origins = tuple(self._origins.values())
        return tuple(origin.file for origin in origins if origin.file is not None)

    def check(self, url: str) -> None:
        """Raises PermanentError (ROBOTS) where the rules forbid `url`, TransientError (ROBOTS_UNREACHABLE) where
        there may be rules and nobody can read them: then the whole host is out of bounds (RFC 9309 section 2.3.1.4).
        """
        if not self._rules(url).can_fetch(url, self._agent):
            raise PermanentError(Reason.ROBOTS, f"robots.txt of {host_of(url)} forbids it to {self._agent}", url=url)

    def crawl_delay(self, url: str) -> float | None:
        """The seconds between requests that the host asks for, as it says them; None where it asks for none."""
        return self._delay(self._rules(url))

    def _delay(self, rules: Protego) -> float | None:
        delay = rules.crawl_delay(self._agent)
        return delay if delay is not None and 0 <= delay < float("inf") else None

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the host's robots.txt names, absolute, in its order."""
        # People write anything into robots.txt.
        found = (resolved_or_none(sitemap, url) for sitemap in self._rules(url).sitemaps)
        return tuple(dict.fromkeys(sitemap for sitemap in found if sitemap))

    def _rules(self, url: str) -> Protego:
        with self._guard:
            origin = self._origins.setdefault(host_of(url), _Origin())
        with origin.lock:
            if origin.file is None or not self._is_fresh(origin.file):
                origin.rules = None
                origin.file, origin.trouble = self._fetch(url)
            if origin.file.status is None:
                raise TransientError(
                    Reason.ROBOTS_UNREACHABLE,
                    f"robots.txt of {origin.file.host} cannot be read, so nothing else is ({origin.trouble})",
                    url=url,
                    not_before=origin.file.expires_at,
                )
            if origin.rules is None:
                origin.rules = parse_rules(origin.file.body)
                origin.file = replace(origin.file, crawl_delay_seconds=self._delay(origin.rules))
            return origin.rules

    def _is_fresh(self, file: RobotsFile) -> bool:
        now = self._clock()
        return file.fetched_at <= now < file.expires_at

    def _fetch(self, url: str) -> tuple[RobotsFile, str]:
        status, body, trouble, keep_until = None, b"", "", None
        try:
            page = self._fetcher.get_first_part(
                urljoin(url, "/robots.txt"), max_bytes=MAX_BYTES, max_redirects=MAX_REDIRECTS, gate=self._gate
            )
            status, body = page.status, page.body
            self._observe(page)
            if (fresh := fresh_for(page)) is not None:
                keep_until = page.fetched_at + max(_LEAST_KEPT, timedelta(seconds=min(fresh, _KEPT.total_seconds())))
        except ItemError as error:
            if error.reason is not Reason.INTERRUPTED and not isinstance(error, LeftAloneError):
                self._observe(error)
            if error.reason is Reason.INTERRUPTED or getattr(error, "not_before", None) is not None:
                raise  # says nothing of the rules, and the pacer knows how long to wait
            if error.reason is Reason.PRIVATE_ADDRESS and host_of(error.hop) == host_of(url):
                # Nothing of this host may be reached, its pages no more than its rules: no wait makes that better.
                raise PermanentError(error.reason, str(error), url=url) from error
            trouble = str(error)
            if error.reason in _UNAVAILABLE and isinstance(error, PermanentError) and (error.status or 0) < 500:
                status = error.status or 404
        file = RobotsFile(host=host_of(url), status=status, body=body, fetched_at=self._clock(), keep_until=keep_until)
        return file, trouble


def parse_rules(body: bytes) -> Protego:
    """The rules in a robots.txt, whatever it is: UTF-8 with or without byte order mark, any line ends, HTML, noise."""
    text = body[:MAX_BYTES].decode("utf-8-sig", "replace")
    lines = re.split(r"\r\n|\r|\n", text)
    if len(body) >= MAX_BYTES:
        lines.pop()  # cut in the middle: "/" might be left of "/private"
    return Protego.parse("\n".join(line for line in lines if _is_rule(line)))


def _is_rule(line: str) -> bool:
    return _KNOWN_LINE.match(line) is not None and len(line) <= _MAX_LINE


def product_token(user_agent: str) -> str:
    """The part of a user agent that robots.txt groups name (RFC 9309 section 2.2.1): letters, hyphens, underscores."""
    match = re.match(r"[A-Za-z_-]+", user_agent)
    return match[0] if match else user_agent
