"""Counts in visible text: "1.204 Aufrufe", "12K views", "Aucun commentaire". Whose they are is not asked here."""

import re

_VIEWS = """
    views?|reads|hits?|page ?views|aufrufe?|klicks?|mal gelesen|mal aufgerufen|vues?|lectures?|visites?|visualizzazioni
    letture|visitas?|vistas?|lecturas?|visualizaciones|weergaven|visualizações|acessos|leituras
    keer gelezen|keer bekeken|wyświetleń|wyświetlenia|odsłony?|visningar|visninger|lukukertaa|zobrazení|megtekintés
    vizualizări|afișări|просмотр(?:ов|а|ы)?|прочтени[йяе]|перегляд(?:ів|и|у)?|görüntülenme|okunma|προβολές|مشاهدات|مشاهدة|قراءة
    dilihat|kali dibaca|lượt xem
"""
_COMMENTS = """
    comments?|replies|responses?|kommentare?|kommentarer|leserkommentare?|commentaires?|réactions?|comentarios?
    commenti|commento|comentários?|reacties?|opmerkingen|komentarz[ey]?|komentář[eů]?|komentar[aiz]?|kommenttia
    hozzászólás|comentarii|комментари[йяеи]|комментариев|коментар(?:ів|і|я)?|yorum|σχόλια|σχόλιο|تعليقات|تعليق|bình luận
"""
# Scripts without spaces between words have no word boundaries either.
_VIEWS_UNSPACED = "回視聴|閲覧|ビュー|阅读|浏览|閱讀|瀏覽|조회수?"
_COMMENTS_UNSPACED = "コメント|评论|評論|댓글"
_NONE = "no|keine?|aucune?|pas de|sin|nessun|nessuna|ningún|geen|nenhum|sem|brak|inga|ingen|нет|немає"

_THOUSAND, _MILLION = ("k", "tsd", "tys", "тыс", "mil"), ("m", "mio", "mln", "млн")
_SIZES = {"万": 1e4} | dict.fromkeys(_THOUSAND, 1e3) | dict.fromkeys(_MILLION, 1e6)
_SIZE = "|".join(sorted(_SIZES, key=len, reverse=True))
# "1.204" and "1 204" group thousands; "1,2K" has a fraction, which only a word of size gives a meaning.
_NUMBER = (
    r"(?P<grouped>\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d))"
    rf"|(?P<sized>\d+(?:[.,]\d+)?)\s?(?P<size>{_SIZE})\b\.?"
    r"|(?P<plain>\d+)"
)
# In "13:40 415 views" the minutes are no thousands.
_BEFORE = re.compile(
    rf"(?<![\d.,])(?<!\d:)(?:{_NUMBER})\+?[\s\u00a0]*(?:[(\[|条次个回件]|件の)?[\s\u00a0]*$", re.IGNORECASE
)
_AFTER = re.compile(rf"[\s\u00a0]*[:：(\[]?[\s\u00a0]*(?:{_NUMBER})(?![\d.,])", re.IGNORECASE)
_NONE_BEFORE = re.compile(rf"(?:^|\W)(?:{_NONE})\s+$", re.IGNORECASE)


def _pattern(words: str, unspaced: str) -> re.Pattern[str]:
    pieces = "|".join(line.strip() for line in words.strip().splitlines())
    return re.compile(rf"\b(?:{pieces})\b|{unspaced}")


_VIEW_WORD = _pattern(_VIEWS, _VIEWS_UNSPACED)
_COMMENT_WORD = _pattern(_COMMENTS, _COMMENTS_UNSPACED)


def views_in(text: str) -> int | None:
    """How often something was read, as `text` (a short line) says; None where it does not say."""
    return _counted(text, _VIEW_WORD)


def comments_in(text: str) -> int | None:
    """How many comments there are, as `text` (a short line) says; "no comments" is 0."""
    return _counted(text, _COMMENT_WORD)


def number_in(text: str) -> int | None:
    """The first number in `text`, thousands grouped in any of the usual ways, "1,2K" read as 1,200."""
    found = re.search(rf"(?:{_NUMBER})", text, re.IGNORECASE)
    return _value(found) if found else None


def _counted(text: str, word: re.Pattern[str]) -> int | None:
    text = text.lower()  # to ignore case takes five times as long
    for found in word.finditer(text):
        before = text[: found.start()]
        number = _BEFORE.search(before) or _AFTER.match(text, found.end())
        if number:
            return _value(number)
        if _NONE_BEFORE.search(before):
            return 0
    return None


def _value(number: re.Match[str]) -> int:
    if number["grouped"]:
        return int(re.sub(r"\D", "", number["grouped"]))
    if number["sized"]:
        return round(float(number["sized"].replace(",", ".")) * _SIZES[number["size"].lower()])
    return int(number["plain"][:18])
