"""Lines that lead to another article are rows of their own, and no part of the text."""

import pytest

from scraper.extractor.extract import extract
from scraper.records import LinkKind

PAGE = "https://www.example.org/harbour/the-crane-is-back-at-work"
TEXT = "".join(
    f"<p>The harbour office said on day {day} that ships will have to wait outside until the crane is repaired.</p>"
    for day in range(1, 6)
)
LINK = '<a href="/harbour/the-crane-that-fell-down">The crane that fell down</a>'


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        (f"<p><b>Les også: {LINK}</b></p>", "Les også"),
        (f"<p>Lesen Sie auch: {LINK}</p>", "Lesen Sie auch"),
        (f"<p><strong>Leia também</strong>: {LINK}</p>", "Leia também"),
        (f"<p>Read also</p><p>{LINK}</p>", "Read also"),
        ('<p><a href="/harbour/the-crane-that-fell-down">Lire aussi : The crane that fell down</a></p>', "Lire aussi"),
        (
            '<p><a href="/harbour/the-crane-that-fell-down"><b>SEE ALSO</b>: The crane that fell down</a></p>',
            "SEE ALSO",
        ),
    ],
)
def test_a_teaser_line_is_one_related_row_and_not_text(line: str, heading: str) -> None:
    article = extract(f"<article><h1>The crane is back</h1>{TEXT}{line}{TEXT.replace('day', 'night')}</article>", PAGE)

    assert [(link.kind, link.heading, link.title) for link in article.links] == [
        (LinkKind.RELATED, heading, "The crane that fell down")
    ]
    assert "fell down" not in (article.body or "")
    assert heading not in (article.body or "")


def test_a_sentence_with_a_link_stays_text() -> None:
    line = f"<p>Read more of what the office said about {LINK} in the report of the year before.</p>"
    article = extract(f"<article><h1>The crane is back</h1>{TEXT}{line}{TEXT.replace('day', 'night')}</article>", PAGE)
    assert "fell down" in (article.body or "")
    assert [link.kind for link in article.links] == [LinkKind.BODY]
