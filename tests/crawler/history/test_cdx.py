"""Lists of CDX servers in their forms."""

import json

import pytest

from scraper.crawler.history.cdx import read_cdx
from scraper.errors import UsageError

ROW = ["org,example)/a", "20240102030405", "http://example.org:80/a", "text/html", "200", "AAAA", "1234"]
NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


@pytest.mark.parametrize(
    "text",
    [
        " ".join(ROW),
        f"{' '.join(NAMES)}\n{' '.join(ROW)}",
        json.dumps([NAMES, ROW]),
        json.dumps([["original", "timestamp"], [ROW[2], ROW[1]]]),
        'org,example)/a 20240102030405 {"url": "http://example.org/a", "mime": "text/html", "status": "200"}',
        json.dumps({"url": "http://example.org/a", "timestamp": ROW[1], "status": "200", "mime": "text/html"}),
        "http://example.org/a 20240102030405",
    ],
)
def test_every_form_gives_the_address_and_its_first_capture(text: str) -> None:
    (capture,) = read_cdx(text)

    assert (capture.url, str(capture.first_at)) == ("http://example.org/a", "2024-01-02 03:04:05+00:00")


def test_an_address_comes_once_with_its_first_capture() -> None:
    later = " ".join([*ROW[:1], "20250102030405", *ROW[2:]])

    (capture,) = read_cdx(f"{later}\n{' '.join(ROW)}\n")

    assert capture.first_at is not None
    assert capture.first_at.year == 2024


@pytest.mark.parametrize(
    "changes", [{3: "image/png"}, {4: "301"}, {4: "404"}, {2: "http://example.org/a.css"}, {2: "dns:example.org"}]
)
def test_what_is_no_page_is_left_out(changes: dict[int, str]) -> None:
    row = [changes.get(place, word) for place, word in enumerate(ROW)]

    assert read_cdx(json.dumps([NAMES, row, ROW]))[0].url == "http://example.org/a"
    assert len(read_cdx(json.dumps([NAMES, row, ROW]))) == 1


def test_an_address_too_long_to_be_asked_for_is_left_out() -> None:
    row = [*ROW[:2], f"http://example.org/{'a' * 3_000}", *ROW[3:]]

    assert len(read_cdx(json.dumps([NAMES, row, ROW]))) == 1


@pytest.mark.parametrize("text", ["[[1,", "hello\nworld"])
def test_something_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_cdx(text)


def test_an_empty_list_is_empty() -> None:
    assert read_cdx("") == read_cdx("[]") == ()
