"""Every class of hostile answer that we know, with the right behaviour of a crawl towards it, as one table.

`ARTICLE` and `FEED` mean: nothing is wrong with it that cannot be mended, it is archived. All else is the reason code
that the archive must name. The classes are those under which feed readers and crawlers were attacked or broke.
"""

import gzip
import zlib
from collections.abc import Callable, Iterator

from scraper.errors import Reason
from tests.loopback import Loopback, Reset, Route, redirect, reply

ARTICLE = "article"
FEED = "feed"

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BOMB = gzip.compress(bytes(50_000_000))
MARKER = "Wehr von Altenfurt"

_PARAGRAPHS = "".join(
    f"<p>Im {number}. Punkt der Sitzung ging es um das {MARKER}: {number * 17} Meter lang, {number} Jahre"
    f" alt, und nach dem Willen von {number + 3} Rätinnen und Räten bald ersetzt. Die Kosten sind noch offen.</p>"
    for number in range(2, 9)
)


def article(title: str = "Neues Wehr", head: str = "", published: str = "2026-02-28T09:30:00+01:00") -> str:
    """A page any reader would call an article."""
    return (
        f'<!DOCTYPE html><html lang="de"><head><title>{title}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{published}">{head}</head><body><article>'
        f"<h1>{title}</h1>{_PARAGRAPHS}</article></body></html>"
    )


def html(page: str | bytes, charset: str = "utf-8", **headers: str) -> bytes:
    """A page as an answer; `charset` is what the header says."""
    body = page.encode(charset) if isinstance(page, str) else page
    return reply(body, Content_Type=f"text/html; charset={charset}", **headers)


def rss(items: str, head: str = "", prolog: str = "") -> bytes:
    """A feed as an answer."""
    body = f'{prolog}<rss version="2.0"><channel><title>Bote</title>{head}{items}</channel></rss>'
    return reply(body.encode("utf-8", "surrogatepass"), Content_Type="application/rss+xml")


def item(path: str, more: str = "") -> str:
    return f"<item><title>Eintrag {path}</title><link>{path}</link>{more}</item>"


def _endless(_request: object) -> Iterator[bytes]:
    yield HEAD + b"\r\n"
    while True:
        yield b"<p>und weiter</p>" * 4_000


def _endless_chunks(_request: object) -> Iterator[bytes]:
    yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"8000\r\n" + bytes(0x8000) + b"\r\n"


def _reset(_request: object) -> Iterator[bytes]:
    yield HEAD + b"Content-Length: 9999\r\n\r\n<p>Anfang"
    yield Reset()  # type: ignore[misc]


def answers(server: Loopback) -> dict[str, tuple[Route, Reason]]:
    """What is wrong with the answer itself: the same for feeds and for pages."""
    chain = {f"/chain/{number}": redirect(f"/chain/{number + 1}") for number in range(40)}
    server.routes |= chain
    return {
        "/bomb-gzip": (reply(BOMB, Content_Encoding="gzip"), Reason.TOO_LARGE),
        "/bomb-deflate": (reply(zlib.compress(bytes(50_000_000)), Content_Encoding="deflate"), Reason.TOO_LARGE),
        "/bomb-twice": (reply(gzip.compress(BOMB), Content_Encoding="gzip, gzip"), Reason.TOO_LARGE),
        "/layers": (reply(gzip.compress(BOMB), Content_Encoding="gzip, gzip, gzip"), Reason.BAD_ENCODING),
        "/coding": (reply(b"x", Content_Encoding="snappy"), Reason.BAD_ENCODING),
        "/coding-wrong": (reply(b"plain", Content_Encoding="gzip"), Reason.BAD_ENCODING),
        "/endless": (_endless, Reason.TOO_LARGE),
        "/endless-chunks": (_endless_chunks, Reason.TOO_LARGE),
        "/announced": (reply(b"x", Content_Length="8000000000000000000"), Reason.TOO_LARGE),
        "/drip": (server.drip(b".", HEAD + b"\r\n"), Reason.TIMEOUT),
        "/drip-head": (server.drip(b"X-A: b\r\n", HEAD), Reason.TIMEOUT),
        "/drip-chunks": (server.drip(b"1\r\n.\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"), Reason.TIMEOUT),
        "/stall": (server.stall(), Reason.TIMEOUT),
        "/stall-body": (server.stall(HEAD + b"Content-Length: 9\r\n\r\n12"), Reason.TIMEOUT),
        "/cut": ([HEAD + b"Content-Length: 9999\r\n\r\n<p>"], Reason.TRUNCATED),
        "/cut-chunk": ([HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe"], Reason.TRUNCATED),
        "/cut-gzip": ([HEAD + b"Content-Encoding: gzip\r\n\r\n" + BOMB[:900]], Reason.TRUNCATED),
        "/reset": (_reset, Reason.TRUNCATED),
        "/closed": ([b""], Reason.CONNECT),
        "/two-lengths": ([HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"], Reason.PROTOCOL),
        "/headers": ([HEAD + b"X-A: 1\r\n" * 10_000 + b"\r\n"], Reason.PROTOCOL),
        "/header-long": ([HEAD + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n"], Reason.PROTOCOL),
        "/garbage": ([b"220 mail.test ESMTP\r\n"], Reason.PROTOCOL),
        "/http09": ([b"<html><p>no head</p></html>"], Reason.PROTOCOL),
        "/status": ([b"HTTP/1.1 99999 OK\r\n\r\n"], Reason.PROTOCOL),
        "/circle": (redirect("/circle"), Reason.TOO_MANY_REDIRECTS),
        "/chain/0": (chain["/chain/0"], Reason.TOO_MANY_REDIRECTS),
        "/nowhere": (reply(b"", "302 Found"), Reason.BAD_REDIRECT),
        "/to-file": (redirect("file:///etc/hostname"), Reason.BAD_REDIRECT),
        "/to-data": (redirect("data:text/html,hello"), Reason.BAD_REDIRECT),
        "/to-script": (redirect("javascript:alert(1)"), Reason.BAD_REDIRECT),
        "/to-ftp": (redirect("ftp://127.0.0.1/x"), Reason.BAD_REDIRECT),
        "/gone": (reply(b"", "410 Gone"), Reason.GONE),
        "/missing": (reply(b"", "404 Not Found"), Reason.NOT_FOUND),
        "/later": (reply(b"", "503 Later"), Reason.SERVER_ERROR),
    }


def pages() -> dict[str, tuple[Route, set[str]]]:
    """Pages whose content is hostile, and what may become of them."""
    bomb = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "' + "&a;" * 50 + '"><!ENTITY c "' + "&b;" * 50 + '">]>'
    outside = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y SYSTEM "/leak">]>'
    deep = b"<div>" * 100_000
    # At the edge of what the limits let through, so that the whole way is walked.
    some = {ARTICLE, Reason.NOT_ARTICLE, Reason.NO_TEXT}
    return {
        "/deep": (html(deep + article().encode()), some),
        "/deep-closed": (html(deep + b"tief" + b"</div>" * 100_000), some),
        "/dense": (html(b"<a/>" * 500_000), some),
        "/attributes": (html(b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">"), some),
        "/open-tags": (html(b"<a " * 300_000), some),
        "/open-comments": (html(b"<!--" * 100_000), some),
        "/one-letter": (html(b"<p>" + b"a" * 3_000_000), some),
        "/one-bracket": (html(b"<" * 3_000_000), some),
        "/entities": (html(bomb + article() + "&c;&c;&c;"), {ARTICLE}),
        "/outside": (html(outside + article(head="&x;&y;") + "&x;&y;"), {ARTICLE}),
        "/xhtml-entities": (
            reply((bomb + article()).encode(), Content_Type="application/xhtml+xml"),
            {ARTICLE, Reason.NOT_ARTICLE},
        ),
        "/nul": (html(article().replace("Wehr", "We\0hr")), {ARTICLE}),
        "/surrogates": (html(article(title="Neues &#xD800;&#xDFFF; Wehr")), {ARTICLE}),
        "/surrogate-bytes": (html(article().encode().replace(b"Neues", b"Neues\xed\xa0\x80")), {ARTICLE}),
        "/charset-codec": (html(article().encode(), "rot13"), {ARTICLE}),
        "/charset-unknown": (html(article().encode(), "klingon"), {ARTICLE}),
        "/charset-missing": (reply(article().encode("cp1252"), Content_Type="text/html"), {ARTICLE}),
        "/charset-wrong": (html(article().encode("cp1252"), "utf-8"), {ARTICLE}),
        "/utf-16": (html(article().encode("utf-16"), "utf-16"), {ARTICLE}),
        "/json-ld-deep": (
            html(article(head=f'<script type="application/ld+json">{"[" * 100_000}</script>')),
            {ARTICLE},
        ),
        "/json-ld-number": (
            html(article(head=f'<script type="application/ld+json">{{"a": {"9" * 50_000}, "b": NaN}}</script>')),
            {ARTICLE},
        ),
        "/year-9999": (html(article(published="9999-12-31T23:59:59Z")), {ARTICLE}),
        "/year-99999": (html(article(published="99999-12-31T23:59:59Z")), {ARTICLE}),
        "/year-1": (html(article(published="0001-01-01T00:00:00+14:00")), {ARTICLE}),
        "/pdf": (reply(b"%PDF-1.7\n\0\0", Content_Type="application/pdf"), {Reason.NOT_HTML}),
        "/nothing": (html(b""), {Reason.EMPTY}),
    }


def feeds() -> dict[str, tuple[Route, set[str]]]:
    """Feeds whose content is hostile; of those that are read, each has an entry that leads to its own `/of<path>`."""
    laughs = '<!DOCTYPE rss [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    outside = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "/leak.dtd" [<!ENTITY x SYSTEM "file:///etc/hostname">'
    outside += '<!ENTITY y SYSTEM "/leak"><!ENTITY % z SYSTEM "/leak.ent"> %z;]>'
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/leak" parse="text"/>'
    slow_author = f"<author>{'a@' + 'a.' * 60_000}!</author>"
    build: dict[str, Callable[[str], bytes]] = {
        "/laughs": lambda own: rss(item(own, "<description>&j;</description>"), prolog=laughs + "]>"),
        "/xxe": lambda own: rss(item(own, "<description>&x;&y;</description>"), prolog=outside),
        "/xinclude": lambda own: rss(item(own, f"<description>{include}</description>")),
        "/slow-author": lambda own: rss(item(own, slow_author)),
        "/many": lambda own: rss(item(own) + "".join(item(f"/many/{n}") for n in range(100_000))),
        "/one-huge": lambda own: rss(item(own, f"<description>{'Wort ' * 400_000}</description>")),
        "/surrogate": lambda own: rss(item(own, "<description>a&#xD800;b</description>")),
        "/surrogate-raw": lambda own: rss(item(own, "<description>a\ud800b</description>")),
        "/nul": lambda own: rss(item(own, "<description>a\0b</description>")),
        "/deep": lambda own: rss(item(own, "<a>" * 100_000)),
        "/year-9999": lambda own: rss(item(own, "<pubDate>Fri, 31 Dec 9999 23:59:59 -1200</pubDate>")),
        "/year-99999": lambda own: rss(item(own, "<pubDate>99999-12-31T23:59:59Z</pubDate>")),
        "/cut": lambda own: reply(rss(item(own) + item("/never")).partition(b"\r\n\r\n")[2][:-60]),
        "/utf-16": lambda own: reply(
            f'<rss version="2.0"><channel><title>Böte</title>{item(own)}</channel></rss>'.encode("utf-16")
        ),
        "/cp1252": lambda own: reply(
            f'<rss version="2.0"><channel><title>Böte</title>{item(own)}</channel></rss>'.encode("cp1252")
        ),
        "/links": lambda own: rss(
            "".join(item(bad) for bad in ("javascript:alert(1)", "file:///etc/passwd", "http://[::1", "", "x" * 9_000))
            + item(own)
        ),
    }
    return {
        **{path: (make(f"/of{path}"), {FEED}) for path, make in build.items()},
        "/json-deep": (reply(b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000), _NO_FEED),
        "/json-number": (reply(b'{"items": [' + b"9" * 50_000 + b"]}"), _NO_FEED),
        "/millions": (rss("<x/>" * 1_000_000), {Reason.TOO_LARGE}),
        "/html": (html("<html><title>Willkommen</title><p>Hier ist kein Feed</html>"), {Reason.HTML_NOT_FEED}),
        "/empty": (reply(b""), {Reason.EMPTY}),
        "/noise": (reply(bytes(range(256)) * 100), _NO_FEED),
        "/304": (reply(b"", "304 Not Modified"), {Reason.LYING_304}),
    }


_NO_FEED: set[str] = {Reason.NOT_A_FEED, Reason.BROKEN_FEED}
