"""The reasons given add up to the score that decided."""

from math import exp

import pytest

from scraper.extractor.explain import explain, explain_page
from scraper.extractor.page.document import parse
from scraper.extractor.text.model import load_model
from scraper.extractor.text.scorer import UNITS
from scraper.records import LinkKind, PageKind
from scraper.rules.selectors import parse_selector
from scraper.rules.site_rules import LinkBlockRule, SiteRule

PROSE = [
    "The lock keeper counted the boats twice that morning, because nobody would have believed the number.",
    "Four hundred and eleven had passed by noon, most of them rowed by people who had never held an oar before.",
]
PAGE = (
    "<nav class='menu'><ul><li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    "<article class='article'><h1>Boats</h1><div class='article-body'>"
    + "".join(f"<p>{line}</p>" for line in PROSE)
    + "</div></article>"
)


def test_reasons_add_up_to_the_chance() -> None:
    bias = load_model().second.bias / UNITS
    for decision in explain(parse(PAGE)):
        if decision.chance is not None:
            odds = bias + sum(reason.weight for reason in decision.second)
            assert decision.chance == pytest.approx(1 / (1 + exp(-odds)))


def test_every_passage_is_listed_with_what_became_of_it() -> None:
    decisions = explain(parse(PAGE))

    assert [decision.text for decision in decisions if decision.kept] == PROSE
    menu = [decision for decision in decisions if decision.text == "News"]
    assert [(decision.kept, decision.chance) for decision in menu] == [(False, None)]
    assert next(d.path for d in decisions if d.text == PROSE[0]).endswith("div.article-body > p")


def test_a_kind_is_explained_by_the_signs_that_hold() -> None:
    listing = "<body class='archive'><h1>Sport</h1>" + "".join(f"<h2><a href=/a{n}>Goal {n}</a></h2>" for n in range(9))

    page = explain_page(parse(listing, "https://news.example/tag/sport/"))

    assert page.kind is PageKind.LISTING
    found = next(weighed for weighed in page.weighed if weighed.kind is page.kind)
    assert found.total == sum(weight for weight, _ in found.signs) >= page.bar
    assert (3, "the body's classes call it a list") in found.signs


def test_an_article_is_explained_by_what_spoke_for_other_kinds() -> None:
    page = explain_page(parse(PAGE, "https://news.example/"))

    assert page.kind is PageKind.ARTICLE
    assert all(weighed.total < page.bar for weighed in page.weighed)
    assert any((4, "its address is the site's own") in weighed.signs for weighed in page.weighed)


def test_each_rule_is_listed_with_what_it_gave() -> None:
    block = LinkBlockRule(
        kind=LinkKind.RECENT,
        container=parse_selector("nav"),
        item=parse_selector("li"),
        url=(parse_selector("a@href"),),
    )
    first = SiteRule(name="boats", hosts=("news.example",), fields={"title": (parse_selector("h1"),)})
    second = SiteRule(
        name="all",
        version=2,
        fields={"title": (parse_selector("h1"),), "body": (parse_selector(".article-body"),)},
        link_blocks=(block,),
    )

    page = explain_page(parse(PAGE, "https://news.example/boats"), rules=(first, second))

    assert [(rule.name, rule.version, rule.source, rule.gave) for rule in page.rules] == [
        ("boats", 1, "rule", ("title",)),
        ("all", 2, "rule", ("body", "links: recent")),
    ]
    assert (page.kind, page.weighed, page.why) == (PageKind.ARTICLE, (), "a rule finds its text")
