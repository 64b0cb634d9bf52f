"""One stored page through today's extractor and rules: what came of it. Runs in any process; writes nothing.

A process on this machine takes the page from the archive itself. One elsewhere is given it: an archive that is written
to belongs to one machine, because SQLite's WAL is no matter of shared folders.
"""

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from scraper.archiver.articles.packing import pack, unpack
from scraper.archiver.reader import ArchiveReader
from scraper.archiver.records import StoredArticle
from scraper.archiver.rereading.changes import FieldDifference, changes
from scraper.archiver.rereading.reading import Stored
from scraper.archiver.rereading.rereader import Rereader
from scraper.errors import ArchiveError, ItemError, PermanentError, Reason
from scraper.extractor.extract import EXTRACTOR
from scraper.extractor.profiles.matching import rules_of_host, shipped_profiles
from scraper.pipeline.crawling.decide import TRUNCATED_SHARE
from scraper.pipeline.pages.extraction import article_again, in_time
from scraper.pipeline.pages.joined_pages import Joiner
from scraper.records import Article
from scraper.rules.site_rules import SiteRule

Found = TypeVar("Found")

# What a page need not show for the archive to know it: an earlier look, or a feed that is gone, said it.
_CARRIED = ("title", "subtitle", "authors", "categories", "tags", "summary", "published", "modified", "language")
_FROM_FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What every process is told: where the archive is, and the rules (pickled once, for thousands are slow to ship).

    `changed_only`: pass over what this extractor with these rules has read already. A page that takes longer than so
    many `seconds` is given up.
    """

    archive: Path
    rules: bytes
    changed_only: bool = False
    seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What came of one stored page.

    `article` with its `mark` where it was read, and how it differs in `changes`; `refusal` (a code of
    :class:`~scraper.errors.Reason`) and `message` where the reading is no match for what is archived, which stays.
    Neither: it was passed over, or (`has_page` False) its page is not kept.
    """

    id: int
    url: str | None = None
    article: Article | None = None
    mark: str = ""
    changes: tuple[FieldDifference, ...] = ()
    refusal: str | None = None
    message: str | None = None
    has_page: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An article taken from the archive with all that is needed to read it anywhere: a packed
    :class:`~scraper.archiver.rereading.reading.Stored` of so many bytes, and the mark it will have."""

    id: int
    stored: bytes
    size_bytes: int
    mark: str


def packed(rules: Sequence[SiteRule]) -> bytes:
    """Rules for :class:`Task`."""
    return pickle.dumps(tuple(rules))


def reread_unit(unit: Sequence[int], task: Task) -> list[Reread]:
    """One unit of work in a process of a pool: its connection is kept for the next."""
    rereader = _reader(task.archive).rereader()
    return [reread(rereader, article_id, task) for article_id in unit]


def reread(rereader: Rereader, article_id: int, task: Task) -> Reread:
    """Read the page of one article again. Raises nothing that concerns this page alone."""
    return _guarded(article_id, partial(_reread, rereader, article_id, task))


def take(rereader: Rereader, article_id: int, task: Task) -> Taken | Reread:
    """What :func:`read_taken` needs for one article; its result, where nothing is to be read."""
    return _guarded(article_id, partial(_take, rereader, article_id, task))


def read_taken(unit: Sequence[Taken | Reread], task: Task) -> list[Reread]:
    """One unit of work in a process that cannot open the archive. What is a result already comes back as it is."""
    return [one if isinstance(one, Reread) else _guarded(one.id, partial(_read_taken, one, task)) for one in unit]


def lost(one: int | Taken | Reread) -> Reread:
    """What came of an article whose page ended the process that read it."""
    article_id = one if isinstance(one, int) else one.id
    return Reread(id=article_id, refusal=Reason.INTERNAL, message="its page ended the process that read it")


def _guarded(article_id: int, work: Callable[[], Found]) -> Found | Reread:
    try:
        return work()
    except ArchiveError as error:
        return Reread(id=article_id, refusal="damaged", message=str(error))
    except Exception as fault:  # noqa: BLE001 - one hostile page must not end the run; it is reported with its words
        return Reread(id=article_id, refusal=Reason.INTERNAL, message=f"{type(fault).__name__}: {fault}")


@lru_cache(maxsize=64)
def mark_for(host: str, rules: bytes) -> str:
    """The mark of today's extractor with the rules for a host: another one means that pages may read otherwise."""
    url = f"https://{host}/"
    own, shipped = _unpacked(rules), shipped_profiles()
    return _Marked((*rules_of_host(url, own), *rules_of_host(url, shipped))).mark()


def mark_of_all(rules: bytes) -> str:
    """The mark of today's extractor with all rules."""
    return _Marked((*_unpacked(rules), *shipped_profiles())).mark()


class _Marked:
    """Rules as a key: the very same ones, in their order. To spell out all takes as long as to read half a page, and
    hardly any host has rules that are for it alone.
    """

    def __init__(self, rules: tuple[SiteRule, ...]) -> None:
        self._rules = rules
        self._ids = tuple(map(id, rules))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Marked) and other._ids == self._ids

    @lru_cache(maxsize=64)  # noqa: B019 - the rules are those of the process, and have to stay while their ids are keys
    def mark(self) -> str:
        return blake2b(f"{EXTRACTOR} {self._rules!r}".encode("utf-8", "replace"), digest_size=8).hexdigest()


def _reread(rereader: Rereader, article_id: int, task: Task) -> Reread:
    found = _found(rereader, article_id, task)
    return found if isinstance(found, Reread) else _read(*found, task)


def _take(rereader: Rereader, article_id: int, task: Task) -> Taken | Reread:
    found = _found(rereader, article_id, task)
    if isinstance(found, Reread):
        return found
    stored, mark = found
    plain = pickle.dumps(stored)
    return Taken(id=article_id, stored=pack(plain), size_bytes=len(plain), mark=mark)


def _read_taken(taken: Taken, task: Task) -> Reread:
    stored: Stored = pickle.loads(unpack(taken.stored, taken.size_bytes))  # noqa: S301 - packed by `_take`
    return _read(stored, taken.mark, task)


def _found(rereader: Rereader, article_id: int, task: Task) -> tuple[Stored, str] | Reread:
    """What the archive has of an article, and the mark of reading it now; the result, where it is not to be read."""
    seen = rereader.glance(article_id)
    if seen is None or seen.page_id is None:
        return Reread(id=article_id, url=seen.url if seen else None, has_page=seen is None)
    mark = mark_for(seen.site, task.rules)
    if task.changed_only and seen.reading == mark:
        return Reread(id=article_id, url=seen.url)
    try:
        return rereader.stored(article_id), mark
    except KeyError:  # it was deleted meanwhile
        return Reread(id=article_id)


def _read(stored: Stored, mark: str, task: Task) -> Reread:
    known = stored.article
    try:
        article = in_time(task.seconds, known.url, partial(_article_of, stored, _unpacked(task.rules)))
    except ItemError as error:
        return Reread(id=known.id, url=known.url, refusal=error.reason, message=str(error))
    article = _carried(known, article)
    if _lost_its_text(known, article):
        words = f"{article.word_count} of {known.word_count} words are left"
        return Reread(id=known.id, url=known.url, refusal=Reason.SUSPECT, message=words)
    return _result(stored, article, mark)


def _further_count(known: StoredArticle) -> int:
    """How many pages were joined to the first one: `pages` counts them all, and is "all" for a view on one page."""
    pages = known.sources.get("pages", "1")
    return int(pages) - 1 if pages.isdigit() else 1


def _article_of(stored: Stored, rules: Sequence[SiteRule]) -> Article:
    """What all its pages give, joined as they were when they were fetched."""
    if len(stored.further) < _further_count(stored.article):
        words = "not all of the pages it was joined from are kept"
        raise PermanentError(Reason.SUSPECT, words, url=stored.article.url)
    article = article_again(stored.page, rules, stored.entry)
    return Joiner(stored.page, article, rules).again(stored.further) if stored.further else article


def _result(stored: Stored, article: Article, mark: str) -> Reread:
    found = changes(stored, article)
    if not found:
        # What is written then are marks and sources: the rest need not travel.
        article = Article(url=article.url, sources=article.sources, extractor=article.extractor)
    return Reread(id=stored.article.id, url=stored.article.url, article=article, mark=mark, changes=found)


def _carried(known: StoredArticle, article: Article) -> Article:
    """`article` with what its page alone does not say: what a feed said, and what earlier versions knew."""
    kept = {
        name: getattr(known, name)
        for name in _CARRIED
        if getattr(article, name) in (None, ())
        and getattr(known, name) not in (None, ())
        and (known.sources.get(name) == _FROM_FEED or known.version_count > 1)
    }
    if not kept:
        return article
    sources = {name: known.sources[name] for name in kept if name in known.sources}
    return replace(article, **kept, sources={**article.sources, **sources})


def _lost_its_text(known: StoredArticle, article: Article) -> bool:
    """Whether so much of the text is missing that it is no better reading; where a rule says so, it is."""
    if article.sources.get("body") == "rule":
        return bool(known.word_count) and not article.word_count
    return article.word_count < TRUNCATED_SHARE * known.word_count


@lru_cache(maxsize=1)
def _unpacked(rules: bytes) -> tuple[SiteRule, ...]:
    found: tuple[SiteRule, ...] = pickle.loads(rules)  # noqa: S301 - packed by the process that started this one
    return found


@lru_cache(maxsize=1)
def _reader(path: Path) -> ArchiveReader:
    """A process of a pool reads one archive until it ends."""
    return ArchiveReader(path)
