"""Pinned floors: nothing falls in silence, nothing falls by being pinned again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import floors


def test_a_figure_below_its_floor_has_fallen() -> None:
    fallen = floors.falls({"news": {"wf": 0.95, "title_ok": 0.9}}, {"news": {"wf": 0.949, "title_ok": 0.9}})
    assert [(fall.dataset, fall.measure) for fall in fallen] == [("news", "wf")]


def test_of_errors_more_is_worse() -> None:
    assert floors.falls({"news": {"date_wrong": 0.1}}, {"news": {"date_wrong": 0.2}})
    assert not floors.falls({"news": {"date_wrong": 0.1}}, {"news": {"date_wrong": 0.05}})


def test_a_figure_that_is_no_longer_measured_has_fallen() -> None:
    (fall,) = floors.falls({"news": {"wf": 0.95}}, {"news": {}})
    assert "not measured any more" in str(fall)


def test_data_sets_that_were_not_run_are_not_judged() -> None:
    assert not floors.falls({"news": {"wf": 0.95}}, {"blogs": {"wf": 0.5}})


def test_pinning_raises_what_became_better_and_leaves_what_became_worse() -> None:
    pinned = floors.raised({"news": {"wf": 0.9, "title_ok": 0.9}}, {"news": {"wf": 0.95, "title_ok": 0.8}})
    assert pinned == {"news": {"wf": 0.95, "title_ok": 0.9}}


def test_only_a_measure_named_is_lowered() -> None:
    before = {"news": {"wf": 0.9, "date_wrong": 0.1}}
    pinned = floors.raised(before, {"news": {"wf": 0.8, "date_wrong": 0.2}}, lower=["date_wrong"])
    assert pinned == {"news": {"wf": 0.9, "date_wrong": 0.2}}


def test_pinning_one_data_set_keeps_the_others() -> None:
    assert floors.raised({"blogs": {"wf": 0.9}}, {"news": {"wf": 0.8}}) == {"blogs": {"wf": 0.9}, "news": {"wf": 0.8}}


@given(
    st.dictionaries(
        st.sampled_from(["news", "blogs"]),
        st.dictionaries(st.sampled_from(list(floors.MEASURES)), st.floats(0, 1)),
    )
)
def test_what_was_just_pinned_holds_when_run_again(measured: dict[str, dict[str, float]]) -> None:
    assert not floors.falls(floors.raised({}, measured), measured)


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    pinned = {"news": {"wf": 0.951, "date_wrong": 0.07}, "blogs": {"crashes": 0.0}}
    floors.write(tmp_path / "floors.toml", pinned)
    assert floors.read(tmp_path / "floors.toml") == pinned


def test_a_floor_for_an_unknown_measure_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text("[news]\nwordF1 = 0.9\n")
    with pytest.raises(ValueError, match="wordF1"):
        floors.read(tmp_path / "floors.toml")


def test_the_shipped_floors_can_be_read() -> None:
    pinned = floors.read(Path(floors.__file__).with_name("floors.toml"))
    assert all(0 <= value <= 1 for values in pinned.values() for value in values.values())
    assert pinned
