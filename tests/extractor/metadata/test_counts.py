"""Comment and view counts of the article itself."""

from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import parse


def read(body: str = "", head: str = "") -> Metadata:
    html = f"<html><head><title>Rivers rise</title>{head}</head><body><h1>Rivers rise</h1>{body}</body></html>"
    return read_metadata(parse(html, "https://a.example/rivers"))


def article(fields: str) -> str:
    return (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rivers rise", {fields}}}</script>'
    )


def test_what_structured_data_counts() -> None:
    metadata = read(
        head=article(
            '"commentCount": 12, "interactionStatistic": {"@type": "InteractionCounter",'
            ' "interactionType": "https://schema.org/ViewAction", "userInteractionCount": "1204"}'
        )
    )

    assert (metadata.comment_count, metadata.view_count) == (12, 1204)
    assert metadata.sources["comment_count"] == "json-ld"


def test_a_comment_action_counts_comments() -> None:
    statistic = '{"interactionType": {"@type": "http://schema.org/CommentAction"}, "userInteractionCount": 7}'

    assert read(head=article(f'"interactionStatistic": [{statistic}]')).comment_count == 7


def test_lines_by_the_title_in_several_languages() -> None:
    metadata = read("<ul class=meta><li>0 Kommentare</li><li>1.204 Aufrufe</li></ul>")

    assert (metadata.comment_count, metadata.view_count) == (0, 1204)
    assert metadata.sources["view_count"] == "html"


def test_the_counts_of_teasers_are_not_the_articles() -> None:
    metadata = read('<p>%s</p><div class="related"><span class="views">99 views</span></div>' % ("Text. " * 100))

    assert metadata.view_count is None
    assert "view_count" not in metadata.sources
