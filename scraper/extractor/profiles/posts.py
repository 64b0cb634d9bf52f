"""What a page of WordPress, Drupal or Blogger says of its own post whatever the theme, where no selector would.

That is its terms, by the classes of its element, the number of its comments, by the list of them, its author, by core's
marks of a name, and its date, by the marks of that. What selectors can say stands in the profiles.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from scraper.extractor.metadata.reading import Metadata
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.matching import MatchedRule
from scraper.extractor.profiles.post_author import post_author
from scraper.extractor.profiles.post_blocks import own_date
from scraper.extractor.profiles.post_comments import post_comments
from scraper.extractor.profiles.post_terms import number_of_post, post_terms
from scraper.extractor.profiles.stated import StatedFields

# Profiles of the systems that give classes to posts, and numbers to the elements of comments.
_WITH_CLASSES: Final = frozenset(("wordpress",))
_WITH_COMMENTS: Final = frozenset(("wordpress", "drupal", "blogger"))
_LABELS: Final = ("categories", "tags")


def with_post(doc: Document, rules: Sequence[MatchedRule], stated: StatedFields, metadata: Metadata) -> StatedFields:
    """`stated` with what the post itself says; a user's rule stands above it, and a profile's count of comments."""
    systems = {matched.rule.name for matched in rules}
    found: dict[str, Any] = {}
    if not systems.isdisjoint(_WITH_CLASSES):
        found = _of_wordpress(doc, stated, metadata)
    if not systems.isdisjoint(_WITH_COMMENTS) and "comment_count" not in stated.values:
        count = post_comments(doc, metadata.comment_count)
        if count is not None and count != metadata.comment_count:
            found["comment_count"] = count
    own = {field: value for field, value in found.items() if stated.sources.get(field) != "rule"}
    if not own:
        return stated
    return replace(stated, values={**stated.values, **own}, sources={**stated.sources, **dict.fromkeys(own, "profile")})


def _of_wordpress(doc: Document, stated: StatedFields, metadata: Metadata) -> dict[str, Any]:
    claims = {field: stated.values.get(field, getattr(metadata, field)) for field in _LABELS}
    guessed = [field for field in _LABELS if field not in stated.values and _is_guessed(field, metadata)]
    found: dict[str, Any] = {**post_terms(doc, claims, guessed, (*metadata.categories, *metadata.tags))}
    if "authors" not in stated.values and metadata.sources.get("authors", "html") == "html":
        author = post_author(doc, metadata.authors, metadata.site_name)
        if author is not None:
            found["authors"] = (author,)
    if "published" not in stated.values and metadata.sources.get("published", "html") == "html":
        date = own_date(doc, number_of_post(doc))
        if date is not None and (metadata.published is None or date.day != metadata.published.day):
            found["published"] = date
    return found


def _is_guessed(field: str, metadata: Metadata) -> bool:
    """Keywords in the head are written for search engines, and for the whole site as often as not."""
    source = metadata.sources.get(field)
    return source == "html" or (field == "tags" and source == "meta")
