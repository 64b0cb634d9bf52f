"""fetch: what people type."""

import pytest

from tests.conftest import Workplace
from tests.loopback import Loopback, reply


def test_an_address_may_be_typed_without_its_scheme(workplace: Workplace) -> None:
    """As people copy it; what is no address of any kind stays wrong usage."""
    told = workplace.run("fetch", "nowhere.invalid/a-story")

    assert told.returncode == 1
    assert told.stderr.startswith(b"https://nowhere.invalid/a-story: dns: ")


@pytest.mark.parametrize("typed", ["//localhost:1/a", "localhost:1/a", "  https://localhost:1/a\n"])
def test_so_may_one_be_pasted(workplace: Workplace, typed: str) -> None:
    told = workplace.run("fetch", typed)

    assert told.returncode == 1
    assert told.stderr.startswith(b"https://localhost:1/a: private_address: ")


@pytest.mark.parametrize("typed", ["mailto:someone@paper.example", "someone@paper.example", "./", "story", ""])
def test_what_is_no_address_is_not_made_one(workplace: Workplace, typed: str) -> None:
    told = workplace.run("fetch", typed)

    assert (told.returncode, told.stdout) == (2, b"")
    assert told.stderr.startswith(b"Cannot fetch that: not an http or https URL: ")


@pytest.mark.parametrize("typed", ["-", "saved page.html", "./saved page.html"])
def test_who_names_a_file_is_told_what_reads_it(workplace: Workplace, typed: str) -> None:
    (workplace.folder / "saved page.html").write_text("<p>A page.")

    told = workplace.run("fetch", typed)

    assert told.returncode == 2
    assert b"To read a saved page: scraper extract " in told.stderr


@pytest.mark.parametrize("save", [(), ("--save",)])
def test_a_file_sent_as_a_page_is_none(workplace: Workplace, save: tuple[str, ...]) -> None:
    pdf = (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Length 6 0 R/Filter /FlateDecode>>\nstream\n" + bytes(range(256)) * 9
    )
    workplace.configure()
    with Loopback({"/a": reply(pdf, Content_Type="text/html; charset=utf-8")}) as server:
        told = workplace.run("fetch", *save, server.url("/a"))

    assert (told.returncode, told.stdout) == (1, b"")
    assert b"not_html: not a web page but application/pdf, though it is sent as text/html" in told.stderr
