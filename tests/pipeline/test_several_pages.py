"""Articles in several pages of the fixture newspaper: fetched, crawled, read again, by the real command."""

import json
from typing import Any

import pytest

from fixtures import several
from fixtures.serve import Site
from tests.archives import change, rows
from tests.conftest import Workplace


def data_of(workplace: Workplace, *arguments: str) -> Any:
    done = workplace.run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def paragraphs_of(record: dict[str, str]) -> list[str]:
    """Those of the text; whether the title above it is taken for one of them is not asked here."""
    return [paragraph for paragraph in record["body"].split("\n\n") if paragraph != record["title"]]


def archived(workplace: Workplace, site: Site) -> list[list[str]]:
    return [paragraphs_of(data_of(workplace, "show", site.url + several.path(slug))) for slug in several.STORIES]


RAW_PAGES = {
    *(several.path(slug) for slug in several.STORIES),
    *(f"{several.path(several.NUMBERED)}{number}/" for number in (2, 3)),
    *(f"{several.path(several.NEXT)}?seite={number}" for number in (2, 3)),
    f"{several.path(several.VIEW)}?komplett=1",
}
WHOLE = [several.story(slug).paragraphs for slug in several.STORIES]


@pytest.mark.parametrize(("slug", "requests"), [(several.NUMBERED, 3), (several.NEXT, 3), (several.VIEW, 2)])
def test_a_fetch_gives_all_pages_as_one_article(site: Site, workplace: Workplace, slug: str, requests: int) -> None:
    workplace.configure()
    record = data_of(workplace, "fetch", site.url + several.path(slug))

    assert record["title"] == several.story(slug).title
    assert paragraphs_of(record) == several.story(slug).paragraphs
    assert sum(several.PREFIX in request.path for request in site.requests) == requests


def test_what_was_crawled_comes_out_the_same_when_it_is_read_again_and_what_lacks_a_page_stays(
    site: Site, workplace: Workplace
) -> None:
    workplace.configure(site.url + several.FEED)
    assert workplace.run("crawl").returncode == 0
    assert archived(workplace, site) == WHOLE
    kept = {url.removeprefix(site.url) for (url,) in rows(workplace.archive, "SELECT url FROM pages")}
    assert kept == RAW_PAGES

    report = data_of(workplace, "reextract")

    assert report["articles"] == {"changed": 0, "same": 3, "refused": 0, "passed_over": 0, "without_page": 0}
    assert archived(workplace, site) == WHOLE

    change(workplace.archive, "UPDATE fetches SET page_id = NULL WHERE url LIKE '%/3/'")
    report = data_of(workplace, "reextract")

    assert (report["articles"]["refused"], report["refused"][0]["reason"]) == (1, "suspect")
    assert archived(workplace, site) == WHOLE


def test_a_rule_made_later_reads_all_the_stored_pages(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.url + several.FEED)
    assert workplace.run("crawl").returncode == 0
    config = workplace.folder / "config.toml"
    host = site.url.removeprefix("http://")
    rule = f'[[sites]]\nname = "own"\nhosts = ["{host}"]\n[sites.fields]\nbody = ["article > p:first-of-type"]\n'
    config.write_text(config.read_text(encoding="utf-8") + rule, encoding="utf-8")

    report = data_of(workplace, "reextract")

    assert report["articles"]["changed"] == 3
    firsts = [page[0] for page in several.story(several.NUMBERED).pages]
    assert archived(workplace, site)[0] == firsts
