"""What kind of page this is: an article, or one of the things that answer 200 and are none.

A table of signs, each with a weight, is summed up for each kind. Precision first: an article called something else is
lost, a list called an article is only a nuisance. So signs of an article count against every other kind, and where the
sum stays below the bar the page is an article.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from scraper.extractor.metadata.reading import Metadata
from scraper.extractor.page.document import Document
from scraper.extractor.text.body import Body
from scraper.extractor.text.page_facts import CONSENT_TALK, PageFacts
from scraper.records import PageKind

# What a page calls itself when there is nothing on it. Anywhere in its headings.
_NOT_FOUND = re.compile(
    r"\b(?:404|410|50[0234])\b|not found|does ?n[o']t exist|no longer (?:available|exists)|access denied|forbidden"
    r"|service unavailable|nicht gefunden|existiert nicht|nicht (?:mehr )?verfügbar|zugriff verweigert|introuvable"
    r"|unavailable (?:for|due to) legal reasons|not available in your (?:region|country|location)"
    r"|can['’]?t be found|could ?n[o']t (?:be found|find)|non trouvée?|pas (?:pu être|été) trouvée?"
    r"|n['’]existe (?:pas|plus)|accès (?:refusé|interdit)|no (?:se )?(?:ha )?encontr(?:ad[ao]|ó)|no existe"
    r"|acceso denegado|non (?:è stata )?trovat[ao]|accesso negato|não (?:foi )?encontrad[ao]|acesso negado"
    r"|niet gevonden|bestaat niet|geen toegang|nie znalezion|nie istnieje|brak dostępu|hittades inte|finns inte"
    r"|ikke fun[dn]et|fin(?:d|n)es ikke|ei löy(?:ty|dy)|nenalezen|nenájden|neexistuje|nem található"
    r"|nu a fost găsit|bulunamadı|ni mogoče najti|nije pronađen|δεν βρέθηκε|не найден|не существует|такой страницы нет"
    r"|доступ запрещ|не знайден|не існує|не е намерен|לא נמצא|غير موجود|لم يتم العثور|یافت نشد|tidak ditemukan"
    r"|không tìm thấy|नहीं मिला|ไม่พบ|不存在|找不到|見つかりません|찾을 수 없",
    re.IGNORECASE,
)
# Words that say so only where they are the whole title: an article may be about a withdrawal.
_GONE = re.compile(
    r"(?:error|fehler|oops\W*|zurückgezogen|gelöscht|entfernt|removed|deleted|withdrawn|gone|unavailable"
    r"|supprimée?|retirée?|eliminad[ao]|rimoss[ao]|verwijderd|usunięt[oaey]|wartung(?:sarbeiten|smodus)?"
    r"|(?:under |scheduled |site )*maintenance(?: mode)?|(?:site )?en maintenance|en mantenimiento|in manutenzione"
    r"|em manutenção|we['’]ll be (?:right )?back(?: soon)?|технические работы|メンテナンス中?)[.!]?",
    re.IGNORECASE,
)
_BOT_WALL = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|not a robot|verify(?:ing)? (?:that )?you are"
    r"|checking your browser|pardon our interruption|ddos.protection|security check|bot (?:detection|verification)"
    r"|captcha|einen moment,? bitte|sicherheits(?:über)?prüfung|un instant|un momento|sind sie ein (?:mensch|roboter)",
    re.IGNORECASE,
)
_LIST_TITLE = re.compile(
    r"(?:search |sucher|résultats (?:de|pour) |resultados? d[eao] |risultati (?:della|di) |zoek|wyniki wysz)"
    r"(?:results|gebnis|recherche|b[úu]squeda|busca|ricerca|resultaten|ukiwania)"
    r"|(?:^|\| )(?:tag|category|kategorie|schlagwort|author|autor|thema|topic|archive?s?|monat|month|etiqueta|categoría"
    r"|étiquette|catégorie|mot-clé|categoria|rubriek|tagi|kategoria|рубрика|тег)\s?:"
    # "Latest news", "Alle Artikel": alone, or before what they are about.
    r"|(?:^|[|:–—]\s?)(?:(?:the )?latest (?:news|stories|posts|articles)|all (?:articles|posts|news|stories)"
    r"|(?:neueste|alle|aktuelle) (?:artikel|beiträge|nachrichten|meldungen)|últimas not[ií]cias|todas las noticias"
    r"|todas as notícias|ultime notizie|tutti gli articoli|(?:dernières|toutes les) (?:actualités|nouvelles|infos)"
    r"|tous les articles|(?:laatste|al het) nieuws|alle artikelen|senaste nytt|siste nytt|seneste nyt"
    r"|najnowsze wiadomości|wszystkie (?:artykuły|wpisy)|последние новости|все новости|останні новини|усі новини"
    r"|nejnovější zprávy|son dakika haberleri|berita terbaru)(?:\s(?:on|about|zu|über|sur|sobre|по|про)\s[^|]+)?"
    r"(?=$|\s?[|:–—])"
    r"|(?:一覧|新着記事|最新記事|最新消息|新闻列表|최신 기사|آخر الأخبار)(?=$|\s?[|:–—｜：])",
    re.IGNORECASE,
)
# Pages that every site has beside its articles, by their whole titles.
_STANDING = re.compile(
    r"impressum|imprint|datenschutz(?:erklärung)?|privacy (?:policy|notice)|cookie policy|kontakt|contact(?: us)?|agb"
    r"|terms (?:of (?:use|service)|and conditions)|mentions légales|aviso legal|colofon|sitemap"
    r"|newsletter|log ?in|anmelden|sign (?:in|up)|subscribe|registrieren",
    re.IGNORECASE,
)
_SECTION_PATH = re.compile(
    r"/(?:tags?|categor(?:y|ies|ia|ías?|ie)|kategori(?:e|en|a|ja)?|rubri(?:k|ken|que|c|ek)|ressorts?|sections?|secci[oó]n(?:es)?"
    r"|sezion[ei]|thema|themen|th[eè]mes?|temas?|topics?|authors?|autor(?:en|es)?|auteurs?|autori|etiquetas?|mots?-cl[eé]s?"
    r"|taxonomy/term|label|schlagwort|archives?|archiv|archivo|archivio)(?:/[^/.]+){1,3}/?$|/(?:search|suche|recherche|buscar|archives?|tags?|topics?)/?$"
    r"|^/(?:19|20)\d\d(?:/\d\d?){0,2}/?$|/(?:category|kategorie|catégorie|categor[ií]a|kategoria|категория):[^/]+$",
    re.IGNORECASE,
)
_ROOT_PATH = re.compile(r"/(?:[a-z]{2}(?:-[a-z]{2})?/?|(?:index|home)(?:\.\w+)?)?", re.IGNORECASE)
_ONE_WORD_PATH = re.compile(r"^/[^\W\d_]{2,20}/?$")
_PAGE_PATH = re.compile(r"/(?:page|seite)/?\d+/?$")
_SEARCH_QUERY = re.compile(r"(?:^|&)(?:s|q|query|search|suche|keywords?)=")
# Classes of the body: those of WordPress and its like, and those that Drupal and others have made common.
_LIST_CLASSES = frozenset(
    (
        "archive",
        "blog",
        "paged",
        "search-results",
        "search-no-results",
        "hfeed",
        "view-category",
        "view-featured",
        "ns-14",
    )
)
_LIKELY_LIST_CLASSES = frozenset(
    (
        "home category tag author search front path-frontpage frontpage homepage is-front-page section-front "
        "home-template tag-template author-template path-taxonomy layout-blog"
    ).split()
)
_SINGLE_CLASSES = frozenset(("single", "single-post", "page-node", "node-type-article", "singular"))
_ERROR_CLASSES = frozenset(("error404", "error-404", "page-404", "error-page", "not-found", "page-not-found"))

ENOUGH: Final = 6
_FEW_CHARS: Final = 400
_SOME_CHARS: Final = 600
_SHORT_CHARS: Final = 1_500


class Sign(NamedTuple):
    """One thing to look at, and how much it speaks for a kind (or, below nought, for an article)."""

    weight: int
    says: str
    holds: Callable[[PageFacts], object]


_ARTICLE: Final = (
    Sign(-5, "structured data calls it an article", lambda page: page.is_typed_article),
    Sign(-6, "the body's classes call it a single page", lambda page: page.classes & _SINGLE_CLASSES),
    Sign(-2, "Open Graph calls it an article", lambda page: page.og_type.endswith("article")),
)
_NAMED: Final = Sign(-2, "its address is like an article's", lambda page: page.has_slug)
_TEXT: Final = (
    Sign(-8, "its text is long", lambda page: page.chars >= _SHORT_CHARS),
    Sign(-3, "it has a date", lambda page: page.has_date),
)

# In order of the cost of looking: what can no longer reach the bar is not looked at.
SIGNS: Final[Mapping[PageKind, Sequence[Sign]]] = {
    PageKind.PROTECTED: (
        Sign(-4, "it has a text", lambda page: page.chars >= _FEW_CHARS),
        Sign(6, "a form asks for a password and no name", lambda page: page.password_forms),
    ),
    PageKind.ERROR: (
        *_ARTICLE,
        *_TEXT,
        Sign(10, "the body's classes call it an error", lambda page: page.classes & _ERROR_CLASSES),
        Sign(2, "it has hardly any text", lambda page: page.chars < 2 * _FEW_CHARS),
        Sign(4, "its whole title says that it is gone", lambda page: _GONE.fullmatch(page.title)),
        Sign(1, "search engines are to leave it out", lambda page: page.is_kept_from_search),
        Sign(4, "its headings speak of an error", lambda page: _NOT_FOUND.search(page.headline)),
    ),
    PageKind.CONSENT: (
        *_ARTICLE,
        *_TEXT,
        Sign(2, "it has little text", lambda page: page.chars < _SHORT_CHARS),
        Sign(4, "its headings speak of a check for robots", lambda page: _BOT_WALL.search(page.headline)),
        Sign(2, "its headings speak of consent", lambda page: CONSENT_TALK.search(page.headline)),
        Sign(3, "every other line speaks of consent", lambda page: 2 * page.share_of_consent_talk > 1),
        Sign(1, "there is something to press", lambda page: page.has_button),
    ),
    PageKind.LISTING: (
        Sign(7, "several things that lead elsewhere are typed as articles", lambda page: page.has_typed_items),
        *_ARTICLE,
        _NAMED,
        Sign(-1, "it has a date (lists show those of their items)", lambda page: page.has_date),
        Sign(-2, "its text is longer than a list's", lambda page: page.chars >= 2 * _SHORT_CHARS),
        Sign(-3, "it has a long paragraph", lambda page: page.longest_block >= 2 * _FEW_CHARS),
        Sign(3, "the body's classes call it a list", lambda page: page.classes & _LIST_CLASSES),
        Sign(2, "a class of the body is used for lists", lambda page: page.classes & _LIKELY_LIST_CLASSES),
        Sign(3, "its address is that of a section, a tag or a day", lambda page: _SECTION_PATH.search(page.path)),
        Sign(4, "its address is the site's own", lambda page: _ROOT_PATH.fullmatch(page.path)),
        Sign(1, "its address is one word", lambda page: _ONE_WORD_PATH.match(page.path)),
        Sign(2, "its address is that of a page of a list", lambda page: _PAGE_PATH.search(page.path)),
        Sign(3, "its address holds words searched for", lambda page: _SEARCH_QUERY.search(page.query)),
        Sign(1, "Open Graph calls it a website", lambda page: page.og_type == "website"),
        Sign(1, "it has a next page", lambda page: page.has_next_page),
        Sign(3, "structured data calls it a list", lambda page: page.is_typed_list),
        Sign(2, "its headings are those of a list", lambda page: _LIST_TITLE.search(page.headline)),
        Sign(1, "a heading or an item leads elsewhere", lambda page: page.teasers),
        Sign(2, "several headings do", lambda page: page.teasers >= 3),
        Sign(2, "many headings do", lambda page: page.teasers >= 8),
        Sign(3, "most of the text stands under them", lambda page: page.is_teased),
        Sign(-2, "a good part of the text does not", lambda page: page.free_chars >= _SOME_CHARS),
        Sign(-4, "much text does not", lambda page: page.free_chars >= _SHORT_CHARS),
    ),
    PageKind.GALLERY: (
        *_ARTICLE,
        Sign(-6, "it has a text", lambda page: page.chars >= _FEW_CHARS and not page.has_captions_only),
        Sign(-1, "it has a date", lambda page: page.has_date),
        Sign(3, "what it says stands beside pictures", lambda page: page.has_captions_only),
        Sign(2, "it has several pictures", lambda page: page.pictures >= 4),
        Sign(4, "something on it is called a gallery", lambda page: page.is_named_gallery),
    ),
    PageKind.OTHER: (
        *_ARTICLE,
        _NAMED,
        Sign(6, "its whole title is that of a page every site has", lambda page: _STANDING.fullmatch(page.title)),
        Sign(6, "it has no text", lambda page: not page.chars),
    ),
}


def page_kind(doc: Document, metadata: Metadata, body: Body) -> PageKind:
    """The first kind for which the signs sum up to enough; an article where they do for none."""
    page = PageFacts(doc, metadata, body)
    return next((kind for kind, signs in SIGNS.items() if weigh(page, signs) >= ENOUGH), PageKind.ARTICLE)


def weigh(page: PageFacts, signs: Sequence[Sign]) -> int:
    """The sum of the weights of the signs that hold; cut short where it can no longer be enough."""
    total = 0
    left = sum(max(0, sign.weight) for sign in signs)
    for sign in signs:
        if total + left < ENOUGH:
            break
        left -= max(0, sign.weight)
        if sign.holds(page):
            total += sign.weight
    return total
