"""What Datasette is to say of an archive, from the comments of the schema and from the cookbook. Serves nothing."""

import re
from pathlib import Path
from typing import Any

from scraper.archiver.cookbook.recipe import Recipe, recipes
from scraper.archiver.describe import Thing, things

NAME = "archive"
"""What the database is called in addresses, whatever its file is."""

_UNITS = {"bytes": "B", "seconds": "s"}

_INTERNAL = re.compile(r"article_search_|signature_bands|text_signatures|page_bodies|search_backlog|_?sqlite_")

_TEXT_SEARCH = {"fts_table": "article_search", "fts_pk": "id"}

_SHOWN: dict[str, dict[str, Any]] = {
    "articles": {"sort_desc": "published", "size": 30, "facets": ["site", "category", "language"], **_TEXT_SEARCH},
    "article_revisions": {"sort_desc": "seen_at", "facets": ["kind", "silent", "site"], "size": 30},
    "article_links": {"facets": ["kind"], "size": 50},
    "link_graph": {"facets": ["kind", "from_site", "to_site"], "size": 50},
    "view_counts": {"facets": ["source"], "size": 100},
    "articles_per_day": {"sort_desc": "published_on", "facets": ["site", "feed"], "size": 100},
    "duplicates": {"facets": ["site", "earlier_site", "equal_text"], "size": 50},
    "clusters": {"sort_desc": "articles", "facets": ["site"], "size": 50},
    "cluster_articles": {"facets": ["site", "is_canonical"], "size": 50},
    "feed_health": {"sort": "state", "facets": ["state"], "size": 100},
    "failures_by_reason": {"sort_desc": "failures", "facets": ["reason", "kind"], "size": 100},
    "coverage": {"sort_desc": "month", "facets": ["site"], "size": 100},
    "feeds": {"label_column": "name"},
    "authors": {"label_column": "name"},
    "categories": {"label_column": "name"},
    "tags": {"label_column": "name"},
    "article_records": {"label_column": "title", "sort_desc": "id"},
    "urls": {"label_column": "url"},
    "runs": {"sort_desc": "id", "label_column": "started_at"},
    "fetches": {"sort_desc": "id", "facets": ["kind", "outcome"]},
    "failures": {"sort_desc": "id", "facets": ["reason"]},
    "queue": {"facets": ["state"]},
}

_NOT_DESCRIBED = (
    *("_sqlite_migrations", "article_search_config"),
    *("tally_article_changes", "tally_part_changes", "tally_author_changes"),
    *("tally_link_changes", "tally_host_changes", "tally_hosts"),
)


def metadata(archive: Path) -> dict[str, Any]:
    """Datasette's metadata (0.65) for the archive at that path. Raises ArchiveError where there is none."""
    found = things(archive)
    tables = {thing.name: _table(thing) for thing in found}
    # Datasette lists what it hides only on request; what else is not described here is FTS5's own.
    internal = {name: {"hidden": True} for name in _NOT_DESCRIBED}
    queries = {recipe.name: _query(recipe) for recipe in recipes()}
    return {
        "title": f"The archive {archive.stem}",
        "description": "Articles, their versions, links and counts. Times are UTC, NULL means unknown.",
        "databases": {NAME: {"tables": tables | internal, "queries": queries}},
    }


def _table(thing: Thing) -> dict[str, Any]:
    units = {name: unit for name in thing.columns for ending, unit in _UNITS.items() if name.endswith(f"_{ending}")}
    shown = {"description": thing.about, "columns": dict(thing.columns), **_SHOWN.get(thing.name, {})}
    return shown | ({"units": units} if units else {}) | ({"hidden": True} if _INTERNAL.match(thing.name) else {})


def _query(recipe: Recipe) -> dict[str, Any]:
    notes = [f":{parameter.name}: {parameter.meaning}" for parameter in recipe.parameters]
    return {
        "sql": recipe.sql,
        "title": recipe.title,
        "description": " · ".join((recipe.about, *notes)),
        "hide_sql": True,
        "params": [parameter.name for parameter in recipe.parameters],
    }
