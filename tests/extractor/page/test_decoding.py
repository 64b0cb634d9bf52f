"""Which charset a page is read in, and that no bytes make the reader fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.page.decoding import to_utf8

GERMAN = "<p>Größe, Öl und Maß</p>"
JAPANESE = "<p>" + "日本語のニュース記事です。" * 20
RUSSIAN = "<p>" + "Новости города сегодня. " * 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    assert to_utf8(GERMAN.encode(encoding)).decode() == GERMAN


def test_the_http_charset_is_used_where_the_bytes_are_not_utf8() -> None:
    assert to_utf8(GERMAN.encode("iso-8859-15"), "text/html; charset=ISO-8859-15").decode() == GERMAN


def test_the_pages_own_declaration_is_used_where_http_names_none() -> None:
    page = '<meta charset="windows-1251">' + RUSSIAN
    assert to_utf8(page.encode("cp1251"), "text/html").decode() == page


def test_bytes_that_are_utf8_are_utf8_whatever_they_claim() -> None:
    page = '<meta charset="iso-8859-1">' + GERMAN
    assert to_utf8(page.encode(), "text/html; charset=iso-8859-1").decode() == page


def test_windows_1252_is_assumed_for_a_few_undeclared_bytes() -> None:
    assert to_utf8(GERMAN.encode("cp1252")).decode() == GERMAN


def test_latin1_means_windows_1252() -> None:
    """As the Encoding Standard has it: quotes and the euro sign lie where ISO 8859-1 has controls."""
    assert to_utf8(b"\x93Euro \x80\x94", "text/html; charset=iso-8859-1").decode() == "“Euro €”"


def test_an_escaped_japanese_charset_is_not_taken_for_ascii() -> None:
    page = '<meta charset="iso-2022-jp">' + JAPANESE
    assert to_utf8(page.encode("iso2022_jp")).decode() == page


def test_undeclared_text_with_enough_evidence_is_detected() -> None:
    assert to_utf8(JAPANESE.encode("shift_jis")).decode() == JAPANESE


@pytest.mark.parametrize("shift", [0, 1])
def test_a_long_page_is_detected_wherever_the_sample_ends(shift: int) -> None:
    page = "x" * shift + JAPANESE * 300
    assert to_utf8(page.encode("euc_jp")).decode() == page


def test_bytes_of_no_charset_are_read_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    assert to_utf8(bytes(range(1, 27)) + bytes(range(28, 256)) * 40)
    assert caplog.records == []


def test_a_few_bad_bytes_do_not_turn_utf8_into_something_else() -> None:
    page = ('<meta charset="utf-8">' + GERMAN * 20).encode() + b"\x93cut"
    assert "Größe" in to_utf8(page).decode()


@pytest.mark.parametrize("label", ["x-nonsense", "idna", "punycode", "undefined", "hex"])
def test_a_label_of_no_charset_is_no_obstacle(label: str) -> None:
    assert "Öl" in to_utf8("Öl".encode("cp1252"), f"text/html; charset={label}").decode()
    assert "Öl" in to_utf8(f"<meta charset={label}>Öl".encode("cp1252")).decode()


def test_text_with_a_lone_surrogate_can_be_stored() -> None:
    assert to_utf8("a\ud800b") == b"a?b"


@given(st.binary(max_size=300), st.none() | st.text(max_size=30))
def test_any_bytes_give_valid_utf8(page: bytes, content_type: str | None) -> None:
    to_utf8(page, content_type).decode("utf-8")
