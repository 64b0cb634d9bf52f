"""What stands in a text and is told twice, or by others: quotes pulled out of it, embedded posts, legal notes.

Judges by names and by the rest of the text, never by words.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from scraper.extractor.text.features import HEADING_TAGS
from scraper.extractor.text.passages import Context, Passage

# What the networks' own scripts look for, to put a frame in its place, and what a site calls a tweet itself (but for
# boxes that offer to send one). Of 137 such passages none is in the annotated texts.
_POSTS = re.compile(
    r"\b(?:(?<!to-)(?<!to_)tweets?(?![a-z])|(?:twitter-video|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed|text-post-media"
    r"|reddit-(?:embed-bq|card)|imgur-embed-pub)\b)"
)
# Whole words of a name, however it is put together: "ArticleDisclaimer" and "post__disclaimer" hold the same.
_NOTES = re.compile(r"(?:\b|_|(?<=[a-z]))(?:[Dd]isclaimer|[Dd]isclosure|[Bb]oilerplate)(?![a-z])")
_WHOLE_TEXTS = frozenset(("article", "main", "body"))
_QUOTES = frozenset(("blockquote", "aside", "q"))
# Elements around a passage that may say what it is, the passage's own among them.
_NEAR = 4
# Each is looked for in all passages: a page of nothing but quotes has none pulled out of it.
_MOST_QUOTES = 60
# Letters and digits. A shorter quote may well stand twice.
_LEAST_PULLED = 25
_PLAIN, _QUOTE, _FOREIGN = range(3)
_PARTED = re.compile(r"[\W_]+")


def without_asides(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages without them; all of them where they are most of it: a page of legal notes, or of posts."""
    # Elements of one name in one place share their evidence: each is asked once what it is.
    natures = {passage.context.evidence: passage.context for passage in passages}
    nature_of = {evidence: _nature(context) for evidence, context in natures.items()}
    if not any(nature_of.values()):
        return passages
    rest: Sequence[Passage] = [passage for passage in passages if nature_of[passage.context.evidence] != _FOREIGN]
    quotes = [passage for passage in rest if nature_of[passage.context.evidence] == _QUOTE]
    if 0 < len(quotes) <= _MOST_QUOTES:
        rest = _without_pulled(rest, quotes)
    return rest if 2 * _chars(rest) > _chars(passages) else passages


def _chars(passages: Sequence[Passage]) -> int:
    return sum([len(passage.text) for passage in passages])


def _nature(context: Context) -> int:
    """What a passage is by its element and those around it: foreign to the text, a quote, or nothing said."""
    near = list(islice(context.chain(), _NEAR))
    is_heading = context.tag in HEADING_TAGS
    if not is_heading and any(_names_post(around.evidence.names) for around in near):
        return _FOREIGN
    if any(around.tag not in _WHOLE_TEXTS and _names_note(around.evidence.names) for around in near[:2]):
        return _FOREIGN
    if is_heading:
        return _PLAIN
    quoted = any(around.tag in _QUOTES or "quote" in around.evidence.names.lower() for around in near)
    return _QUOTE if quoted else _PLAIN


# Pages of one site have the same names: to look one up takes a fiftieth of the time of matching it again.
@lru_cache(maxsize=8192)
def _names_post(names: str) -> bool:
    return _POSTS.search(names) is not None


@lru_cache(maxsize=8192)
def _names_note(names: str) -> bool:
    return _NOTES.search(names) is not None


def _without_pulled(passages: Sequence[Passage], quotes: Sequence[Passage]) -> Sequence[Passage]:
    """Without quotes that stand in a longer passage as well: of 31 such, 21 are not in the annotated texts."""
    long_quotes = [(id(quote), text) for quote in quotes if len(text := _plain(quote)) >= _LEAST_PULLED]
    if not long_quotes:
        return passages
    plain = [_plain(passage) for passage in passages]
    together = "\n".join(plain)  # no line end is left in any of them
    pulled = {key for key, text in long_quotes if together.count(text) > plain.count(text)}
    return [passage for passage in passages if id(passage) not in pulled]


def _plain(passage: Passage) -> str:
    return _PARTED.sub(" ", passage.text.lower()).strip()
