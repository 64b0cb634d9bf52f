"""Gathers articles that repeat one another into clusters, each with the member that was first.

What repeats what is found in `duplicates`. A cluster is all that hangs together by such pairs: if B repeats A and C
repeats B, the three are one, though C and A may have grown apart (a live ticker does).
"""

from collections.abc import Iterable, Sequence

from scraper.archiver.store.columns import to_json
from scraper.archiver.store.database import Database

# The member published first, for it is where the story came from; a date without a time counts as the end of its day,
# so that it does not win by saying less. Then those without a date. Among equals the one archived first.
_FIRST = (
    "ORDER BY published IS NULL, iif(published_precision = 'day', published_on || 'T23:59:59Z', published), id LIMIT 1"
)

_LEAST = 2


def gather(database: Database, article_id: int, others: Iterable[int]) -> None:
    """Make an article and those it repeats one cluster; where they were in several, the largest takes in the others.

    So an article is moved at most as often as its cluster can double: the cost does not grow with the archive.
    """
    ids = to_json([article_id, *others])
    rows = database.all(
        "SELECT id, canonical_id FROM cluster_records WHERE id IN"
        " (SELECT cluster_id FROM article_records WHERE id IN (SELECT value FROM json_each(?)))"
        " ORDER BY articles DESC, id",
        (ids,),
    )
    target = rows[0]["id"] if rows else database.insert("INSERT INTO cluster_records (articles) VALUES (0)")
    moved = 0
    for row in rows[1:]:
        moved += database.execute("UPDATE article_records SET cluster_id = ? WHERE cluster_id = ?", (target, row["id"]))
        database.execute("DELETE FROM cluster_records WHERE id = ?", (row["id"],))
    moved += database.execute(
        "UPDATE article_records SET cluster_id = ? WHERE cluster_id IS NULL AND id IN (SELECT value FROM json_each(?))",
        (target, ids),
    )
    firsts = to_json([article_id, *others, *(row["canonical_id"] for row in rows)])
    database.execute(
        "UPDATE cluster_records SET articles = articles + ?, canonical_id ="
        f" (SELECT id FROM article_records WHERE id IN (SELECT value FROM json_each(?)) {_FIRST}) WHERE id = ?",
        (moved, firsts, target),
    )


def is_clustered(database: Database, article_id: int) -> bool:
    """Whether an article is in a cluster."""
    return _cluster_of(database, article_id) is not None


def part(database: Database, article_id: int) -> None:
    """Take apart what hangs together no longer in an article's cluster, after pairs of it were forgotten.

    The largest part keeps the cluster's id, so that a cluster outlives the edits of its members.
    """
    cluster_id = _cluster_of(database, article_id)
    if cluster_id is None:
        return
    rows = database.all("SELECT id FROM article_records WHERE cluster_id = ?", (cluster_id,))
    pairs = database.all(
        "SELECT article_id, earlier_id FROM article_records JOIN near_duplicates ON article_id = article_records.id"
        " WHERE cluster_id = ?",
        (cluster_id,),
    )
    parts = _parts([row["id"] for row in rows], [(pair[0], pair[1]) for pair in pairs])
    kept = max(parts, key=lambda ids: (len(ids), -min(ids)))
    for some in parts:
        if some is not kept or len(some) < _LEAST:
            _release(database, some)
            if len(some) >= _LEAST:
                gather(database, some[0], some[1:])
    if len(kept) < _LEAST:
        database.execute("DELETE FROM cluster_records WHERE id = ?", (cluster_id,))
    else:
        database.execute(
            "UPDATE cluster_records SET articles = ?1, canonical_id ="
            f" (SELECT id FROM article_records WHERE cluster_id = ?2 {_FIRST}) WHERE id = ?2",
            (len(kept), cluster_id),
        )


def _cluster_of(database: Database, article_id: int) -> int | None:
    return database.number("SELECT cluster_id FROM article_records WHERE id = ?", (article_id,))


def _release(database: Database, ids: Sequence[int]) -> None:
    database.execute(
        "UPDATE article_records SET cluster_id = NULL WHERE id IN (SELECT value FROM json_each(?))",
        (to_json(list(ids)),),
    )


def _parts(ids: Sequence[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """`ids` by what hangs together through `pairs`."""
    neighbours: dict[int, list[int]] = {number: [] for number in ids}
    for one, other in pairs:
        neighbours[one].append(other)
        neighbours[other].append(one)
    parts = []
    while neighbours:
        start, waiting = neighbours.popitem()
        found = [start]
        while waiting:
            number = waiting.pop()
            if number in neighbours:
                found.append(number)
                waiting.extend(neighbours.pop(number))
        parts.append(found)
    return parts
