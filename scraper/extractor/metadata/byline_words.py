"""The vocabulary of bylines, as patterns: words for "by", for roles, for offices and agencies. Decides nothing."""

import re
from typing import Final


def _any_of(phrases: str) -> str:
    """One alternation of phrases that are parted by ``|`` or by the ends of lines."""
    return "|".join(line.strip().strip("|") for line in phrases.strip().splitlines())


BY: Final = re.compile(
    r"\s*(?:"
    + _any_of(r"""
    (?:written|words|text|story|posted|published|reported|article|reporting|added|compiled|authored|report)\s+by
    (?:submitted|contributed|created|uploaded|researched|analysis|opinion|guest post|an article|a post|recipe)\s+by
    (?:(?:view )?all posts|more|articles)\s+by
    (?:this|the) (?:[\w-]+ )?(?:post|article|piece|story|guide|content) (?:was |is )?(?:originally )?written by
    von unser(?:em|er|en)(?: eigenen)? [\w-]+|(?:by|from) our(?: own)? (?:[\w-]+ )?(?:correspondents?|reporters?|staff)
    (?:de|par) (?:notre|nos) [\w-]+|(?:de|por) nuestr[oa]s? [\w-]+|d(?:al|alla|ai) nostr[oaie] [\w-]+|van onze [\w-]+
    by|von|vom|par|por|door|przez|autor(?:en|in|a|es|ka)?|auteur(?:\(s\))?|autore|author'?s?|authors?\(s\)|contributors?:
    text(?:e|o)?\s+(?:von|de|par)|te(?:x|s|ks)t[eoi]?(?=\s?:)|(?:interview|protokoll|gespräch|entrevista|intervista)(?=\s?:)
    (?:\w+ )?(?:kommentar|analyse|interview|reportage|essay|kolumne|glosse|rezension|leitartikel|porträt) von
    (?:aufgezeichnet|notiert|zusammengestellt|recherchiert|protokolliert|aufgeschrieben) von|aus [\w-]+ bericht(?:et|en)
    propos recueillis par|une? \w+ (?:de|par)|a cura di|(?:opracowa|rozmawia|przygotowa)ł[ao]?|rozmowa:
    (?:verfasst|geschrieben|gepostet|veröffentlicht|erstellt|eingestellt) von|eine \w+ von
    ein (?:beitrag|artikel|gastbeitrag|kommentar|interview|bericht)\s+von|tekst(?:\s+(?:door|av|af))?
    (?:escrito|publicado) por|escribe|(?:publié|écrit|posté) par|scritto da|(?:geschreven|geplaatst) door
    skrevet (?:af|av)|skriven av|napisał|autor tekstu|toimittaja|teksti|kirjoittanut|szerző
    yazar|yazan|автор|редактор|текст
    penulis|oleh|tác giả|napsala?|tekst|schreibt|γράφει|γράφουν|από|بقلم|كتب|كتبت
    كتبه|نویسنده|به قلم|מאת|लेखक|โดย|作者|記者|记者
    著者|執筆|筆者|取材・文|文・写真|文|撰文|执笔|글
    """)
    + r")(?:\s*[:：●|]\s*|\s+)",
    re.IGNORECASE,
)
BY_SHORT: Final = re.compile(
    r"\s*(?:(?:[Dd]i|[Dd]e|[Dd]a|[Aa]v|[Aa]f|[Oo]d|Του|Της|Των)\s+(?=[^\W\d_a-z]\S+\s+[^\W\d_a-z])"
    r"|[Bb]y(?=[A-Z]|by\s)|BY(?=[A-Z][a-z])|(?:[Vv]on|[Pp][ao]r)(?=[A-ZÀ-Þ][^\W\d_]+\s[^\W\d_a-z]))"
)
"""Short words that begin surnames too ("De Niro"): only before two names, or glued to one ("byErika Muster")."""

SPLIT: Final = re.compile(
    r"\s*(?:[;|/•·⋅●、，؛،\n]|\s[-–—]\s|\s&\s|\s\+\s|,(?!\s*(?:jr|sr|ii|iii|iv)\b)|\b(?:"
    + _any_of("""
    and|und|et|y|e|og|och|en|und von|i|oraz|ja|ve|и|та|with|mit|avec|con|as told to|in collaboration with
    """)
    + r")\b(?=\s))\s*",
    re.IGNORECASE,
)
"""What stands between two names."""

OTHER_WORK: Final = re.compile(
    r"\b(?:(?:medically |expert |fact |legally |technically )?(?:"
    + _any_of("""
    review(?:ed)?|edit(?:ed|ing)|fact[- ]?check(?:ed)?|illustrat(?:ions?|ed)|photo(?:s|graphs?|graphy)?|images?
    translated|produced|developed|designed|powered|sponsored|additional reporting|contributions?|featuring|video
    """)
    + r")\s*(?:by|from|:)|fotos?(?:\s+von)?:|bild(?:er)?:|copyright|credits?:|übersetzt von"
    r"|traduit par|traducido por|翻訳|訳者|(?:foto|photo)\s?/)",
    re.IGNORECASE,
)
"""Who did something else than write; such a line names no author, and what follows it in a byline is cut off."""

OTHER_WORK_NEEDS: Final = re.compile("by|from|:|oto ?/|copyright|übersetzt von|traduit par|traducido por|翻訳|訳者")
"""One of these, in lower case, is in every text that the pattern finds something in."""

AFTER_NAME: Final = re.compile(
    r"\s*(?:\((?![^)]{1,40}\)\s+(?-i:[^\W\d_a-z]))|\[|@|\s\S*@|(?<!\w)(?:"
    + _any_of(r"""
    is an?|is the|ist|for|für|in|aus|at|from|of|posted|published|publicad[oa]|publiée?|pubblicat[oa]|updated|on|am
    vom|last|date|geschrieben|veröffentlicht|aktualisiert|on behalf of|follow|folgen|contact(?:ar)?|email|e-mail
    about|min read|minute|reading|special to|via|via:|reporting|https?:|www\.
    reviewed by|fact checked|edited by|view|read|more|see|full bio|bio|twitter|facebook|linkedin|korrespondent|photos?
    photography|illustration|fotos?|images?|bild|bilder|video|datum|stand|uhr|hrs|ago|\d
    """)
    + r")(?=\W|$)|(?<=[^\W\d_])\d+\s(?:min|hour|day|week|month|year)).*$",
    re.IGNORECASE | re.DOTALL,
)
"""What follows a name and is no part of it: where it stands, the rest of the text is dropped."""

ROLE: Final = re.compile(
    r"\b(?:"
    + _any_of(r"""
    correspondents?|reporters?|editors?|editor-in-chief|writers?|staff|journalists?|journalistin|contributors?|contributing
    columnists?|authors|autoren|autores|auteurs|journalisten|redakteure|korrespondenten|producers?|analysts?|fellow|professor|director|manager|managing|founder|co-founder|president|ceo|cto|cmo
    officer|specialist|expert|consultant|freelancer?|author|blogger|critic|photographer|fotograf|redakteur(?:in)?|redaktor
    redaktionsleit\w+|chefredakteur(?:in)?|volontär(?:in)?|korrespondent(?:in)?|autorin?|reporterin|leiter(?:in)?
    ressortleiter(?:in)?|senior|junior|chief|head|intern|deputy|associate|assistant|executive|lead|md|phd|ph\.d|mba|m\.?d
    rn|cfp|msc|bsc|esq|cpa|redactora?|periodista|journaliste|giornalista|rédacteur|rédactrice|dziennikarz|verslaggever
    strategist|gardener|nutritionist|dietitian|therapist|attorney|marketing|content|team|member|admin|administrator|guest|written|reviewed|category|categories
    comments?|share|print|subscribe
    """)
    + r")\b",
    re.IGNORECASE,
)
"""What somebody is, or what a template prints beside a name."""

NOBODY: Final = re.compile(
    r"\s*(?:(?:by|from|von|de|par|por|d(?:al|alla|ai)|van|door)\s+)?(?:our|unser\w*|notre|nos|nuestr\w+|nostr\w+|onze)\s",
    re.IGNORECASE,
)
"""How a paper speaks of somebody of its own whom it does not name: "our correspondent"."""

LATE_BY: Final = re.compile(r"^(?:\S+\s+){1,3}?(?:Von|VON|By|BY|Par|PAR|Por|POR|Door|DOOR)\s+(?=\S+\s+\S)")
"""A word for "by" behind the name of a series: "Opinion By Erika Muster"."""

OFFICE: Final = re.compile(
    r"(?:[^\s,]+\s)?[^\s,]*(?:"
    + _any_of("""
    ministerium|departement|bundesamt|landesamt|behörde|anstalt|verband|stiftung|universität|hochschule|institut|union
    ministry|department|commission|authority|office|university|ministère|ministerio|ministero|ministério|ministerstwo
    ministerie|université|università|universidad|universidade|uniwersytet
    """)
    + r")\s(?:für|der|des|of|for|de|del|della|du|da|van|voor|i)\s(?!.*,\s*(?:by|von)\b)",
    re.IGNORECASE,
)
"""What begins the name of an office, which may hold commas and an "and": no list of names."""

HONORIFICS: Final = frozenset("dr prof professor mr mrs ms mx sir dame rev hon herr frau md mag ing dipl".split())
"""Words before a name that one place of a page prints and another does not."""

GROUP: Final = re.compile(r"\b(?:staff|team|contributors?|editors|admin|member)\b", re.IGNORECASE)
"""Roles that a name before them does not hold: "Forbes India Staff" is nobody."""

ORGANISATION: Final = re.compile(
    r"\b(?:"
    + _any_of("""
    news|newsroom|staff|redaktion|redakcja|redactie|redazione|redacción|redacao|redação|rédaction|editorial|editors|team
    desk|press|presse|agency|agencies|agentur|agence|agencia|agenzia|media|magazine|magazin|online|reuters|afp|dpa|ap|epd
    kna|sid|bloomberg|ani|pti|ians|xinhua|efe|ansa|upi|tass|interfax|apa|sda|ats|keystone|belga|anp|ntb|tt|ritzau|stt|pap
    čtk|newswire|associated|wire|services?|inc|llc|ltd|gmbh|corp|company|group|foundation|institute|university|department
    ministry|association|council|committee|network|studio|studios|tv|radio|www|partners?|community|society
    club|ag|kg|plc|verlag|zeitung|tagblatt|anzeiger|journal|times|post|herald|tribune|guardian|gazette|review|blog|website
    administrator
    """)
    + r")\b|\.(?:com|org|net|de)\b"
    r"|新聞|新闻|(?:日報|日报|通信|通讯|ニュース|編集部|编辑部|뉴스|일보|신문|網|网|電視|电视|社|部|台|課|局)$"
)
"""Agencies, offices and publications, in lower case."""

EDGES: Final = " .,:;'\"“”„*-–—()[]<>@|/•·⋅\xa0"
"""What stands around a name and is no part of it."""

CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A character of Chinese, Japanese or Korean, which part no words and have no capitals."""

CJK_BYLINE: Final = re.compile(
    r"\s*[\u30a0-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}\s?(?:기자|특파원|논설위원|記者|记者)(?![\u3040-\u9fff\uac00-\ud7af])"
)
"""A name and what is said of a journalist, at the beginning of a line."""

CJK_REPORTER: Final = re.compile(r"記者\s*([\u3400-\u9fff]{2,4}(?:、[\u3400-\u9fff]{2,4})*)\s*[／/]")
"""The names in how papers of Taiwan begin: "記者林小明／台北報導", reporter, name, place, and what was done there."""

CJK_TITLE: Final = re.compile(r"\s*(?:기자|특파원|논설위원|記者|记者|編輯|编辑|報導|报道|氏|さん)(?:\s*\S*)?$")
"""What is said of a journalist after the name in Chinese, Japanese and Korean."""

PLACEHOLDERS: Final = frozenset(
    (
        "admin administrator editor editors staff author anonymous unknown guest webmaster "
        "none null undefined user root superuser home default name n/a na news nachrichten noticias notizie team blog "
        "wordpress contributor "
        "uncategorized more share print email publisher herausgeber 人氣 人气 조회"
    ).split()
)
"""What a CMS prints where nobody has been named."""

NO_NAME: Final = frozenset(
    (
        "the this that page your our all posts about us more read contact sign log subscribe share follow view click "
        "here by alle beiträge gesponserte über sobre acerca kommentar kommentare comment comments comentario "
        "comentarios commentaire commentaires hinterlasse label ort datum lugar lieu luogo m.a b.a m.sc b.sc m.d ph.d"
    ).split()
)
"""Words that no person's name holds, and headings often do."""

PARTICLES: Final = frozenset(
    (
        "de von van der den di da dos das do du la le del della bin ibn al el y e zu zum af av ter ten 't san st o' mc"
    ).split()
)
"""Small words within names."""
