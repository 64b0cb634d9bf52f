"""Link header fields of a response (RFC 8288), as records. Pure; knows no relation by name."""

import re
from collections.abc import Iterator

from scraper.headers import values_of
from scraper.records import FeedLink, Page
from scraper.urls import resolved_or_none

# `<address>; name=value; name="a, quoted; value"`: a comma in quotes parts no links.
_LINK = re.compile(r"""<([^<>]*)>((?:\s*;\s*[\w!#$%&*+.^`|~-]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]*))?)*)""")
_PARAMETER = re.compile(r""";\s*([\w!#$%&*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*))""")
_MAX_HEADER = 8_192
_MAX_LINKS = 50


def response_links(page: Page) -> tuple[FeedLink, ...]:
    """The links that the response states, absolute, one for each relation; what is no http(s) address is left out."""
    values = (value[:_MAX_HEADER] for value in values_of(page.headers, "Link"))
    found = [link for value in values for link in _links(value, page.final_url)]
    return tuple(found[:_MAX_LINKS])


def _links(value: str, base: str) -> Iterator[FeedLink]:
    for match in _LINK.finditer(value):
        # The first of a name counts (RFC 8288 section 3.3), so it is put in last.
        parameters = {name.lower(): quoted or plain for name, quoted, plain in reversed(_PARAMETER.findall(match[2]))}
        href = resolved_or_none(match[1] or base, base)
        if href is None:
            continue
        for rel in parameters.get("rel", "").lower().split():
            yield FeedLink(rel=rel, href=href, media_type=parameters.get("type") or None)
