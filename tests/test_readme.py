"""The README's question, asked of an archive as `make demo` makes it, has the answer that the README shows."""

import re
import sqlite3
from contextlib import closing

from fixtures.serve import Site
from tests.conftest import ROOT, Workplace

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_answer_in_sql(site: Site, workplace: Workplace) -> None:
    asked = re.search(r'sqlite3 .*\\\n +"(SELECT .*)"\n(.*\n)-.*\n([^`]+)```', README)
    assert asked is not None
    question, header, answer = asked.groups()
    workplace.configure(*site.feeds)
    assert workplace.run("crawl").returncode == 0

    with closing(sqlite3.connect(workplace.archive)) as connection:
        rows = connection.execute(question)
        assert [column[0] for column in rows.description] == header.split()
        assert [[str(value) for value in row] for row in rows] == [
            re.split(" {2,}", line) for line in answer.splitlines()
        ]
