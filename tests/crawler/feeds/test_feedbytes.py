import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.feeds.feedbytes import clean_feed_text, decode_feed, split_cdata

UMLAUTS = "<rss><title>Größe – „weiß“ €</title></rss>"


def declared(charset: str) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>\n{UMLAUTS}'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (UMLAUTS.encode(), None),
        (b"\xef\xbb\xbf" + UMLAUTS.encode(), "text/xml; charset=iso-8859-1"),
        (declared("utf-8").encode(), "text/xml"),
        (declared("iso-8859-1").encode(), "text/xml; charset=iso-8859-1"),
        (declared("windows-1252").encode("cp1252"), "text/xml"),
        (declared("iso-8859-1").encode("cp1252"), "text/xml"),
        (declared("us-ascii").encode("cp1252"), None),
        (declared("utf-8").encode("cp1252"), 'text/xml; charset="windows-1252"'),
        (declared("utf-8").encode("cp1252"), None),
        (UMLAUTS.encode("cp1252"), None),
        (declared("utf-16").encode("utf-16"), None),
        (declared("utf-16").encode("utf-16-le"), None),
        (declared("utf-16").encode("utf-16-be"), None),
        (declared("utf-8").encode("utf-16"), "text/xml; charset=utf-8"),
        (UMLAUTS.encode("utf-32"), None),
        (declared("utf-16").encode(), "text/xml; charset=utf-16"),
        (declared("zlib").encode("cp1252"), "text/xml; charset=unicode_escape"),
        (declared("no-such-charset").encode("cp1252"), None),
    ],
)
def test_the_right_characters_come_out_where_the_evidence_decides(body: bytes, content_type: str | None) -> None:
    text, _problems = decode_feed(body, content_type)

    assert text.endswith(UMLAUTS)


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("koi8-r", "Привет, мир"),
        ("shift_jis", "日本語の見出し"),
        ("gb2312", "中文标题"),
        ("iso-8859-2", "Łódź"),
        ("euc-kr", "한국어"),
    ],
)
def test_declared_charsets_of_the_world_are_read(charset: str, text: str) -> None:
    xml = f'<?xml version="1.0" encoding="{charset}"?><rss>{text}</rss>'

    assert text in decode_feed(xml.encode(charset), None)[0]
    assert text in decode_feed(xml.replace(charset, "utf-8").encode(charset), f"text/xml; charset={charset}")[0]


def test_iso_2022_jp_is_told_from_ascii() -> None:
    xml = '<?xml version="1.0" encoding="iso-2022-jp"?><rss>日本</rss>'

    assert "日本" in decode_feed(xml.encode("iso2022_jp"), None)[0]


def test_windows_1252_pasted_into_utf8_is_read_and_reported() -> None:
    body = "<rss>Größe ".encode() + b"\x93zitiert\x94 \xfcber" + " – weiß</rss>".encode()

    text, problems = decode_feed(body, "text/xml; charset=utf-8")

    assert text == "<rss>Größe “zitiert” über – weiß</rss>"
    assert problems


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_all_bytes_are_decoded(body: bytes, content_type: str | None) -> None:
    text, _problems = decode_feed(body, content_type)

    assert isinstance(text, str)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<a>Tom & Jerry</a>", "<a>Tom &amp; Jerry</a>"),
        ("<a>?x=1&y=2&z</a>", "<a>?x=1&amp;y=2&amp;z</a>"),
        ("<a>a &amp; b &lt; c</a>", "<a>a &amp; b &lt; c</a>"),
        ("<a>caf&eacute;&nbsp;&hellip;</a>", "<a>café\xa0…</a>"),
        ("<a>&unknown; &copy</a>", "<a>&amp;unknown; &amp;copy</a>"),
        ("<a>&#xD800; &#0; &#xFFFE; &#x110000; &#99999999;</a>", "<a>\ufffd \ufffd \ufffd \ufffd \ufffd</a>"),
        ("<a>&#xD83D;&#xDE00; &#55357;&#56832;</a>", "<a>😀 😀</a>"),
        ("<a>&#38;&#60;b&#62;</a>", "<a>&amp;&lt;b&gt;</a>"),
        ("<a>&#147;x&#148;</a>", "<a>“x”</a>"),
        ("<a>x\x00y\x0b\x1fz\ufffe</a>", "<a>xyz</a>"),
        ("<a><![CDATA[Tom & &nbsp; <b>]]></a>", "<a><![CDATA[Tom & &nbsp; <b>]]></a>"),
        ("\n\n Warning: foo() <?xml version='1.0'?>\n<a/>", "<a/>"),
        ('<!-- made by x --><!DOCTYPE rss PUBLIC "-//x" "http://x/y.dtd"><a/>', "<a/>"),
        ('<!DOCTYPE a [<!ENTITY x "]>"> <!ENTITY y SYSTEM "file:///etc/passwd">]><a>&y;</a>', "<a>&amp;y;</a>"),
    ],
)
def test_what_no_parser_likes_is_mended(dirty: str, clean: str) -> None:
    assert clean_feed_text(dirty).strip() == clean


def test_a_doctype_without_end_leaves_nothing_to_expand() -> None:
    assert clean_feed_text('<!DOCTYPE a [<!ENTITY x "y">') == ""


@given(st.lists(st.sampled_from(["<![CDATA[", "]]>", "x", "<b>", "&"]), max_size=12).map("".join))
def test_cdata_sections_are_split_off_and_closed(text: str) -> None:
    pieces = list(split_cdata(text))
    joined = "".join(piece for piece, _ in pieces)

    assert joined in (text, text + "]]>")
    assert all(piece.startswith("<![CDATA[") and piece.endswith("]]>") for piece, is_literal in pieces if is_literal)
    assert all("<![CDATA[" not in piece for piece, is_literal in pieces if not is_literal)
