"""Whose turn it is: one request at a time per host, a pause after each answer. Opens nothing; time is handed in."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.errors import Reason, TransientError
from scraper.settings import CrawlSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPace:
    """What must outlive a run for a host's pauses to hold between runs. UTC; None: nothing to wait for."""

    host: str
    next_request_at: datetime | None = None
    not_before: datetime | None = None


class _Turn:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.next_request_at: datetime | None = None
        self.not_before: datetime | None = None


class Pacer:
    """Gives out turns. Safe for many threads: whoever asks for a busy host waits for it."""

    def __init__(
        self,
        settings: CrawlSettings,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        paces: Iterable[HostPace] = (),
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._guard = threading.Lock()
        self._turns: dict[str, _Turn] = {}
        for pace in paces:
            turn = self._turn(pace.host)
            turn.next_request_at, turn.not_before = pace.next_request_at, pace.not_before

    def paces(self) -> tuple[HostPace, ...]:
        """The state to keep for the next run: hosts that still have to be waited for."""
        now = self._clock()
        with self._guard:
            turns = tuple(self._turns.items())
        states = (
            HostPace(host=host, next_request_at=turn.next_request_at, not_before=turn.not_before)
            for host, turn in turns
        )
        return tuple(
            state for state in states if _is_ahead(state.next_request_at, now) or _is_ahead(state.not_before, now)
        )

    @contextmanager
    def turn(self, host: str, *, pause_seconds: float, max_wait_seconds: float | None = None) -> Iterator[None]:
        """The host for ourselves: waits until it is free and its pause is over; the next pause starts when we leave.

        A TransientError with `not_before` that leaves the block is remembered: nobody asks the host earlier.
        Raises TransientError (RATE_LIMITED) where the host must be left alone for longer than
        `max_wait_seconds`, by default `settings.max_retry_wait_seconds`.
        """
        longest = self._settings.max_retry_wait_seconds if max_wait_seconds is None else max_wait_seconds
        turn = self._turn(host)
        with turn.lock:
            self._wait(turn, host, pause_seconds, longest)
            try:
                yield
            except TransientError as error:
                if error.not_before is not None:
                    turn.not_before = error.not_before
                raise
            finally:
                turn.next_request_at = self._clock() + timedelta(seconds=pause_seconds)

    def _wait(self, turn: _Turn, host: str, pause_seconds: float, longest: float) -> None:
        now = self._clock()
        if turn.not_before is not None:
            # A moment beyond the cap was stored under another clock or another cap: from now on it is the cap.
            turn.not_before = min(turn.not_before, now + timedelta(seconds=self._settings.max_retry_after_seconds))
        asked = _seconds_until(turn.not_before, now)
        if asked > longest:
            raise TransientError(
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


def _seconds_until(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (moment - now).total_seconds()) if moment else 0.0


def _is_ahead(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment > now
