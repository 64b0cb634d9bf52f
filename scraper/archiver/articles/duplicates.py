"""Links an article to others with the same or nearly the same text, at a cost that does not grow with the archive."""

from collections.abc import Sequence

from scraper.archiver.articles import minhash
from scraper.archiver.articles.fingerprints import hash_of_words, words_of
from scraper.archiver.store.columns import to_json
from scraper.archiver.store.database import Database

SIMILAR = 0.5
"""Least estimated similarity of a near-duplicate: half of all three-word sequences in common."""

# Fewer than this and a text is a teaser or a notice: equal by chance, or by template.
_LEAST_WORDS = 30
# A live ticker archived a thousand times fills its bands; the newest few of each stand for all.
_PER_BAND = 50
_CANDIDATES = 20


def link(database: Database, article_id: int, words: Sequence[str], text_hash: str | None) -> None:
    """Find what a text of these folded words repeats, and store the links.

    Its own signature is stored too, unless it repeats another word for word: the first copy stands for all equal
    ones. A text printed by a hundred papers has a hundred links, not thousands.
    """
    if len(words) < _LEAST_WORDS:
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
    keys = minhash.band_keys(numbers)
    _save(database, article_id, _similar(database, numbers, keys))
    database.execute(
        "INSERT INTO text_signatures (article_id, minhash) VALUES (?, ?)", (article_id, minhash.to_bytes(numbers))
    )
    database.execute_many(
        "INSERT INTO signature_bands (band_key, article_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(key, article_id) for key in keys],
    )


def link_again(database: Database, article_id: int, words: Sequence[str], text_hash: str | None) -> None:
    """As :func:`link`, for an article whose text has been replaced: what was found about the old one is forgotten."""
    copies = database.all(
        "SELECT article_id, body FROM near_duplicates JOIN article_texts USING (article_id) WHERE earlier_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM text_signatures WHERE article_id = near_duplicates.article_id)"
        " ORDER BY article_id",
        (article_id,),
    )
    _forget(database, article_id)
    link(database, article_id, words, text_hash)
    # It stood for copies of its old text: the next of them does from now on.
    for copy in copies:
        copied = words_of(copy["body"])
        link(database, copy["article_id"], copied, hash_of_words(copied))


def _forget(database: Database, article_id: int) -> None:
    row = database.one("SELECT minhash FROM text_signatures WHERE article_id = ?", (article_id,))
    if row is not None:
        keys = minhash.band_keys(minhash.from_bytes(row["minhash"]))
        database.execute_many(
            "DELETE FROM signature_bands WHERE band_key = ? AND article_id = ?", [(key, article_id) for key in keys]
        )
        database.execute("DELETE FROM text_signatures WHERE article_id = ?", (article_id,))
    database.execute("DELETE FROM near_duplicates WHERE article_id = ?1 OR earlier_id = ?1", (article_id,))


def _similar(database: Database, numbers: Sequence[int], keys: list[int]) -> list[tuple[int, float]]:
    rows = database.all(
        "SELECT candidates.article_id, text_signatures.minhash FROM ("
        "  SELECT article_id, count(*) AS shared FROM json_each(?1) AS keys JOIN signature_bands AS bands"
        "  ON bands.band_key = keys.value AND bands.article_id IN ("
        "    SELECT article_id FROM signature_bands WHERE band_key = keys.value ORDER BY article_id DESC LIMIT ?2)"
        "  GROUP BY article_id ORDER BY shared DESC LIMIT ?3"
        ") AS candidates JOIN text_signatures ON text_signatures.article_id = candidates.article_id",
        (to_json(keys), _PER_BAND, _CANDIDATES),
    )
    found = [(row[0], minhash.similarity(numbers, minhash.from_bytes(row[1]))) for row in rows]
    return [(article_id, similarity) for article_id, similarity in found if similarity >= SIMILAR]


def _save(database: Database, article_id: int, found: list[tuple[int, float]]) -> None:
    database.execute_many(
        "INSERT INTO near_duplicates (article_id, earlier_id, similarity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(max(article_id, other), min(article_id, other), similarity) for other, similarity in found],
    )
