"""How links are scored, and that the annotations can be read."""

from pathlib import Path

import pytest

from benchmarks.links.__main__ import PARTS, main
from benchmarks.links.scoring import Annotation, read_annotations, tally
from scraper.records import Link, LinkKind

A, B, C = (f"https://example.org/{name}" for name in "abc")
PAGE = Annotation.of(
    {
        "id": "news/1",
        "part": "a",
        "blocks": [
            {"kind": "related", "heading": "Mehr||Mehr zum Thema", "items": [[A, "One"], [B, "~Sport Two of them"]]},
            {"kind": "recent|popular", "items": [[C]]},
        ],
        "neutral": ["https://example.org/n"],
    }
)


def link(url: str, kind: LinkKind = LinkKind.RELATED, title: str = "", heading: str | None = None) -> Link:
    return Link(kind=kind, url=url, position=1, title=title, heading=heading)


def test_all_that_is_right_scores_one() -> None:
    found = [
        link(A, title="One", heading="Mehr zum Thema:"),
        link(B, title="Two of them", heading="mehr"),
        link(C, LinkKind.POPULAR),
    ]
    scores = tally(PAGE, found, []).scores()
    assert set(scores.values()) == {1.0}


def test_wrong_kinds_and_other_links_cost_precision_and_recall() -> None:
    counted = tally(PAGE, [link(A, LinkKind.POPULAR), link("https://example.org/x"), link(B)], [])
    assert counted.scores()["link_p"] == pytest.approx(1 / 3)
    assert counted.scores()["link_r"] == pytest.approx(1 / 3)
    assert [item.url for item in counted.missed] == [A, C]


def test_the_page_itself_the_text_and_neutral_links_are_not_judged() -> None:
    found = [link("https://example.org/n"), link("https://example.org/self"), link(A, LinkKind.BODY)]
    assert tally(PAGE, found, ["https://example.org/self"]).found.total() == 0


def test_every_annotation_is_of_a_part_that_is_measured_and_some_pages_have_no_list() -> None:
    pages = read_annotations()
    assert len(pages) >= 60
    assert {page.part for page in pages} == set(PARTS)
    assert sum(not page.items for page in pages) >= 15
    assert len({page.id for page in pages}) == len(pages)


def test_an_absent_corpus_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("skipped")
