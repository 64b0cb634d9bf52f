"""A plugin of Datasette: what cannot be shown is said on the page and, where it is our fault, in a line on stderr.

In the place of Datasette's own, which prints a traceback with every variable for each wrong address.
"""

from typing import Any

from datasette import Response, hookimpl
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError
from markupsafe import Markup

from scraper.cli.terminal.output import note

REPLACES = "datasette.handle_exception"
"""The name of Datasette's own plugin for it."""

_FAULT = 500
_TITLES = {404: "Not found", 403: "Forbidden"}


class Failing:
    """The plugin."""

    def __init__(self) -> None:
        self.__name__ = __name__  # Datasette lists its plugins by the name that modules have

    @hookimpl
    def handle_exception(self, datasette: Any, request: Any, exception: Exception) -> Any:
        async def answer() -> Any:
            told = _told(exception)
            status = told["status"]
            if status >= _FAULT:
                note(f"{request.path}: {type(exception).__name__}: {exception}")
            if request.path.endswith(".json"):
                return Response.json(told, status=status)
            template = datasette.jinja_env.select_template([f"{status}.html", "error.html"])
            shown = {
                **told,
                "urls": datasette.urls,
                "app_css_hash": datasette.app_css_hash(),
                "menu_links": list,
            }
            return Response.html(await template.render_async(shown), status=status)

        return answer


def _told(exception: Exception) -> dict[str, Any]:
    if isinstance(exception, DatasetteError):
        # Datasette marks what it wrote itself.
        message = Markup(exception.message) if exception.message_is_html else exception.message  # noqa: S704
        status, facts, title = exception.status, exception.error_dict, exception.title
    else:
        status = exception.status if isinstance(exception, Base400) else _FAULT
        message, facts, title = str(exception), {}, None
    return {**facts, "ok": False, "error": message, "status": status, "title": title or _TITLES.get(status)}
