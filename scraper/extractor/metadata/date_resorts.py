"""Where to look for the date of a page that states none where dates are stated: scripts, `<time>`, any short text."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from scraper.extractor.metadata.date_claims import MODIFIED_KEY, DateClaim, DateReader
from scraper.extractor.metadata.date_places import is_of_another
from scraper.extractor.metadata.marks import own_lines
from scraper.extractor.page.document import Document

_MAX_TIMES: Final = 30
_MAX_LINE_LENGTH: Final = 300
_MAX_SCRIPT_LENGTH: Final = 2_000_000
_BELIEF: Final = 1.0
_SCRIPT_FIELD = re.compile(
    r"\\?[\"'](datePublished|published(?:At|Date|On|_at|_date)?|publish(?:Date|_date|edTime)|publicationDate"
    r"|publication_date|first(?:PublishedAt|_published_at|Published)|pub_?[dD]ate|datePosted|dateModified|updatedAt"
    r"|updated_at|modifiedDate|modified_date|lastModified(?:Date)?|dateUpdated)\\?[\"']\s*:\s*\\?[\"']([^\"'\\]{8,40})"
)
# What writes the date where it stands: `<script>showDate("2024/10/26 14:05:09")</script>`.
_SCRIPT_CALL = re.compile(r"\s*[\w.]{3,40}\(\s*[\"']([^\"']{8,40})[\"']\s*\)\s*;?\s*")
_MAX_CALL_LENGTH: Final = 120
# The day in the last part of an address: "/trends-20241026", "/2024-10-26-trends.html".
_URL_DAY = re.compile(r"[/_.-]((?:19|20)\d\d)(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/_.+-]|$)")
_DATE_ATTRIBUTES: Final = (
    "data-date",
    "data-datetime",
    "data-timestamp",
    "data-published",
    "data-publish-date",
    "data-pubdate",
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def last_resorts(doc: Document, reader: DateReader) -> Iterator[Iterator[DateClaim]]:
    """Where to look on a page that states no date where dates are stated, the likeliest places first."""
    yield _scripts(doc, reader)
    yield _written_by_script(doc, reader)
    yield _only_time(doc, reader)
    yield _only_attribute(doc, reader)
    yield _in_name(doc, reader)
    yield _scattered(doc, reader)


def _written_by_script(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """The first date that a script of one call writes into the page."""
    for script in doc.scripts:
        code = script.text or ""
        call = _SCRIPT_CALL.fullmatch(code) if len(code) <= _MAX_CALL_LENGTH else None
        stamp = reader.field(call[1]) if call else None
        if stamp:
            yield DateClaim(stamp, "html", _BELIEF)
            return


def _in_name(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """The day in the address that is no folder of it: on 6 of 7 pages that of publication."""
    match = _URL_DAY.search((doc.url or "").partition("?")[0].partition("#")[0])
    stamp = reader.field("-".join(match.group(1, 3, 4))) if match else None
    if stamp:
        yield DateClaim(stamp, "url", _BELIEF)


def _only_time(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """The day of all `<time>` elements of the page, wherever they stand, if it is one."""
    times = [time for time in doc.times[:_MAX_TIMES] if not is_of_another(time)]
    stamps = [stamp for time in times if (stamp := reader.field(time.get("datetime") or ""))]
    if len({stamp.day for stamp in stamps}) == 1:
        yield DateClaim(stamps[0], "html", _BELIEF)


def _only_attribute(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """The day in the attributes that a script reads a date from, if it is one."""
    if not any(map(doc.mentions, _DATE_ATTRIBUTES)):
        return
    named = ((element, raw) for element in doc.elements for name in _DATE_ATTRIBUTES if (raw := element.get(name)))
    raws = (raw for element, raw in named if not is_of_another(element))
    stamps = [stamp for raw in islice(raws, _MAX_TIMES) if (stamp := reader.field(raw))]
    if len({stamp.day for stamp in stamps}) == 1:
        yield DateClaim(stamps[0], "html", _BELIEF)


def _scripts(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """Embedded state of pages that a script draws: the first of each kind."""
    seen: set[bool] = set()
    for script in doc.scripts:
        for key, raw in _SCRIPT_FIELD.findall((script.text or "")[:_MAX_SCRIPT_LENGTH]):
            is_modified = MODIFIED_KEY.search(key) is not None
            stamp = reader.field(raw) if is_modified not in seen else None
            if stamp:
                seen.add(is_modified)
                yield DateClaim(stamp, "script", _BELIEF, is_modified)


def _scattered(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """The dates that stand for themselves somewhere in the page: the first such text."""
    for text in own_lines(doc.root):
        if len(text) <= _MAX_LINE_LENGTH and _YEAR.search(text):
            claims = list(reader.line(" ".join(text.split()), _BELIEF, _BELIEF))
            if claims:
                yield from claims
                return
