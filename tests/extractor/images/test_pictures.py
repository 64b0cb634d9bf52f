"""Of all addresses an `<img>` offers, the largest is read; what is no picture is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scraper.extractor.images.pictures import read_picture


@pytest.mark.parametrize(
    ("markup", "source", "width"),
    [
        ('<img src="s.jpg" srcset="m.jpg 600w, l.jpg 1200w, s.jpg 300w"/>', "l.jpg", 1200),
        ('<img src="s.jpg" srcset="l.jpg 2x"/>', "l.jpg", None),
        ('<img src="s.jpg" data-src="l.jpg"/>', "l.jpg", None),
        ('<img src="data:image/gif;base64,R0" data-lazy-src="l.jpg"/>', "l.jpg", None),
        (
            '<img src="/img/w_300,h_200/a.jpg" srcset="/img/w_900,h_600/a.jpg 900w, /img/w_300,h_200/a.jpg 300w"/>',
            None,
            900,
        ),
        ('<img src="s.jpg" width="100%" height="200"/>', "s.jpg", None),
        ('<img src="s.jpg" width="640px" height="200"/>', "s.jpg", 640),
        ('<img data-src="l.jpg" width="640" height="480"/>', "l.jpg", 640),
        ('<img src="data:image/gif;base64,R0=" data-src="l.jpg" width="640" height="480"/>', "l.jpg", 640),
        ('<img src="s.jpg" data-orig-file="l.jpg" width="640" height="480"/>', "l.jpg", None),
    ],
)
def test_the_largest_version_is_taken(markup: str, source: str | None, width: int | None) -> None:
    picture = read_picture(etree.fromstring(markup))

    assert picture is not None
    assert picture.width == width
    assert source is None or picture.source == source


def test_sources_of_a_picture_element_count_too() -> None:
    picture = etree.fromstring('<picture><source srcset="l.webp 1600w"/><img src="s.jpg"/></picture>')

    found = read_picture(picture[1])

    assert found is not None
    assert (found.source, found.width) == ("l.webp", 1600)


@pytest.mark.parametrize("sources", ['<source srcset="s.webp"/>', '<source srcset="l.webp 1600w"/>'])
def test_another_form_that_is_not_said_to_be_larger_is_passed_over(sources: str) -> None:
    picture = etree.fromstring(f'<picture>{sources}<img src="s.jpg" srcset="l.jpg 1600w" width="800"/></picture>')
    plain = etree.fromstring('<picture><source srcset="s.webp"/><img src="s.jpg" width="800"/></picture>')

    found = [read_picture(tree[-1]) for tree in (picture, plain)]

    assert [(each.source, each.width) for each in found if each] == [("l.jpg", 1600), ("s.jpg", 800)]


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=8))
def test_any_attributes_give_a_picture_or_none(srcset: str, src: str, width: str) -> None:
    element = etree.Element("img")
    for name, value in {"srcset": srcset, "src": src, "width": width}.items():
        element.set(name, "".join(character for character in value if character.isprintable()))

    picture = read_picture(element)

    assert picture is None or picture.source


def test_markup_in_the_description_is_taken_out() -> None:
    found = read_picture(
        etree.fromstring('<img src="a.jpg" alt="&lt;p&gt;The &lt;b&gt;crane&lt;/b&gt; at noon &lt; 12&lt;/p&gt;"/>')
    )

    assert found is not None
    assert found.alt == "The crane at noon < 12"


@pytest.mark.parametrize(
    ("width", "height", "is_picture"), [(47, 107, False), (80, 80, False), (728, 40, False), (60, 300, True)]
)
def test_badges_and_rules_are_no_pictures(width: int, height: int, is_picture: bool) -> None:
    found = read_picture(etree.fromstring(f'<img src="a.jpg" width="{width}" height="{height}"/>'))

    assert (found is not None) is is_picture
