"""Headers are found whatever the case of their names."""

from scraper.headers import first_of, values_of

HEADERS = (("Link", "<a>"), ("X-A", ""), ("LINK", "<b>"))


def test_names_know_no_case_and_values_keep_their_order() -> None:
    assert values_of(HEADERS, "link") == ["<a>", "<b>"]
    assert first_of(HEADERS, "lInK") == "<a>"


def test_an_empty_header_is_another_thing_than_none() -> None:
    assert first_of(HEADERS, "x-a") == ""
    assert first_of(HEADERS, "X-B") is None
    assert values_of(HEADERS, "X-B") == []
