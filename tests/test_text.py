"""Text from strangers made safe to keep."""

from hypothesis import given
from hypothesis import strategies as st

from scraper.text import clean, did_you_mean, fold, one_line, or_none, undoubled


def test_clean_takes_controls_and_keeps_language() -> None:
    assert clean("a\x00b\x1b[31mc\u202ed\ud800e") == "ab[31mcde"
    assert clean("Zeile eins\n\tZeile zwei – „Zitat“ 漢字 👍") == "Zeile eins\n\tZeile zwei – „Zitat“ 漢字 👍"


def test_one_line_joins_every_kind_of_space() -> None:
    assert one_line("  Wahl\u00a0\u00a0in\n Bärenfurt \u2009 ") == "Wahl in Bärenfurt"


def test_nothing_is_unknown() -> None:
    assert or_none(" \n\u00a0") is None
    assert or_none(None) is None
    assert or_none(" a ") == "a"


def test_folded_texts_compare_equal() -> None:
    assert fold("Stra\u00dfe  ﬁnden") == fold("STRASSE finden")
    assert fold("Donau\u00addampf\u200bschiff") == "donaudampfschiff"


def test_the_nearest_word_is_proposed() -> None:
    assert did_you_mean("pause_second", ["pause_seconds", "threads"]) == "; did you mean 'pause_seconds'?"
    assert did_you_mean("xyz", ["pause_seconds"]) == ""


@given(st.text())
def test_clean_text_can_be_stored_and_cleaning_is_stable(text: str) -> None:
    cleaned = clean(text)

    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


def test_what_stands_twice_is_read_once() -> None:
    assert undoubled("Erika MusterErika Muster") == "Erika Muster"
    assert undoubled("Valley Courier Valley Courier") == "Valley Courier"
    assert undoubled("Wagga Wagga") == "Wagga Wagga"
    assert undoubled("Rivers rise, Rivers rise") == "Rivers rise, Rivers rise"
    assert undoubled("") == ""
