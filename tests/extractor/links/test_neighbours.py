"""The articles before and after this one."""

from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.neighbours import find_neighbours
from scraper.extractor.page.document import parse
from scraper.records import LinkKind

PAGE = "https://www.example.org/harbour/the-crane-is-back"


def neighbours(html: str) -> list[tuple[LinkKind, str, str | None]]:
    blocks = find_neighbours(parse(html, PAGE), Anchors(PAGE, PAGE))
    return [(block.kind, item.url.rpartition("/")[2], item.teaser.title) for block in blocks for item in block.items]


def test_they_lose_their_labels() -> None:
    found = neighbours(
        """
        <nav><a rel="prev" href="/yesterday-in-the-port"><span>Previous article</span> Yesterday in the port</a>
        <a rel="next" href="/tomorrow-in-the-port"><span>Next article</span> Tomorrow in the port →</a></nav>
        """
    )

    assert found == [
        (LinkKind.PREVIOUS, "yesterday-in-the-port", "Yesterday in the port"),
        (LinkKind.NEXT, "tomorrow-in-the-port", "Tomorrow in the port"),
    ]


def test_there_is_one_of_each_kind() -> None:
    assert len(neighbours('<a rel="next" href="/the-sea-at-night">The sea at night</a>' * 3)) == 1


def test_numbered_pages_and_bare_labels_are_none() -> None:
    assert neighbours('<a rel="next" href="/harbour/the-crane-is-back/2">2</a>') == []
    assert neighbours('<a rel="next" href="/harbour/the-crane-is-back/2">Next page</a>') == []


def test_other_hosts_have_none() -> None:
    assert neighbours('<a rel="prev" href="https://example.net/the-sea-at-night">The sea at night</a>') == []
