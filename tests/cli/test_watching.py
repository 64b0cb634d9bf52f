"""Knowing what happened: status for monitors, metrics, logs, and telling others of changes only."""

import json
import sys

import pytest
from prometheus_client.parser import text_string_to_metric_families

from fixtures.serve import Site
from tests.archives import change, rows
from tests.conftest import Workplace
from tests.loopback import Loopback, redirect, reply


def test_metrics_are_what_prometheus_reads(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds, site.trouble_feed)

    done = workplace.run("crawl", "--metrics", "scraper.prom")

    assert done.returncode == 1
    text = (workplace.folder / "scraper.prom").read_text()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert all(family.type == "gauge" and family.documentation for family in families.values())
    assert all(name.startswith("scraper_") for name in families)
    by_state = {sample.labels["state"]: sample.value for sample in families["scraper_feeds"].samples}
    assert (by_state["ok"], by_state["failing"]) == (4, 0)
    assert families["scraper_articles"].samples[0].value > 15
    reasons = {sample.labels["reason"] for sample in families["scraper_last_run_failures"].samples}
    assert {"gone", "not_found", "robots"} <= reasons
    assert families["scraper_last_run_received_bytes"].samples[0].value > 10_000
    assert 0 < families["scraper_last_run_duration_seconds"].samples[0].value < 100
    assert families["scraper_last_success_timestamp_seconds"].samples[0].value > 1.7e9
    assert [path.name for path in workplace.folder.iterdir() if path.name.startswith(".")] == []


def test_metrics_that_cannot_be_written_fail_no_run(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)

    done = workplace.run("crawl", "--metrics", "nowhere/scraper.prom")

    assert done.returncode == 0
    assert b"the metrics cannot be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_json_logs_are_one_event_a_line(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0], site.trouble_feed)

    done = workplace.run("crawl", "--log-format", "json", "--log-level", "debug")

    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert (events[0]["event"], events[-1]["event"]) == ("run_started", "run_finished")
    new = [event for event in events if event["event"] == "articles_new"]
    assert len(new) == events[-1]["articles_new"] > 5
    assert all(event["run"] == 1 and event["feed"] and event["bytes"] > 0 for event in new)
    assert all(event["seconds"] >= 0 and event["url"].startswith("http") for event in new)
    failed = [event for event in events if event["event"] == "pages_failed"]
    assert failed
    assert all(event["level"] == "warning" and event["reason"] and event["message"] for event in failed)


def test_text_logs_at_the_level_asked_for(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0], site.trouble_feed)

    done = workplace.run("crawl", "--log-format", "text", "--log-level", "warning")

    lines = done.stderr.decode().splitlines()
    assert lines
    assert all(line.split(" ")[1:3] in (["warning", "pages_failed"], ["warning", "feeds_failed"]) for line in lines)
    assert any(" reason=gone " in line for line in lines)


def test_a_run_that_breaks_off_is_logged(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)

    done = workplace.run("crawl", "--log-format", "json", "--db", "nowhere/archive.db")

    assert done.returncode == 4
    assert json.loads(done.stderr.splitlines()[1])["event"] == "run_failed"


def test_status_for_monitors(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)
    workplace.run("crawl")

    assert workplace.run("status", "--max-age", "24h").returncode == 0

    change(workplace.archive, "UPDATE feeds SET last_ok_at = '2020-01-01T00:00:00Z' WHERE id = 1")
    one = workplace.run("status", "--max-age", "24h")
    assert one.returncode == 1
    assert b"feed 0 (last 2020-01-01T00:00:00Z)" in one.stderr
    assert workplace.run("status").returncode == 0
    change(workplace.archive, "UPDATE feeds SET last_ok_at = '2020-01-01T00:00:00Z'")
    everything = workplace.run("status", "--max-age", "24h")
    assert everything.returncode == 1
    assert b"No feed at all" in everything.stderr
    bad = workplace.run("status", "--max-age", "soon")
    assert bad.returncode == 2
    assert b"no span of time" in bad.stderr


def test_status_names_what_went_quiet_first(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)
    workplace.run("crawl")
    times = json.dumps([f"2020-01-{day:02}T00:00:00Z" for day in range(1, 15)])
    change(workplace.archive, f"UPDATE feeds SET rhythm = '{times}', last_new_at = '2020-01-14T00:00:00Z' WHERE id = 2")

    done = workplace.run("status")

    lines = done.stdout.decode().splitlines()
    assert lines[1].startswith("feed 1")
    assert any(line.startswith("gone quiet: feed 1: nothing new for") for line in lines)
    records = [json.loads(line) for line in workplace.run("status", "--json").stdout.splitlines()]
    assert [record["kind"] for record in records if "kind" in record] == ["feed_quiet"]


_KEEP = "import sys; open('told.jsonl', 'ab').write(sys.stdin.buffer.read() + b'\\n')"


def notify(workplace: Workplace, lines: str) -> None:
    path = workplace.folder / "config.toml"
    path.write_text(path.read_text("utf-8") + f"\n[notify]\n{lines}\n", "utf-8")


def told(workplace: Workplace) -> list[tuple[str, str, str]]:
    path = workplace.folder / "told.jsonl"
    payloads = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return [(n["kind"], n["change"], n["subject"]) for payload in payloads for n in payload["notices"]]


def test_a_command_is_told_of_changes_only(server: Loopback, workplace: Workplace) -> None:
    empty = reply(b"<rss version='2.0'><channel><title>x</title></channel></rss>")
    server.routes |= {"/a": empty, "/b": empty}
    workplace.configure(server.url("/a"), server.url("/b"))
    notify(workplace, f"command = {json.dumps([sys.executable, '-c', _KEEP])}")
    assert workplace.run("crawl").returncode == 0
    assert told(workplace) == []

    server.routes["/a"] = reply(b"", "404 Not Found")
    change(
        workplace.archive, "UPDATE feeds SET failures_in_a_row = 5, last_ok_at = '2020-01-01T00:00:00Z' WHERE id = 1"
    )
    for _ in range(3):
        workplace.run("crawl", "--now")
    assert told(workplace) == [("feed_failing", "began", server.url("/a"))]

    server.routes["/a"] = empty
    for _ in range(2):
        workplace.run("crawl", "--now")
    assert told(workplace)[1:] == [("feed_failing", "ended", server.url("/a"))]


def test_a_run_that_breaks_off_is_told_once_and_so_is_its_end(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)
    notify(workplace, f"command = {json.dumps([sys.executable, '-c', _KEEP])}")
    workplace.archive.write_bytes(b"not an archive at all\n" * 50)

    assert [workplace.run("crawl").returncode for _ in range(2)] == [4, 4]
    assert [kind[:2] for kind in told(workplace)] == [("run_failed", "began")]
    workplace.archive.unlink()
    assert [workplace.run("crawl").returncode for _ in range(2)] == [0, 0]
    assert [kind[:2] for kind in told(workplace)] == [("run_failed", "began"), ("run_failed", "ended")]


def test_a_run_that_broke_off_is_told_again_where_nobody_could_be_told(site: Site, workplace: Workplace) -> None:
    def crawl(status: int, code: int) -> None:
        site_hook.routes["/hook"] = reply(b"", f"{status} Said")
        assert workplace.run("crawl").returncode == code

    with Loopback() as site_hook:
        workplace.configure(*site.feeds)
        notify(workplace, f'webhook = "{site_hook.url("/hook")}"')
        workplace.archive.write_bytes(b"not an archive at all\n" * 50)
        for status in (500, 204, 204):
            crawl(status, 4)
        assert len(site_hook.requests) == 2
        workplace.archive.unlink()
        for status in (500, 204, 204):
            crawl(status, 0)
        assert len(site_hook.requests) == 4


def test_a_webhook_gets_a_post_and_what_fails_is_told_again(server: Loopback, workplace: Workplace) -> None:
    server.routes |= {"/a": reply(b"", "410 Gone"), "/hook": reply(b"", "500 Oops")}
    workplace.configure(server.url("/a"))
    notify(workplace, f'webhook = "{server.url("/hook")}"')

    first = workplace.run("crawl")

    assert first.returncode == 3  # the only feed failed; the webhook changed nothing
    assert b"warning: the webhook failed: http_error: answered 500" in first.stderr
    server.routes["/hook"] = reply(b"", "204 No Content")
    for _ in range(2):
        workplace.run("crawl", "--now")
    hooks = [request for request in server.requests if request.target == "/hook"]
    assert len(hooks) == 2
    assert hooks[0].headers["content-type"] == "application/json"


@pytest.mark.parametrize("way", ["private", "redirect"])
def test_a_webhook_is_guarded_as_all_requests_are(server: Loopback, workplace: Workplace, way: str) -> None:
    with Loopback() as trap:
        hook = f"http://localhost:{trap.port}/" if way == "private" else server.url("/hook")
        server.routes |= {"/a": reply(b"", "410 Gone"), "/hook": redirect(trap.url("/"), "307 Temporary Redirect")}
        workplace.configure(server.url("/a"))
        notify(workplace, f'webhook = "{hook}"')

        done = workplace.run("crawl")

        assert b"warning: the webhook failed" in done.stderr
        assert trap.requests == []


def test_a_command_that_is_missing_or_fails_changes_nothing(server: Loopback, workplace: Workplace) -> None:
    server.routes["/a"] = reply(b"", "410 Gone")
    workplace.configure(server.url("/a"))
    notify(workplace, 'command = ["no-such-program"]')

    done = workplace.run("crawl")

    assert done.returncode == 3
    assert b"could not be run" in done.stderr
    [(trouble,)] = rows(workplace.archive, "SELECT trouble FROM notices")
    assert "no-such-program" in trouble
