"""What raw pages cost in an archive: bytes stored for each, by host, beside gzip.

    python -m benchmarks.pages ARCHIVE...

gzip is level 6, page by page, as a web server or `gzip` alone would do it. "With rows" adds what the archive keeps of
each answer besides its body: URL, headers, redirects, hash.
"""

import gzip
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from scraper.archiver.archive import Archive
from scraper.urls import host_of


class _Sizes(NamedTuple):
    """Of one page's body, in bytes."""

    body: int
    gzipped: int
    stored: int


def sizes(archive: Archive) -> dict[str, list[_Sizes]]:
    """The sizes of every body in the archive, by host; a body that came twice is stored and counted once."""
    rows = archive.query(
        "SELECT min(pages.id) AS page_id, stored_bytes FROM pages JOIN page_bodies ON page_bodies.id = body_id"
        " GROUP BY body_id ORDER BY 1"
    )
    found: dict[str, list[_Sizes]] = defaultdict(list)
    for row in rows:
        page = archive.page(int(str(row["page_id"])))
        stored = int(str(row["stored_bytes"]))
        found[host_of(page.final_url)].append(_Sizes(len(page.body), len(gzip.compress(page.body, 6)), stored))
    return found


def main() -> int:
    if len(sys.argv) < 2:
        print("name an archive, such as the one `make demo` leaves", file=sys.stderr)
        return 2
    print("| archive | host | pages | bytes a page | gzip -6 | stored | gzip, stored = 1 | with rows |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for path in map(Path, sys.argv[1:]):
        with Archive(path, read_only=True) as archive:
            rows = _bytes_of_rows(archive)
            for host, pages in sizes(archive).items():
                body, gzipped, stored = (sum(column) / len(pages) for column in zip(*pages, strict=True))
                print(
                    f"| {path.name} | {host} | {len(pages):,} | {body:,.0f} | {gzipped:,.0f} | {stored:,.0f} |"
                    f" {gzipped / stored:.1f} | {stored + rows:,.0f} |"
                )
    return 0


def _bytes_of_rows(archive: Archive) -> float:
    """What the tables and indexes of pages take for one page besides its body, half-full database pages included."""
    query = (
        "SELECT (SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master"
        " WHERE tbl_name IN ('pages', 'page_bodies'))) AS taken,"
        " (SELECT sum(stored_bytes) FROM page_bodies) AS stored, (SELECT count(*) FROM pages) AS pages"
    )
    (row,) = archive.query(query)
    return (int(str(row["taken"])) - int(str(row["stored"]))) / int(str(row["pages"]))


if __name__ == "__main__":
    sys.exit(main())
