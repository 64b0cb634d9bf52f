"""The error tree: the class of an error says what to do next, its reason code says why.

Every error a user can meet descends from :class:`ScraperError`. Bugs do not: they fly on and are seen.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self


class Reason(StrEnum):
    """Why a feed, a page or what stands in an imported file brought nothing: public codes with their `meaning`.

    They are stored in the archive, and stable between releases.
    """

    meaning: str

    def __new__(cls, code: str, meaning: str) -> Self:
        reason = str.__new__(cls, code)
        reason._value_ = code
        reason.meaning = meaning
        return reason

    # the network
    DNS = "dns", "The name of the host has no address."
    CONNECT = "connect", "No connection to the host, or one that broke."
    TLS = "tls", "The connection is not to be trusted: the certificate, or the handshake."
    TIMEOUT = "timeout", "No whole answer within the time allowed."
    TRUNCATED = "truncated", "It breaks off before its end. Of an imported file what there is is read all the same."
    PROTOCOL = "protocol", "What came is no answer of HTTP."
    INTERRUPTED = "interrupted", "The run was ended meanwhile."
    # what we refuse
    BAD_URL = "bad_url", "The address is none that can be asked for."
    PRIVATE_ADDRESS = "private_address", "The host is not public, and not in `allow_private_hosts`."
    DELETED = "deleted", "It was deleted from this archive."
    ROBOTS = "robots", "robots.txt does not allow it."
    ROBOTS_UNREACHABLE = "robots_unreachable", "robots.txt could not be had, which forbids everything for now."
    TOO_LARGE = "too_large", "It is larger than the limits allow; in a WARC file, a record above 32 MiB."
    TOO_SLOW = "too_slow", "Reading the page took longer than a page may take."
    TOO_MANY_REDIRECTS = "too_many_redirects", "It redirects too often, or in a circle."
    BAD_REDIRECT = "bad_redirect", "It redirects to no address, or to one that is refused."
    BAD_ENCODING = "bad_encoding", "Its content coding cannot be undone (gzip, br, zstd, deflate)."
    # what the server said
    RATE_LIMITED = "rate_limited", "The server asks for fewer requests (429)."
    NOT_FOUND = "not_found", "There is nothing at this address (404)."
    GONE = "gone", "It is gone for good (410)."
    FORBIDDEN = "forbidden", "The server refuses, or asks for a login or a payment (401, 402, 403)."
    HTTP_ERROR = "http_error", "Another status that brings nothing."
    SERVER_ERROR = "server_error", "The server has a fault (500 to 599)."
    LYING_304 = "lying_304", '"Not modified", though nothing was known of it.'
    # what came
    EMPTY = "empty", "There is nothing in the answer."
    NOT_A_FEED = "not_a_feed", "It is no RSS, Atom or JSON Feed."
    BROKEN_FEED = "broken_feed", "It is a feed that cannot be read."
    NOT_A_SITEMAP = "not_a_sitemap", "It is no sitemap."
    NO_LINKS = "no_links", "It lists no articles."
    NOT_HTML = "not_html", "It is no HTML."
    NOT_ARTICLE = "not_article", "It is a page, but no article: a list, a gallery, a form."
    NO_TEXT = "no_text", "No text of an article was found on it."
    PROTECTED = "protected", "It asks for a password."
    SUSPECT = "suspect", "It is too short to replace what is held."
    # what came in its place
    HTML_NOT_FEED = "html_not_feed", "A web page came where a feed should be."
    BOT_WALL = "bot_wall", "The site asks for proof that a person is reading."
    CONSENT_WALL = "consent_wall", "Consent is asked for instead."
    LOGIN_WALL = "login_wall", "A login is asked for instead."
    PAYWALL = "paywall", "A payment is asked for instead."
    SOFT_404 = "soft_404", "It says that it was not found, though its status is 200."
    FRONT_PAGE = "front_page", "It leads to the front page: the article is not there any more."
    PARKED = "parked", "The domain is parked or for sale."
    CAPTIVE_PORTAL = "captive_portal", "A network asks for a login before it lets anything through."
    # what stands in a file that is imported
    FILTERED = "filtered", "It was not asked for: the filters of the import leave it out."
    NOT_WEB = "not_web", "A record of something else than a page of the web."
    NOT_OK = "not_ok", "A capture of another status than 200."
    REVISIT_UNRESOLVED = "revisit_unresolved", 'It says "as then" of a capture that is not in the file.'
    BAD_LENGTH = "bad_length", "A record of another length than it says; it is read all the same."
    BAD_RECORD = "bad_record", "A record that cannot be understood, or states no address or time."
    DAMAGED = "damaged", "Bytes that cannot be unpacked."
    UNREADABLE_FILE = "unreadable_file", "A file that cannot be read, or is none: a pipe, a link to nowhere."
    KILLED_READER = "killed_reader", "Reading it ended the process that read it: out of memory, as a rule."
    # a fault of this program, found by this page
    INTERNAL = "internal", "A fault of scraper itself; please report it."


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
