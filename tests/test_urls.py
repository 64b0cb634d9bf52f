"""URLs as identities."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.urls import (
    InvalidUrlError,
    canonicalize,
    host_of,
    host_or_none,
    registrable_domain,
    resolve,
    resolved_or_none,
    site_of,
)


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:8082/a", "http://example.org:8082/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/a#comments", "https://example.org/a"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/%7Euser/%c3%bc", "https://example.org/~user/%C3%BC"),
        ("https://example.org/straße?q=ü", "https://example.org/stra%C3%9Fe?q=%C3%BC"),
        ("https://example.org/a?utm_source=rss&id=3&fbclid=x", "https://example.org/a?id=3"),
        ("https://example.org/a?utm_source=rss", "https://example.org/a"),
        ("https://example.org/a?replytocom=3", "https://example.org/a"),
        ("https://example.org/?p=15&cpage=2#comments", "https://example.org/?p=15"),
        ("https://example.org/a/comment-page-2/#comments", "https://example.org/a/"),
        ("https://example.org:8092/archives/12/comment-page-1#comments", "https://example.org:8092/archives/12"),
        ("https://example.org/comment-page-two/", "https://example.org/comment-page-two/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443/"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/100%", "https://example.org/100%25"),
    ],
)
def test_one_spelling_per_address(given_url: str, expected: str) -> None:
    assert canonicalize(given_url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://[::1",
        "https://example.org/" + "a" * 3000,
        "mailto:a@example.org",
        "data:,x",
    ],
)
def test_what_cannot_be_fetched_is_refused(url: str) -> None:
    with pytest.raises(InvalidUrlError):
        canonicalize(url)


def test_relative_urls_start_at_their_base() -> None:
    assert canonicalize("../b?x=1", "https://example.org/a/c/") == "https://example.org/a/b?x=1"
    assert canonicalize("//cdn.example.org/i.png", "https://example.org/") == "https://cdn.example.org/i.png"


def test_resolving_keeps_what_the_server_sees() -> None:
    """Escapes too: WordPress writes them in lower case, and not every server knows both."""
    url = resolve("https://Example.org/%c3%bcber/ä?utm_source=x&b=%2f#top")

    assert url == "https://example.org/%c3%bcber/%C3%A4?utm_source=x&b=%2f"


def test_hosts_sites_and_domains() -> None:
    assert host_of("https://www.Example.org:443/a") == "www.example.org"
    assert host_of("http://127.0.0.1:8082/") == "127.0.0.1:8082"
    assert site_of("https://www.example.org/") == "example.org"
    assert registrable_domain("news.bbc.co.uk") == "bbc.co.uk"
    assert registrable_domain("127.0.0.1:8082") == "127.0.0.1"


def test_a_page_without_an_address_has_no_host() -> None:
    assert host_or_none("https://www.example.org/a") == "www.example.org"
    assert [resolved_or_none(url) for url in (None, "", "/a", "mailto:a@example.org", "https://")] == [None] * 5
    assert resolved_or_none("/a", "https://example.org/b") == "https://example.org/a"
    assert [host_or_none(url) for url in (None, "", "/a", "mailto:a@example.org", "https://")] == [None] * 5


@given(st.text(max_size=80), st.sampled_from(["", "https://example.org/", "https://example.org/a?"]))
def test_a_canonical_url_is_its_own_canonical_url(tail: str, head: str) -> None:
    """Canonicalising twice changes nothing, and only InvalidUrlError is ever raised."""
    try:
        once = canonicalize(head + tail)
    except InvalidUrlError:
        return

    assert canonicalize(once) == once


_LIKE_PLAIN = (
    r"https?://[A-Za-z0-9.-]{1,12}(:80)?(/[A-Za-z0-9_.~!$&'()*+,;=:@%-]{0,6}){0,4}"
    r"(\?([a-z_]{1,6}=|utm_source=|[A-Za-z0-9_.~!$&'()*+,;=:@%/?-]){0,6})?(#[a-z ?/#]{0,4})?"
)


@given(st.from_regex(_LIKE_PLAIN, fullmatch=True))
@example("https://a.example/%7Eb/%c3%bc?q=%3f&utm_source=%7E#top")
@example("https://a.example/b?utm_source=c")
@example("https://a.example?b=c/d")
@example("https://a.example/b??&c")
def test_the_short_way_for_plain_addresses_is_the_long_way(url: str) -> None:
    """An address recognised as plain is given back as it is: taking it apart would give the same."""
    detour = url.replace("://", "://user@", 1)
    try:
        short, host = canonicalize(url), host_of(url)
        long, long_host = canonicalize(detour), host_of(detour)
    except InvalidUrlError:
        return

    assert (short, host, resolve(url)) == (long, long_host, resolve(detour))


@given(
    st.from_regex(r"/[A-Za-z0-9_.~&=;%-]{0,8}(/[a-z.]{0,3}){0,2}(\?[a-z=&%/?;]{0,6})?(#[a-z?/]{0,4})?", fullmatch=True)
)
def test_the_short_way_from_a_base_is_the_long_way(path: str) -> None:
    short = canonicalize(path, "https://a.example/b/c"), resolve(path, "https://a.example/b/c")
    long = canonicalize(path, "https://user@a.example/b/c"), resolve(path, "https://user@a.example/b/c")

    assert short == long
