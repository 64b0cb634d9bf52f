"""What stands between us and a page, named: bot and consent walls, logins, parked domains, captive portals. Pure.

Looks at status, headers, redirects and markup. Precision first: each sign is one that no article carries, or needs
another beside it, because whoever is called a wall here is not archived.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.records import Page
from scraper.urls import domain_of, host_of

_LOOKED_AT: Final = 65_536
_SMALL: Final = 20_000

_TITLE = re.compile(r"<title[^<>]*>\s*([^<]{0,300})", re.IGNORECASE)
_BOT_TITLE = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|pardon our interruption"
    r"|are you (?:a )?(?:human|robot)|not a robot|checking your browser|ddos.protection|security check|captcha"
    r"|making sure you.re not a bot|verify(?:ing)? you are human|bot (?:detection|verification)"
    r"|einen moment,? bitte|sicherheits(?:über)?prüfung|sind sie ein (?:mensch|roboter)|un instant|un momento",
    re.IGNORECASE,
)
# What the makers of such walls put into theirs, and nobody into an article.
_BOT_MARKUP = re.compile(
    r"_cf_chl_opt|cf-browser-verification|id=[\"']px-captcha|anubis_challenge|/ddos-guard/js-challenge"
)
# The same makers' scripts that may stand on any page they guard: a sign only where there is hardly anything else.
_BOT_SCRIPTS = re.compile(
    r"captcha-delivery\.com|_incapsula_resource|errors\.edgesuite\.net|challenge-platform|awswafcaptcha"
)
_PORTAL_MARKUP = re.compile(r"wispaccessgatewayparam|<loginurl>https?://|urn:ietf:params:capport", re.IGNORECASE)
# One of these is in whatever the two patterns above find. To look for all takes 0.1 ms a page, the patterns 1.5.
_BOT_SIGNS: Final = (
    b"_cf_chl_opt",
    b"cf-browser-verification",
    b"px-captcha",
    b"anubis_challenge",
    b"/ddos-guard/js-challenge",
)
_PORTAL_SIGNS: Final = (b"wispaccessgatewayparam", b"<loginurl>http", b"urn:ietf:params:capport")
_PORTAL_PATH = re.compile(r"/(?:guest/s/|hotspot(?:/|\.html)|captiveportal|cgi-bin/hotspot)", re.IGNORECASE)
_PARKED_MARKUP = re.compile(
    r"(?:src|href)=[\"'][^\"']*(?:sedoparking\.com|parkingcrew\.net|parklogic\.com|bodis\.com|dan\.com/buy-domain"
    r"|hugedomains\.com/domain_profile|afternic\.com/forsale|img1\.wsimg\.com/parking-lander)"
)
_PARKED_TITLE = re.compile(
    r"domain (?:name )?(?:is |may be |steht )?(?:for sale|parked|expired|zum verkauf|zu verkaufen)|domain geparkt"
    r"|this domain (?:is|may be) for sale|parked domain|domain seized|buy this domain",
    re.IGNORECASE,
)
_CONSENT_PLACE = re.compile(
    r"^(?:consent|guce|privacywall|cmp)\.|/(?:consent|privacywall|cookie-?wall|cookie-?consent|zustimmung)(?:[/?.]|$)",
    re.IGNORECASE,
)
_LOGIN_PLACE = re.compile(
    r"/(?:log-?in|sign-?in|anmelden|anmeldung|einloggen|wp-login\.php|connexion|iniciar-sesion|sso|oauth2?|auth)(?:[/?.]|$)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"<input[^>]{0,300}type=[\"']?password", re.IGNORECASE)
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?|(?:index|home)(?:\.\w{2,5})?/?)?", re.IGNORECASE)
# A comment may end in one way only: where it could reach over its end, n of them are tried in 2^n ways.
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body|meta|script)\b",
    re.IGNORECASE | re.DOTALL,
)

# Headers that the makers of bot walls send with their refusals: name, and a pattern of the value.
_BOT_HEADERS: Final = (
    ("cf-mitigated", re.compile("challenge|block")),
    ("x-datadome", re.compile("")),
    ("x-amzn-waf-action", re.compile("captcha|challenge")),
    ("x-sucuri-block", re.compile("")),
    ("server", re.compile("ddos-guard|akamaighost")),
)
_REFUSALS: Final = frozenset((403, 405, 406, 503))

_WORDS: Final = {
    Reason.BOT_WALL: "the server wants to know whether a person asks",
    Reason.CONSENT_WALL: "consent is asked for instead",
    Reason.LOGIN_WALL: "a login is asked for",
    Reason.PAYWALL: "a payment is asked for",
    Reason.PARKED: "the domain is parked or for sale",
    Reason.CAPTIVE_PORTAL: "a network asks for a login before it lets anything through",
    Reason.FRONT_PAGE: "it leads to the front page: the article is not there any more",
    Reason.HTML_NOT_FEED: "a web page came in place of the feed",
}


class _Seen(NamedTuple):
    """What a page shows, in the forms that the signs look at: `head` is where it begins, with small letters."""

    page: Page
    head: bytes

    @property
    def markup(self) -> str:
        return self.head.decode("utf-8", "replace")

    @property
    def title(self) -> str:
        match = _TITLE.search(self.markup)
        return match[1] if match else ""

    def has_any(self, signs: Iterable[bytes]) -> bool:
        return any(map(self.head.__contains__, signs))

    @property
    def is_small(self) -> bool:
        return len(self.page.body) < _SMALL

    @property
    def was_sent_on(self) -> bool:
        return bool(self.page.redirects) and self.page.final_url != self.page.url


def named(page: Page) -> ItemError | None:
    """The wall that came in place of `page`, as the error it is; None where nothing speaks for one."""
    seen = _Seen(page, page.body[:_LOOKED_AT].lower())
    reason = next((reason for reason, holds in _SIGNS if holds(seen)), None)
    return None if reason is None else error_of(reason, page.url)


def error_of(reason: Reason, url: str, *, status: int | None = None) -> ItemError:
    """The error for a wall of that kind: a captive portal is ours, not the site's, and passes."""
    kind = TransientError if reason is Reason.CAPTIVE_PORTAL else PermanentError
    words = _WORDS[reason] if status is None else f"HTTP {status}: {_WORDS[reason]}"
    return kind(reason, words, url=url, status=status)


def named_refusal(status: int, headers: Iterable[tuple[str, str]]) -> Reason | None:
    """What a status that brings no page stands for, beyond what it says itself; None where it says all."""
    if status == 511:  # RFC 6585 section 6
        return Reason.CAPTIVE_PORTAL
    if status == 402:
        return Reason.PAYWALL
    if status not in _REFUSALS:
        return None
    values = {name.lower(): value.lower() for name, value in headers}
    walled = any(name in values and pattern.search(values[name]) for name, pattern in _BOT_HEADERS)
    return Reason.BOT_WALL if walled else None


def is_html(page: Page) -> bool:
    """Whether a web page came, whatever its Content-Type says."""
    return _HTML.match(page.body[:_LOOKED_AT].decode("utf-8", "replace").lstrip("\ufeff")) is not None


def is_bot_title(title: str | None) -> bool:
    """Whether a page with this title checks for robots."""
    return _BOT_TITLE.search(title or "") is not None


def leads_to_front_page(page: Page) -> bool:
    """Whether `page` is a front page that something else was redirected to."""
    asked, found = urlsplit(page.url), urlsplit(page.final_url)
    if not page.redirects or found.query or not _FRONT.fullmatch(found.path):
        return False
    return _FRONT.fullmatch(asked.path) is None or bool(asked.query)


def _is_portal(seen: _Seen) -> bool:
    if seen.has_any(_PORTAL_SIGNS) and _PORTAL_MARKUP.search(seen.markup):
        return True
    elsewhere = seen.was_sent_on and domain_of(seen.page.url) != domain_of(seen.page.final_url)
    return elsewhere and _PORTAL_PATH.search(urlsplit(seen.page.final_url).path) is not None


def _is_bot_wall(seen: _Seen) -> bool:
    if seen.has_any(_BOT_SIGNS) and _BOT_MARKUP.search(seen.markup):
        return True
    return (
        seen.is_small
        and bool(_BOT_SCRIPTS.search(seen.markup))
        and (is_bot_title(seen.title) or len(seen.page.body) < _SMALL // 4)
    )


def _is_parked(seen: _Seen) -> bool:
    return seen.is_small and bool(_PARKED_MARKUP.search(seen.markup) or _PARKED_TITLE.search(seen.title))


def _is_consent(seen: _Seen) -> bool:
    return seen.was_sent_on and _was_sent_to(seen.page, _CONSENT_PLACE)


def _is_login(seen: _Seen) -> bool:
    return seen.was_sent_on and _was_sent_to(seen.page, _LOGIN_PLACE) and _PASSWORD.search(seen.markup) is not None


def _was_sent_to(page: Page, place: re.Pattern[str]) -> bool:
    asked, found = (_place(url) for url in (page.url, page.final_url))
    return any(place.search(part) for part in found) and not any(place.search(part) for part in asked)


def _place(url: str) -> tuple[str, str]:
    return host_of(url), urlsplit(url).path


_SIGNS: Final[tuple[tuple[Reason, Callable[[_Seen], bool]], ...]] = (
    (Reason.CAPTIVE_PORTAL, _is_portal),
    (Reason.BOT_WALL, _is_bot_wall),
    (Reason.PARKED, _is_parked),
    (Reason.CONSENT_WALL, _is_consent),
    (Reason.LOGIN_WALL, _is_login),
)
