"""Which persons one byline names, if nobody else: what may stand beside a name is a place, a role or an agency.

Takes one text at a time; where on a page bylines stand is not known here.
"""

from collections.abc import Sequence
from typing import Final

from scraper.extractor.metadata.byline_lines import starts_like_byline
from scraper.extractor.metadata.names import (
    is_beside_name,
    is_organisation,
    is_person,
    label_in,
    names_in,
)
from scraper.extractor.metadata.site_name import SiteNames

_MAX_BESIDE: Final = 2
_MAX_BYLINE: Final = 100
MAX_NAME_LENGTH: Final = 50
"""Characters. What is longer is a sentence, unless it says by whom it is."""


def persons_in(text: str, site: SiteNames, *, is_strict: bool = False) -> tuple[str, ...]:
    """The persons that a byline names; none where it names what is no person, agency, place or role.

    If `is_strict`, places and roles are too much: what stands beside a date may as well be a list of sections.
    """
    names = names_in(text)
    persons = tuple(name for name in names if is_person(name) and not site.is_account(name))
    persons = tuple(name for name in persons if not site.covers(name)) or persons
    others = [name for name in names if not is_person(name) and not is_organisation(name)]
    if not persons or not others:
        return persons
    is_beside = not is_strict and not site.covers(persons[0]) and _stand_beside(others, persons[0], text)
    return persons if is_beside else ()


def pseudonym_in(line: str, site: SiteNames) -> str | None:
    """The one name without a surname that a line beginning with a word for "by" gives: "Posted by Erika on Friday"."""
    names = names_in(line) if len(line) <= _MAX_BYLINE and starts_like_byline(line) else ()
    if len(names) != 1 or " " in names[0] or is_organisation(names[0]) or site.covers(names[0]):
        return None
    is_whole = names[0][:1].isalpha() and not starts_like_byline(f"{names[0]} ") and label_in(line) == names[0]
    return names[0] if is_whole else None


def _stand_beside(others: Sequence[str], person: str, text: str) -> bool:
    """Whether what is no name in a byline says where the person is, or what: "Von Erika Muster, Berlin"."""
    if len(others) > _MAX_BESIDE or not all(map(is_beside_name, others)):
        return False
    before, found, after = text.casefold().partition(person.casefold())
    if not found:
        return False
    is_parted = after.lstrip()[:1] in (",", "/", "|", "(", "-", "–") or before.rstrip()[-1:] in ("/", ",")
    is_cased = person.lower() != person  # where letters have no case, any two words look like a name
    return starts_like_byline(text) or (is_parted and is_cased and len(text) <= MAX_NAME_LENGTH)
