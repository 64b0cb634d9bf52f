"""What a crawl and a backfill show of each page while they work: a bar that advances, a line where it matters."""

from rich.progress import Progress, TaskID

from scraper.cli.terminal.output import safe
from scraper.pipeline.crawling.outcomes import Happening, RunCount

_TROUBLE = (RunCount.FEEDS_FAILED, RunCount.PAGES_FAILED)


def advance(progress: Progress, pages: TaskID) -> None:
    """One page more is done."""
    progress.advance(pages)
    # What an earlier run left waiting is no new entry of this one.
    progress.update(pages, total=max(progress.tasks[pages].total or 0, progress.tasks[pages].completed))


def tell(progress: Progress, happening: Happening, *, verbose: bool) -> None:
    """A line about what happened, where all was asked for or something failed."""
    if verbose or happening.counts_as in _TROUBLE:
        progress.console.print(_line(happening), markup=False, soft_wrap=True)


def _line(happening: Happening) -> str:
    what = happening.counts_as.value.replace("_", " ")
    why = "".join(f": {part}" for part in (happening.reason, happening.message) if part)
    title = f" {happening.title!r}" if happening.title else ""
    return safe(f"{what}: {happening.url}{title}{why}")
