"""Hosts side by side: each one's work in order, everything handed over once, in batches that are bounded."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Event, Lock

import pytest

from scraper.pipeline.crawling.lanes import BATCH, Lanes

Work = tuple[str, int]


def drained(lanes: Lanes[Work, Work]) -> list[list[Work]]:
    batches = []
    while lanes.busy:
        batches.append(lanes.take())
    return batches


def echoing(threads: int, walk: Callable[[Work], Work | None] = lambda unit: unit) -> Lanes[Work, Work]:
    return Lanes(threads, walk)


def test_everything_is_handed_over_once_and_each_host_in_order() -> None:
    with echoing(8) as lanes:
        for host in "abcdefghijklmnopqrst":
            lanes.add(host, [(host, number) for number in range(40)])
        batches = drained(lanes)

    results = [result for batch in batches for result in batch]
    assert Counter(results) == Counter((host, number) for host in "abcdefghijklmnopqrst" for number in range(40))
    for host in "abcdefghijklmnopqrst":
        assert [number for name, number in results if name == host] == list(range(40))
    assert max(map(len, batches)) <= BATCH


def test_no_host_is_asked_twice_at_a_time_and_as_many_hosts_as_there_are_threads() -> None:
    together = Barrier(4, timeout=10)
    guard, now = Lock(), Counter[str]()

    def walk(unit: Work) -> Work:
        with guard:
            now[unit[0]] += 1
            assert now[unit[0]] == 1
        together.wait()  # four hosts are under way at the same time, or this ends the test
        with guard:
            now[unit[0]] -= 1
        return unit

    with echoing(4, walk) as lanes:
        for host in "abcd":
            lanes.add(host, [(host, number) for number in range(5)])
        assert sum(map(len, drained(lanes))) == 20


def test_a_host_stays_busy_until_what_it_brought_is_taken() -> None:
    with echoing(2) as lanes:
        lanes.add("a", [("a", number) for number in range(BATCH + 1)])

        assert len(lanes.take()) == BATCH
        assert lanes.busy == {"a"}
        assert len(lanes.take()) == 1
        assert lanes.idle == 2


def test_what_is_not_taken_holds_the_threads_up() -> None:
    walked = Counter[str]()
    enough = Event()

    def walk(unit: Work) -> Work:
        walked[unit[0]] += 1
        if walked["a"] == 2 * BATCH:
            enough.set()
        return unit

    with echoing(1, walk) as lanes:
        lanes.add("a", [("a", number) for number in range(10 * BATCH)])
        assert enough.wait(10)
        # One more is in the thread's hands, waiting for room.
        assert walked["a"] <= 2 * BATCH + 1
        assert sum(map(len, drained(lanes))) == 10 * BATCH


def test_a_lane_may_be_left() -> None:
    with echoing(1, lambda unit: unit if unit[1] < 3 else None) as lanes:
        lanes.add("a", [("a", number) for number in range(10)])

        assert drained(lanes) == [[("a", 0), ("a", 1), ("a", 2)]]


def test_a_fault_in_a_lane_is_raised_where_results_are_taken() -> None:
    def walk(unit: Work) -> Work:
        if unit == ("b", 1):
            raise MemoryError("no more")
        return unit

    with echoing(2, walk) as lanes:
        lanes.add("a", [("a", number) for number in range(3)])
        lanes.add("b", [("b", number) for number in range(3)])
        with pytest.raises(MemoryError, match="no more"):
            drained(lanes)
