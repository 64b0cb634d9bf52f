"""The standfirst, which the metadata found beside the title: the text's first paragraph, whatever its score.

Some pages set it among their bylines and buttons, where scores see no text. Of the annotated texts of news most have
it (36 of 47 such in aed, 13 of 19 in fundus), of those of long guides some do (13 of 51 in wcxb-dev).
"""

from collections.abc import Sequence

from scraper.extractor.text.passages import Passage

# Characters. A shorter line is a slogan or a label.
_SHORTEST = 20
# Blanks and marks that the two may be apart.
_APART = 10


def with_standfirst(passages: Sequence[Passage], kept: Sequence[bool], subtitle: str | None) -> Sequence[bool]:
    """Which of `passages` are kept, with the first before the text that says what `subtitle` does."""
    if not subtitle or len(subtitle) < _SHORTEST or True not in kept:
        return kept
    wanted = _plain(subtitle)
    for place, passage in enumerate(passages):
        if kept[place]:
            break
        if abs(len(passage.text) - len(subtitle)) <= _APART and _plain(passage.text) == wanted:
            return [*kept[:place], True, *kept[place + 1 :]]
    return kept


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
