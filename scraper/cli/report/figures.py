"""What the report shows, in which order and how. Names recipes of the cookbook; knows no SQL and no HTML."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One recipe as a figure.

    `chart` names a drawing of charts.py; without one the table itself is the figure. `bars` are columns of numbers
    drawn as bars in their cells, `shaded` those that are shares in per cent. `span` says whose days set the width of
    the steps in time: 'published' or 'archived'.
    """

    recipe: str
    chart: str | None = None
    bars: tuple[str, ...] = ()
    shaded: tuple[str, ...] = ()
    span: str = "published"


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the report."""

    name: str
    title: str
    figures: tuple[Figure, ...]


SECTIONS = (
    Section(
        "time",
        "Articles over time",
        (
            Figure(recipe="articles-over-time", chart="stacked"),
            Figure(recipe="categories-over-time", chart="stacked"),
            Figure(recipe="publication-hours", chart="hours"),
        ),
    ),
    Section(
        "sources",
        "Who writes",
        (
            Figure(recipe="sites", bars=("articles",)),
            Figure(recipe="authors-output", bars=("articles",)),
            Figure(recipe="words-per-article", chart="lengths"),
            Figure(recipe="languages", bars=("articles",)),
        ),
    ),
    Section(
        "reading",
        "What is read",
        (
            Figure(recipe="most-viewed", bars=("view_count",)),
            Figure(recipe="views-over-time", chart="views"),
            Figure(recipe="most-linked", bars=("linked_by",)),
            Figure(recipe="most-commented", bars=("comment_count",)),
        ),
    ),
    Section(
        "edits",
        "What was changed",
        (
            Figure(recipe="edits-over-time", chart="stacked", span="archived"),
            Figure(recipe="silent-edits"),
            Figure(recipe="headline-changes"),
            Figure(recipe="most-edited", bars=("version_count",)),
        ),
    ),
    Section(
        "copies",
        "What was copied",
        (
            Figure(recipe="duplicate-clusters", bars=("articles",)),
            Figure(recipe="copies-between-sites", bars=("texts",)),
        ),
    ),
    Section(
        "health",
        "How the archive is doing",
        (
            Figure(recipe="feed-health"),
            Figure(recipe="failures-by-reason", chart="reasons"),
            Figure(
                recipe="coverage",
                shaded=(
                    *("title", "published_time", "authors", "category", "tags", "body", "images", "language"),
                    *("modified", "comment_count", "view_count"),
                ),
            ),
            Figure(recipe="time-to-archive", bars=("median_hours",)),
            Figure(recipe="latest-runs"),
        ),
    ),
)
