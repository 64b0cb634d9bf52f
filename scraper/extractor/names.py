"""Names of authors as sites write them, made into names of people: no "By", no roles, no places, several split.

Works on text alone; which text on a page is a byline is decided elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from scraper.dates import find_dates
from scraper.extractor.jsonld import plain_text

_MAX_NAMES: Final = 20
_MAX_TEXT_LENGTH: Final = 400
_MAX_NAME_LENGTH: Final = 60
_MAX_WORDS: Final = 5
_MAX_LABEL_LENGTH: Final = 40

_BY = re.compile(
    r"\s*(?:(?:written|words|text|story|posted|published|reported|article|reporting|added|compiled|authored|report|"
    r"submitted|contributed|created|uploaded|researched|analysis|opinion|guest post|an article|"
    r"a post|recipe|(?:view )?all posts|more|articles)\s+by|by|von|par|por|door|przez|text(?:e|o)?\s+(?:von|de|par)|autor(?:en|in|a|es|ka)?|auteur|autore|author'?s?|"
    r"(?:verfasst|geschrieben|gepostet|veröffentlicht|erstellt) von|ein (?:beitrag|artikel|gastbeitrag|kommentar|interview|"
    r"bericht)\s+von|eine \w+ von|(?:escrito|publicado) por|escribe|(?:publié|écrit|posté) par|scritto da|"
    r"(?:geschreven|geplaatst) door|skrevet (?:af|av)|skriven av|napisał|autor tekstu|toimittaja|szerző|yazar|"
    r"автор|作者|記者|记者|著者|文|撰文|执笔)(?:\s*[:：●|]\s*|\s+)",
    re.IGNORECASE,
)
# Short words that begin surnames too ("De Niro"): only before two names, or glued to one ("byErika Muster").
_BY_SHORT = re.compile(
    r"\s*(?:(?:[Dd]i|[Dd]e|[Dd]a|[Aa]v|[Aa]f|[Oo]d)\s+(?=[^\W\d_a-z]\S+\s+[^\W\d_a-z])|[Bb]y(?=[A-Z]|by\s)|BY(?=[A-Z][a-z]))"
)
_EDGES: Final = " .,:;'\"“”„*-–—()[]<>@|/•·⋅\xa0"
_SPLIT = re.compile(
    r"\s*(?:[;|/•·⋅●、，؛،\n]|\s[-–—]\s|\s&\s|\s\+\s|,(?!\s*(?:jr|sr|ii|iii|iv)\b)|\b(?:and|und|et|y|e|og|och|en|und von|i|oraz|ja|ve|и|та|"
    r"with|mit|avec|con|as told to|in collaboration with)\b(?=\s))\s*",
    re.IGNORECASE,
)
# Who did something else than write; such a line names no author, and what follows it in a byline is cut off.
_OTHER_WORK = re.compile(
    r"\b(?:(?:medically |expert |fact |legally |technically )?(?:review(?:ed)?|edited|fact[- ]?check(?:ed)?|illustrat(?:ions?|ed)|photo(?:s|graphs?|graphy)?|"
    r"images?|translated|produced|additional reporting|contributions?|featuring|video)\s*(?:by|from|:)|fotos?(?:\s+von)?:|bild(?:er)?:|übersetzt von|"
    r"traduit par|traducido por|翻訳|訳者)",
    re.IGNORECASE,
)
# What follows a name and is no part of it: where it stands, the rest of the text is dropped.
_AFTER_NAME = re.compile(
    r"\s*(?:\(|\[|@|\s\S*@|(?<!\w)(?:is an?|is the|ist|for|für|in|aus|at|from|of|posted|published|updated|on|am|vom|last|date|geschrieben|"
    r"veröffentlicht|aktualisiert|follow|contact|email|e-mail|about|min read|minute|reading|special to|via|via:|reporting|"
    r"https?:|www\.|reviewed by|fact checked|edited by|view|read|more|see|full bio|bio|twitter|facebook|linkedin|"
    r"korrespondent|photo|photos|photography|illustration|fotos?|image|images|bild|bilder|video|datum|stand|uhr|hrs|ago|\d)(?=\W|$)).*$",
    re.IGNORECASE | re.DOTALL,
)
_ROLE = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|editor-in-chief|writers?|staff|journalists?|journalistin|contributors?|contributing|"
    r"columnists?|producers?|analysts?|fellow|professor|director|manager|managing|founder|co-founder|president|ceo|cto|cmo|officer|"
    r"specialist|expert|consultant|freelancer?|author|blogger|critic|photographer|fotograf|redakteur(?:in)?|redaktor|redaktionsleit\w+|"
    r"chefredakteur(?:in)?|volontär(?:in)?|korrespondent(?:in)?|autorin?|reporterin|leiter(?:in)?|ressortleiter(?:in)?|"
    r"senior|junior|chief|head|intern|deputy|associate|assistant|executive|lead|md|phd|ph\.d|mba|m\.?d|rn|cfp|msc|bsc|esq|cpa|"
    r"redactora?|periodista|journaliste|giornalista|rédacteur|rédactrice|dziennikarz|verslaggever|journalis|strategist|attorney|"
    r"marketing|content|team|member|admin|administrator|guest|written|reviewed|category|categories|comments?|share|print|subscribe)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:news|newsroom|staff|redaktion|redakcja|redactie|redazione|redacción|redacao|redação|rédaction|editorial|editors|team|desk|"
    r"press|presse|agency|agencies|agentur|agence|agencia|agenzia|media|magazine|magazin|online|reuters|afp|dpa|ap|epd|kna|sid|"
    r"bloomberg|ani|pti|ians|xinhua|efe|ansa|upi|tass|interfax|apa|sda|ats|keystone|belga|anp|ntb|tt|ritzau|stt|pap|čtk|newswire|"
    r"associated|wire|services?|inc|llc|ltd|gmbh|corp|company|group|foundation|institute|university|department|ministry|"
    r"association|council|committee|network|studio|studios|tv|radio|com|org|net|de|www|partners?|community|society|club|verlag|"
    r"zeitung|tagblatt|anzeiger|journal|times|post|herald|tribune|guardian|gazette|review|blog|website|website|administrator)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = frozenset(
    (
        "admin administrator editor editors staff author anonymous unknown guest webmaster redaktion redaktionsteam none null undefined "
        "user root superuser home default name n/a na news team blog wordpress contributor uncategorized more share print email"
    ).split()
)
_NO_NAME = frozenset(
    "the this that page your our all posts about us more read contact sign log subscribe share follow view click here in at".split()
)
_PARTICLES = frozenset(
    "de von van der den di da dos das do du la le del della bin ibn al el y e zu zum af av ter ten 't san st o' mc und".split()
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_ORGANISATION = re.compile(
    r"新聞|新闻|(?:日報|日报|通信|通讯|ニュース|編集部|编辑部|뉴스|일보|신문|網|网|電視|电视|社|部|台|課|局)$"
)
_CJK_TITLE = re.compile(r"\s*(?:기자|특파원|논설위원|記者|记者|編輯|编辑|報導|报道|氏|さん)(?:\s*\S*)?$")
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
_URL = re.compile(r"^(?:https?:)?//|^www\.|^[\w.-]+\.(?:com|org|net|de|co\.uk)\b|/")


def names_in(text: str) -> tuple[str, ...]:
    """The names that a byline or an author field lists, in their order, each once; roles, dates and places dropped."""
    line = _byline(text)
    if not line:
        return ()
    if swapped := _surname_first(line):
        return (swapped,)
    return distinct(name for part in _SPLIT.split(line)[:_MAX_NAMES] if (name := _one_name(part)))


def label_in(text: str) -> str | None:
    """What a byline says where it names no person: an agency, an editorial office, a pseudonym. None for a sentence."""
    label = _AFTER_NAME.sub("", _byline(text) or "").strip(_EDGES)
    if not 2 <= len(label) <= _MAX_LABEL_LENGTH or len(label.split()) > _MAX_WORDS or label.casefold() in _PLACEHOLDER:
        return None
    return label if any(map(str.isalpha, label)) else None


def others_in(text: str) -> tuple[str, ...]:
    """The names of those who reviewed, edited or illustrated, by a line that says so."""
    found = _OTHER_WORK.search(text)
    return names_in(text[found.end() :]) if found else ()


def _byline(text: str) -> str | None:
    line = plain_text(text[:_MAX_TEXT_LENGTH])
    if not line or _URL.search(line.split(" ", 1)[0]):
        return None
    if other := _OTHER_WORK.search(line):
        line = line[: other.start()]
    return _without_dates(_without_by(line))


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """`names`, each once: spellings that differ in case or accents are one, and so is a name within a fuller one."""
    kept: dict[str, str] = {}
    for name in names:
        key = _key(name)
        if key and key not in kept:
            kept[key] = name
    return tuple(
        name for key, name in kept.items() if not any(key != other and f" {key} " in f" {other} " for other in kept)
    )


def is_person(name: str) -> bool:
    """Whether `name` looks like a person's: two to five capitalised words, none of them an organisation's."""
    if _ORGANISATION.search(name):
        return False
    if _CJK.search(name):
        return 2 <= len(name.replace(" ", "")) <= 8 and not _CJK_ORGANISATION.search(name)
    words = name.split()
    if not 2 <= len(words) <= _MAX_WORDS or not _NO_NAME.isdisjoint(word.lower() for word in words):
        return False
    proper = [word for word in words if word.lower() not in _PARTICLES]
    return len(proper) >= 2 and all(word[:1].isalpha() and not word[:1].islower() for word in proper)


def is_organisation(name: str) -> bool:
    """Whether a word in `name` says that it is an agency, an office or a publication."""
    return _ORGANISATION.search(name) is not None or _CJK_ORGANISATION.search(name) is not None


def starts_like_byline(text: str) -> bool:
    """Whether `text` opens with a word for "by"."""
    return _BY.match(text) is not None


def is_only_by(text: str) -> bool:
    """Whether `text` is a word for "by" and nothing more: the name stands in the next line."""
    return _BY.fullmatch(f"{text} ") is not None


def _without_by(line: str) -> str:
    for _ in range(3):
        match = _BY.match(line) or _BY_SHORT.match(line)
        if match is None or match.end() == len(line):
            break
        line = line[match.end() :]
    return line


def _without_dates(line: str) -> str:
    """The names stand before the date, or after it where it comes first."""
    found = next(find_dates(line), None)
    if found is None:
        return line
    head = line[: found.start].strip(" ,|•·-–—")
    return head if len(head) > 2 else _without_by(line[found.end :].strip(" ,|•·-–—"))


def _surname_first(line: str) -> str | None:
    """ "Muster, Erika" in catalogues' order."""
    parts = line.split(",")
    if len(parts) == 2 and all(_WORD.fullmatch(part.strip()) for part in parts):
        last, first = (part.strip() for part in parts)
        return None if _ROLE.search(line) or _ORGANISATION.search(line) else f"{first} {last}"
    return None


def _one_name(part: str) -> str | None:
    name = _CJK_TITLE.sub("", part)
    name = _AFTER_NAME.sub("", _without_by(name))
    name = name.strip(_EDGES)
    if not name or len(name) > _MAX_NAME_LENGTH or name.casefold() in _PLACEHOLDER or not any(map(str.isalpha, name)):
        return None
    if _ROLE.search(name):
        name = _without_roles(name)
    return _proper_case(name) if name else None


def _without_roles(name: str) -> str:
    """What is left of "Senior Reporter Erika Muster" or "Erika Muster Reporter"; nothing where a role is all there is."""
    roles = list(_ROLE.finditer(name))
    for rest in (name[roles[-1].end() :], name[: roles[0].start()]):
        if is_person(bare := rest.strip(_EDGES)):
            return bare
    return ""


def _proper_case(name: str) -> str:
    """ "ERIKA MUSTER" as "Erika Muster": bylines are often set in capitals."""
    words = name.split()
    if len(words) >= 2 and name.isupper() and all(len(word) > 1 for word in words):
        return " ".join("-".join(piece.capitalize() for piece in word.split("-")) for word in words)
    return name


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char))))
