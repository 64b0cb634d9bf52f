"""The categories and tags of a WordPress post by the classes that its element carries, whatever the theme.

`post_class()` names each of them by its slug, and nothing else; what it is called is looked up among the page's links
and among what the page says elsewhere. The classes are those of the post the page is for, never those of a teaser.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from scraper.extractor.page.document import Document, text_of
from scraper.extractor.profiles.post_blocks import blocks_of
from scraper.extractor.profiles.selectors import of_class

_ID_CLASS: Final = "postid-"
_ID_IN_ADDRESS = re.compile(r"(?:[?&]p=|/wp/v2/posts/)(\d+)$")
_TAXONOMIES: Final[Mapping[str, str]] = {"categories": "category-", "tags": "tag-"}
_TERMS_BLOCK: Final = "wp-block-post-terms"
_BLOCKS: Final[Mapping[str, str]] = {"taxonomy-category": "categories", "taxonomy-post_tag": "tags"}
# What sanitize_html_class() takes out of a slug.
_NOT_IN_CLASS = re.compile(r"%[0-9a-f]{2}|[^a-z0-9_-]")
# Where WordPress keeps the pages of terms unless told otherwise, in the languages it has words for.
_BASE = re.compile(
    r"/(?:categor(?:y|ia|ie)|kategorie|rubri(?:k|que|ek)|ressort|tags?|schlagwort|etiqueta|thema|topics?)/[^?#]+$",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 60
_MOST_WORDS: Final = 6
_MOST_LINKS: Final = 3_000
_LABELS: Final = frozenset(("tag", "category"))
_SHORTEST_BEGUN: Final = 4
_AGAIN = re.compile(r"(?<=\D)-\d{1,2}$")


def post_terms(
    doc: Document, claims: Mapping[str, Sequence[str]], guessed: Collection[str] = (), others: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
    """The names of the post's `categories` and `tags`, where its classes say which they are.

    `claims` are the names that the page gives otherwise, for each of the two; in the fields of `guessed` they are taken
    from what looks like labels, and only those count that are linked as such. `others` are names of either, said
    somewhere. A field is left out where the classes do not tell more: a theme may leave them out, and slugs that are
    not Latin are numbers in a class.
    """
    classes = _classes_of_post(doc)
    slugs = {field: _slugs(classes, prefix) for field, prefix in _TAXONOMIES.items()}
    if not slugs["categories"]:  # every post has one: the theme changes the classes, or has none
        return _in_blocks(doc, {field: claims.get(field, ()) for field in guessed})
    links = _Links(doc, {slug for of_field in slugs.values() for slug in of_field})
    all_claims = [*(name for of_field in claims.values() for name in of_field), *others]
    found: dict[str, tuple[str, ...]] = {}
    for field, of_field in slugs.items():
        named = _named(of_field, links.names, all_claims)
        own = claims.get(field, ())
        left = _left([name for name in own if field not in guessed or name in links.labels], named)
        names = [named[slug] for slug in of_field if slug in named]
        # A name that was changed later has the old slug still: as many claims as slugs without a name are theirs.
        if len(left) <= len(of_field) - len(named):
            names += left
        if names or not left or not of_field:
            found[field] = tuple(dict.fromkeys(names))
    return found


def _in_blocks(doc: Document, guesses: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """What the blocks for terms show in a theme made of blocks; a guess that is only of other posts is none."""
    own, others = _shown(doc, in_lists=False), _shown(doc, in_lists=True)
    found = {field: tuple(names) for field, names in own.items()}
    names_of_others = {name for names in others.values() for name in names}
    for field, names in guesses.items():
        if names and field not in found and names_of_others.issuperset(names):
            found[field] = ()
    return found


def _shown(doc: Document, *, in_lists: bool) -> dict[str, dict[str, None]]:
    shown: dict[str, dict[str, None]] = {}
    for element, words in blocks_of(doc, _TERMS_BLOCK, in_lists=in_lists):
        for word in words:
            if field := _BLOCKS.get(word):
                shown.setdefault(field, {}).update(dict.fromkeys(filter(None, map(text_of, element.iter("a")))))
    return shown


def _classes_of_post(doc: Document) -> Sequence[str]:
    """The classes of the element of the post that the page is for, in lower case; none where there is no such thing."""
    number = number_of_post(doc)
    if number is None:
        return ()
    for element in of_class(doc, f"post-{number}"):
        words = (element.get("class") or "").lower().split()
        if any(word.startswith("type-") for word in words):
            return words
    return ()


def number_of_post(doc: Document) -> str | None:
    """The number under which WordPress keeps the post that the page is for, as its body or head says."""
    body = doc.root.find("body")
    for word in (body.get("class") or "").split() if body is not None else ():
        if word.startswith(_ID_CLASS):
            return word.removeprefix(_ID_CLASS)
    for link in doc.links:
        if not link.rel.isdisjoint(("shortlink", "alternate")) and (found := _ID_IN_ADDRESS.search(link.href)):
            return found[1]
    return None


def _slugs(classes: Iterable[str], prefix: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.removeprefix(prefix) for word in classes if word.startswith(prefix)))


def _named(slugs: Iterable[str], links: Mapping[str, str], claims: Sequence[str]) -> dict[str, str]:
    """The name of each slug, as the page writes it, where it does."""
    by_key = {_key(name): name for name in reversed(claims)}
    return {slug: name for slug in slugs if (name := links.get(slug) or by_key.get(_key_of_slug(slug)))}


def _left(claims: Iterable[str], named: Mapping[str, str]) -> list[str]:
    """The claims that are the name of no slug."""
    known = {_key(name) for name in named.values()} | set(map(_key_of_slug, named))
    return [name for name in claims if _key(name) not in known]


def _key_of_slug(slug: str) -> str:
    """WordPress numbers slugs of the same name: `crane-2`. Of years and the like ("2024") nothing is taken away."""
    return _key(_AGAIN.sub("", slug))


def _key(text: str) -> str:
    """A name, and the slug that WordPress makes of it, as one and the same; only for comparison."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("ß", "s"))
    plain = "".join(letter for letter in letters if letter.isalnum())
    for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s")):
        plain = plain.replace(long, short)
    return plain


class _Links:
    """What the page's links to the pages of terms call them.

    `names` are those of the wanted slugs: as links say that are marked as labels, else those whose text is the slug's,
    else those that lead to where terms are kept. `labels` are the texts of all links marked as labels.
    """

    def __init__(self, doc: Document, slugs: Collection[str]) -> None:
        found: list[dict[str, Counter[str]]] = [{}, {}, {}]
        self.labels: set[str] = set()
        for link in doc.by_tag.get("a", ())[:_MOST_LINKS]:
            href, rel = link.get("href") or "", link.get("rel")
            is_label = rel is not None and not _LABELS.isdisjoint(rel.lower().split())
            slug = _slug_in(href)
            if not is_label and slug not in slugs:
                continue
            name = text_of(link, _LONGEST_NAME + 1).strip(" #,›»|")
            if is_label:
                self.labels.add(name)
            rank = _rank(name, slug, href, is_label=is_label) if slug in slugs else None
            if rank is not None:
                found[rank].setdefault(slug, Counter())[name] += 1
        self.names = {slug: _best(names) for by_slug in reversed(found) for slug, names in by_slug.items()}


def _slug_in(href: str) -> str:
    """The last part of an address, as a class would have it."""
    last = href.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2].lower()
    is_plain = last.isascii() and last.replace("-", "").replace("_", "").isalnum()  # as nine of ten are
    return last if is_plain else _NOT_IN_CLASS.sub("", last)


def _rank(name: str, slug: str, href: str, *, is_label: bool) -> int | None:
    """How far a link's text may be the name of that slug, the surest first; None where it is not at all."""
    if not 1 < len(name) <= _LONGEST_NAME:
        return None
    if is_label:
        return 0
    key = _key(name)
    if key == _key_of_slug(slug):
        return 1
    is_begun = len(key) >= _SHORTEST_BEGUN and _key_of_slug(slug).startswith(key)
    return 2 if is_begun or (_BASE.search(href) and len(name.split()) <= _MOST_WORDS) else None


def _best(names: Counter[str]) -> str:
    """The commonest of those that are written as names are: menus are all in capitals, some addresses all in small."""
    return max(names, key=lambda name: (not (name.isupper() or name.islower()), names[name]))
