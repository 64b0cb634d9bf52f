"""An article as Markdown (CommonMark with tables), made from its sanitised HTML. The only door to markdownify."""

from markdownify import markdownify

from scraper.records import Article


def to_markdown(article: Article) -> str:
    """The article with title, subtitle, a line of facts, its pictures' captions and its text."""
    facts = (
        article.site_name,
        article.category,
        str(article.published) if article.published else None,
        ", ".join(article.authors) or None,
    )
    parts = [
        f"# {_escaped(article.title)}" if article.title else None,
        f"**{_escaped(article.subtitle)}**" if article.subtitle else None,
        f"*{_escaped(' · '.join(fact for fact in facts if fact))}*" if any(facts) else None,
        body_markdown(article.body_html) if article.body_html else article.body,
        f"<{article.url}>",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def body_markdown(body_html: str) -> str:
    """Sanitised HTML as Markdown."""
    text: str = markdownify(body_html, heading_style="ATX", bullets="-", escape_misc=False)
    lines = (line.rstrip() for line in text.strip().splitlines())
    out: list[str] = []
    for line in lines:
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_").replace("`", "\\`")
