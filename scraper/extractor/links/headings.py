"""What a heading over a list of articles means: "Das könnte Sie auch interessieren" is related, "Most read" popular.

The phrases are data (headings.toml); where the list is, and whether it is one, is not asked here.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from scraper.dates.words import month_number
from scraper.records import LinkKind

MAX_HEADING = 70
"""Characters: what is longer is no heading of a list but a text that happens to begin like one."""

# One word of a heading over a list, in the languages of headings.toml; Chinese and Japanese do not part words.
_TELLING = {
    LinkKind.POPULAR: re.compile(
        r"\b(?:most|popular|trending|top(?! \d+ \w+ \w+)|ranking|meist\w*|beliebt\w*|leíd[oa]s?|vist[oi]s?|lus|lett[ie]"
        r"|lid[ao]s|mest|luetuim\w*"
        r"|popul\w+|najpopular\w*|nejčten\w*|legolvasott\w*|çok okunan\w*|популярн\w*|читаем\w*"
        r"|найчитан\w*|δημοφιλ\w*|διαβασμέν\w*|citite|terpopuler|đọc nhiều|xem nhiều|الأكثر|الاكثر|zilizosomwa)\b"
        "|ランキング|人気|热门|熱門|热榜|点击|排行|많이|인기|랭킹|ยอดนิยม|पढ़े गए|পঠিত|פופולרי|הנקראות|הנצפות"
        "|پربازدید|پربیننده"
    ),
    LinkKind.RECENT: re.compile(
        r"\b(?:latest|recent|news|new|neu\w*|aktuell\w*|nachrichten|meldungen|schlagzeilen|(?:news)?ticker|headlines"
        r"|últim[oa]s?|ultim[eoi]|recientes?|derni\w+|récent\w*|nieuws\w*"
        r"|laatste|senaste|siste|seneste|nyheter|nyheder|uusim\w*|tuore\w*|najnow\w*|ostatni\w*|nejnov\w*|friss"
        r"|legfris\w*|haber\w*|noticias|notícias|notizie|actualit\w+|последн\w*|новост\w*|свеж\w*|новин\w*"
        r"|останн\w*|naujaus\w*|naujien\w*|najnovij\w*|najnovš\w*|ultimele|recente|τελευταί\w*|πρόσφατ\w*|terbaru"
        r"|terkini|mới nhất|tin mới|أحدث|آخر|اخر|الأخيرة|أخبار|اخبار|الأخبار|آخرین|تازه\w*|جدیدترین|تازہ|חדשות|האחרונות"
        r"|habari)\b"
        "|最新|新着|新闻|新聞|要闻|要聞|ニュース|최신|뉴스|ล่าสุด|ข่าว|ताज़ा|ताजा|সর্বশেষ"
    ),
}
# What is listed under these words is no article: comments, goods, offers of work, what to subscribe to.
_OTHER_THINGS = re.compile(
    r"\b(?:comments|kommentare|leserkommentare|leser-kommentare|commentaires|comentarios|comentários|commenti|reacties"
    r"|komentarze|komentáře|kommentarer|kommentit|hozzászólások|comentarii|yorumlar|комментарии|коментарі|σχόλια"
    r"|products?|produkte|produits|productos|produtos|prodotti|producten|produkter|produkty|ürünler|товары"
    r"|downloads?|coupons?|gutscheine|(?:stellen|job|immobilien|auto)(?:markt|börse|anzeigen|angebote)"
    r"|(?:featured|latest|top|recent|new|current|aktuelle|neue|offene) (?:jobs|stellen|vacancies)"
    r"|(?:klein)?anzeigen-?markt|kleinanzeigen|classifieds|clasificados|classificados|petites annonces"
    r"|vacancies|offres d'emploi|ofertas de (?:empleo|trabajo)|offerte di lavoro|vacatures|vagas de emprego"
    r"|oferty pracy|nabídky práce|lediga jobb|ledige stillinger|вакансии|вакансії|iş ilanları"
    r"|follow us|folge[nt]? (?:sie )?uns|suivez-nous|síguenos|siga-nos|seguici|volg ons"
    r"|(?:featured|property) listings|(?:support|discussion) forums?|(?:your|my) inbox|deinem postfach|ihr postfach)\b"
    r"|[(（【\[](?:pr|ad|sponsored|anzeige|werbung|promotion)[)）】\]]"
    "|最新コメント|最近のコメント|最新评论|最新評論|近期评论|最新留言|최근 ?댓글|최신 ?댓글|التعليقات"
)
# Under these words stand labels more often than articles: topics, sections, tags.
_LABELS = re.compile(
    r"\b(?:categor(?:y|ies|ías?|ie|ias?)|kategorien?|catégories|kategori(?:er|e|ler)|categorieën|категории"
    r"|tags?|tag-?cloud|schlag(?:wörter|worte)|mots-clés|etiquetas|étiquettes|etiketter|tagi|etiketler|метки|теги"
    r"|topics|subjects|searches|people|profiles|terms|jobs|newsletters?|stellenangebote|themen|suchen|suchanfragen"
    r"|stories about|sujets|temas|tópicos|assuntos|argomenti|onderwerpen|tematy|osoby|témata|témák|ämnen|emner|aiheet"
    r"|konular|темы|θέματα)\b"
    "|カテゴリ|タグ|トピック|キーワード|分类|分類|标签|標籤|话题|話題|专题|專題|카테고리|태그|تصنيفات|وسوم"
)
_EDGES = " \t\n\r\xa0:.…,;!?|–—-»≫›>→«≪‹<←•·+#*\"'“”„()[]▼▶►:・◆■●◎★☆○◇□△▽▷◀◁➤➡→⇒✔✓❯❮【】「」『』《》〈〉［］"
_ASIDES = re.compile(r"[(（\[][^)）\]]{0,30}[)）\]]")
_TIME_OF_ARCHIVE = re.compile(r"([^\W\d_]+)?\W*((?:19|20)\d\d)?\s*(?:\(\d+\))?")
# "Mar" and "Pro" are more than short months.
_SHORTEST_MONTH = 4
_SHORT_MONTHS = frozenset(("may", "mai", "maj", "mei", "máj"))
NEIGHBOURS = frozenset((LinkKind.PREVIOUS, LinkKind.NEXT))
_SURE = frozenset((LinkKind.RELATED, LinkKind.POPULAR))
_SHORTEST_LABEL = 9
_LONGEST_PHRASE = 6
_FIRST_WORD = re.compile(r"[\W_]*([^\s:(（\[]+)")
_SPACES = re.compile(r"\s+")


def kind_of(text: str) -> LinkKind | None:
    """What a list of links under this heading is; None where the heading says nothing about it."""
    # Five texts in six go here, on their first word (measured on 500 pages of the corpus).
    if not may_begin(text):
        return None
    phrases = _phrases()
    phrase = _folded(text)
    if len(phrase) > MAX_HEADING:
        return None
    kind = phrases.whole.get(phrase) or _by_beginning(phrase, phrases)
    return None if kind is not None and _OTHER_THINGS.search(phrase) else kind


def lists_other_things(text: str) -> bool:
    """Does a heading say that what it lists are no articles, but comments or products, or all of a month or a year?"""
    return _OTHER_THINGS.search(text.lower()) is not None or _names_archive(text)


def _names_archive(text: str) -> bool:
    """ "Oktober", "October 2025 (6)", "2019": what blogs put over all that they wrote then."""
    found = _TIME_OF_ARCHIVE.fullmatch(text)
    if found is None or not (found[1] or found[2]):
        return False
    word = (found[1] or "").lower()
    is_whole = found[2] or len(word) >= _SHORTEST_MONTH or word in _SHORT_MONTHS
    return not word or (bool(is_whole) and month_number(word) is not None)


def may_list_labels(text: str) -> bool:
    """Does a heading name topics, sections or tags? Under it headlines are articles, a word or two are not."""
    return _LABELS.search(text.lower()) is not None


def neighbour_of(text: str) -> LinkKind | None:
    """The kind of a text that means the previous or the next article; None for all else, cheaply."""
    if len(text) > MAX_HEADING or first_word(text) not in _phrases().neighbour_words:
        return None
    kind = kind_of(text)
    return kind if kind in NEIGHBOURS else None


def kind_by_words(text: str) -> LinkKind | None:
    """What a heading over what is known to be a list may mean: a word in it is enough ("NEWS DALLA SEZIONE")."""
    kind = kind_of(text)
    if kind is not None:
        # "Next up in News" stands over six; "Next" alone is a button.
        return LinkKind.RELATED if kind in NEIGHBOURS and _folded(text) not in _phrases().whole else kind
    return next((kind for kind, words in _TELLING.items() if words.search(text.lower())), None)


# Two readers ask for what each link of a page begins with, and sites have the same menus on all their pages.
@lru_cache(maxsize=4096)
def first_word(text: str) -> str:
    """The first word as phrases are compared; empty where there is none."""
    # Nine texts in ten begin with letters and a space: a third of the time of the pattern.
    word = text.lstrip().partition(" ")[0]
    if word.isalpha():
        return word.lower()
    found = _FIRST_WORD.match(text)
    if found is None:
        return ""
    return _plain(found[1])


def may_begin(text: str) -> bool:
    """Can a heading that begins with `text` mean something? A cheap question before the whole is put together."""
    return len(text) <= MAX_HEADING + 30 and is_known_beginning(text)


def is_known_beginning(text: str) -> bool:
    """Does `text`, however long, begin with the first word of a phrase?"""
    return first_word(text) in _phrases().first_words


def known_words() -> frozenset[str]:
    """The first words of all phrases, in lower case: for loops over all elements of a page, where a call is dear."""
    return _phrases().first_words


def sole_labels() -> frozenset[str]:
    """Words that stand over lists and over nothing else: "meistgelesen", "関連記事". "News" is none."""
    return _phrases().labels


def _folded(text: str) -> str:
    plain = _ASIDES.sub(" ", text.strip(_EDGES).replace(":", " "))
    return _plain(_SPACES.sub(" ", plain))


def _plain(text: str) -> str:
    return text.strip(_EDGES).lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class _Phrases:
    whole: dict[str, LinkKind]
    beginnings: dict[str, tuple[tuple[str, LinkKind], ...]]
    first_words: frozenset[str]
    neighbour_words: frozenset[str]
    labels: frozenset[str]


def _by_beginning(phrase: str, phrases: _Phrases) -> LinkKind | None:
    """ "Lo más leído en Sociedad": two known words or more may go on; one word only where the data says so."""
    for beginning, kind in phrases.beginnings.get(phrase.partition(" ")[0], ()):
        if phrase.startswith(beginning):
            return kind
    words = phrase.split(" ")
    for count in range(min(len(words) - 1, _LONGEST_PHRASE), 1, -1):
        beginning = " ".join(words[:count])
        found = phrases.whole.get(beginning)
        # "Top 10 beginner friendly bootcamps" is a headline.
        if found is not None and not beginning[-1].isdigit():
            return found
    return None


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    tables = tomllib.loads(
        resources.files("scraper.extractor.links").joinpath("headings.toml").read_text(encoding="utf-8")
    )
    whole: dict[str, LinkKind] = {}
    beginnings: dict[str, list[tuple[str, LinkKind]]] = {}
    for name, languages in tables.items():
        kind = LinkKind(name)
        for phrase in (phrase for phrases in languages.values() for phrase in phrases):
            if phrase.endswith("*"):
                beginnings.setdefault(phrase.partition(" ")[0], []).append((phrase[:-1], kind))
            else:
                whole.setdefault(phrase, kind)
    longest_first = {word: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for word, pairs in beginnings.items()}
    first_words = frozenset(phrase.partition(" ")[0] for phrase in (*whole, *longest_first))
    neighbour_words = frozenset(phrase.partition(" ")[0] for phrase, kind in whole.items() if kind in NEIGHBOURS)
    labels = frozenset(
        phrase
        for phrase, kind in whole.items()
        if kind in _SURE and " " not in phrase and len(phrase) >= (_SHORTEST_LABEL if phrase < "\u0e00" else 4)
    )
    return _Phrases(whole, longest_first, first_words, neighbour_words, labels)
