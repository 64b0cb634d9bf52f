"""Files taken apart into records, however they are compressed and whatever is wrong with them."""

import gzip
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import Reason
from scraper.pipeline.imports.members import zstd
from scraper.pipeline.imports.records import MAX_RECORD_BYTES, RawRecord, record_at, records_of
from scraper.warc import RecordError, parse_record
from tests.warcs import WarcFile, arc_of, as_one_member, as_zstd, page_of, url_of


def records(data: bytes) -> list[RawRecord]:
    return list(records_of(BytesIO(data)))


def urls(found: list[RawRecord]) -> list[str | None]:
    return [parse_record(raw.data).url for raw in found if raw.data is not None]


PLAIN = WarcFile(gzipped=False).add_stories(1, 2, 3)
GZIPPED = WarcFile().add_stories(1, 2, 3)
DICTIONARY = zstd.train_dict([page_of(number) for number in range(200)], 20_000).dict_content
FORMS = [PLAIN.data, GZIPPED.data, as_zstd(PLAIN), as_zstd(PLAIN, DICTIONARY)]
STORIES = [None, url_of(1), url_of(2), url_of(3)]


@pytest.mark.parametrize(
    ("data", "alone"),
    [
        (PLAIN.data, True),
        (GZIPPED.data, True),
        (as_one_member(PLAIN.data), False),
        (as_zstd(PLAIN), True),
        (as_zstd(PLAIN, DICTIONARY), True),
        (zstd.compress(PLAIN.data), False),
    ],
    ids=["plain", "by record", "as a whole", "zstd", "zstd with a dictionary", "zstd as a whole"],
)
def test_each_record_is_found_and_found_again(data: bytes, alone: bool) -> None:
    found = records(data)

    assert urls(found) == STORIES
    assert [raw.fault for raw in found] == [None] * 4
    assert {raw.alone for raw in found} == {alone}
    if alone:
        assert [record_at(BytesIO(data), raw.offset) for raw in found] == found
    assert parse_record(found[2].data or b"").payload == page_of(2)


def test_arc_of_old_is_read() -> None:
    data = arc_of(url_of(7), page_of(7))
    for form in (data, gzip.compress(data)):
        _, raw = records(form)
        record = parse_record(raw.data or b"")
        assert (record.kind, record.url, record.status, record.payload.strip()) == (
            *("response", url_of(7), 200),
            page_of(7),
        )
        assert record.at is not None
        assert record.at.isoformat() == "2005-01-02T03:04:05+00:00"


def test_a_file_that_breaks_off_gives_what_is_there() -> None:
    for whole, cut in ((PLAIN.data, 400), (GZIPPED.data, 200)):
        found = records(whole[:-cut])
        assert urls(found) == STORIES
        assert [raw.fault for raw in found] == [None, None, None, Reason.TRUNCATED]


def test_a_damaged_member_costs_itself_alone() -> None:
    data = bytearray(GZIPPED.data)
    middle = GZIPPED.offsets[1] + 60
    data[middle : middle + 20] = bytes(20)

    found = records(bytes(data))

    assert [raw.fault for raw in found] == [None, None, Reason.DAMAGED, None]
    assert urls(found) == [None, url_of(1), url_of(3)]


@pytest.mark.parametrize("dictionary", [b"", DICTIONARY], ids=["alone", "with a dictionary"])
def test_a_damaged_frame_costs_itself_alone(dictionary: bytes) -> None:
    sound = as_zstd(PLAIN, dictionary)
    start, end = [raw.offset for raw in records(sound)][2:]
    data = bytearray(sound)
    data[start + 40 : end - 40] = bytes(end - start - 80)

    found = records(bytes(data))

    assert [raw.fault for raw in found] == [None, None, Reason.DAMAGED, None]
    assert urls(found) == [None, url_of(1), url_of(3)]


def test_without_its_dictionary_nothing_can_be_read_and_that_is_told() -> None:
    data = bytearray(as_zstd(PLAIN, DICTIONARY))
    data[8:60] = bytes(52)

    assert {raw.fault for raw in records(bytes(data))} == {Reason.DAMAGED}


def test_rubbish_between_members_is_passed_over() -> None:
    first, second = GZIPPED.offsets[0], GZIPPED.offsets[1]
    data = GZIPPED.data[:first] + b"\x1f\x8b\x08 no member" * 9 + GZIPPED.data[first:second] + bytes(700)
    assert urls(records(data + GZIPPED.data[second:])) == STORIES


def _with_length(number: int, length: bytes) -> bytes:
    start = PLAIN.offsets[number]
    head, rest = PLAIN.data[:start], PLAIN.data[start:]
    before, after = rest.split(b"Content-Length: ", 1)
    return head + before + b"Content-Length: " + length + after[after.index(b"\r\n") :]


@pytest.mark.parametrize("length", [b"300", b"700", b"1200", b"999999999", b"9999999999999999999", b"-5", b"many"])
def test_a_wrong_length_costs_nothing(length: bytes) -> None:
    found = records(_with_length(1, length))

    assert urls(found) == STORIES
    assert [raw.fault for raw in found] == [None, None, Reason.BAD_LENGTH, None]
    assert parse_record(found[2].data or b"").payload.rstrip() == page_of(2)


def test_what_is_too_large_is_passed_over_in_bounded_memory() -> None:
    bomb = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % (MAX_RECORD_BYTES + 5)
    bomb += bytes(MAX_RECORD_BYTES + 5) + b"\r\n\r\n"
    for before, after in (
        (PLAIN.data, bomb + PLAIN.data),
        (GZIPPED.data, gzip.compress(bomb, 1) + GZIPPED.data),
        (as_zstd(PLAIN), zstd.compress(bomb) + as_zstd(PLAIN)),
    ):
        found = records(before + after)
        assert urls(found) == STORIES * 2
        assert found[4].fault is Reason.TOO_LARGE


def test_headers_without_end_are_no_record() -> None:
    endless = b"WARC/1.0\r\nX: " + b"a" * (3 << 20) + b"\r\n\r\n"
    found = records(endless + PLAIN.data)
    assert found[0].fault is Reason.BAD_RECORD
    assert urls(found) == STORIES


def test_what_is_no_warc_gives_no_record() -> None:
    for data in (
        b"",
        b"\n\n",
        page_of(1),
        gzip.compress(page_of(1)),
        b"\x1f\x8b\x08",
        bytes(99),
        b"WARC/",
        b"WARC/1.0",
    ):
        for raw in records(data):
            assert raw.data is None or parse_record(raw.data).url is None


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2_500), st.binary(max_size=40), st.sampled_from(FORMS))
def test_no_bytes_anywhere_break_it(place: int, rubbish: bytes, data: bytes) -> None:
    for raw in records(data[:place] + rubbish + data[place + len(rubbish) :]):
        with suppress(RecordError):
            parse_record(raw.data or b"")


@given(st.binary(max_size=300))
def test_no_record_breaks_the_reader_of_records(rubbish: bytes) -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/ b\r\n"
    for data in (rubbish, b"WARC/1.0\r\n" + rubbish, head + rubbish, head + b"\r\nHTTP/1.1 200 OK\r\n" + rubbish):
        with suppress(RecordError):
            assert parse_record(data).kind is not None


def test_deflated_members_that_end_without_checksum_are_cut_not_lost() -> None:
    member = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = member.compress(PLAIN.data) + member.flush(zlib.Z_SYNC_FLUSH)
    assert urls(records(packed)) == STORIES
