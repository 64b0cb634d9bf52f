"""What readers said below a text, told by the names of the elements that hold it. Looks at the end of a text only:
comments stand there, and pages without any pay next to nothing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from scraper.extractor.text.passages import Context, Passage

# A whole word of a name, however it is put together: "ArticleComments", "comment_body", "commentlist". What is called
# a comment as a kind of article ("tone-comment"), or only says whether there are any ("has-comments"), is none.
_COMMENTS = re.compile(
    r"(?:(?<![A-Za-z])[Cc]omment|(?<=[a-z])Comment)(?:s|list|[Aa]rea|[Tt]hread)?(?![a-z])|\bdisqus_thread\b"
)
_OTHER = re.compile(
    r"(?:tone|type|format|category|section|topic|tag|pillar|has|no|with|without|show|hide|allow|open|enabled?)[-_]+comments?"
    r"|comments?[-_]+(?:open|closed|enabled|disabled|off|on|count|article|page)",
    re.IGNORECASE,
)
_WHOLE_TEXTS = frozenset(("article", "main", "body", "html"))
# How many of the last passages are looked at to see whether there are comments at all: something else may follow them.
_LOOKED_AT = 5
# Characters. Where less is left, the page is a conversation and has no other text.
_LEAST_TEXT = 500


def without_comments(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages without comments that follow a text: of 44,000 such characters none is in the annotated texts."""
    known: dict[Context, bool] = {}
    if not any(_is_comment(passage, known) for passage in passages[-_LOOKED_AT:]):
        return passages
    said_below = [_is_comment(passage, known) for passage in passages]
    above = sum([len(passage.text) for passage in passages[: said_below.index(True)]])
    if above < _LEAST_TEXT:
        return passages
    return [passage for passage, is_comment in zip(passages, said_below, strict=True) if not is_comment]


def _is_comment(passage: Passage, known: dict[Context, bool]) -> bool:
    """Does it stand in what is called comments? Passages share what they stand in: each element is asked once."""
    asked: list[Context] = []
    found = False
    for context in passage.context.chain():
        if context in known:
            found = known[context]
            break
        asked.append(context)
        if context.tag not in _WHOLE_TEXTS and _names_comments(context.evidence.names):
            found = True
            break
    known.update(dict.fromkeys(asked, found))
    return found


@lru_cache(maxsize=8192)
def _names_comments(names: str) -> bool:
    return _COMMENTS.search(_OTHER.sub("", names)) is not None
