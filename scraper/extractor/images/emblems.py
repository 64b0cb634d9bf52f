"""What an address or a class says is no picture of an article: logos, icons, stand-ins, counting pixels.

Names are judged, never the picture. Words that stories are about as well ("market-share.png", "google-pixel-9.jpg",
"social-media.jpg" beside others) count only where a name says nothing else.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

_EMBLEMS: Final = "avatars?|gravatars?|blavatars?|emojis?|smileys?|smilies|sprites?|favicons?|icons?|logos?"
# SPIP calls the picture of an article its logo.
_CLASS = re.compile(rf"(?:^|(?<!spip)[\s_-])(?:{_EMBLEMS}|pixel|tracking)(?:[\s_-]|$)", re.IGNORECASE)
_CLASS_TOKENS = frozenset(("ad", "ads", "advert", "advertisement", "share", "social", "button"))
_NAME = re.compile(rf"(?:^|[\s_/.-])(?:{_EMBLEMS})(?:[\s_./-]|$)", re.IGNORECASE)
_FOLDER = re.compile(
    r"/(?:logos?|loga|icons?|avatars?|emojis?|smilies|smileys?|buttons?|autoren|auteurs)/", re.IGNORECASE
)
_SVG = re.compile(r"\.svg(?:$|\?)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[^\W\d_a-zA-Z]+")
# Of these one makes a name an emblem's, where all the others are of these or of the words below.
_TOOLS: Final = frozenset(
    "share sharing social button buttons btn pixel tracking track counter badge badges ad ads advert "
    "advertisement".split()
)
_NETWORKS: Final = frozenset(
    "facebook fb twitter x whatsapp email mail linkedin pinterest instagram insta youtube tiktok telegram google "
    "reddit xing rss feed print".split()
)
_PLAIN: Final = frozenset(
    "media img image images pic picture photo thumb thumbnail card cards graph og opengraph open small large big mini "
    "default standard fallback blank empty white black dark light color colour transparent square round wide full "
    "final new some web site website header footer nav main top left right bottom arrow clear png gif jpg jpeg webp "
    "svg px x w h horizontal vertical hor vert rgb cmyk preview share logo logos icon icons favicon avatar user "
    "de en fr es it nl pl pt ru".split()
)
_STAND_INS = re.compile(
    r"^data:|^about:|grey-placeholder"
    r"|(?:^|/)(?:blank|spacer|transparent|trans|clear|empty|leer|pixel|1x1|dot|loading|loader|preloader|lazy|lazyload"
    r"|dummy)(?:[-_.]?(?:\d++x\d++|\d{3,}+|img|image|gif|bg|white|gr[ae]y|black|load|loader|small|large|wide|default|icon))*"
    r"\.(?:gif|png|svg|jpe?g|webp)"
    r"|(?:^|/)(?:0|1|s|t|x|bg)\.gif|(?:^|[/_-])placeholder[\w.-]*\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)
# Folders of what belongs to a site rather than to a story.
_SITE_FOLDERS = re.compile(
    r"/(?:logos?|icons?|favicons?|avatars?|themes?|plugins|blavatar)/|(?:^|//)(?:www\.|secure\.)?gravatar\.com/",
    re.IGNORECASE,
)
_SIGNS: Final = frozenset(
    "logo logos logotype logotipo favicon icon icons avatar avatars blavatar blank placeholder emblem nameplate "
    "noimage nophoto nopicture".split()
)
# "og-default.png" is shown where a story has no picture; "61/51/63/default.jpg" may be one in its first size.
_FALLBACKS: Final = frozenset(("default", "fallback", "standard"))
_APPLE: Final = frozenset(("apple", "touch", "icon"))
_SHORTEST_NAME: Final = 3


@lru_cache(maxsize=4096)
def is_stand_in(url: str) -> bool:
    """Does a script put another picture in its place, or does it show nothing at all?"""
    return url.isspace() or _STAND_INS.search(url.strip()) is not None


@lru_cache(maxsize=4096)
def is_emblem(classes: str, source: str) -> bool:
    """Do the class attribute or the file's name say that it is a sign: a logo, an icon, a portrait, a pixel?"""
    if _CLASS.search(classes) or not _CLASS_TOKENS.isdisjoint(classes.lower().split()):
        return True
    name = source.rpartition("/")[2]
    if _NAME.search(name) or _FOLDER.search(source):
        return True
    words = _words_of(source)
    return not words.isdisjoint(_TOOLS) and words <= _TOOLS | _NETWORKS | _PLAIN


def is_drawing(source: str) -> bool:
    """SVG: icons and logos for the most part, charts at times."""
    return _SVG.search(source.rpartition("/")[2]) is not None


def is_sign_of_site(url: str, host: str) -> bool:
    """Is what a page declares as its picture the sign of the site, or none at all: "logo.png", "blank.jpg"?

    The logo of a company that a story is about has another name in it than the site's.
    """
    address = unquote(url)
    if is_stand_in(address.partition("?")[0]) or _SITE_FOLDERS.search(address):
        return True
    words = _words_of(address)
    rest = words - _SIGNS - _TOOLS - _NETWORKS - _PLAIN
    if words >= _APPLE or (len(words) > 1 and not rest and not words.isdisjoint(_FALLBACKS)):
        return True
    if words.isdisjoint(_SIGNS):
        return False
    site = re.sub(r"[^a-z]", "", host.lower())
    return all(len(word) < _SHORTEST_NAME or word in site for word in rest)


@lru_cache(maxsize=4096)
def _words_of(source: str) -> frozenset[str]:
    """The words in the name of a file, without its ending and what the server is asked for."""
    path = re.split(r"[?#]", source, maxsplit=1)[0].rstrip("/")
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    return frozenset(word.lower() for word in _WORD.findall(stem))
