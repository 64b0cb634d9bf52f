"""Who made a picture, told apart from what it shows: "Ein Kranich. Foto: dpa" is a caption and a credit."""

import re

from scraper.text import one_line

# What people write before a name, with a colon or a © after it.
_LABELS = """
    foto|fotos|photo|photos|photograph|photographer|photography|fotograf|fotografin|fotografie|fotografia|fotografía
    fot.|zdjęcie|bild|bilder|bildquelle|bildrechte|bildnachweis|symbolbild|symbolfoto|archivbild|archivfoto|screenshot
    image|images|picture|pictures|credit|credits|image credit|photo credit|picture credit|crédit|crédits|crédit photo
    crédits photo|crédito|créditos|credit photo|quelle|quellen|source|sources|fuente|fonte|bron|źródło|kilde|källa|kuva
    beeld|afbeelding|imagen|repro|film|video|grafik|graphic|illustration|zeichnung|collage
    фото|фотография|источник|снимок|джерело|світлина|zdroj|izvor|foto-credit|fotocredit|bildquellen|abbildung|aufnahme
    image source|photo source|picture source|photographe|kuvaaja|kuvat|fotoğraf|kaynak|görsel|fotó|kép|forrás|sursa
    sumber|ảnh|nguồn|nuotr.|φωτογραφία|φωτό|πηγή|צילום|사진|写真|画像|提供|撮影|摄影|攝影|图片来源|圖片來源|图源|صورة
    تصوير|المصدر|copyright
"""
_AGENCIES = """
    dpa|afp|ap|ap photo|reuters|getty|getty images|gettyimages|shutterstock|shutterstock.com|istock|istockphoto|imago
    imago images|picture alliance|picture-alliance|epa|epa-efe|efe|ansa|keystone|keystone-sda|pa images|pa media|pa wire
    press association|alamy|adobe stock|stock.adobe.com|unsplash|pixabay|pexels|wikimedia|wikimedia commons|flickr|ddp
    epd|kna|apa|anp|pap|tass|ria novosti|sputnik|xinhua|kyodo|jiji|yonhap|bloomberg|corbis|rex|rex features
    ullstein bild|akg-images|depositphotos|fotolia|nurphoto|anadolu|anadolu agency|wireimage|filmmagic|zuma|zuma press
    sipa|sipa usa|magnum photos|lapresse|belga|ritzau|ritzau scanpix|scanpix|ntb|lehtikuva|mti|čtk|tanjug|upi|abaca
    antara|antara foto|pti|ians|lusa|agerpres|notimex|télam|folhapress|agência brasil|agencja gazeta|east news
    ntb scanpix|tt nyhetsbyrån|тасс|риа новости|интерфакс|укринформ|연합뉴스|뉴스1|뉴시스|共同通信|時事通信
    新华社|新華社
    maxppp|splash news|backgrid|handout|photothek|laif|ostkreuz|mauritius images|europa press|contrasto
"""


def _any_of(words: str) -> str:
    """A pattern for any of `words`, longer ones first, so that "ap photo" is not read as "ap"."""
    pieces = sorted((piece.strip() for piece in re.split(r"[|\n]", words) if piece.strip()), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, pieces)) + ")"


_MAX_CREDIT = 160
_LONGEST_LABEL = 40

_LABEL = _any_of(_LABELS)
_AGENCY = _any_of(_AGENCIES)
_BEFORE = r"(?:^|(?<=[\s(\[|–—•·/.,;]))"
_LABELLED = re.compile(
    rf"{_BEFORE}(?:{_LABEL}\s*[:：©=＝]|(?:foto|photo)s?\s?/|©|\(c\)|copyright\b)\s*\w", re.IGNORECASE
)
# "by" needs a place where a credit begins and a name behind it: "a film by the sea" is no credit.
_PHOTO_BY = re.compile(r"(?:^|(?<=[(.,;|–—] )|(?<=[(|]))(?i:photos?|photographs?|pictures?|images?)\s+(?i:by)\s+[A-Z]")
# "BTS Courtesy of BIGHIT"; "by courtesy of the mayor" names nobody.
_COURTESY = re.compile(
    r"(?:^|(?<=[\s(|]))(?:(?i:photos?|images?|pictures?|stills?)\s+)?(?<!by )(?i:courtesy)(?:\s+of\b|:)\s+[A-Z@]"
)
_IN_BRACKETS = re.compile(
    rf"[(\[（]\s*((?:{_AGENCY}\b|{_LABEL}\s*[:：/©=＝])[^()\[\]（）]*)[)\]）]\s*\.?$", re.IGNORECASE
)
_LAST_BRACKETS = re.compile(r"[(\[（]\s*([^()\[\]（）]{3,120}?)\s*[)\]）]\s*\.?$")
_BARE_LABEL = re.compile(rf"\W*{_LABEL}\s*[:：]?\W*", re.IGNORECASE)
# "AP Photo/Jane Doe"; and in the midst of a line "Emmanuel Macron shutterstock/Jane Doe – STUDIO", up to its end.
_AGENCY_AND_NAME = re.compile(rf"(?:^|\s)({_AGENCY}\s?/\s?[^\W\d_][^.!?]{{0,80}})$", re.IGNORECASE)
_ENDS_WITH_AGENCY = re.compile(rf"(?:^|\s)({_AGENCY})\s*$", re.IGNORECASE)
_BEGINS_WITH_AGENCY = re.compile(rf"{_AGENCY}(?:\s*[/|,–—-]|\s*$|\s+via\b)", re.IGNORECASE)
# Names begin with a capital, or are particles; other scripts know no capitals.
_NAME = r"(?:[^\W\da-zß-ÿ][\w.'’-]*|[a-z]{1,3})"
_NAME_AND_AGENCY = re.compile(rf"(?:{_NAME}\s+){{0,5}}{_NAME}\s*(?:/|,|\||\bvia\b|\bfor\b|–|-)\s*(?i:{_AGENCY})\.?$")
# "Jane Doe/Harbour Pictures/Post via Getty Images": one hands it to the next.
_HANDED_ON = re.compile(
    rf"(?:{_NAME}\s+){{0,4}}{_NAME}(?:\s?/\s?(?:{_NAME}\s+){{0,4}}{_NAME}){{0,3}}\s?(?:/|\bvia\b)\s?(?i:{_AGENCY})\.?$"
)
# "某人 摄", "某社 제공": who took it or gave it is said last in Chinese, Japanese and Korean.
_TAKEN_BY = re.compile(
    r"(?:^|(?<=[\s，。、（(]))((?:[\w·]{2,10}记者\s*)?[\w·]{2,12}\s*(?:[/／]\s*)?(?:摄|攝|撮影|提供|제공))\s*[)）。]?$"
)
# "… in the harbour. Photo AFP", "(foto di Jane Doe)": a label without a mark, where a credit begins, and names up to
# the end.
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ſА-ЯЁІЇЄҐ][\w.'’-]*"
_LABEL_AND_NAMES = re.compile(
    rf"(?:^|(?<=[.!?…”»\"|–—-]\s)|(?<=,\s)|(?<=[(\[]))"
    rf"((?i:fotos?|photos?|photograph|fot\.|фото|fotó)\s+(?:(?i:di|de|del|van|von|par|av|af|by)\s+)?"
    rf"(?!(?i:galler|galerie|album|essay|story|archive\b)){_CAPITAL}(?:[\s/,&-]+(?:{_CAPITAL}|(?:de|da|di|van|von|y|via)\b)){{0,7}})"
    r"\s*[)\]]?\.?$"
)
# "… in the harbour. Photo: Jane Doe", "… | Photo by Jane Doe", at the end of a text: only what pictures are called.
_PICTURE_AT_END = re.compile(
    r"[.!?…。|”\"»)]\s*[(\[（]?(?i:photos?|fotos?|fotó|images?|imagen|pictures?|bild(?:er|quelle)?|symbol(?:bild|foto)"
    r"|archiv(?:bild|foto)|screenshot|(?:photo |image |picture )?credits?|crédits?(?: photos?)?|crédito|beeld|kuva|kép"
    r"|zdjęcie|fot\.|фото|снимок|світлина|写真|画像|사진)"
    rf"(?:\s?[:：©]\s*[\w@'’©]|\s+(?i:by|von|par|di|de|av|af|door)\s+{_CAPITAL})(?:[^.!?。]|(?<=\b\w)\.){{1,80}}[)\]）]?$"
)
_LONGEST_END = 110
_SENTENCE_MARKS = frozenset('.!?…"”’»')
_OPEN_LABEL = re.compile(rf"(?:^|[\s,(])((?:{_LABEL})\s*:|fot\.)\s*$", re.IGNORECASE)
_AGENCY_AFTER_STOP = re.compile(rf"(?<=[.!?…])((?i:{_AGENCY})(?:/[^.!?]{{2,80}})?)$")
_SENTENCE_END = re.compile(r"(?<=[.!?…\"”“»|])\s+(?=\S)|\s+[|•·–—-]\s+")
_EDGES = " ,;|–—•·-/"
# The patterns know two hundred words and are tried at every letter; to look for what each must find takes a fiftieth of
# that. Of the names of labels and agencies one word counts: the last before a mark, or the first.
_UNMARKED = ("fot", "phot", "фот")
_TAKEN = frozenset("摄攝影供공")
_AFTER_TAKEN = " )）。"
_CLOSING = frozenset(")]）")
_WORD = re.compile(r"\w+")
_MARKS = ":：©=＝/"
_MARKED = re.compile(rf"\b(\w+)\.?\s*[{_MARKS}]")
_COPYRIGHT = ("©", "(c)", "copyright")
_SIGNS = (*_COPYRIGHT, "courtesy", *_UNMARKED)
_LABEL_WORDS = frozenset(_WORD.findall(piece)[-1] for piece in re.split(r"[|\n]", _LABELS) if piece.strip())
_AGENCY_WORDS = frozenset(_WORD.findall(piece)[0] for piece in re.split(r"[|\n]", _AGENCIES) if piece.strip())


def split_credit(text: str) -> tuple[str | None, str | None]:
    """The caption and the credit in `text`, each as written (labels kept), None where there is none."""
    line = one_line(text)
    if not line:
        return None, None
    lowered = line.lower()
    words = _WORD.findall(lowered)
    names_label, names_agency = not _LABEL_WORDS.isdisjoint(words), not _AGENCY_WORDS.isdisjoint(words)
    if names_label and len(line) <= _LONGEST_LABEL and _BARE_LABEL.fullmatch(line):
        return None, None
    if not (names_label or names_agency or _has_sign(lowered)):
        return line, None
    found = _credit_in(line, lowered, names_agency=names_agency)
    if found is None:
        return line, None
    caption, credit = found
    label = _OPEN_LABEL.search(caption)
    if label is not None:  # "Bild: © Jane Doe", "…, fot. PAP"
        caption, credit = caption[: label.start()], f"{label[1]} {credit}"
    return caption.strip(_EDGES) or None, credit.strip(_EDGES) or None


# "copyright free illustrations" names nobody.
_COPYRIGHT_WORDS = re.compile(r"copyright[\s-]+[a-z]")


def credit_in_alt(alt: str) -> str | None:
    """The credit that some editors write where the picture should be described: "Photo by Jane Doe on Unsplash".

    Asked for is a label: what a picture shows may well end with the name of an agency.
    """
    _, credit = split_credit(alt)
    if credit is not None and _COPYRIGHT_WORDS.match(credit):
        return None
    return credit if credit is not None and (_LABELLED.match(credit) or _PHOTO_BY.match(credit)) else None


def is_credit(text: str) -> bool:
    """Is `text` nothing but a credit?"""
    caption, credit = split_credit(text)
    return caption is None and credit is not None


def ends_in_credit(text: str) -> bool:
    """Does `text` end in the credit of a picture, as captions do? Asked for is a label, and a sentence before it."""
    return text[-1:] not in _SENTENCE_MARKS and _PICTURE_AT_END.search(text[-_LONGEST_END:]) is not None


def _has_sign(lowered: str) -> bool:
    """Is there something else by which a credit is known than a label or an agency?"""
    return any(map(lowered.__contains__, _SIGNS)) or lowered.rstrip(_AFTER_TAKEN)[-1:] in _TAKEN


def _credit_in(line: str, lowered: str, *, names_agency: bool) -> tuple[str, str] | None:
    found = _bracketed(line)
    if found is None and names_agency and "/" in line:
        found = _agency_first(line)
    if found is None:
        found = _labelled(line, lowered) or _names_at_end(line, lowered)
    return _agency_at_end(line) if found is None and names_agency else found


def _bracketed(line: str) -> tuple[str, str] | None:
    if line.rstrip(" .")[-1:] not in _CLOSING:
        return None
    found = _IN_BRACKETS.search(line)
    if found is None:
        last = _LAST_BRACKETS.search(line)
        found = last if last and _is_agency_line(last[1]) else None
    return (line[: found.start()], found[1]) if found and len(found[1]) <= _MAX_CREDIT else None


def _labelled(line: str, lowered: str) -> tuple[str, str] | None:
    found = _LABELLED.search(line) if _may_be_labelled(lowered) else None
    if found is None and " by " in lowered:
        found = _PHOTO_BY.search(line)
    if found is None and "courtesy" in lowered:
        found = _COURTESY.search(line)
    if found is None:
        return None
    start = found.start()
    if found[0].lower().startswith(("photo", "foto")) and (agency := _ENDS_WITH_AGENCY.search(line[:start])):
        start = agency.start(1)  # "... the country AP Photo/Jane Doe"
    before, credit = line[:start].rstrip("([ "), line[start:]
    after = ""
    if not before:  # "Foto: dpa | Ein Mann geht": the credit comes first, up to a bar
        credit, _, after = credit.partition(" | ")
    if len(credit) > _MAX_CREDIT:
        return None
    return " ".join(part for part in (before, after) if part), _without_half_brackets(credit)


def _may_be_labelled(lowered: str) -> bool:
    if any(map(lowered.__contains__, _COPYRIGHT)):
        return True
    return any(map(lowered.__contains__, _MARKS)) and not _LABEL_WORDS.isdisjoint(_MARKED.findall(lowered))


def _names_at_end(line: str, lowered: str) -> tuple[str, str] | None:
    """ "Photo AFP" and "某人 摄": no mark says that a credit begins, but what stands beside the name does."""
    found = None
    if line.rstrip(_AFTER_TAKEN)[-1:] in _TAKEN:
        found = _TAKEN_BY.search(line)
    elif any(map(lowered.__contains__, _UNMARKED)):
        found = _LABEL_AND_NAMES.search(line)
    return (line[: found.start()].rstrip("([（ "), found[1]) if found else None


def _agency_first(line: str) -> tuple[str, str] | None:
    """ "AP Photo/Jane Doe": no label of a photo by "AP"."""
    found = _AGENCY_AND_NAME.match(line)
    return ("", found[1]) if found else None


def _agency_at_end(line: str) -> tuple[str, str] | None:
    """ "Ein Mann geht. REUTERS/A. Name": the last piece names an agency."""
    if _is_agency_line(line):
        return "", line
    ends = list(_SENTENCE_END.finditer(line))
    if ends and _is_agency_line(line[ends[-1].end() :]):
        return line[: ends[-1].start()], line[ends[-1].end() :]
    found = _AGENCY_AFTER_STOP.search(line) or (_AGENCY_AND_NAME.search(line) if "/" in line else None)
    return (line[: found.start()], found[1]) if found else None


def _is_agency_line(piece: str) -> bool:
    piece = piece.lstrip("/ –—-")
    if len(piece) > _MAX_CREDIT:
        return False
    return any(pattern.match(piece) for pattern in (_BEGINS_WITH_AGENCY, _NAME_AND_AGENCY, _HANDED_ON))


def _without_half_brackets(credit: str) -> str:
    for opening, closing in ("()", "[]"):
        if credit.endswith(closing) and opening not in credit:
            credit = credit[:-1]
    return credit
