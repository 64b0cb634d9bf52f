"""Selectors proposed for a page: those that find its own value again, on every page of the site."""

from scraper.extractor.page.document import Document, parse
from scraper.extractor.profiles.suggesting import suggest

TEXT = "The crane that used to stand on the east quay is back, and half of the town came to see it swing again. "


def page(number: int, *, topic: str = "Quays") -> Document:
    cloud = "".join(
        f'<a class="cloud-link tag-link-{each}" href="/t/{each}">{name}</a>' for each, name in CLOUD.items()
    )
    markup = f"""<html><head><title>Story {number}</title></head><body>
    <article class="story"><h1 class="story-title">Story {number} of the crane on the quay</h1>
    <p class="story-topics"><a class="story-topic" rel="tag" href="/t">{topic}</a></p>
    <div class="story-text"><p>{TEXT * 3}{number}</p><p>{TEXT * 3}</p></div></article>
    <div class="tagcloud">{cloud}</div></body></html>"""
    return parse(markup, f"https://www.example.org/{number}/")


CLOUD = {47: "Quays", 51: "Weather"}


def test_what_says_the_same_on_every_page_is_not_proposed() -> None:
    others = [page(2, topic="Weather"), page(3, topic="Ferries")]

    found = suggest(page(1), others)

    proposed = [str(proposal.selector) for proposal in found["tags"]]
    assert "a.story-topic" in proposed
    assert not any("cloud" in selector for selector in proposed)
    assert str(found["title"][0].selector) == "h1.story-title"
    assert found["title"][0].elsewhere == 2


def test_names_with_numbers_are_not_taken_for_lasting() -> None:
    proposed = {str(proposal.selector) for proposals in suggest(page(1)).values() for proposal in proposals}

    assert proposed
    assert not any("tag-link-47" in selector for selector in proposed)
