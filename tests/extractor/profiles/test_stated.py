"""Fields where rules say they stand: each read as what it must be, rules asked in their order."""

from scraper.extractor.page.document import Document, parse
from scraper.extractor.profiles.matching import MatchedRule
from scraper.extractor.profiles.stated import StatedFields, read_fields
from scraper.rules.selectors import parse_selector
from scraper.rules.site_rules import SiteRule, read_rules

PAGE = """
<h1>The crane is back</h1><h2></h2>
<ul class="meta"><li>Quays</li><li>Oktober 26, 2024</li><li>1.204 Kommentare</li></ul>
<div class="by"><a>Jane Doe</a> <a>Erika Muster</a> <a>Jane Doe</a></div>
<time datetime="2026-03-05T09:30:00+01:00">today</time>
<div id="text"><p>One.</p><form class="pay">Pay</form></div>
"""


def document() -> Document:
    return parse(PAGE, "https://www.example.org/a")


def read(*rules: dict[str, object]) -> StatedFields:
    tables = [{"name": f"rule {number}", "hosts": "example.org"} | rule for number, rule in enumerate(rules)]
    found, problems = read_rules(tables, "sites")
    assert problems == ()
    return read_fields(document(), [MatchedRule(rule=rule, source=f"rule {n}") for n, rule in enumerate(found)])


def test_texts_lists_numbers_and_times_are_read_as_such() -> None:
    stated = read(
        {"fields": {"title": "h1", "authors": ".by a", "comment_count": ".meta li:last-child", "published": ".meta li"}}
    )

    assert stated.values["title"] == "The crane is back"
    assert stated.values["authors"] == ("Jane Doe", "Erika Muster")
    assert stated.values["comment_count"] == 1204
    assert str(stated.values["published"]) == "2024-10-26"


def test_the_first_selector_that_gives_something_wins() -> None:
    stated = read({"fields": {"title": ["h2", "h1"], "published": ["h1", "time@datetime"]}})

    assert stated.values["title"] == "The crane is back"
    assert str(stated.values["published"]) == "2026-03-05T09:30:00+01:00"


def test_what_the_first_rule_does_not_find_is_asked_of_the_next() -> None:
    stated = read({"fields": {"title": ".none", "tags": ".by a"}}, {"fields": {"title": "h1", "tags": "h1"}})

    assert stated.sources == {"tags": "rule 0", "title": "rule 1"}


def test_a_field_that_no_rule_finds_is_not_stated() -> None:
    assert read({"fields": {"title": ".none", "view_count": "h1", "modified": "h1"}}).values == {}


def test_languages_of_a_rule_decide_how_its_days_are_read() -> None:
    doc = parse("<p class='d'>03/04/2024</p>", "https://www.example.org/a")
    rules, _ = read_rules(
        [{"name": "us", "hosts": "example.org", "languages": "en-US", "fields": {"published": ".d"}}], "sites"
    )

    stated = read_fields(doc, [MatchedRule(rule=rules[0], source="rule")])

    assert str(stated.values["published"]) == "2024-03-04"


def test_the_text_and_what_is_no_part_of_it_are_given_as_elements() -> None:
    stated = read({"drop": ".pay", "fields": {"body": "#text"}}, {"drop": "h2", "fields": {"body": "h1"}})

    assert [element.get("id") for element in stated.body] == ["text"]
    assert [element.tag for element in stated.drop] == ["form", "h2"]
    assert stated.sources["body"] == "rule 0"


def test_a_page_is_protected_where_a_rule_finds_the_lock() -> None:
    assert read({"protected": ["video", "form.pay"]}).is_protected
    assert not read({"protected": "video"}).is_protected


def test_a_date_in_a_format_of_the_rule_is_read_by_it() -> None:
    doc = parse("<p class='d'>07/03/25 um 21.53</p>")
    rule = SiteRule(name="x", fields={"published": (parse_selector(".d"),)}, date_formats=("%d/%m/%y um %H.%M",))

    stated = read_fields(doc, [MatchedRule(rule=rule, source="rule")])

    assert str(stated.values["published"]) == "2025-03-07T21:53"
