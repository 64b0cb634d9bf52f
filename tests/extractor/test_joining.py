"""Pages of one article put together: in order, each text once, pictures and links of all."""

from scraper.extractor.extract import extract
from scraper.extractor.joining import join
from scraper.records import Article, ImageRole

FIRST = "https://example.org/harbour/the-crane-is-back"


def page(number: int, *, extra: str = "") -> Article:
    told = "".join(
        f"<p>On day {day} of week {number} the ships waited outside, and nobody on the quay knew for how long.</p>"
        for day in range(1, 6)
    )
    standfirst = "<p>The crane of the harbour was mended, and ships that had to wait for weeks may come in again.</p>"
    picture = (
        f'<figure><img src="/{number}.jpg" width="900" height="600"><figcaption>Day {number}</figcaption></figure>'
    )
    url = FIRST if number == 1 else f"{FIRST}/{number}"
    markup = f"<article><h1>The crane is back</h1>{standfirst}{picture}{told}{extra}</article>"
    return extract(f"<html><title>The crane is back</title><body>{markup}</body></html>", url)


def test_what_each_page_repeats_stands_once() -> None:
    whole = join([page(1), page(2), page(3)])

    assert whole.body is not None
    assert whole.body.count("ships that had to wait for weeks") == 1
    assert [f"week {number}" in whole.body for number in (1, 2, 3)] == [True] * 3
    assert whole.body.index("week 1") < whole.body.index("week 2") < whole.body.index("week 3")
    assert whole.body == "\n\n".join(block.text for block in whole.blocks)
    assert whole.body_html is not None
    assert whole.body_html.count("ships that had to wait for weeks") == 1
    assert whole.body_html.count("<p>") == len([block for block in whole.blocks if block.kind == "paragraph"])
    assert whole.word_count == len(whole.body.split())
    assert whole.sources["pages"] == "3"
    assert whole.url == FIRST


def test_pictures_of_all_pages_are_kept_and_one_leads() -> None:
    whole = join([page(1), page(2)])
    assert [image.url.rpartition("/")[2] for image in whole.images] == ["1.jpg", "2.jpg"]
    assert [image.role for image in whole.images[1:]] == [ImageRole.BODY]


def test_links_of_all_pages_are_kept_once() -> None:
    extra = (
        '<p>More about this is said in <a href="/harbour/the-old-crane-report">the report of the old crane</a> too.</p>'
    )
    whole = join([page(1, extra=extra), page(2, extra=extra)])
    assert [link.url for link in whole.links] == ["https://example.org/harbour/the-old-crane-report"]


def test_a_page_that_adds_nothing_leaves_the_first_as_it_is() -> None:
    first = page(1)
    assert join([first, page(1)]) == first
    assert join([first]) is first
