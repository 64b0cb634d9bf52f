"""Counts in visible text: "1.204 Aufrufe", "12K views", "Aucun commentaire". Whose they are is not asked here."""

import re
from collections.abc import Iterator
from typing import Final

from scraper.dates.reading import find_dates

_VIEWS = """
    views?|reads|hits?|page ?views|aufrufe?|klicks?|mal gelesen|mal aufgerufen|vues?|lectures?|visites?|visualizzazioni
    letture|visitas?|vistas?|lecturas?|visualizaciones|weergaven|visualizações|acessos|leituras
    keer gelezen|keer bekeken|wyświetleń|wyświetlenia|odsłony?|visningar|visninger|lukukertaa|zobrazení|megtekintés
    vizualizări|afișări|просмотр(?:ов|а|ы)?|прочтени[йяе]|перегляд(?:ів|и|у)?|görüntülenme|okunma|προβολές|مشاهدات|مشاهدة|قراءة
    dilihat|kali dibaca|lượt xem|lượt đọc|zugriffe?|abrufe|gelesen|bekeken|gösterim|αναγνώσεις|بازدید|katselukertaa
    katselua|přečteno|odsłon|pregleda|прегледа|viewed
"""
_COMMENTS = """
    comments?|replies|responses?|kommentare?|kommentarer|leserkommentare?|commentaires?|réactions?|comentarios?
    commenti|commento|comentários?|reacties?|opmerkingen|komentarz[ey]?|komentář[eů]?|komentar[aiz]?|kommenttia
    hozzászólás|comentarii|réagir|комментари[йяеи]|комментариев|коментар(?:ів|і|я)?|yorum|σχόλια|σχόλιο|تعليقات
    تعليق|bình luận
"""
# Scripts without spaces between words have no word boundaries either.
_VIEWS_UNSPACED = (
    "回?(?:視聴|閲覧|再生)(?:回?数)?|アクセス数|ビュー|(?:次|人次)?(?:阅读|浏览|点击|观看|播放)[量数次]*|[次人]?(?:閱讀|瀏覽|點閱|點擊|觀看|點閱率)[量數次]*|人气"
    "|조회수?|읽음|👁\ufe0f?"
)
_COMMENTS_UNSPACED = "コメント数?|(?:则|條|条)?(?:评论|評論|留言|跟帖)[数數]?|댓글수?"
_NONE = "no|keine?|aucune?|pas de|sin|nessun|nessuna|ningún|geen|nenhum|sem|brak|inga|ingen|нет|немає"

_THOUSAND, _MILLION = (
    ("k", "tsd", "tys", "тыс", "тис", "mil", "rb", "bin", "천", "千"),
    ("m", "mio", "mln", "млн", "jt", "mill"),
)
_BILLION: Final = ("bn", "mrd", "mld", "млрд")
_SIZES: Final = (
    dict.fromkeys(("万", "萬", "만"), 1e4)
    | dict.fromkeys(_THOUSAND, 1e3)
    | dict.fromkeys(_MILLION, 1e6)
    | dict.fromkeys(_BILLION, 1e9)
    | {"lakh": 1e5, "crore": 1e7, "億": 1e8, "亿": 1e8, "억": 1e8}
)
_SIZE = "|".join(sorted(_SIZES, key=len, reverse=True))
# "1.204" and "1 204" group thousands; "1,2K" has a fraction, which only a word of size gives a meaning.
_NUMBER = (
    r"(?P<grouped>\d{1,3}(?:[.,'’٬\u00a0\u2009\u202f ]\d{3})+(?!\d)|\d{1,2}(?:,\d\d)+,\d{3}(?!\d))"
    rf"|(?P<sized>\d+(?:[.,]\d+)?)\s?(?P<size>{_SIZE})(?:(?<=[^\x00-\u0fff])|\b)\.?"
    r"|(?P<plain>\d+)"
)
# In "13:40 415 views" the minutes are no thousands; "#1 comment" is the first of them.
_BEFORE = re.compile(
    rf"(?<![\d.,#№])(?<!\d:)(?:{_NUMBER})\+?[\s\u00a0]*(?:[(\[|条次个回件개명]|件の|mal|x|times|fois|keer|kez|kali|раза?)?[\s\u00a0]*$",
    re.IGNORECASE,
)
# "Temps de lecture : 4 min" says how long it takes to read.
_AFTER = re.compile(
    rf"[\s\u00a0]*(?P<mark>[:：(\[]?)[\s\u00a0]*(?:{_NUMBER})(?![\d.,])(?![\s\u00a0]*(?:min|mn|sec|мин|хв|dk|分|분))",
    re.IGNORECASE,
)
# "View 6 images" asks to; "View: 6" counts.
_VERBS = frozenset(("view", "hit"))
# "Vu 1 234 fois", "1.234 kez okundu": neither of the two words says it alone.
_READ: Final = "vu|lu|read|viewed|seen|vist[oa]|leíd[oa]|lid[oa]|lett[oa]|okundu|gelesen"
_TIMES: Final = "fois|times|veces|vezes|volte|kez|mal"
_DIGIT = re.compile(r"\d")
_READ_TIMES = re.compile(rf"\b(?:{_READ})\s*:?\s*(?:{_NUMBER})\s*(?:{_TIMES})\b")
_TIMES_READ = re.compile(rf"(?<![\d.,:])(?:{_NUMBER})\s*(?:{_TIMES})\s(?:{_READ})\b")
# "Columnist IVDecember 22, 2023 Comments": the month is lost where elements met, the day is not.
_DAY_AND_YEAR = re.compile(r"\b\d{1,2}(?:st|nd|rd|th|\.)?,?\s(?:19|20)\d\d$")
_NONE_BEFORE = re.compile(rf"(?:^|\W)(?:{_NONE})\s+$", re.IGNORECASE)


def _pattern(words: str, unspaced: str) -> re.Pattern[str]:
    pieces = "|".join(line.strip() for line in words.strip().splitlines())
    return re.compile(rf"\b(?:{pieces})\b|{unspaced}")


_VIEW_WORD = _pattern(_VIEWS, _VIEWS_UNSPACED)
_COMMENT_WORD = _pattern(_COMMENTS, _COMMENTS_UNSPACED)


def views_in(text: str) -> int | None:
    """How often something was read, as `text` (a short line) says; None where it does not say."""
    found = _counted(text, _VIEW_WORD)
    if (
        found is None
        and _DIGIT.search(text)
        and (times := _READ_TIMES.search(text.lower()) or _TIMES_READ.search(text.lower()))
    ):
        return _value(times)
    return found


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
        for number in _numbers_beside(text, found):
            if not _is_of_date(text, number):
                return _value(number)
        if _NONE_BEFORE.search(before):
            return 0
    return None


def _numbers_beside(text: str, word: re.Match[str]) -> Iterator[re.Match[str]]:
    before = _BEFORE.search(text[: word.start()])
    if before:
        yield before
    after = _AFTER.match(text, word.end())
    if after and (after["mark"] or word[0] not in _VERBS):
        yield after


def _is_of_date(text: str, number: re.Match[str]) -> bool:
    """Is it the year in "12 March 2026 | Comments", or the day in "Comments 12 March"?"""
    at = max(number.start("grouped"), number.start("sized"), number.start("plain"))
    if number["plain"] and _DAY_AND_YEAR.search(text[: number.end("plain")]):
        return True
    return any(date.start <= at < date.end for date in find_dates(text))


def _value(number: re.Match[str]) -> int:
    if number["grouped"]:
        return int(re.sub(r"\D", "", number["grouped"]))
    if number["sized"]:
        return round(float(number["sized"].replace(",", ".")) * _SIZES[number["size"].lower()])
    return int(number["plain"][:18])
