"""Addresses that somebody has at hand, put into the queue for the next crawl."""

from datetime import datetime
from enum import StrEnum

from scraper.archiver.articles import urls
from scraper.archiver.care import tombstones
from scraper.archiver.crawling import queue
from scraper.archiver.store.database import Database
from scraper.urls import canonicalize


class Queued(StrEnum):
    """What became of an address: `queued` now, `waiting` there already, `known` as that of an archived article, or
    `deleted` on purpose, and not to come back."""

    QUEUED = "queued"
    WAITING = "waiting"
    KNOWN = "known"
    DELETED = "deleted"


def offer(database: Database, url: str, now: datetime) -> Queued:
    """Have `url` fetched by the next crawl, unless there is nothing to fetch. One given up before is tried again.

    Raises InvalidUrlError where it is no address that could be fetched.
    """
    canonical = canonicalize(url)
    if tombstones.first_of(database, (canonical,)):
        return Queued.DELETED
    if urls.article_of(database, canonical) is not None:
        return Queued.KNOWN
    if queue.add(database, url, now) or queue.wake(database, canonical, now):
        return Queued.QUEUED
    return Queued.WAITING
