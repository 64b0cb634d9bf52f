"""Records as plain data."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

from scraper.plain import article_data, plain, utc_text
from scraper.records import Article, Block, BlockKind, Link, LinkKind, Precision, Timestamp
from scraper.urls import canonicalize


def test_an_article_keeps_its_field_names_and_can_be_json() -> None:
    article = Article(
        url=canonicalize("https://example.org/a"),
        title="Der Deich",
        published=Timestamp(
            at=datetime(2024, 10, 26, 7, 12, tzinfo=UTC), offset_minutes=120, precision=Precision.MINUTE, raw="x"
        ),
        categories=("Politik", "Land"),
        blocks=(Block(kind=BlockKind.PARAGRAPH, text="Text."),),
        links=(Link(kind=LinkKind.RELATED, url="https://example.org/b", position=1),),
    )

    data = json.loads(json.dumps(article_data(article)))

    assert data["published"] == "2024-10-26T09:12+02:00"
    assert (data["category"], data["categories"]) == ("Politik", ["Politik", "Land"])
    assert data["links"][0]["kind"] == "related"
    assert data["subtitle"] is None
    assert data.keys() == {field.name for field in fields(Article)} - {"blocks"} | {"category"}


def test_moments_are_utc_to_the_second() -> None:
    moment = datetime(2024, 10, 26, 9, 12, 3, 999, tzinfo=timezone(timedelta(hours=2)))

    assert utc_text(moment) == "2024-10-26T07:12:03Z"
    assert plain({"at": (moment,)}) == {"at": ["2024-10-26T07:12:03Z"]}
