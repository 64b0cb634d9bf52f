"""Rules in the community's format: what each directive comes to, and what of a file is not understood."""

import pytest

from scraper.extractor.extract import extract
from scraper.rules.ftr import host_pattern, read_ftr
from scraper.rules.site_rules import SiteRule

FILE = """
# Der Wattkurier, as its pages looked in spring
title: //h1[@class='kopf']
author: substring-after(//p[@class='zeile'], 'Von ')
date: //time/@datetime
body: //div[@id='text']
body: //article

strip: //div[@class='kasten']
strip_id_or_class: "werbung"
strip_image_src: /zaehlpixel/

find_string: <div id="text2">
replace_string: <div id="text">
replace_string(Deutschalnd): Deutschland

single_page_link: //a[@class='alles']/@href
if_page_contains: //nav[@class='seiten']
next_page_link: //a[@rel='next']

http_header(User-Agent): Somebody Else/1.0
tidy: no
prune: yes
login_uri: https://wattkurier.example/login
strip_classes: x

test_url: https://wattkurier.example/ebbe
test_contains: Ebbe in Deutschland
"""

PAGE = """<!doctype html><html lang="de"><head><title>Ebbe - Der Wattkurier</title></head><body>
<h1 class="kopf">Die lange Ebbe</h1><p class="zeile">Von Wiebke Ahlers</p><time datetime="2025-03-02T07:30:00+01:00">So
</time><div id="text2"><p>So lange war noch keine Ebbe in Deutschalnd, sagt der Pegel, und er muss es wissen.</p>
<div class="kasten"><p>Mehr dazu im Heft, das jeden Freitag an allen Kiosken der Insel zu haben ist.</p></div>
<div class="box werbung gross"><p>Fischbude am Deich, taglich frische Krabben, kommen Sie vorbei.</p></div>
<p>Am Abend kam das Wasser wieder, und mit ihm die Boote, die seit Dienstag im Schlick gelegen hatten.</p></div>
<nav class="seiten"><a class="alles" href="/ebbe?alles=1">Alles</a><a rel="next" href="/ebbe/2">2</a></nav>
</body></html>"""


def rule_of(text: str, name: str = "wattkurier.example.txt") -> SiteRule:
    rule, problems = read_ftr(text, name)
    assert problems == ()
    return rule


def test_a_page_is_read_as_the_file_says() -> None:
    article = extract(PAGE, "https://www.wattkurier.example/ebbe", rules=[rule_of(FILE)])

    assert article.title == "Die lange Ebbe"
    assert article.authors == ("Wiebke Ahlers",)
    assert article.published is not None
    assert str(article.published) == "2025-03-02T07:30:00+01:00"
    assert article.body == (
        "So lange war noch keine Ebbe in Deutschland, sagt der Pegel, und er muss es wissen.\n\n"
        "Am Abend kam das Wasser wieder, und mit ihm die Boote, die seit Dienstag im Schlick gelegen hatten."
    )
    assert {name: article.sources[name] for name in ("title", "authors", "published", "body")} == dict.fromkeys(
        ("title", "authors", "published", "body"), "rule"
    )


def test_another_host_is_left_alone() -> None:
    article = extract(PAGE, "https://wattbote.example/ebbe", rules=[rule_of(FILE)])

    assert "rule" not in article.sources.values()
    assert "Deutschalnd" in (article.body or "")


def test_headers_and_examples_are_kept_as_wishes_and_proofs() -> None:
    rule = rule_of(FILE)

    assert rule.headers == {"User-Agent": "Somebody Else/1.0"}
    assert [(test.url, test.contains) for test in rule.tests] == [
        ("https://wattkurier.example/ebbe", ("Ebbe in Deutschland",))
    ]
    assert len(rule.next_page) == len(rule.single_page) == 1


def test_what_has_no_effect_or_is_unknown_is_listed() -> None:
    notes = [note.split(": ", 1)[1] for note in rule_of(FILE).notes]

    assert notes == [
        "tidy has no effect here",
        "prune has no effect here",
        "login_uri is not supported",
        "strip_classes is unknown; did you mean 'strip_id_or_class'?",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title: //h1[", "not an XPath"),
        ("title: document('/etc/passwd')", "no function document()"),
        ("strip: //p[document('/etc/passwd')]", "no function document()"),
        ("strip: //p[re:test(., '(a+)+$')]", "not an XPath|no function re:test"),
        ("body:", "has no value"),
        ("replace_string: x", "has no find_string"),
        ("if_page_contains: //p", "stands below no"),
        ("test_contains: x", "stands below no test_url"),
        ("http_header: x", "names no header"),
        ("just words", "no directive"),
        ("strip_id_or_class: a'b\"c", "both kinds of quotes"),
        ("title: " + "/" * 3_000, "more than"),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_stands(line: str, said: str) -> None:
    rule, problems = read_ftr(f"author: //b\n{line}\n", "a.example.txt")

    (problem,) = problems
    assert problem.path.startswith("line 2")
    assert any(words in problem.message for words in said.split("|"))
    assert "authors" in rule.fields


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("example.org.txt", "example.org"),
        ("Www.Example.org.txt", "www.example.org"),
        (".example.org.txt", "*.example.org"),
        ("global.txt", None),
        ("README.txt", None),
        ("a b.org.txt", None),
    ],
)
def test_the_file_is_named_after_its_host(name: str, host: str | None) -> None:
    assert host_pattern(name) == host


def test_a_file_named_after_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="host"):
        read_ftr("", "global.txt")


@pytest.mark.parametrize(
    "expression",
    ["count(//p) > 1", "string(//h1)", "//h1/@class", "//comment()", "//text()", "1 div 0", "//h1 | //@class"],
)
def test_an_xpath_that_gives_no_elements_breaks_nothing(expression: str) -> None:
    rule = rule_of(f"title: {expression}\nbody: {expression}\nstrip: {expression}\n")

    extract(PAGE, "https://wattkurier.example/ebbe", rules=[rule])
