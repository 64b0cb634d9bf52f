"""Equal and nearly equal texts are linked, never dropped; what only shares a template is not."""

import random
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.archiver.archive import Archive
from scraper.archiver.articles import minhash
from scraper.archiver.articles.fingerprints import content_hash, text_hash, words_of
from scraper.records import ChangeKind
from tests.archiver.builders import known_as, later, make_article, stamp, store

WORDS = [
    f"{first}{second}" for first in "bcdfgklmnprst" for second in ("ado", "emi", "ilo", "onu", "ura", "eth", "ock")
]


def _story(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def _edited(text: str, share: float) -> str:
    chance = random.Random(7)
    return " ".join("edited" if chance.random() < share else word for word in text.split())


def _pairs(archive: Archive) -> list[tuple[object, ...]]:
    rows = archive.query("SELECT article_id, earlier_article_id, equal_text FROM duplicates ORDER BY 1, 2")
    return [tuple(row.values()) for row in rows]


def _store(archive: Archive, number: int, body: str) -> int:
    return store(archive, make_article(f"https://news.example/{number}", body=body))


def test_the_same_words_in_another_dress_are_one_text(archive: Archive) -> None:
    first = _store(archive, 1, "“Go!”, said the man – twice. " + _story(1))
    second = _store(archive, 2, '"GO", said  the\u00a0man - twice... ' + _story(1).upper())
    assert _pairs(archive) == [(second, first, 1)]


def test_many_copies_are_linked_to_the_first(archive: Archive) -> None:
    ids = [_store(archive, number, _story(1)) for number in range(4)]
    assert _pairs(archive) == [(copy, ids[0], 1) for copy in ids[1:]]


@pytest.mark.parametrize("change", [lambda text: _edited(text, 0.03), lambda text: " ".join(text.split()[:240])])
def test_an_edited_or_shortened_text_is_a_near_duplicate(archive: Archive, change) -> None:  # type: ignore[no-untyped-def]
    first = _store(archive, 1, _story(1))
    second = _store(archive, 2, change(_story(1)))
    assert _pairs(archive) == [(second, first, 0)]
    (row,) = archive.query("SELECT similarity FROM duplicates")
    assert 0.5 <= float(str(row["similarity"])) < 1


def test_other_stories_and_short_notices_are_no_duplicates(archive: Archive) -> None:
    template = "Subscribe to read on, or log in if you have a subscription already. "
    for number in range(3):
        _store(archive, number, template + _story(number + 10))
        _store(archive, number + 10, template)
    assert _pairs(archive) == []


def test_a_text_that_changed_is_compared_again(archive: Archive) -> None:
    first = _store(archive, 1, _story(1))
    copy = make_article("https://news.example/2", body=_story(1))
    second = store(archive, copy)
    changed = make_article("https://news.example/2", body=_story(2))
    store(archive, changed, at=later(hours=1), known=known_as(archive, copy), change=ChangeKind.SUBSTANTIVE)
    assert _pairs(archive) == []
    third = _store(archive, 3, _edited(_story(2), 0.02))
    assert _pairs(archive) == [(third, second, 0)]
    assert first != second


def test_copies_of_a_text_stay_linked_when_the_first_of_them_changes(archive: Archive) -> None:
    original = make_article("https://news.example/1", body=_story(1))
    first = store(archive, original)
    second, third = _store(archive, 2, _story(1)), _store(archive, 3, _story(1))
    changed = make_article("https://news.example/1", body=_story(2))
    store(archive, changed, at=later(hours=1), known=known_as(archive, original), change=ChangeKind.SUBSTANTIVE)
    assert _pairs(archive) == [(third, second, 1)]
    fourth = _store(archive, 4, _edited(_story(1), 0.02))
    assert _pairs(archive) == [(third, second, 1), (fourth, second, 0)]
    assert first < second


def test_the_view_says_which_was_published_first(archive: Archive) -> None:
    first = store(archive, make_article("https://a.example/", body=_story(1)))
    second = store(
        archive,
        make_article("https://b.example/", body=_story(1), published=stamp("2026-02-28T08:00:00+00:00")),
    )
    (row,) = archive.query("SELECT earlier_article_id, published_first_id FROM duplicates")
    assert row == {"earlier_article_id": first, "published_first_id": second}


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=200))
def test_a_signature_survives_storage_and_is_like_itself(words: list[str]) -> None:
    numbers = minhash.signature(words)
    assert minhash.from_bytes(minhash.to_bytes(numbers)) == numbers
    assert minhash.similarity(numbers, numbers) == 1
    assert all(-(2**63) <= key < 2**63 for key in minhash.band_keys(numbers))


def test_a_signature_is_the_same_in_every_release_for_archives_hold_old_ones() -> None:
    many, few = [f"word{number}" for number in range(70)], "only four words here".split()
    numbers = minhash.signature(many)
    assert numbers[:3] == (3968704050, 1314268289, 3477381428)
    assert minhash.keys(numbers, many)[:: minhash.BANDS] == [-9112725756150783604, -6652027750469082297]
    assert minhash.signature(few)[:3] == (1642199524, 3282731059, 628295298)
    assert minhash.band_keys(minhash.signature(few))[0] == -5356337626793574955


@given(st.text() | st.text("aA1_ ,.-\n\u00ad\u00a0ﬁ"))
def test_words_are_what_a_pattern_of_word_characters_finds(text: str) -> None:
    shown = re.sub("[\u00ad\u200b\u2060]", "", unicodedata.normalize("NFKC", text).casefold())
    assert words_of(text) == re.findall(r"\w+", shown)


def test_a_text_of_very_many_signs_is_divided_too() -> None:
    signs = "".join(map(chr, range(0xE000, 0xE200)))
    assert words_of(f"one{signs}two\u00ad{signs}") == ["one", "two"]


def test_similarity_is_near_the_true_share_of_common_sequences() -> None:
    one, other = _story(1).split(), _edited(_story(1), 0.1).split()
    shingles = [set(zip(words, words[1:], words[2:], strict=False)) for words in (one, other)]
    true_share = len(shingles[0] & shingles[1]) / len(shingles[0] | shingles[1])
    numbers = [minhash.signature(words) for words in (one, other)]
    # The standard error of 64 bins is at most 1 / (2 * 8) = 0.06.
    assert minhash.similarity(*numbers) == pytest.approx(true_share, abs=0.18)


def test_hashes_tell_content_from_look() -> None:
    article = make_article()
    same_look = make_article(comment_count=3, view_count=9, links=(), images=())
    assert content_hash(article) == content_hash(same_look)
    others = [make_article(title="Other"), make_article(tags=()), make_article(body="Other"), article]
    assert len({content_hash(other) for other in others}) == len(others)
    assert text_hash("Straße  und „Haus“") == text_hash("STRASSE UND HAUS")
    assert text_hash("Fu\u00adß\u200bball\u00a0ﬁnale") == text_hash("Fußball finale") != text_hash("Fuß ball finale")
    assert text_hash(" … ") is text_hash(None) is None
    assert list(pairwise(words_of("a, b c"))) == [("a", "b"), ("b", "c")]
