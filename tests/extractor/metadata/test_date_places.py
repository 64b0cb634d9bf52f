"""Where a page states dates: which of them are this article's, and which are believed more than others."""

import pytest

from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import parse

URL = "https://a.example/rivers"


def read(body: str = "", head: str = "", url: str = URL, lang: str = "en") -> Metadata:
    title = "<title>Rivers rise</title>"
    return read_metadata(parse(f"<html lang={lang}><head>{title}{head}</head><body>{body}</body></html>", url))


def published(body: str = "", head: str = "", url: str = URL, lang: str = "en") -> str:
    return str(read(f"<h1>Rivers rise</h1>{body}", head, url, lang).published)


def declared(**fields: str) -> str:
    pairs = "".join(f', "{name}": "{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rivers rise"{pairs}}}</script>'


def test_a_time_in_an_item_of_a_list_with_a_link_is_that_of_another_article() -> None:
    teaser = "<a href=/x>Roads stay closed until the weekend</a>"
    body = (
        f"<ul><li><time datetime=2024-10-20></time>{teaser}</ul><div class=meta><time datetime=2024-10-26></time></div>"
    )

    assert published(f"<div><p>Text</p>{body}</div>") == "2024-10-26"


def test_a_date_below_the_first_paragraphs_is_less_than_one_that_is_marked() -> None:
    text = "".join(f"<p>{words * 30}</p>" for words in ("rain ", "flood ", "river "))

    assert published(f"{text}<p>May 1, 2020</p><span class=date>October 26, 2024</span>") == "2024-10-26"


def test_a_date_within_the_text_counts_only_where_words_say_of_what_it_is() -> None:
    text = "".join(f"<p>{words * 30}</p>" for words in ("rain ", "flood ", "river "))
    asides = "<time datetime=2024-10-26></time>"

    assert published(f"{text}<p>May 1, 2020</p>{asides}") == "2024-10-26"
    assert published(f"{text}<p>Published on May 1, 2020</p>{asides}") == "2020-05-01"


def test_a_class_says_that_a_date_is_that_of_the_last_change() -> None:
    head = declared(datePublished="2024-10-20T08:00:00Z", dateModified="2024-10-26T09:00:00Z")
    body = "<p><time class=updated datetime=2024-10-26>October 26, 2024</time></p>"

    assert published(body, head) == "2024-10-20T08:00:00+00:00"


def test_a_class_that_says_both_is_that_of_the_publication() -> None:
    metadata = read('<h1>Rivers rise</h1><p><time class="entry-date published updated" datetime=2024-10-26></time></p>')

    assert str(metadata.published) == "2024-10-26"
    assert metadata.modified is None


@pytest.mark.parametrize(
    "words", ["This article was originally published on", "Ursprünglich veröffentlicht am", "Initialement publié le"]
)
def test_what_is_said_to_be_the_first_date_is(words: str) -> None:
    assert published(f"<p>2022-09-30 11:07</p><p class=date>{words} 2019-09-26</p>") == "2019-09-26"


def test_cards_of_articles_that_do_not_say_which_are_teasers() -> None:
    card = "<div itemscope itemtype=https://schema.org/BlogPosting><b itemprop=datePublished content={}>x</b></div>"
    cards = "".join(map(card.format, ("2026-03-13", "2026-03-12", "2026-03-11")))

    assert published(cards, '<meta name=date content="March 27, 2025">') == "2025-03-27"


def test_a_day_that_a_moment_had_in_some_zone_is_that_moment() -> None:
    head = '<meta property="article:published_time" content="2018-06-12T23:00:00Z">'

    assert published("<p>13 June 2018</p><span class=date>13 June 2018</span>", head) == "2018-06-12T23:00:00+00:00"
    assert published("<p>15 June 2018</p><span class=date>15 June 2018</span>", head) == "2018-06-15"


def test_a_clock_of_twelve_hours_is_no_zone_half_a_day_away() -> None:
    head = declared(datePublished="2023-12-22T22:20:00Z")

    assert published("<p>Dec 22, 2023 10:20</p>", head) == "2023-12-22T22:20:00+00:00"


def test_a_clock_without_seconds_gives_its_zone() -> None:
    head = declared(datePublished="2023-12-22T04:00:41Z")

    assert published("<p>Dec. 21, 2023 11:00 pm EST</p>", head) == "2023-12-21T23:00:41-05:00"


def test_english_of_most_countries_writes_the_day_first() -> None:
    body = "<p>08/11/2023 | 20:26</p>"

    assert published(body) == "2023-08-11T20:26"
    assert published(body, url="https://news.example.ie/rivers") == "2023-11-08T20:26"
    assert published(body, url="https://news.example.co.uk/rivers", lang="en-US") == "2023-08-11T20:26"


def test_the_title_of_an_abbreviation_is_its_moment() -> None:
    body = (
        "<div itemscope itemtype=https://schema.org/BlogPosting><h3 itemprop=name>Rivers rise</h3>"
        "<abbr itemprop=datePublished title=2018-06-05T08:00:00-07:00>08:00</abbr></div>"
    )

    assert str(read(body).published) == "2018-06-05T08:00:00-07:00"


def test_json_ld_in_a_meta_tag_is_read() -> None:
    head = """<meta name="script:ld+json" content='{"@type": "Article", "datePublished": "2025-11-17T09:00:00Z"}'>"""

    assert published(head=head) == "2025-11-17T09:00:00+00:00"


def test_the_day_that_a_site_prints_over_its_pages_is_not_the_articles() -> None:
    header = "<header><div class=today>Sunday, 27 October 2024</div></header>"

    assert read(f"{header}<h1>Rivers rise</h1><p>Text</p>").published is None


def test_the_header_of_an_article_is_its_own() -> None:
    body = "<article><header><p>27 October 2024</p></header><h1>Rivers rise</h1></article>"

    assert str(read(body).published) == "2024-10-27"


def test_the_only_time_of_a_page_may_be_that_of_a_teaser() -> None:
    teaser = "<ul><li><a href=/x>Roads stay closed until the weekend</a><time datetime=2020-01-01></time></ul>"

    assert read(f"<h1>Rivers rise</h1><p>Text</p><aside>{teaser}</aside>").published is None


TEXT = "<p>" + "The water came at night and took the bridge with it before anybody was awake. " * 4 + "</p>"


def test_a_date_within_a_sentence_of_a_note_is_none() -> None:
    note = (
        "Abgerufen am <span>9.11.2022</span>: ein Aufsatz über Brücken, der von etwas anderem handelt als dieser Text."
    )

    assert published(f"<p>{note}</p>") == "None"
    assert published("<ul><li><span>Datum:</span>26. Oktober 2024</li></ul>") == "2024-10-26"
    assert published("<p>Veröffentlichung: <a href='/m'>26.10.2024</a></p>") == "2024-10-26"


def test_a_day_of_two_readings_is_the_one_that_the_page_states_to_machines() -> None:
    shown = '<p><time datetime="02-12-2025">02-12-2025</time></p>'
    recent = (
        '<ul><li><h4><a href="/r">Rivers rise</a></h4><time datetime="2025-12-02">December 02, 2025</time></li></ul>'
    )

    assert published(shown + TEXT) == "2025-02-12"
    assert published(shown + TEXT + recent) == "2025-12-02"


def test_where_fields_disagree_what_is_said_beside_a_date_decides() -> None:
    fields = '<meta property="article:published_time" content="2024-10-08T00:00:00-04:00">'
    body = f"{TEXT}<div class='date'>Published <time datetime='2024-10-13'>October 13, 2024</time></div>"

    assert published(body, fields + declared(datePublished="2024-11-29T12:28:31-05:00")) == "2024-10-13"
    assert published(body, fields + declared(datePublished="2024-10-08T00:00:00-04:00")) == "2024-10-08T00:00:00-04:00"


def test_the_beginning_of_a_long_line_of_facts_says_when() -> None:
    labels = " ".join(f"<a href='/tags/{n}'>a label of many words, number {n}</a>" for n in range(9))

    assert published(f"<p>x</p><div class='meta date'>Posted on April 13, 2023 Tags: {labels}</div>") == "2023-04-13"


CHANGED = '<meta property="article:modified_time" content="2024-10-26T09:00:00+02:00">'


def dates(body: str, head: str = "") -> tuple[str, str]:
    metadata = read(f"<h1>Rivers rise</h1>{TEXT}{body}", head)
    return str(metadata.published), str(metadata.modified)


def test_a_head_that_declares_only_the_last_change_tells_of_no_publication() -> None:
    shown = "<p class=meta>Updated on <span class=date>October 26, 2024</span></p>"
    state = '<script>{"page": {"updatedAt": "2024-10-26T09:00:00+02:00"}}</script>'

    assert dates("", CHANGED) == ("None", "2024-10-26T09:00:00+02:00")
    assert dates(shown, CHANGED) == ("None", "2024-10-26T09:00:00+02:00")
    assert dates(state) == ("None", "2024-10-26T09:00:00+02:00")


def test_an_article_that_says_only_when_it_was_changed_was_there_by_then() -> None:
    shown = "<p class=meta>Updated on <span class=date>October 26, 2024</span></p>"

    assert dates(shown) == ("2024-10-26", "2024-10-26")
    assert dates("", CHANGED + declared(dateModified="2024-10-26T09:00:00+02:00"))[0] == "2024-10-26T09:00:00+02:00"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Last updated: <time datetime=2024-10-26>October 26, 2024</time></p>",
        "<p><b>Last Updated</b> <i>on</i> <span class=date>October 26, 2024</span></p>",
        "<p><b>Updated</b><span><time datetime=2024-10-26>October 26, 2024</time></span></p>",
        "<p><time class=published-date datetime=2024-10-26>Updated October 26, 2024</time></p>",
    ],
)
def test_words_before_a_mark_say_that_it_is_the_last_change(line: str) -> None:
    posted = "<p class=meta><time datetime=2024-10-20>October 20, 2024</time></p>"

    assert dates(posted + line) == ("2024-10-20", "2024-10-26")


def test_words_before_another_date_say_nothing_of_the_next() -> None:
    line = "<p><span>Updated October 26, 2024</span> <span class=date>October 20, 2024</span></p>"

    assert dates(line) == ("2024-10-20", "2024-10-26")


def test_words_within_other_words_say_nothing() -> None:
    assert dates("<p class=meta>Mit Abstand: 26.10.2024</p>") == ("None", "None")
    assert dates("<p class=meta>Accredited writer, 26 October 2024</p>") == ("2024-10-26", "None")


def test_a_comment_does_not_tell_the_hour_of_its_article() -> None:
    comment = "<div class=comment-block><time datetime=2024-10-26T13:06>October 26, 2024 at 1:06 PM</time></div>"
    posted = "<p class='meta has-comments'><span class=date>October 26, 2024</span></p>"

    assert dates(posted + "<p>Rain.</p>" * 40 + comment) == ("2024-10-26", "None")


@pytest.mark.parametrize(
    "time",
    [
        "October 20, 2024 - October 26, 2024",
        "20. - 26. Oktober 2024",
        "2024-10-20 – 2024-10-26",
        "26 October 2024, 13:00-16:40",
        "26 October 2024, 9:30 - 11:00",
        "26 October 2024, 9:30 – 11:00",
    ],
)
def test_the_days_and_hours_of_an_event_are_no_date_of_publication(time: str) -> None:
    assert dates(f"<p class=meta>{time}</p>")[0] == "None"


def test_a_dash_before_other_words_is_no_end() -> None:
    assert dates("<p class=meta>October 20, 2024 - 11 minutes</p>")[0] == "2024-10-20"
    assert dates("<p class=meta>Oct 20, 2024 - Updated Oct 26, 2024</p>") == ("2024-10-20", "2024-10-26")


def test_a_clock_that_is_called_utc_has_the_zone_that_it_is_stated_with_elsewhere() -> None:
    head = '<meta property="article:published_time" content="2024-10-26T15:40:14+02:00">'
    said = declared(datePublished="2024-10-26T15:40:14+00:00")

    assert published("", said) == "2024-10-26T15:40:14+00:00"
    assert published("", said + head) == "2024-10-26T15:40:14+02:00"
    assert published("", said + head.replace("15:40", "16:40")) == "2024-10-26T15:40:14+00:00"


def test_when_a_video_or_a_file_was_made_is_not_when_the_article_was_published() -> None:
    assert published("", declared(uploadDate="2024-10-20", dateCreated="2024-10-21")) == "None"
