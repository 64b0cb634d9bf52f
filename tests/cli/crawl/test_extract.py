"""`scraper extract` as it is typed: one page, many pages, and what goes wrong with them."""

import gzip
import json
from pathlib import Path

from tests.conftest import Workplace

PAGE = """<!doctype html><html lang="en"><title>{title}</title><body><article><h1>{title}</h1>
<p>The harbour master counted the boats on Tuesday morning, more than in any week since the bridge was closed.</p>
<p>Nobody could say where they had come from, and by the evening all of them had sailed again without a word.</p>
</article></body></html>"""


def write_page(file: Path, title: str) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PAGE.format(title=title), encoding="utf-8")
    return str(file)


def test_one_file_gives_one_record(workplace: Workplace) -> None:
    page = write_page(workplace.folder / "one.html", "Boats")
    done = workplace.run("extract", page, "--url", "https://news.example/boats")
    record = json.loads(done.stdout)
    assert (done.returncode, record["title"], record["url"]) == (0, "Boats", "https://news.example/boats")


def test_one_file_can_be_read_as_text(workplace: Workplace) -> None:
    page = write_page(workplace.folder / "one.html", "Boats")
    assert b"The harbour master" in workplace.run("extract", page, "--format", "text").stdout


def test_a_folder_gives_a_line_for_each_page_in_order(workplace: Workplace) -> None:
    for name in ("b", "a", "c"):
        write_page(workplace.folder / "pages" / f"{name}.html", name.upper())
    done = workplace.run("extract", "pages")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(record["file"], record["title"]) for record in records] == [
        ("pages/a.html", "A"),
        ("pages/b.html", "B"),
        ("pages/c.html", "C"),
    ]
    assert done.stderr == b""


def test_many_processes_print_what_one_prints(workplace: Workplace) -> None:
    for number in range(40):
        write_page(workplace.folder / "pages" / f"{number:02}.html", f"Story {number}")
    one = workplace.run("extract", "pages", "--jobs", "1")
    assert workplace.run("extract", "pages", "--jobs", "2").stdout == one.stdout
    assert len(one.stdout.splitlines()) == 40


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_printed(workplace: Workplace) -> None:
    page = write_page(workplace.folder / "one.html", "Boats")
    done = workplace.run("extract", "absent.html", page)
    assert done.returncode == 1
    assert done.stderr == b"absent.html: cannot be read: No such file or directory\n"
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == ["Boats"]


def test_what_is_no_page_is_told_and_gives_no_record(workplace: Workplace) -> None:
    page = write_page(workplace.folder / "one.html", "Boats")
    (workplace.folder / "empty.html").write_bytes(b"\n")
    (workplace.folder / "two.html").write_bytes(gzip.compress(Path(page).read_bytes()))

    one = workplace.run("extract", "two.html")
    nothing = workplace.run("extract", "-", stdin=b"")
    many = workplace.run("extract", "empty.html", "two.html", page)

    assert (one.returncode, one.stdout, one.stderr) == (2, b"", b"two.html is no web page but application/gzip.\n")
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (2, b"", b"Standard input is empty.\n")
    assert many.stderr == b"empty.html: is empty\ntwo.html: is no web page but application/gzip\n"
    assert (many.returncode, len(many.stdout.splitlines())) == (1, 1)


def test_options_for_one_page_are_refused_for_many(workplace: Workplace) -> None:
    for option in (["--format", "text"], ["--url", "https://news.example/"], ["-"]):
        done = workplace.run("extract", "a.html", "b.html", *option)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"for one page" in done.stderr


def test_a_single_file_that_is_not_there_is_an_error_of_usage(workplace: Workplace) -> None:
    done = workplace.run("extract", "absent.html")
    assert (done.returncode, done.stderr) == (2, b"absent.html cannot be read: No such file or directory.\n")


def test_explain_shows_every_passage_with_its_decision(workplace: Workplace) -> None:
    page = write_page(workplace.folder / "one.html", "Boats")
    done = workplace.run("extract", "--explain", page)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert ["kept", "chance", "text"] in [line.split()[:3] for line in lines]
    (row,) = [line for line in lines if "The harbour master counted" in line]
    assert "…" in row, "long passages are cut"


def test_explain_as_json_gives_the_whole_passage_and_every_reason(workplace: Workplace) -> None:
    page = write_page(workplace.folder / "one.html", "Boats")
    done = workplace.run("extract", "--explain", "--json", page)
    page_line, *lines = map(json.loads, done.stdout.splitlines())
    assert (page_line["kind"], page_line["rules"]) == ("article", [])
    passages = {passage["text"]: passage for passage in lines}
    passage = next(passage for text, passage in passages.items() if text.startswith("The harbour"))
    assert passage["text"].endswith("the bridge was closed.")
    assert passage["first"][0].keys() == {"features", "bins", "weight"}
    body = json.loads(workplace.run("extract", page).stdout)["body"]
    assert {text for text, passage in passages.items() if passage["kept"]} == set(body.split("\n\n"))


RULE = """
[[sites]]
name = "harbour"
version = 3
hosts = ["news.example"]
fields.title = "h1"
fields.body = "article"
"""


def test_explain_names_the_rule_used_and_the_signs_of_the_kind(workplace: Workplace) -> None:
    workplace.configure(crawl=RULE)
    page = write_page(workplace.folder / "one.html", "Boats")

    ruled = workplace.run("extract", "--explain", "--url", "https://news.example/", page).stdout.decode()
    free = workplace.run("extract", "--explain", "--url", "https://other.example/", page).stdout.decode()

    assert "article: a rule finds its text" in ruled
    assert ["harbour", "3", "rule", "body,", "title"] in [line.split() for line in ruled.splitlines()]
    assert "No site's rule and no profile is for this page." in free
    assert "+4 its address is the site's own" in free
