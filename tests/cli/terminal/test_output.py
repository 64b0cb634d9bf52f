"""What reaches a terminal."""

import contextlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.cli.terminal import output


@given(st.text())
def test_nothing_from_the_web_can_steer_a_terminal(text: str) -> None:
    shown = output.safe(text)

    assert not [c for c in shown if c < " " or "\x7f" <= c <= "\x9f" or c in "\u2028\u2029\u202e\u2066"]


def test_lines_stay_lines() -> None:
    assert output.safe_lines("eins\nzwei\x1b[2J") == "eins\nzwei [2J"


def test_unknown_is_shown_as_nothing() -> None:
    assert output.safe(None) == ""


def test_markup_in_a_cell_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("feed", "entries"), [("[bold]x[/bold]", 3)])

    assert "[bold]x[/bold]" in capsys.readouterr().out


@given(st.text())
def test_json_cannot_steer_a_terminal_and_says_the_same(text: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        output.json_data({text: [text]})

    shown = printed.getvalue()
    assert output.safe(shown.removesuffix("\n")) == shown.removesuffix("\n")
    assert json.loads(shown) == {text: [text]}


def test_piped_json_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    output.json_data({"title": "Müller\nMaier"})

    assert capsys.readouterr().out == '{"title": "Müller\\nMaier"}\n'
