"""A plugin of Datasette: a page to read an article with its versions, links and counts, and links to it everywhere."""

import asyncio
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from datasette import NotFound, Response, hookimpl
from markupsafe import Markup, escape

from scraper.archiver.archive import Archive
from scraper.archiver.cookbook.recipe import recipe
from scraper.cli.serve.metadata import NAME

# No picture, script or frame of the web is loaded: who reads an archived text is nobody else's business.
_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'"

_STORIES = {
    "versions": "versions-of-one-story",
    "links": "links-from-one-story",
    "linked_from": "links-to-one-story",
    "views": "views-of-one-story",
    "copies": "copies-of-one-story",
}
_ID_COLUMNS = re.compile(r"(?:\w+_)?article_id|published_first_id|(?:one|other)_id")


class Reading:
    """The plugin, for the archive at one path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.__name__ = __name__  # Datasette lists its plugins by the name that modules have

    @hookimpl
    def register_routes(self) -> list[tuple[str, Any]]:
        return [(rf"^/{NAME}/article/(?P<id>\d{{1,18}})$", self._article)]

    @hookimpl
    def menu_links(self, datasette: Any) -> list[dict[str, str]]:
        path = datasette.urls.path
        return [
            {"href": path(f"/{NAME}/articles"), "label": "Latest articles"},
            {"href": path(f"/{NAME}"), "label": "Tables and queries"},
        ]

    @hookimpl
    def render_cell(self, row: Any, value: Any, column: str, table: str | None, datasette: Any) -> str | None:
        """Ids of articles lead to the page to read them."""
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        names = set(row.keys())
        is_article = column == "id" and (
            table in ("articles", "article_records") or (table is None and names.issuperset({"title", "site"}))
        )
        if not is_article and not _ID_COLUMNS.fullmatch(column):
            return None
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/{NAME}/article/{value}"), escape(value))

    @hookimpl
    def prepare_jinja2_environment(self, env: Any) -> None:
        env.filters["minutes"] = _minutes
        env.filters["long_day"] = _long_day

    async def _article(self, request: Any, datasette: Any) -> Any:
        id_ = int(request.url_vars["id"])
        found = await asyncio.to_thread(self._found, id_)
        if found is None:
            raise NotFound(f"The archive has no article {id_}.")
        page = await datasette.render_template("reading.html", {**found, "database": NAME}, request=request)
        return Response.html(page, headers={"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer"})

    def _found(self, id_: int) -> dict[str, Any] | None:
        """Everything that the page shows, read at one go; None where there is no such article."""
        with Archive(self._path, read_only=True) as archive:
            article = archive.get(id_)
            if article is None:
                return None
            stories = {name: tuple(archive.query(recipe(asked).sql, {"id": id_})) for name, asked in _STORIES.items()}
        stories["links"] = tuple(link for link in stories["links"] if link["target_article_id"] != id_)
        stories["views"] = _once_a_minute(stories["views"])
        return {"article": article, **stories}


def _once_a_minute(views: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Without those that say the same in the same minute: a crawl sees the block of links on every page of a site."""
    return tuple({(_minutes(each["seen_at"]), each["view_count"]): each for each in views}.values())


def _minutes(value: object) -> str:
    """A time to the minute, for people."""
    return str(value or "")[:16].replace("T", " ")


def _long_day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
