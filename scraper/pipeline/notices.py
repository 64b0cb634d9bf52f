"""Tells a command or webhook of the user's what changed for better or worse.

Never fails a run; what went wrong with the telling is kept, and told again by the next run.
"""

import json
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from scraper.archiver.archive import Archive
from scraper.archiver.watch.alarms import AlarmKind
from scraper.archiver.watch.notices import Notice
from scraper.crawler.http.posting import post_json
from scraper.errors import ItemError
from scraper.plain import utc_text
from scraper.settings import Config

_MOST_OUTPUT = 300


def look_and_tell(archive: Archive, config: Config, *, started_at: datetime) -> str | None:
    """After a run: look at all feeds and at the sites that brought something in it, and tell what changed.

    Why telling failed, where it did. Raises ArchiveError.
    """
    now = datetime.now(UTC)
    archive.update_notices(now, sites=archive.sites_with_news(started_at))
    notices = archive.untold_notices()
    if not notices:
        return None
    changes = [change for notice in notices for change in _changes(notice)]
    trouble = tell(config, archive.path, changes, now)
    archive.settle_notices(notices, datetime.now(UTC), trouble)
    return trouble


def tell(config: Config, archive: Path, changes: Sequence[dict[str, object]], now: datetime) -> str | None:
    """Hand `changes` to the command and the webhook there are; why that failed, if it did."""
    payload = {"program": "scraper", "archive": str(archive), "time": utc_text(now), "notices": list(changes)}
    body = json.dumps(payload, ensure_ascii=False).encode()
    troubles = (_command(config, body), _webhook(config, body))
    return "; ".join(trouble for trouble in troubles if trouble) or None


def tell_of_run(config: Config, archive: Path, error: BaseException | None) -> str | None:
    """Tell that a run broke off (`error`), or that one works again; each only once. Why telling failed, if it did: then
    the next run tells it again.

    What was told is remembered in a file beside the archive, which may be what is broken.
    """
    if not config.notify.command and config.notify.webhook is None:
        return None
    mark, now = archive.with_name(f"{archive.name}.failed"), datetime.now(UTC)
    try:
        began = mark.read_text("utf-8").strip()
    except OSError:
        began = None
    if (error is None) is (began is None):
        return None
    change, message = ("ended", "crawls work again") if error is None else ("began", str(error))
    fields = {"kind": AlarmKind.RUN_FAILED.value, "subject": str(archive), "change": change, "message": message}
    if trouble := tell(config, archive, [{**fields, "since": began or utc_text(now)}], now):
        return trouble
    # Where nothing can be noted: better told at every run than never.
    with suppress(OSError):
        if error is None:
            mark.unlink()
        else:
            mark.write_text(utc_text(now), "utf-8")
    return None


def _changes(notice: Notice) -> list[dict[str, object]]:
    fields = {"kind": notice.kind, "subject": notice.subject, "message": notice.message}
    changes: list[dict[str, object]] = []
    if not notice.began_told:
        changes.append({**fields, "change": "began", "since": utc_text(notice.began_at)})
    if notice.ended_at is not None:
        changes.append({**fields, "change": "ended", "since": utc_text(notice.ended_at)})
    return changes


def _command(config: Config, body: bytes) -> str | None:
    if not config.notify.command:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, from the user's own settings
            config.notify.command, input=body, capture_output=True, timeout=config.notify.timeout_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return f"the command {config.notify.command[0]} took too long"
    except (OSError, ValueError) as error:
        return f"the command {config.notify.command[0]} could not be run: {error}"
    if done.returncode == 0:
        return None
    said = done.stderr.decode("utf-8", "replace").strip()[:_MOST_OUTPUT]
    return f"the command {config.notify.command[0]} ended with status {done.returncode}{f': {said}' if said else ''}"


def _webhook(config: Config, body: bytes) -> str | None:
    if config.notify.webhook is None:
        return None
    try:
        post_json(config.notify.webhook, body, config.crawl)
    except ItemError as error:
        # Not the address itself: webhooks carry their secret in it.
        return f"the webhook failed: {error.reason}: {error}"
    return None
