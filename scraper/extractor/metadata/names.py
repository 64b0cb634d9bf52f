"""Names of authors as sites write them, made into names of people: no "By", no roles, no places, several split.

Works on text alone; which text on a page is a byline is decided elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from scraper.dates.reading import find_dates
from scraper.extractor.metadata.byline_words import (
    AFTER_NAME,
    BY,
    BY_SHORT,
    CJK,
    CJK_REPORTER,
    CJK_TITLE,
    EDGES,
    GROUP,
    HONORIFICS,
    LATE_BY,
    NO_NAME,
    NOBODY,
    OFFICE,
    ORGANISATION,
    OTHER_WORK,
    OTHER_WORK_NEEDS,
    PARTICLES,
    PLACEHOLDERS,
    ROLE,
    SPLIT,
)
from scraper.extractor.metadata.date_claims import MODIFIED_WORD, PUBLISHED_WORD
from scraper.extractor.metadata.jsonld import plain_text
from scraper.text import undoubled

_MAX_NAMES: Final = 30
_MAX_TEXT_LENGTH: Final = 600
_MAX_NAME_LENGTH: Final = 60
_MAX_WORDS: Final = 5
_MAX_LABEL_LENGTH: Final = 40
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
_GIVEN = re.compile(rf"{_WORD.pattern}(?: [^\W\d_]\.)?")
_DIGIT = re.compile(r"\d\d")
_LONG_NUMBER = re.compile(r"\d{4}")
# "Bruno (Henrique Zecchin) Rodrigues", 'Erika "Eri" Muster': parts of a name, too.
_OPENING: Final = "(\"'“„«‘"
# "3 min read", but not "20 Minuten", which is a newspaper.
_READING_TIME = re.compile(
    r"\d+\s*-?\s*min\w*\.?\s+(?:\w+\s+)?(?:read\w*|lesezeit|lesen|lecture|lectura|lettura|leestijd|leitura|czytania|läsning)",
    re.IGNORECASE,
)
# "Valley Courier with agencies", "VC, in News, Business".
_AFTER_LABEL = re.compile(
    r"\s*(?:,|/|\+|\b(?:with|and|mit|und|avec|et|con|y|e|met|en|z)\b)\s+(?:news )?(?:agenc(?:ies|ias)|agenturen|agences"
    r"|agenzie|agentschappen|agencji)\b.*$|,\s+in\s.*$|\s+(?-i:on|am|at|em|op)(?:\s+\S+)?$|\s+in\s+\S+$|\s+\d.*$"
    r"|\s+(?:follow|folgen|seguir|contact|contactar|kontakt)\b.*$",
    re.IGNORECASE,
)
# "Maria Silva, de São Paulo": where somebody is, not a second name.
_PLACE = re.compile(r"(?:de|da|do|di|du|em|en|à|a|aus|in|from|at|bei|op|te|w|z|na)\s+(?=[^\W\d_a-zß-ÿ])")
_LISTED = re.compile(r"(?:and|und|et|y|e|en|i|sowie|&)\s", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|for|at|der|des|für|bei|de|du|di|del|da|van)\s")
_OUTLET = re.compile(r"\s(?=(?:The|THE)\s[A-Z])")
_GLUED = re.compile(r"\s\S*[a-zß-ÿ]{4}(?=[A-Z][a-z]+\s)")
_URL = re.compile(r"^(?:https?:)?//|^www\.|^[\w.-]+\.(?:com|org|net|de|co\.uk)\b|^/|[.:]\S*/|/[^A-ZÀ-Þ]")


# A page says one name in its data, its meta tags and its byline, and each of these patterns takes 10 µs and more.
@lru_cache(maxsize=256)
def names_in(text: str) -> tuple[str, ...]:
    """The names that a byline or an author field lists, in their order, each once; roles, dates and places dropped."""
    if "記者" in text and (reporter := CJK_REPORTER.search(text)):
        return distinct(reporter[1].split("、"))
    line = _byline(text)
    if not line or OFFICE.match(line):
        return ()
    if swapped := _surname_first(line):
        return (swapped,)
    return distinct(name for part in _parts(line) if (name := _one_name(part)))


def _parts(line: str) -> Iterator[str]:
    """The pieces of a byline that may be names: what a person is, and where, is none, though it has an "and"."""
    pieces = line.split(", ")
    kept = [piece for at, piece in enumerate(pieces) if not (at and _is_apposition(piece))]
    line = ", ".join(kept)
    start, parted = 0, ""
    for cut in islice(chain(SPLIT.finditer(line), (None,)), _MAX_NAMES):
        part = line[start : cut.start() if cut else len(line)]
        # "Erika Muster, Valley Courier — Berlin": after the comma comes for whom, after the dash from where.
        is_beside = parted[-2:] == ",—" or (parted[-1:] == "," and _is_apposition(part))
        if not start or not (is_beside or _PLACE.match(part)):
            yield from _unglued(part)
        if cut:
            start, parted = cut.end(), parted + cut[0].strip()


def _unglued(part: str) -> tuple[str, ...]:
    """`part` without an agency that no blank parts from the name: "Erika MusterValley Press"."""
    cut = _GLUED.search(part)
    return (part[: cut.end()],) if cut and _is_no_person(part[cut.end() :]) else (part,)


def _is_no_person(text: str) -> bool:
    return is_organisation(text) or ROLE.search(text) is not None


def _is_apposition(piece: str) -> bool:
    """Whether what stands between commas says what the person before is: "Home and Garden Expert"."""
    roles = list(ROLE.finditer(piece))
    if not roles or _LISTED.match(piece):
        return False
    is_office = roles[0].start() == 0 and _OF.match(piece, roles[0].end()) is not None
    return is_office or roles[-1].end() == len(piece.rstrip(EDGES))


def label_in(text: str) -> str | None:
    """What a byline says where it names no person: an agency, an office, a pseudonym. None for a sentence."""
    line = _byline(text) or ""
    if NOBODY.match(text) or (line[:1].islower() and NOBODY.match(line)) or _LONG_NUMBER.search(line):
        return None
    label = _AFTER_LABEL.sub("", line.split(" @", 1)[0]).strip(EDGES)
    if label.removeprefix("the ").casefold() in PLACEHOLDERS:
        return None
    if ":" in label or label.count("(") != label.count(")"):
        return None  # the half of something else
    most = 2 if OFFICE.match(label) else 1  # offices have long names
    if not 2 <= len(label) <= most * _MAX_LABEL_LENGTH or len(label.split()) > most * _MAX_WORDS:
        return None
    if _READING_TIME.match(label):
        return None
    return label if any(map(str.isalpha, label)) and label.casefold() not in PLACEHOLDERS else None


def others_in(text: str) -> tuple[str, ...]:
    """The names of those who reviewed, edited or illustrated, by a line that says so."""
    found = _other_work(text)
    return names_in(text[found.end() :]) if found else ()


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """`names`, each once: spellings that differ in case or accents are one, and so is a name within a fuller one."""
    kept: dict[str, str] = {}
    for name in names:
        if key := name_key(name):
            kept.setdefault(key, name)
    return tuple(
        name for key, name in kept.items() if not any(key != other and f" {key} " in f" {other} " for other in kept)
    )


def is_person(name: str) -> bool:
    """Whether `name` looks like a person's: two to five capitalised words, none of them an organisation's."""
    if is_organisation(name) or _DIGIT.search(name) or ":" in name:
        return False
    if CJK.search(name):
        return 2 <= len(name.replace(" ", "")) <= 8
    words = name.split()
    if not 2 <= len(words) <= _MAX_WORDS or not NO_NAME.isdisjoint(word.lower().rstrip(".") for word in words):
        return False
    proper = [word.lstrip(_OPENING) for word in words if word.lower() not in PARTICLES]
    return len(proper) >= 2 and all(word[:1].isalpha() and not word[:1].islower() for word in proper)


@lru_cache(maxsize=512)
def is_organisation(name: str) -> bool:
    """Whether a word in `name` says that it is an agency, an office or a publication."""
    return ORGANISATION.search(name.lower()) is not None


def _other_work(text: str) -> re.Match[str] | None:
    lower = text.lower()
    # The pattern takes twenty times as long, and is asked of every line near a title.
    return OTHER_WORK.search(text) if OTHER_WORK_NEEDS.search(lower) else None


def _byline(text: str) -> str | None:
    """`text` without what stands around the names, None for an address."""
    line = undoubled(plain_text(text[:_MAX_TEXT_LENGTH]) or "")
    if not line or _URL.search(line.split(" ", 1)[0]):
        return None
    if other := _other_work(line):
        line = line[: other.start()]
    return _without_dates(_without_by(line))


def _without_by(line: str) -> str:
    for _ in range(3):  # "Posted by: By Erika Muster"
        match = BY.match(line) or BY_SHORT.match(line)
        if match is None or match.end() == len(line):
            break
        line = line[match.end() :]
    return line


def _without_dates(line: str) -> str:
    """The names stand before the date, or after it where it comes first."""
    found = next(find_dates(line), None)
    if found is None:
        return line
    head = _before_label(line[: found.start]).strip(EDGES)
    return head if len(head) > 2 or CJK.search(head) else _without_by(line[found.end :].strip(EDGES))


def _before_label(text: str) -> str:
    """`text` before a word that says what the date after it is: "Erika Muster | Veröffentlicht am"."""
    lower = text.lower()
    if len(lower) != len(text):  # where lower case is longer, places in one are none in the other
        return text
    found = (match.start() for words in (PUBLISHED_WORD, MODIFIED_WORD) if (match := words.search(lower)))
    return text[: min(found, default=len(text))]


def _surname_first(line: str) -> str | None:
    """ "Muster, Erika" in the order of catalogues."""
    parts = [part.strip() for part in line.split(",")]
    if (
        len(parts) != 2
        or not (_WORD.fullmatch(parts[0]) and _GIVEN.fullmatch(parts[1]))
        or ROLE.search(line)
        or is_organisation(line)
    ):
        return None
    return f"{parts[1]} {parts[0]}"


def _one_name(part: str) -> str | None:
    name = AFTER_NAME.sub("", LATE_BY.sub("", _without_by(CJK_TITLE.sub("", part)))).strip(EDGES)
    name = _OUTLET.split(name, maxsplit=1)[0]
    if not name or len(name) > _MAX_NAME_LENGTH or name.casefold() in PLACEHOLDERS or not any(map(str.isalpha, name)):
        return None
    if ROLE.search(name):
        name = _without_roles(name)
    return proper_case(name) or None


def _without_roles(name: str) -> str:
    """What is left of "Senior Reporter Erika Muster"; nothing where a role is all there is."""
    roles = list(ROLE.finditer(name))
    is_staff = GROUP.search(name) is not None
    for rest in (name[roles[-1].end() :], "" if is_staff else name[: roles[0].start()]):
        if is_person(bare := rest.strip(EDGES)):
            return bare
    return ""


def proper_case(name: str) -> str:
    """ "ERIKA MUSTER" as "Erika Muster": bylines are often set in capitals."""
    words = name.split()
    if len(words) >= 2 and not is_organisation(name) and name.isupper() and all(len(word) > 1 for word in words):
        return " ".join("-".join(piece.capitalize() for piece in word.split("-")) for word in words)
    return name


def name_key(name: str) -> str:
    """The words of a name without case and accents: what its spellings have in common."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char))))


def person_key(name: str) -> str:
    """The :func:`name_key` without what is put before a name: "Dr. Erika Muster" is Erika Muster."""
    words = name_key(name).split()
    while len(words) > 2 and words[0] in HONORIFICS:
        del words[0]
    return " ".join(words)


def is_beside_name(name: str) -> bool:
    """Whether a piece of a byline may be what somebody is or where: one word, or words that begin in lower case."""
    words = name.split()
    return not _DIGIT.search(name) and (len(words) == 1 or (name[:1].islower() and len(words) <= _MAX_WORDS))
