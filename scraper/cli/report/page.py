"""The door to Jinja: sets the answers and their drawings as one HTML file. Escapes everything; asks nothing.

The file must work years later and anywhere: style and script are in it, a policy in its head forbids every request,
and without a script it reads the same (the script only adds buttons).
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from scraper.cli.report.answers import Answer, Questions
from scraper.cli.report.charts import Drawing, draw
from scraper.cli.report.figures import SECTIONS, Figure
from scraper.errors import MissingExtraError
from scraper.version import VERSION

MOST_ROWS = 60
"""Most rows of a table that stands under a drawing; the query with its limit is beside it."""

_TITLES = ("title", "first_title", "before")
_WORDS = {"id": "article", "per_cent": "%", "hours_since_publication": "hours"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table. `share` (0 to 1) is drawn as a bar, or as a shade; `link` is an http(s) address."""

    text: str
    is_number: bool = False
    is_long: bool = False
    link: str | None = None
    share: float | None = None
    is_shade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One figure, ready to be set."""

    figure: Figure
    answer: Answer
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawing: Drawing | None = None


def render(questions: Questions, *, title: str, made_at: datetime) -> str:
    """The whole report as HTML. Raises MissingExtraError where jinja2 or vl-convert is not installed."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("The report needs a template engine: pip install 'scraper[report]'") from error
    folder = files("scraper.cli.report") / "templates"
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    environment = Environment(
        loader=PackageLoader("scraper.cli.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        title=title,
        made_at=made_at,
        version=VERSION,
        scope=questions.scope,
        totals=questions.totals(),
        tiles=tuple(_tiles(questions.totals())),
        sections=[(section, [_shown(questions, figure) for figure in section.figures]) for section in SECTIONS],
        style=style,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        most_rows=MOST_ROWS,
    )


def _shown(questions: Questions, figure: Figure) -> Shown:
    answer = questions.ask(figure.recipe, figure.span)
    drawing = draw(figure.chart, answer.rows, answer.bucket) if figure.chart and answer.rows else None
    columns = tuple(name for name in answer.columns if name not in ("url", "id", "article_id"))
    greatest = {name: max((_number(row[name]) for row in answer.rows), default=0.0) for name in figure.bars}
    numeric = {name for name in columns if any(isinstance(row[name], int | float) for row in answer.rows)}
    rows = tuple(
        tuple(_cell(figure, row, name, greatest.get(name), name in numeric) for name in columns)
        for row in answer.rows[:MOST_ROWS]
    )
    heads = tuple(_WORDS.get(name, name.replace("_", " ")) for name in columns)
    return Shown(figure=figure, answer=answer, columns=heads, rows=rows, drawing=drawing)


def _cell(figure: Figure, row: Mapping[str, object], name: str, greatest: float | None, is_number: bool) -> Cell:
    value = row[name]
    share = None
    if name in figure.bars and greatest:
        share = max(0.0, _number(value) / greatest)
    elif name in figure.shaded:
        share = _number(value) / 100
    text = _text(name, value)
    return Cell(
        text=f"{text} %" if name in figure.shaded and text else text,
        is_number=is_number,
        is_long=isinstance(value, str) and len(value) > 30,
        link=_link(row) if name in _TITLES else None,
        share=share,
        is_shade=name in figure.shaded,
    )


def _text(name: str, value: object) -> str:
    """A value for people: thin spaces in numbers, times to the minute, lists without brackets."""
    match value:
        case None:
            return ""
        case int():
            return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
        case float():
            return f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "\N{NARROW NO-BREAK SPACE}")
    text = str(value)
    if name.endswith("_at") or name == "published":
        return text[:16].replace("T", " ")
    if name == "changed_fields":
        return ", ".join(map(str, json.loads(text)))
    return text


def _link(row: Mapping[str, object]) -> str | None:
    """The article's address, if it is one that a browser may be sent to."""
    url = row.get("url")
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) else None


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _tiles(totals: Answer) -> Iterator[tuple[str, str]]:
    """The figures that a reader wants first: a name and a value each."""
    row = totals.rows[0] if totals.rows else {}
    for name in ("articles", "sites", "words", "edited", "silently_edited", "near_duplicates"):
        yield name.replace("_", " "), _text(name, row.get(name) or 0)
