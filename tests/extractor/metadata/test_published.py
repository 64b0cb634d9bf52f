"""Dates of a page: which day is the article's, and how exactly it is known."""

from datetime import UTC, datetime

from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import parse


def read(
    body: str = "", head: str = "", url: str = "https://a.example/rivers", not_after: datetime | None = None
) -> Metadata:
    html = f"<html lang=en><head><title>Rivers rise</title>{head}</head><body><h1>Rivers rise</h1>{body}</body></html>"
    return read_metadata(parse(html, url), not_after=not_after)


def published(body: str = "", head: str = "", url: str = "https://a.example/rivers") -> str:
    return str(read(body, head, url).published)


def article(**fields: str) -> str:
    pairs = "".join(f', "{name}": "{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rivers rise"{pairs}}}</script>'


def test_structured_data_gives_the_second_and_the_zone() -> None:
    metadata = read(head=article(datePublished="2024-10-26T14:05:09+02:00", dateModified="2024-10-27T08:00:00+02:00"))

    assert str(metadata.published) == "2024-10-26T14:05:09+02:00"
    assert str(metadata.modified) == "2024-10-27T08:00:00+02:00"
    assert metadata.sources["published"] == metadata.sources["modified"] == "json-ld"


def test_the_fullest_statement_of_the_day_stands() -> None:
    head = '<meta property="article:published_time" content="2024-10-26">' + article(
        datePublished="2024-10-26T14:05:09Z"
    )

    assert published("<p>October 26, 2024</p>", head) == "2024-10-26T14:05:09+00:00"


def test_a_visible_day_stays_a_day() -> None:
    assert published("<p>Von Erika Muster | 26. Oktober 2024</p>") == "2024-10-26"


def test_published_and_updated_are_told_apart_by_the_words_beside_them() -> None:
    metadata = read("<p>Published October 26, 2024, 2:05 pm. Updated October 28, 2024</p>")

    assert str(metadata.published) == "2024-10-26T14:05"
    assert str(metadata.modified) == "2024-10-28"


def test_a_page_that_only_says_updated_has_that_date() -> None:
    metadata = read("<p>Last updated: October 28, 2024</p>")

    assert str(metadata.published) == "2024-10-28"
    assert metadata.modified == metadata.published


def test_a_change_before_the_publication_is_the_date_of_something_else() -> None:
    assert read(head=article(datePublished="2024-10-26", dateModified="2020-01-01")).modified is None


def test_a_moment_in_utc_is_given_the_zone_of_the_clock_that_the_page_shows() -> None:
    html = "<p>October 25, 2024, 10:30 pm</p>"

    assert published(html, article(datePublished="2024-10-26T02:30:00Z")) == "2024-10-25T22:30:00-04:00"


def test_a_moment_in_utc_is_given_the_zone_in_which_the_page_states_it_elsewhere() -> None:
    head = '<meta property="article:published_time" content="2024-10-25T22:30:00-04:00">'

    assert published(head=article(datePublished="2024-10-26T02:30:00Z") + head) == "2024-10-25T22:30:00-04:00"


def test_an_ambiguous_day_is_read_as_the_declared_one() -> None:
    assert published("<p>10/12/2024</p>", article(datePublished="2024-12-10")) == "2024-12-10"


def test_the_address_decides_where_nothing_else_is_said() -> None:
    assert published(url="https://a.example/2024/10/26/rivers") == "2024-10-26"


def test_the_dates_of_teasers_do_not_count() -> None:
    html = '<p>Text.</p><div class="related"><time datetime="2023-01-01">1 January</time></div>'

    assert published(html, article(datePublished="2024-10-26")) == "2024-10-26"


def test_a_date_within_a_sentence_is_what_the_sentence_is_about() -> None:
    text = (
        "<p>The bridge over the river in the valley was built by the miners on 1 May 1993 and has held ever since.</p>"
    )

    assert published(text, url="https://a.example/2024/10/26/rivers") == "2024-10-26"


def test_a_labelled_date_of_something_else_does_not_count() -> None:
    assert published("<p>Deadline: 1 May 2025</p>", url="https://a.example/2024/10/26/rivers") == "2024-10-26"


def test_the_state_of_a_page_that_a_script_draws_is_the_last_resort() -> None:
    assert (
        published('<script>window.state = {"publishedAt": "2024-10-26T14:05:09Z"}</script>')
        == "2024-10-26T14:05:09+00:00"
    )


def test_no_date_is_later_than_the_fetch() -> None:
    fetched_at = datetime(2024, 10, 27, tzinfo=UTC)

    metadata = read("<p>Published: October 26, 2024</p>", article(datePublished="2034-10-26"), not_after=fetched_at)

    assert str(metadata.published) == "2024-10-26"


def test_a_page_without_dates_has_none() -> None:
    metadata = read("<p>Text.</p>")

    assert metadata.published is None
    assert "published" not in metadata.sources


def test_an_address_names_its_month_in_letters_too() -> None:
    assert published(url="https://a.example/world/2024/dec/21/rivers-rise") == "2024-12-21"
    assert published(url="https://a.example/blog/2024/october/3/rivers-rise") == "2024-10-03"
    assert published(url="https://a.example/2024/harbour/21/rivers-rise") == "None"


def test_the_address_decides_which_number_is_the_month() -> None:
    assert published("<p>03/10/2024</p>", url="https://a.example/blog/2024/october/03/rivers") == "2024-10-03"


def test_a_label_on_a_line_of_its_own_belongs_to_the_date_below() -> None:
    body = "<div>Last reviewed: May 2, 2025</div><div>Published</div><div>October 26, 2024</div>"

    assert published(body) == "2024-10-26"


def test_the_only_time_of_a_page_is_its_date_wherever_it_stands() -> None:
    aside = '<aside><time datetime="2024-10-26">{}</time></aside>'

    assert published(aside.format("October 26, 2024")) == "2024-10-26"
    assert published(aside.format("today") + '<aside><time datetime="2023-01-02">2023</time></aside>') == "None"
