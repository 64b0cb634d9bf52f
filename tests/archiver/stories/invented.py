"""Stories for tests that any archive could hold, in all shapes that hypothesis thinks of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from scraper.archiver.articles.fingerprints import content_hash, text_hash
from scraper.archiver.store.columns import to_text
from scraper.archiver.stories.story import (
    LinkSighting,
    Shown,
    Story,
    StoryCount,
    StoryEntry,
    StoryFeed,
    StoryLink,
    StoryUrl,
    StoryVersion,
)
from scraper.archiver.stories.timeline import text_of
from scraper.records import (
    Article,
    Block,
    BlockKind,
    Enclosure,
    FeedEntry,
    Image,
    ImageRole,
    LinkKind,
    PageKind,
    Precision,
    Timestamp,
)
from scraper.text import count_words
from scraper.urls import canonicalize

URLS = tuple(canonicalize(f"https://news.example/{name}") for name in ("story", "amp/story", "latest"))
FEED = StoryFeed(url="https://news.example/feed.xml", name="The News", title="News", format="rss20")
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

TIMES = st.integers(0, 12).map(lambda hours: to_text(START + timedelta(hours=hours)))
COUNTS = st.none() | st.integers(0, 2**40)
# What JSON and SQLite treat in ways of their own: quotes, line ends, NUL, characters of four bytes.
WORDS = st.text(st.sampled_from('aß"\\\n\u2028\x00\x1f日𝔘é '), max_size=12)
NAMES = st.lists(st.sampled_from(("Ada", "Ben", "Ç", "日本")), unique=True, max_size=3).map(tuple)


@st.composite
def timestamps(draw: st.DrawFn) -> Timestamp:
    """A Timestamp as all rooms make them, and as a careless hand might."""
    at = datetime(1990, 1, 2, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 100 * 365 * 86_400)))
    precision = draw(st.sampled_from(Precision))
    if precision is Precision.DAY and draw(st.booleans()):
        at = at.replace(hour=0, minute=0, second=0)
    offset = draw(st.none() | st.integers(-14 * 60, 14 * 60))
    return Timestamp(at=at, offset_minutes=offset, precision=precision, raw=draw(WORDS) or "raw")


@st.composite
def articles(draw: st.DrawFn) -> Article:
    pieces = draw(st.lists(st.sampled_from(("Erster Satz.", "Zweiter – Satz.", "日本語の文。")), max_size=3))
    body = "\n\n".join(pieces) or None
    kinds = st.sampled_from(BlockKind)
    return Article(
        url=URLS[0],
        kind=draw(st.sampled_from((PageKind.ARTICLE, PageKind.PROTECTED))),
        title=draw(WORDS),
        subtitle=draw(st.none() | WORDS),
        published=draw(st.none() | timestamps()),
        modified=draw(st.none() | timestamps()),
        authors=draw(NAMES),
        categories=draw(NAMES),
        tags=draw(NAMES),
        blocks=tuple(Block(kind=draw(kinds), text=piece, level=draw(st.integers(0, 6))) for piece in pieces),
        body=body,
        body_html=draw(st.none() | st.just("<p>Ein <em>Satz</em> &amp; mehr</p>")),
        summary=draw(st.none() | WORDS),
        language=draw(st.sampled_from((None, "de", "de-CH"))),
        site_name=draw(st.none() | WORDS),
        images=tuple(draw(st.lists(images(), max_size=2))),
        captions=tuple(draw(st.lists(WORDS, max_size=2))),
        comment_count=draw(COUNTS),
        view_count=draw(COUNTS),
        paywalled=draw(st.sampled_from((None, True, False))),
        word_count=count_words(body or ""),
        sources=draw(st.dictionaries(st.sampled_from(("title", "body", "published")), st.just("json-ld"))),
        extractor=draw(st.sampled_from(("scraper@1", "generic@2"))),
    )


@st.composite
def images(draw: st.DrawFn) -> Image:
    return Image(
        url=f"https://img.example/{draw(st.integers(0, 9))}.jpg",
        role=draw(st.sampled_from(ImageRole)),
        caption=draw(st.none() | WORDS),
        credit=draw(st.none() | WORDS),
        width=draw(COUNTS),
    )


def version_of(article: Article, seen_at: str, kind: str = "first") -> StoryVersion:
    """`article` as a version that a page showed from `seen_at` on."""
    return StoryVersion(
        seen_at=seen_at,
        kind=kind,
        title=article.title,
        modified=to_text(article.modified.at) if article.modified else None,
        word_count=article.word_count,
        content_hash=content_hash(article),
        text_hash=text_hash(article.body),
        extractor=article.extractor,
    )


@st.composite
def links(draw: st.DrawFn) -> StoryLink:
    kind = draw(st.sampled_from(LinkKind))
    seen = draw(st.lists(TIMES, unique=True, max_size=3)) if kind is not LinkKind.BODY else []
    return StoryLink(
        kind=kind.value,
        url=canonicalize(f"https://news.example/other-{draw(st.integers(0, 3))}"),
        position=draw(st.integers(1, 9)),
        first_seen_at=min([*seen, draw(TIMES)]),
        title=draw(st.none() | WORDS),
        heading=draw(st.sampled_from((None, "Most read"))),
        published=draw(st.none() | timestamps()),
        excerpt=draw(st.none() | WORDS),
        sightings=tuple(
            LinkSighting(seen_at=at, position=draw(st.integers(1, 9)), view_count=draw(COUNTS)) for at in sorted(seen)
        ),
    )


@st.composite
def entries(draw: st.DrawFn) -> StoryEntry:
    seen = sorted((draw(TIMES), draw(TIMES)))
    return StoryEntry(
        feed_url=FEED.url,
        natural_key=f"urn:{draw(st.integers(0, 2))}",
        first_seen_at=seen[0],
        changed_at=seen[1],
        entry=FeedEntry(
            guid="urn:1",
            url=URLS[0],
            title=draw(WORDS),
            published=draw(st.none() | timestamps()),
            authors=draw(NAMES),
            content_html=draw(st.none() | WORDS),
            enclosures=draw(st.just(()) | st.just((Enclosure(url="https://a.example/a.mp3", length_bytes=7),))),
            comment_count=draw(COUNTS),
        ),
    )


@st.composite
def stories(draw: st.DrawFn, texts: st.SearchStrategy[Article] | None = None) -> Story:
    """A story, as one archive may hold it; its versions are of `texts`."""
    said = draw(st.lists(articles() if texts is None else texts, min_size=1, max_size=3, unique_by=content_hash))
    times = sorted(draw(st.lists(TIMES, min_size=len(said), max_size=len(said), unique=True)))
    kinds = ("first", *(draw(st.sampled_from(("substantive", "cosmetic", "metadata"))) for _ in said[1:]))
    versions = [
        replace(version_of(article, at, kind), text=None if article is said[-1] else text_of(article))
        for article, at, kind in zip(said, times, kinds, strict=True)
    ]
    counts = {
        (count.seen_at, count.source): count
        for count in draw(
            st.lists(
                st.builds(StoryCount, seen_at=TIMES, source=st.sampled_from(("feed", "page")), view_count=COUNTS),
                max_size=4,
            )
        )
    }
    known_entries = draw(st.lists(entries(), max_size=2, unique_by=lambda entry: entry.natural_key))
    return Story(
        article=said[-1],
        first_seen_at=times[0],
        versions=tuple(versions),
        shown=_shown(draw(st.lists(TIMES, unique=True, max_size=2)), times),
        links=tuple(
            sorted(
                draw(st.lists(links(), max_size=3, unique_by=lambda link: (link.url, link.kind, link.heading))),
                key=lambda link: link.first_seen_at,
            )
        ),
        counts=tuple(counts[key] for key in sorted(counts)),
        urls=tuple(
            StoryUrl(url=url, role="canonical" if url == URLS[0] else "alias")
            for url in sorted({URLS[0], *draw(st.sets(st.sampled_from(URLS)))})
        ),
        feed_url=FEED.url if known_entries else None,
        feeds=(FEED,) if known_entries else (),
        entries=tuple(sorted(known_entries, key=lambda entry: entry.first_seen_at)),
    )


def _shown(at: list[str], times: list[str]) -> tuple[Shown, ...]:
    """The first version again, after the last one had come up; nothing where there is but one."""
    later = sorted(time for time in at if time > times[-1])[:1]
    return tuple(Shown(seen_at=time, version=1) for time in later if len(times) > 1)
