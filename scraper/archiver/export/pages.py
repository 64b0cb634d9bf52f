"""One article as an HTML page that stands alone, and Markdown's front matter. Nothing in it asks the network."""

import json
import re
import unicodedata
from html import escape
from string import Template

from scraper.archiver.records import StoredArticle

_PAGE = Template("""\
<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<link rel="canonical" href="$url">
<style>
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 Georgia, serif; }
h1 { line-height: 1.2; } .subtitle { font-size: 1.25rem; } .facts, footer { font: 0.9rem/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: 0.2em 0.5em; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid; } pre { overflow-x: auto; }
footer { margin-top: 3rem; border-top: 1px solid; padding-top: 1rem; overflow-wrap: anywhere; }
</style>
</head>
<body>
<article>
<header>
<h1>$title</h1>
$head</header>
$body
</article>
<footer>$foot</footer>
</body>
</html>
""")

_SLUG_CHARS = 60
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def html_page(article: StoredArticle) -> str:
    """The article as an HTML page: its text as sanitised when it was archived, everything else escaped."""
    facts = [
        article.site_name or article.site,
        article.category,
        str(article.published).replace("T", " ") if article.published else None,
        ", ".join(article.authors),
    ]
    head = [
        f'<p class="subtitle">{escape(article.subtitle)}</p>' if article.subtitle else "",
        f'<p class="facts">{escape(" · ".join(fact for fact in facts if fact))}</p>',
    ]
    captions = "".join(f"<li>{escape(caption)}</li>" for caption in article.captions)
    foot = [
        f"<h2>Pictures</h2>\n<ul>{captions}</ul>\n" if captions else "",
        f'<p>From <a href="{escape(article.url)}">{escape(article.url)}</a>, version {article.version_count}, ',
        f"archived {article.changed_at:%Y-%m-%d %H:%M} UTC.</p>",
    ]
    return _PAGE.substitute(
        language=escape(article.language or "und"),
        title=escape(article.title or article.url),
        url=escape(article.url),
        head="\n".join(part for part in head if part) + "\n",
        body=article.body_html or _paragraphs(article.body or "No text is archived."),
        foot="".join(foot),
    )


def _paragraphs(text: str) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))


def front_matter(article: StoredArticle) -> str:
    """What is known of the article as YAML front matter, which note-taking programs and site generators read."""
    facts = {
        "title": article.title,
        "subtitle": article.subtitle,
        "url": article.url,
        "site": article.site,
        "published": str(article.published) if article.published else None,
        "modified": str(article.modified) if article.modified else None,
        "authors": list(article.authors),
        "categories": list(article.categories),
        "tags": list(article.tags),
        "language": article.language,
    }
    # Every JSON value on one line is YAML 1.2.
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value]
    return "\n".join(("---", *lines, "---", "", ""))


def file_stem(article: StoredArticle) -> str:
    """A name for the article's file: its day, its title and its id, in ASCII, fit for every file system."""
    title = unicodedata.normalize("NFKD", (article.title or "").lower().translate(_GERMAN))
    slug = _NOT_IN_SLUGS.sub("-", title.encode("ascii", "ignore").decode())[:_SLUG_CHARS].strip("-")
    day = str(article.published.day) if article.published else "undated"
    return "-".join(part for part in (day, slug, str(article.id)) if part)
