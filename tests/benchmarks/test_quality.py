"""The quality benchmark as it is run: absent corpus, nothing pinned, pinned, fallen."""

from pathlib import Path

import pytest

from benchmarks import quality
from benchmarks.corpus import DEFAULT_FOLDER

needs_corpus = pytest.mark.skipif(not DEFAULT_FOLDER.is_dir(), reason="the shared corpus is not beside the checkout")


def test_an_absent_corpus_is_said_and_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main(["--corpus", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("skipped")


def test_lowering_without_pinning_is_refused() -> None:
    with pytest.raises(SystemExit):
        quality.main(["--lower", "wf"])


@needs_corpus
def test_an_unknown_data_set_is_refused() -> None:
    assert quality.main(["--dataset", "nosuch"]) == 2


@needs_corpus
def test_a_floor_above_what_is_measured_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.toml"
    run = ["--dataset", "readability", "--floors", str(floors)]
    assert quality.main(run) == 1, "with nothing pinned nothing is defended"
    assert quality.main([*run, "--pin"]) == 0
    floors.write_text(floors.read_text().replace("wf = 0", "wf = 1"))
    capsys.readouterr()
    assert quality.main(run) == 1
    assert "FELL  readability  wf" in capsys.readouterr().out
