"""The body as HTML: faithful in what it keeps, harmless whatever the page holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.page.document import parse
from scraper.extractor.text.assembly import assemble
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.markup import to_html


def html(markup: str, base_url: str | None = "https://example.org/a/") -> str:
    return to_html(assemble(linearize(parse(markup).root)), base_url)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p class=x>One <b>two</b> &amp; <i>three</i></p>", "<p>One <b>two</b> &amp; <i>three</i></p>"),
        ("<p>See <a href='b#c' onclick=x>here</a></p>", '<p>See <a href="https://example.org/a/b">here</a></p>'),
        ("<p><a href='javascript:x()'>no</a> <a>none</a></p>", "<p>no none</p>"),
        ("<div>one<br>two</div>", "<p>one<br>two</p>"),
        ("<ul><li>a</li><li>b <em>c</em></li></ul>", "<ul><li>a</li><li>b <em>c</em></li></ul>"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<h2>Head <span>set</span></h2>", "<h2>Head set</h2>"),
        ("<pre>a &lt; b</pre>", "<pre>a &lt; b</pre>"),
        ("<div>before<p>x</p>after <b>it</b></div>", "<p>before</p>\n<p>x</p>\n<p>after <b>it</b></p>"),
        ("<span>a<div>b</div>c &lt;i></span>", "<p>a</p>\n<p>b</p>\n<p>c &lt;i&gt;</p>"),
        ("<p>a<script>alert(1)</script>b<svg><text>c</text></svg></p>", "<p>ab</p>"),
    ],
)
def test_markup_of_blocks(markup: str, expected: str) -> None:
    assert html(markup).replace("</p><p>", "</p>\n<p>") == expected.replace("</p><p>", "</p>\n<p>")


def test_a_table_is_a_table() -> None:
    assert html("<table><tr><td>a</td><td>b</td></tr></table>") == "<table><tr><td>a</td><td>b</td></tr></table>"


@given(st.text(alphabet="<>/\"'=& abcimgsrpton:()#;!-x", max_size=200))
def test_nothing_runs(text: str) -> None:
    result = html(f"<p>{text}</p>").lower()

    for node in parse(result).root.iter():
        assert (
            node.tag in {"html", "body", "p", "a", "i", "b", "s", "br", "head", "pre", "table", "h1", "ol", "q"}
            or not node.attrib
        )
        assert not [name for name in node.attrib if name != "href"]
        assert not (node.get("href") or "").strip().startswith("javascript:")


def test_inline_markup_without_end_is_no_obstacle() -> None:
    assert "deep" in html("<p>" + "<b>" * 1_500 + "deep")
