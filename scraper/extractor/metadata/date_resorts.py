"""Where to look for the date of a page that states none where dates are stated: scripts, `<time>`, any short text."""

import re
from collections.abc import Iterator
from typing import Final

from scraper.extractor.metadata.date_claims import MODIFIED_KEY, DateClaim, DateReader
from scraper.extractor.metadata.date_places import is_of_teaser
from scraper.extractor.metadata.marks import own_texts
from scraper.extractor.page.document import Document

_MAX_TIMES: Final = 30
_MAX_TEXT_LENGTH: Final = 160
_MAX_SCRIPT_LENGTH: Final = 2_000_000
_BELIEF: Final = 1.0
_SCRIPT_FIELD = re.compile(
    r"\\?[\"'](datePublished|published(?:At|Date|On|_at|_date)?|publish(?:Date|_date|edTime)|publicationDate"
    r"|publication_date|first(?:PublishedAt|_published_at|Published)|pub_?[dD]ate|datePosted|dateModified|updatedAt"
    r"|updated_at|modifiedDate|modified_date|lastModified(?:Date)?|dateUpdated)\\?[\"']\s*:\s*\\?[\"']([^\"'\\]{8,40})"
)
_STATE_ATTRIBUTES: Final = ("data-page", "data-props", "props")
_YEAR = re.compile(r"(?:19|20)\d\d")


def last_resorts(doc: Document, reader: DateReader) -> Iterator[Iterator[DateClaim]]:
    """Where to look on a page that states no date where dates are stated, the likeliest places first."""
    yield _scripts(doc, reader)
    yield _only_time(doc, reader)
    yield _scattered(doc, reader)


def _only_time(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """The day of all `<time>` elements of the page, wherever they stand, if it is one."""
    times = [time for time in doc.times[:_MAX_TIMES] if not is_of_teaser(time)]
    stamps = [stamp for time in times if (stamp := reader.field(time.get("datetime") or ""))]
    if len({stamp.day for stamp in stamps}) == 1:
        yield DateClaim(stamps[0], "html", _BELIEF)


def _states(doc: Document) -> Iterator[str]:
    """The state that scripts draw a page from: in scripts, or in attributes (Inertia, React-Rails, Astro)."""
    for script in doc.scripts:
        yield script.text or ""
    if any(map(doc.mentions, ("data-page=", "props="))):
        for element in doc.elements:
            yield from filter(None, map(element.get, _STATE_ATTRIBUTES))


def _scripts(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """Embedded state of pages that a script draws: the first of each kind."""
    seen: set[bool] = set()
    for state in _states(doc):
        for key, raw in _SCRIPT_FIELD.findall(state[:_MAX_SCRIPT_LENGTH]):
            is_modified = MODIFIED_KEY.search(key) is not None
            stamp = reader.field(raw) if is_modified not in seen else None
            if stamp:
                seen.add(is_modified)
                yield DateClaim(stamp, "html", _BELIEF, is_modified)


def _scattered(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    """The dates that stand for themselves somewhere in the page: the first such text."""
    for text in own_texts(doc.root):
        if _YEAR.search(text) and len(text) <= _MAX_TEXT_LENGTH:
            claims = list(reader.line(" ".join(text.split()), _BELIEF, _BELIEF))
            if claims:
                yield from claims
                return
