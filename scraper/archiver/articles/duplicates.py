"""Links an article to others with the same or nearly the same text, at a cost that does not grow with the archive."""

from collections import Counter
from collections.abc import Sequence

from scraper.archiver.articles import clusters, minhash
from scraper.archiver.articles.fingerprints import hash_of_words, words_of
from scraper.archiver.store.columns import to_json
from scraper.archiver.store.database import Database, Row

SIMILAR = 0.5
"""Least estimated similarity of a near-duplicate: half of all three-word sequences in common."""

CONTAINED = 0.8
"""Least estimated share of the shorter text that must stand in the longer one, where they are not similar in all."""

# Below this, 64 numbers cannot tell a text of which a quarter is shared from chance.
_LEAST_SIMILAR = 0.25
# Fewer than this and a text is a teaser or a notice: equal by chance, or by template.
LEAST_WORDS = 30
# A live ticker archived a thousand times fills its bands; the newest few of each stand for all.
_PER_BAND = 50
_CANDIDATES = 20
_OF_ONE_KEY = (
    f"SELECT * FROM (SELECT article_id FROM signature_bands WHERE band_key = ? ORDER BY 1 DESC LIMIT {_PER_BAND})"
)
# With or without a key for the beginning of the text.
_SHARING = {count: " UNION ALL ".join([_OF_ONE_KEY] * count) for count in (minhash.BANDS, minhash.BANDS + 1)}


def link(database: Database, article_id: int, words: Sequence[str], text_hash: str | None) -> None:
    """Find what a text of these folded words repeats, store the links, and gather what they tie together.

    Its own signature is stored too, unless it repeats another word for word: the first copy stands for all equal
    ones. A text printed by a hundred papers has a hundred links, not thousands.
    """
    if len(words) < LEAST_WORDS:
        return
    first = database.number(
        "SELECT id FROM article_records JOIN text_signatures ON article_id = id"
        " WHERE text_hash = ? AND id <> ? LIMIT 1",
        (text_hash, article_id),
    )
    if first is not None:
        _save(database, article_id, [(first, 1.0)])
        return
    numbers = minhash.signature(words)
    keys = minhash.keys(numbers, words)
    _save(database, article_id, _similar(database, numbers, keys, len(words)))
    database.execute(
        "INSERT INTO text_signatures (article_id, minhash) VALUES (?, ?)", (article_id, minhash.to_bytes(numbers))
    )
    database.execute_many(
        "INSERT INTO signature_bands (band_key, article_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(key, article_id) for key in keys],
    )


def link_again(
    database: Database, article_id: int, words: Sequence[str], text_hash: str | None, *, old_text: str | None
) -> None:
    """As :func:`link`, for an article whose text has been replaced: what was found about the old one is forgotten."""
    had_cluster = clusters.is_clustered(database, article_id)
    copies = _copies(database, article_id)
    _forget(database, article_id, old_text)
    link(database, article_id, words, text_hash)
    _link_all(database, copies)
    # Only now: an article that was edited and still repeats another stays in its cluster.
    if had_cluster:
        clusters.part(database, article_id)


def forget(database: Database, article_id: int) -> None:
    """Take back all that was found about an article's text, before it is deleted."""
    copies = _copies(database, article_id)
    row = database.one("SELECT body FROM article_texts WHERE article_id = ?", (article_id,))
    _forget(database, article_id, None if row is None else row["body"])
    _link_all(database, copies)
    clusters.part(database, article_id)


def similarity_of(
    one: Sequence[int], other: Sequence[int], lengths: tuple[int, int], *, at_least: float = SIMILAR
) -> float | None:
    """The estimated similarity of two texts of these signatures and numbers of words; None where they are strangers.

    They are none where half of both is shared, or where nearly all of the shorter stands in the longer: a live ticker
    grows to a multiple of what it was.
    """
    similarity = minhash.similarity(one, other)
    if similarity >= at_least:
        return similarity
    if similarity < _LEAST_SIMILAR:
        return None
    # |A and B| from the Jaccard similarity J = |A and B| / |A or B| and the sizes: J / (1 + J) * (|A| + |B|).
    contained = similarity / (1 + similarity) * sum(lengths) / min(lengths)
    return similarity if contained >= CONTAINED else None


def _copies(database: Database, article_id: int) -> list[Row]:
    """The articles whose text the article stands for, because it was there first."""
    return database.all(
        "SELECT article_id, body FROM near_duplicates JOIN article_texts USING (article_id) WHERE earlier_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM text_signatures WHERE article_id = near_duplicates.article_id)"
        " ORDER BY article_id",
        (article_id,),
    )


def _link_all(database: Database, copies: Sequence[Row]) -> None:
    """Link those that an article stood for: the first of them stands for the others from now on."""
    for copy in copies:
        copied = words_of(copy["body"])
        link(database, copy["article_id"], copied, hash_of_words(copied))


def _forget(database: Database, article_id: int, text: str | None) -> None:
    row = database.one("SELECT minhash FROM text_signatures WHERE article_id = ?", (article_id,))
    if row is not None:
        keys = minhash.keys(minhash.from_bytes(row["minhash"]), words_of(text or ""))
        database.execute_many(
            "DELETE FROM signature_bands WHERE band_key = ? AND article_id = ?", [(key, article_id) for key in keys]
        )
        database.execute("DELETE FROM text_signatures WHERE article_id = ?", (article_id,))
    database.execute("DELETE FROM near_duplicates WHERE article_id = ?1 OR earlier_id = ?1", (article_id,))


def _similar(database: Database, numbers: Sequence[int], keys: list[int], length: int) -> list[tuple[int, float]]:
    sharing = Counter(row[0] for row in database.all(_SHARING[len(keys)], keys))
    if not sharing:
        return []
    # Of those that share as many keys, the latest archived.
    likely = sorted(sharing, key=lambda article_id: (sharing[article_id], article_id), reverse=True)[:_CANDIDATES]
    rows = database.all(
        "SELECT article_id, minhash, word_count FROM json_each(?) AS likely JOIN text_signatures"
        " ON article_id = likely.value JOIN article_records AS records ON records.id = article_id",
        (to_json(likely),),
    )
    found = [
        (row[0], similarity_of(numbers, minhash.from_bytes(row[1]), (length, max(row[2], LEAST_WORDS)))) for row in rows
    ]
    return [(article_id, similarity) for article_id, similarity in found if similarity is not None]


def _save(database: Database, article_id: int, found: list[tuple[int, float]]) -> None:
    if not found:
        return
    database.execute_many(
        "INSERT INTO near_duplicates (article_id, earlier_id, similarity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(max(article_id, other), min(article_id, other), similarity) for other, similarity in found],
    )
    clusters.gather(database, article_id, [other for other, _ in found])
