"""The error tree: the class of an error says what to do next, its reason code says why.

Every error a user can meet descends from :class:`ScraperError`. Bugs do not: they fly on and are seen.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class Reason(StrEnum):
    """Why one feed or page brought nothing: public codes, stored in the archive and stable between releases."""

    # the network
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    PROTOCOL = "protocol"
    INTERRUPTED = "interrupted"
    # what we refuse
    BAD_URL = "bad_url"
    PRIVATE_ADDRESS = "private_address"
    DELETED = "deleted"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    BAD_ENCODING = "bad_encoding"
    # what the server said
    RATE_LIMITED = "rate_limited"
    NOT_FOUND = "not_found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    HTTP_ERROR = "http_error"
    SERVER_ERROR = "server_error"
    LYING_304 = "lying_304"
    # what came
    EMPTY = "empty"
    NOT_A_FEED = "not_a_feed"
    BROKEN_FEED = "broken_feed"
    NOT_A_SITEMAP = "not_a_sitemap"
    NO_LINKS = "no_links"
    NOT_HTML = "not_html"
    NOT_ARTICLE = "not_article"
    NO_TEXT = "no_text"
    PROTECTED = "protected"
    SUSPECT = "suspect"
    # what came in its place
    HTML_NOT_FEED = "html_not_feed"
    BOT_WALL = "bot_wall"
    CONSENT_WALL = "consent_wall"
    LOGIN_WALL = "login_wall"
    PAYWALL = "paywall"
    SOFT_404 = "soft_404"
    FRONT_PAGE = "front_page"
    PARKED = "parked"
    CAPTIVE_PORTAL = "captive_portal"
    # a fault of this program, found by this page
    INTERNAL = "internal"


class ScraperError(Exception):
    """Base of all errors with a message for a person; `exit_code` is what the command line returns for it."""

    exit_code: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a configuration: where (a dotted path such as ``feeds[2].url``), what, and what to do."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class ConfigError(ScraperError):
    """The configuration cannot be used; carries every problem found, not only the first."""

    exit_code = 2

    def __init__(self, problems: tuple[Problem, ...], source: str) -> None:
        self.problems = problems
        self.source = source
        super().__init__("\n".join(f"{source}: {problem}" for problem in problems))


class UsageError(ScraperError):
    """What was asked for cannot be: a missing file, an address that is none."""

    exit_code = 2


class ArchiveError(ScraperError):
    """The archive cannot be opened, read or written; the message says what to do. The file was left as it was."""

    exit_code = 4


class RunLockedError(ScraperError):
    """Another run works on this archive (exit status 75, EX_TEMPFAIL of sysexits.h): try again later."""

    exit_code = 75


class MissingExtraError(ScraperError):
    """A feature needs a package that is not installed; the message names the extra to install."""

    exit_code = 2


class StoryError(ScraperError):
    """A record that was to be imported cannot be; the message says where in it and why. The import goes on."""


class ItemError(ScraperError):
    """One feed or page could not be had; the run goes on. Subclasses say whether another try can help.

    `url` is what was asked for; `hop` is where it failed, which redirects may have made another address.
    """

    def __init__(self, reason: Reason, message: str, *, url: str, status: int | None = None) -> None:
        self.reason = reason
        self.url = url
        self.hop = url
        self.status = status
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled with all its fields: it may come from another process."""
        fields = {name: value for name, value in vars(self).items() if name != "reason"}
        return _rebuilt, (type(self), self.reason, str(self), fields)


class TransientError(ItemError):
    """May get better by itself: try again, in this run after a pause or in a later one.

    `not_before` is the server's own wish (Retry-After, RFC 9110 section 10.2.3), UTC, already capped.
    """

    def __init__(
        self,
        reason: Reason,
        message: str,
        *,
        url: str,
        status: int | None = None,
        not_before: datetime | None = None,
    ) -> None:
        super().__init__(reason, message, url=url, status=status)
        self.not_before = not_before


class LeftAloneError(TransientError):
    """Nothing was asked: its host wants to be left alone for longer than a run waits, or others keep it busy.

    That is no failure of the feed or page. `not_before` is the host's own wish, where there is one.
    """


class PermanentError(ItemError):
    """Trying again at once is useless: refused, gone, or not what it should be."""


def _rebuilt(kind: type[ItemError], reason: Reason, message: str, fields: dict[str, object]) -> ItemError:
    error = kind(reason, message, url="")
    vars(error).update(fields)
    return error
