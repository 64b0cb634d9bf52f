"""Walls by their names, and articles never taken for one."""

import pytest

from scraper.crawler.walls import is_html, leads_to_front_page, named, named_refusal
from scraper.errors import Reason, TransientError
from scraper.records import Page, Redirect
from tests.crawler.conftest import NOW

URL = "https://news.example/story-about-a-harbour"
STORY = "<p>The harbour was closed on Monday. Fishermen wait.</p>" * 400


def page(body: str = "", *, final_url: str = URL, url: str = URL) -> Page:
    redirects = () if final_url == url else (Redirect(url=url, status=302, location=final_url),)
    return Page(url=url, final_url=final_url, body=body.encode(), fetched_at=NOW, redirects=redirects)


@pytest.mark.parametrize(
    ("body", "final_url", "reason"),
    [
        ("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", URL, Reason.BOT_WALL),
        ("<title>news.example</title><script src='https://ct.captcha-delivery.com/c.js'>", URL, Reason.BOT_WALL),
        ("<title>Access denied</title><p>Reference https://errors.edgesuite.net/18.1</p>", URL, Reason.BOT_WALL),
        ("<title>Making sure you're not a bot!</title><script id='anubis_challenge'>{}</script>", URL, Reason.BOT_WALL),
        ("<title>Ihre Privatsphäre</title>", "https://consent.news.example/?to=story", Reason.CONSENT_WALL),
        ("<title>Cookies</title>", "https://news.example/zustimmung?url=/story", Reason.CONSENT_WALL),
        ("<input type=password>", "https://news.example/login?next=/story", Reason.LOGIN_WALL),
        ("<input type='password'>", "https://accounts.example/oauth2/authorize", Reason.LOGIN_WALL),
        (
            "<title>news.example is for sale</title><a href='https://www.hugedomains.com/domain_profile.cfm'>",
            URL,
            Reason.PARKED,
        ),
        ("<title>This domain may be for sale</title>", URL, Reason.PARKED),
        ("<!--<WISPAccessGatewayParam>--><title>Welcome</title>", URL, Reason.CAPTIVE_PORTAL),
        ("<title>Hotel Wi-Fi</title>", "http://10.0.0.1/guest/s/default/", Reason.CAPTIVE_PORTAL),
    ],
)
def test_a_wall_has_a_name(body: str, final_url: str, reason: Reason) -> None:
    wall = named(page(body, final_url=final_url))

    assert wall is not None
    assert wall.reason is reason


@pytest.mark.parametrize(
    ("body", "final_url"),
    [
        (f"<title>Harbour closed</title>{STORY}", URL),
        # Guards leave their scripts on pages that they let through.
        (f"<title>Harbour closed</title>{STORY}<script src='/cdn-cgi/challenge-platform/x.js'></script>", URL),
        (f"<title>Access denied: how walls shut readers out</title>{STORY}", URL),
        (f"<title>Why this domain is for sale</title>{STORY}", URL),
        # A login form in the head of every page, and a redirect that only adds a slash.
        (f"<input type=password><title>Harbour</title>{STORY}", f"{URL}/"),
        (f"<title>Consent in law</title>{STORY}", "https://news.example/law/consent-in-law"),
    ],
)
def test_an_article_is_no_wall(body: str, final_url: str) -> None:
    assert named(page(body, final_url=final_url)) is None


def test_a_captive_portal_passes() -> None:
    assert isinstance(named(page("<WISPAccessGatewayParam>")), TransientError)


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (403, {"CF-Mitigated": "challenge"}, Reason.BOT_WALL),
        (503, {"Server": "ddos-guard"}, Reason.BOT_WALL),
        (405, {"x-amzn-waf-action": "captcha"}, Reason.BOT_WALL),
        (402, {}, Reason.PAYWALL),
        (511, {}, Reason.CAPTIVE_PORTAL),
        (403, {"Server": "nginx"}, None),
        (404, {"CF-Mitigated": "challenge"}, None),
        (429, {"CF-Mitigated": "challenge"}, None),
    ],
)
def test_refusals_are_told_apart(status: int, headers: dict[str, str], reason: Reason | None) -> None:
    assert named_refusal(status, tuple(headers.items())) is reason


@pytest.mark.parametrize(
    ("url", "final_url", "leads"),
    [
        (URL, "https://news.example/", True),
        (URL, "https://www.news.example/de/", True),
        (URL, "https://news.example/index.html", True),
        ("https://news.example/?p=17", "https://news.example/", True),
        (URL, URL, False),
        (URL, f"{URL}/", False),
        (URL, "https://news.example/?p=17", False),
        ("https://news.example/de", "https://news.example/de/", False),
    ],
)
def test_a_redirect_to_the_front_page(url: str, final_url: str, leads: bool) -> None:
    assert leads_to_front_page(page(url=url, final_url=final_url)) is leads


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<!DOCTYPE html><html>", True),
        ("\ufeff \n<html lang=de>", True),
        ("<!-- hello --><head>", True),
        ("<!-- hello -->\n" * 40 + "<head>", True),
        # Each comment more would double the time for a pattern that lets it end in two ways: with 40 nobody would wait.
        ("<!-- hello -->" * 40 + "<rss>", False),
        ('<?xml version="1.0"?><rss version="2.0">', False),
        ('{"version": "https://jsonfeed.org/version/1.1"}', False),
        ("not found", False),
    ],
)
def test_html_is_known_by_its_beginning(body: str, html: bool) -> None:
    assert is_html(page(body)) is html
