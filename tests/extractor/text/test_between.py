"""Headings, items and cells between what was kept."""

from collections.abc import Iterable

from scraper.extractor.page.document import parse
from scraper.extractor.text.between import with_between
from scraper.extractor.text.blocks import linearize

FIRST = "<p>The lock keeper counted the boats twice that morning, because nobody would have believed it.</p>"
LAST = "<p>The council will discuss in September whether the race may be held again.</p>"


def kept_of(page: str, lost: Iterable[str]) -> list[str]:
    """What is kept of a page of which all but the texts `lost` were."""
    passages = linearize(parse(page).root)
    kept = with_between(passages, [passage.text not in set(lost) for passage in passages])
    return [passage.text for passage, keep in zip(passages, kept, strict=True) if keep]


def test_a_heading_between_two_paragraphs_stays() -> None:
    page = f"<div>{FIRST}<h2>Swans</h2><h3>Who pays?</h3>{LAST}</div>"

    assert kept_of(page, ["Swans", "Who pays?"])[1:3] == ["Swans", "Who pays?"]


def test_a_heading_of_another_part_is_judged_by_itself() -> None:
    other = f"<div>{FIRST}<aside><h2>More boats</h2></aside>{LAST}</div>"
    linked = f"<div>{FIRST}<h2><a href='/boats'>More boats</a></h2>{LAST}</div>"
    ending = f"<div>{FIRST}{LAST}<h2>More boats</h2></div>"
    title = f"<div><p>The harbour</p><h1>More boats</h1>{LAST}</div>"

    assert all(len(kept_of(page, ["More boats"])) == 2 for page in (other, linked, ending, title))


def test_a_paragraph_between_two_is_judged_by_itself() -> None:
    assert len(kept_of(f"<div>{FIRST}<p>Gulls</p>{LAST}</div>", ["Gulls"])) == 2


def test_a_list_between_two_paragraphs_stays() -> None:
    page = f"<div>{FIRST}<ul><li>Ropes</li><li>Oars</li></ul>{LAST}</div>"

    assert kept_of(page, ["Ropes", "Oars"])[1:3] == ["Ropes", "Oars"]


def test_a_list_elsewhere_or_of_links_is_judged_by_itself() -> None:
    lost = ["Ropes", "Oars"]
    linked = "<ul><li><a href='/ropes'>Ropes</a></li><li>Oars</li></ul>"
    elsewhere = "<nav class='box'><div><ul><li>Ropes</li><li>Oars</li></ul></div></nav>"

    assert len(kept_of(f"<div>{FIRST}{linked}{LAST}</div>", lost)) == 2
    assert len(kept_of(f"<div>{FIRST}{elsewhere}{LAST}</div>", lost)) == 2


ROWS = "<tr><td>Boote</td><td>411</td></tr><tr><td>Schwäne</td><td>9</td></tr>"


def test_a_table_of_which_half_was_kept_is_whole() -> None:
    page = f"<div>{FIRST}<table>{ROWS}</table>{LAST}</div>"

    assert len(kept_of(page, ["411", "9"])) == 6
    assert len(kept_of(page, ["411", "9", "Schwäne"])) == 3


def test_nothing_is_kept_of_nothing() -> None:
    assert kept_of("<h2>Swans</h2><table><tr><td>9</td></tr></table>", ["Swans", "9"]) == []
    assert list(with_between([], [])) == []
