"""Whose turn it is: one request at a time per host, a pause after each answer. Opens nothing; time is handed in.

A host that says 429 on several of its URLs is left alone as a whole; a registrable domain of which several hosts do so
gets one turn for all of them, because the limit is plainly counted there.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from scraper.crawler.manners.hostlocks import HostLocks, Slot
from scraper.errors import LeftAloneError, Reason, TransientError
from scraper.settings import CrawlSettings
from scraper.urls import registrable_domain

TOO_MANY_REQUESTS: Final = 429
EVIDENCE: Final = timedelta(hours=1)
"""How long a 429 of a host speaks against its neighbours."""

SHARED: Final = timedelta(days=1)
"""For how long the hosts of a domain share a turn after the last evidence."""

_UNTOLD_SECONDS: Final = 600.0
"""How long a host is left alone that says 429 for a second URL and not for how long; doubled with each more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPace:
    """What must outlive a run for a host's pauses to hold between runs. UTC; None: nothing to wait for."""

    host: str
    next_request_at: datetime | None = None
    not_before: datetime | None = None
    limited_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPace:
    """A registrable domain whose hosts share one turn until `shared_until`."""

    domain: str
    shared_until: datetime
    not_before: datetime | None = None


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_request_at: datetime | None = None
    not_before: datetime | None = None
    limited_at: datetime | None = None
    limited_urls: set[str] = field(default_factory=set)
    shared_until: datetime | None = None


class Pacer:
    """Gives out turns. Safe for many threads: whoever asks for a busy host waits for it."""

    def __init__(
        self,
        settings: CrawlSettings,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        paces: Iterable[HostPace] = (),
        domains: Iterable[DomainPace] = (),
        locks: HostLocks | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._locks = locks
        self._guard = threading.Lock()
        self._turns: dict[str, _Turn] = {}
        self._domains: dict[str, _Turn] = {}
        for pace in paces:
            turn = self._turn(pace.host)
            turn.next_request_at, turn.not_before = pace.next_request_at, pace.not_before
            turn.limited_at = pace.limited_at
        for domain in domains:
            self._domains[domain.domain] = _Turn(shared_until=domain.shared_until, not_before=domain.not_before)

    def paces(self) -> tuple[HostPace, ...]:
        """The state to keep for the next run: hosts that still have to be waited for, or that complained lately."""
        now = self._clock()
        with self._guard:
            turns = tuple(self._turns.items())
        return tuple(
            HostPace(
                host=host,
                next_request_at=turn.next_request_at,
                not_before=turn.not_before,
                limited_at=turn.limited_at,
            )
            for host, turn in turns
            if _is_ahead(turn.next_request_at, now) or _is_ahead(turn.not_before, now) or _is_recent(turn, now)
        )

    def domains(self) -> tuple[DomainPace, ...]:
        """The domains whose hosts share a turn now."""
        now = self._clock()
        with self._guard:
            turns = tuple(self._domains.items())
        return tuple(
            DomainPace(domain=domain, shared_until=turn.shared_until, not_before=turn.not_before)
            for domain, turn in turns
            if turn.shared_until is not None and turn.shared_until > now
        )

    @contextmanager
    def turn(self, host: str, *, pause_seconds: float) -> Iterator[None]:
        """The host for ourselves: waits until it is free and its pause is over; the next pause starts when we leave.

        A TransientError with `not_before` that leaves the block is remembered: nobody asks the host earlier.
        Raises LeftAloneError where the host must be left alone for longer than `settings.max_retry_wait_seconds`.
        """
        turns = self._scopes(host)
        with ExitStack() as held:
            for turn in turns:
                held.enter_context(turn.lock)
            slot = held.enter_context(self._locks.slot(host)) if self._locks else Slot()
            own = turns[-1]
            own.next_request_at = _later(own.next_request_at, slot.next_request_at)
            own.not_before = _later(own.not_before, slot.not_before)
            for turn in turns:
                self._wait(turn, host, pause_seconds)
            try:
                yield
            except TransientError as error:
                self._note(turns, host, error)
                raise
            finally:
                for turn in turns:
                    turn.next_request_at = self._clock() + timedelta(seconds=pause_seconds)
                slot.next_request_at, slot.not_before = own.next_request_at, own.not_before

    def _scopes(self, host: str) -> list[_Turn]:
        """The turns to be held for a request to `host`, always in this order: its domain's where that is shared."""
        domain = self._domains.get(registrable_domain(host)) if self._domains else None
        shared = domain is not None and _is_ahead(domain.shared_until, self._clock())
        return [*([domain] if domain and shared else []), self._turn(host)]

    def _note(self, turns: list[_Turn], host: str, error: TransientError) -> None:
        if error.status == TOO_MANY_REQUESTS:
            self._note_limit(turns[-1], host, error.url)
        if error.not_before is not None:
            for turn in turns:
                turn.not_before = error.not_before

    def _note_limit(self, turn: _Turn, host: str, url: str) -> None:
        now = self._clock()
        turn.limited_at = now
        turn.limited_urls.add(url)
        if (more := len(turn.limited_urls) - 2) >= 0:
            seconds = min(_UNTOLD_SECONDS * 2.0 ** min(more, 20), self._settings.max_retry_after_seconds)
            turn.not_before = _later(turn.not_before, now + timedelta(seconds=seconds))
        domain = registrable_domain(host)
        with self._guard:
            complaining = [name for name, other in self._turns.items() if _is_recent(other, now)]
            if sum(registrable_domain(name) == domain for name in complaining) > 1:
                self._domains.setdefault(domain, _Turn()).shared_until = now + SHARED

    def _wait(self, turn: _Turn, host: str, pause_seconds: float) -> None:
        now = self._clock()
        if turn.not_before is not None:
            # A moment beyond the cap was stored under another clock or another cap: from now on it is the cap.
            turn.not_before = min(turn.not_before, now + timedelta(seconds=self._settings.max_retry_after_seconds))
        asked = _seconds_until(turn.not_before, now)
        if asked > self._settings.max_retry_wait_seconds:
            raise LeftAloneError(
                Reason.RATE_LIMITED,
                f"{host} asked to be left alone until {turn.not_before:%Y-%m-%d %H:%M:%S} UTC",
                url=host,
                not_before=turn.not_before,
            )
        # A clock that was set back must not turn a pause of seconds into one of hours.
        pause = min(_seconds_until(turn.next_request_at, now), max(pause_seconds, self._settings.max_pause_seconds))
        if (seconds := max(asked, pause)) > 0:
            self._sleep(seconds)

    def _turn(self, host: str) -> _Turn:
        with self._guard:
            return self._turns.setdefault(host, _Turn())


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _seconds_until(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (moment - now).total_seconds()) if moment else 0.0


def _is_ahead(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment > now


def _is_recent(turn: _Turn, now: datetime) -> bool:
    return turn.limited_at is not None and timedelta() <= now - turn.limited_at < EVIDENCE
