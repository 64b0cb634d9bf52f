"""A comparison of two versions as one HTML page: no script, no network, readable in light and in dark. Pure."""

from html import escape

from scraper.archiver.articles.comparing import Comparison, FieldChange
from scraper.archiver.records import VersionRecord
from scraper.cli.terminal.output import safe, safe_lines
from scraper.plain import utc_text

_TAGS = {"equal": ("", ""), "deleted": ("<del>", "</del>"), "inserted": ("<ins>", "</ins>")}

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fdfdfb; --faint: #666; --went: #fbe0dd; --came: #d9f2dc; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6e1; --paper: #181818; --faint: #a5a5a5; --went: #5a2320; --came: #1d4a26; }
}
body { font: 1rem/1.6 Georgia, serif; color: var(--ink); background: var(--paper); max-width: 44rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { font: 600 .85rem/1.4 system-ui, sans-serif; color: var(--faint); margin-top: 2rem; }
table { font: .85rem/1.5 system-ui, sans-serif; border-collapse: collapse; }
td, th { text-align: left; padding: .15rem 1rem .15rem 0; font-weight: normal; }
th { color: var(--faint); }
.text { white-space: pre-wrap; }
del { background: var(--went); }
ins { background: var(--came); text-decoration: none; border-bottom: 2px solid; }
"""


def comparison_page(comparison: Comparison) -> str:
    """The whole page. Nothing of an article gets into it as markup."""
    title = _text(comparison.new.title or comparison.url)
    sections = "".join(_section(change) for change in comparison.changes) or "<p>They do not differ.</p>"
    rows = "".join(_row(version) for version in (comparison.old, comparison.new))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>What changed: {title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n<p>{_link(comparison.url)}</p>\n"
        "<table><tr><th>version<th>seen<th>change<th>words</tr>"
        f"{rows}</table>\n{sections}</body>\n</html>"
    )


def _row(version: VersionRecord) -> str:
    kind = (version.kind or "first") + (", silent: no new modified date" if version.silent else "")
    cells = (str(version.number), utc_text(version.seen_at), kind, f"{version.word_count:,}")
    return "<tr>" + "".join(f"<td>{escape(cell)}" for cell in cells) + "</tr>"


def _section(change: FieldChange) -> str:
    marked = "".join(escape(safe_lines(piece.text)).join(_TAGS[piece.change]) for piece in change.pieces)
    return f'<h2>{escape(change.field)}</h2>\n<div class="text">{marked}</div>\n'


def _link(url: str) -> str:
    shown = _text(url)
    return f'<a href="{shown}" rel="noreferrer">{shown}</a>' if url.startswith(("http://", "https://")) else shown


def _text(value: str) -> str:
    return escape(safe(value))
