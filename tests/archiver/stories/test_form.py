"""The format as it is described is the format as it is written."""

import pytest
from hypothesis import given, settings

from scraper.archiver.stories import form
from scraper.archiver.stories.document import document_of, record_data
from scraper.archiver.stories.story import Story
from tests.archiver.stories.invented import stories


def _names(fields: tuple[form.Field, ...]) -> list[str]:
    return [name for name, _, _ in fields]


def _in_order(data: dict[str, object], fields: tuple[form.Field, ...]) -> bool:
    return list(data) == [name for name in _names(fields) if name in data]


@given(stories())
@settings(max_examples=25, deadline=None)
def test_every_field_is_described_and_in_its_place(story: Story) -> None:
    document = document_of(story)
    assert list(document) == _names(form.STORY)
    history = document["history"]
    assert isinstance(history, dict)
    assert list(history) == _names(form.HISTORY)
    assert all(_in_order(record_data(image), form.IMAGE) for image in story.article.images)
    assert all(_in_order(record_data(link), form.LINK) for link in story.links)
    assert all(_in_order(record_data(seen), form.SIGHTING) for link in story.links for seen in link.sightings)
    assert all(_in_order(record_data(version), form.VERSION) for version in story.versions)
    assert all(_in_order(record_data(entry), form.ENTRY) for entry in story.entries)


@pytest.mark.parametrize("name", ["publishedAt", "maintext", "content_hash", "natural_key"])
def test_the_page_names_it(name: str) -> None:
    assert f"`{name}`" in form.describe_form()
