"""show: an article in the forms there are, or what to type next where there is none."""

import json

import pytest

from scraper.archiver.archive import Archive
from tests.archiver.builders import make_article, store
from tests.conftest import Workplace


def test_json_may_be_asked_for_though_it_is_the_default(workplace: Workplace) -> None:
    with Archive(workplace.archive) as archive:
        stored = store(archive, make_article())
    shown = [workplace.run("show", str(stored), *option).stdout for option in ((), ("--json",))]

    assert shown[0] == shown[1]
    assert json.loads(shown[0])["body"]


@pytest.mark.parametrize("command", ["show", "diff"])
def test_what_is_not_archived_is_said_with_the_next_thing_to_type(workplace: Workplace, command: str) -> None:
    Archive(workplace.archive).close()
    for key, hint in (("https://a.example/x?y&z", "scraper why 'https://a.example/x?y&z'"), ("999", "scraper search")):
        told = workplace.run(command, key)
        assert (told.returncode, told.stdout) == (2, b"")
        assert hint in told.stderr.decode()
