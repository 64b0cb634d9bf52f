"""Search: German either way, phrases and prefixes, snippets as written, and an index that never loses step."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.archiver.archive import Archive
from scraper.archiver.search.searching import match_expression
from scraper.archiver.search.spelling import spellings, written_out
from scraper.errors import UsageError
from scraper.records import ChangeKind
from tests.archiver.builders import FEED_URL, add_feed, known_as, later, make_article, make_entry, poll, stamp, store


def _store(archive: Archive, name: str, body: str, **fields: object) -> int:
    return store(archive, make_article(f"https://news.example/{name}", title=name, body=body, **fields))


def _found(archive: Archive, words: str, **options: object) -> set[str]:
    return {hit.url.rsplit("/", 1)[1] for hit in archive.search(words, **options)}  # type: ignore[arg-type]


@pytest.fixture
def german(archive: Archive) -> Archive:
    _store(archive, "umlaut", "Bürgermeister Jörg Müller wohnt in der Großen Straße am Fluß.", language="de")
    _store(archive, "plain", "Buergermeister Joerg Mueller wohnt in der Grossen Strasse am Fluss.", language="de")
    _store(archive, "short", "Muller, Jorg: the mayor of a town in Ohio.", language="en")
    _store(archive, "other", "Der Dichter Poe las aus dem Topf vor, im Bauer.", language="de")
    return archive


@pytest.mark.parametrize("words", ["müller", "Müller", "MÜLLER", "mueller", "MUELLER"])
def test_either_spelling_of_an_umlaut_finds_both(german: Archive, words: str) -> None:
    assert _found(german, words) >= {"umlaut", "plain"}


def test_a_word_without_its_umlaut_finds_the_umlaut(german: Archive) -> None:
    assert _found(german, "muller") == {"umlaut", "short"}


@pytest.mark.parametrize(
    "words", ["straße", "strasse", "STRASSE", "Straße", "fluß", "fluss", '"großen strass*"', "straß*"]
)
def test_either_spelling_of_sharp_s_finds_both(german: Archive, words: str) -> None:
    assert _found(german, words) >= {"umlaut", "plain"}


def test_a_written_out_umlaut_is_not_read_into_words_that_have_none(german: Archive) -> None:
    assert _found(german, "po") == set()
    assert _found(german, "poe") == {"other"}
    _store(german, "po", "Am Po und an der Pö.")
    assert _found(german, "poe") == {"other", "po"}


@pytest.mark.parametrize(
    "words", ["mueller strasse", "mueller AND strasse", "joerg müller", '"jörg mueller"', '"joerg müller"']
)
def test_words_and_phrases_mix_spellings(german: Archive, words: str) -> None:
    assert _found(german, words.replace(" AND", "")) >= {"umlaut", "plain"}


@pytest.mark.parametrize(
    "word", ["mueller", "muller", "müller", "strasse", "straße", "grossen", "großen", "buergermeister"]
)
def test_plain_sql_finds_the_text_with_umlauts_too(german: Archive, word: str) -> None:
    with closing(sqlite3.connect(german.path)) as connection:
        rows = connection.execute(
            "SELECT title FROM articles WHERE id IN (SELECT rowid FROM article_search WHERE article_search MATCH ?)",
            (word,),
        ).fetchall()
    assert ("umlaut",) in rows


def test_snippets_show_the_text_as_written_with_the_words_marked(german: Archive) -> None:
    hits = {hit.title: hit.snippet for hit in german.search("mueller")}
    assert "Jörg [Müller] wohnt" in hits["umlaut"]
    assert "Joerg [Mueller] wohnt" in hits["plain"]
    (hit,) = german.search("ohio", marks=("<b>", "</b>"))
    assert "<b>Ohio</b>" in hit.snippet


def test_a_snippet_is_text_and_never_the_list_of_spellings(archive: Archive) -> None:
    store(
        archive, make_article(title="Straßenbahn", summary="Kurz: Die Größe zählt.", body="Ein schöner Tag.\n\nEnde.")
    )
    assert [hit.snippet for hit in archive.search("strassenbahn")] == ["Ein schöner Tag. Ende."]
    assert [hit.snippet for hit in archive.search("groesse")] == ["Kurz: Die [Größe] zählt."]


def test_all_words_must_occur_unless_said_otherwise(german: Archive) -> None:
    assert _found(german, "mayor ohio") == {"short"}
    assert _found(german, "mayor straße") == set()
    assert _found(german, "ohio OR topf") == {"short", "other"}
    assert _found(german, "muller -ohio") == {"umlaut"}
    assert _found(german, "bürg*") == {"umlaut", "plain"}
    assert _found(german, '"in der"') == {"umlaut", "plain"}
    assert _found(german, "title:umlaut") == {"umlaut"}
    assert _found(german, "body:umlaut") == set()


def test_search_keeps_to_a_site_a_language_a_date_and_a_limit(german: Archive) -> None:
    store(german, make_article("https://www.else.example/a", title="else", body="Muller again"))
    assert _found(german, "muller", site="else.example") == {"a"}
    assert _found(german, "muller", site="WWW.else.example") == {"a"}
    assert _found(german, "muller", language="de") == {"umlaut"}
    _store(german, "swiss", "Muller", language="de-CH")
    _store(german, "slavey", "Muller", language="den")
    assert _found(german, "muller", language="DE") == {"umlaut", "swiss"}
    assert _found(german, "muller", since=later(days=1)) == set()
    assert len(german.search("muller", limit=1)) == 1


def test_search_keeps_to_a_feed_a_section_an_author_and_an_end(archive: Archive) -> None:
    feed_id = add_feed(archive, name="The News")
    poll(archive, feed_id, make_entry(1))
    _store(archive, "story-1", "carried", authors=("Ada Example", "Bo"), categories=("Region", "Harbour"))
    _store(archive, "other", "carried", authors=("Bo",), categories=("Sport",))
    assert _found(archive, "carried", feed="the news") == _found(archive, "carried", feed=FEED_URL) == {"story-1"}
    assert _found(archive, "carried", category="harbour") == {"story-1"}
    assert _found(archive, "carried", author="ADA EXAMPLE") == {"story-1"}
    assert _found(archive, "carried", author="Bo") == {"story-1", "other"}
    assert _found(archive, "carried", author="Bo", category="Sport") == {"other"}
    assert _found(archive, "carried", feed="no such feed") == set()
    day = stamp("2026-03-01T08:00:00+00:00").at
    assert _found(archive, "carried", until=day) == set()
    assert _found(archive, "carried", since=day, until=later(hours=1)) == {"story-1", "other"}
    assert [article.title for article in archive.articles(category="sport")] == ["other"]


def test_the_title_counts_more_than_the_text(archive: Archive) -> None:
    _store(archive, "b", "harbour " * 3 + "and more " * 20)
    _store(archive, "harbour", "a barge ran aground " * 20)
    assert next(iter(archive.search("harbour"))).title == "harbour"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(alphabet=st.sampled_from("ab üßse\"*:-()^+{}'OR NEAR title;\x00"), max_size=20))
def test_whatever_a_person_types_is_a_query_or_told_to_be_none(archive: Archive, words: str) -> None:
    try:
        assert archive.search(words) == []
    except UsageError as error:
        assert "write" in str(error)  # noqa: PT017 - either way is right


@pytest.mark.parametrize("words", ["", "   ", '""', "*", "-", "-nothing", "OR", "NOT this"])
def test_a_query_without_a_word_to_find_is_told(words: str) -> None:
    with pytest.raises(UsageError, match="no word to search for"):
        match_expression(words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ('"a phrase', "quotation mark stands alone"),
        ("NEAR(a b", "is not ended"),
        ('NEAR("a b" c)', "is not ended"),
        ("NEAR(a)", "two or more words"),
        ("NEAR(a b, far)", "is not understood"),
        ("NEAR(a, b, 3)", "is not understood"),
    ],
)
def test_what_was_begun_and_not_ended_is_told_with_how_to_write_it(words: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        match_expression(words)


def test_words_near_each_other_are_found_in_either_spelling(german: Archive) -> None:
    _store(german, "apart", "Müller ging. " + "Es regnete. " * 10 + "Die Straße war leer.", language="de")
    assert _found(german, "NEAR(müller straße)") == {"umlaut", "plain"}
    assert _found(german, "NEAR(strasse mueller, 5)") == {"umlaut", "plain"}
    assert _found(german, "NEAR(müller straße, 2)") == set()
    assert _found(german, "NEAR(müller straße, 99) -jörg") == {"apart"}


def test_and_and_not_are_read_as_they_are_written_elsewhere(german: Archive) -> None:
    assert _found(german, "muller AND ohio") == {"short"}
    assert _found(german, "muller NOT ohio") == {"umlaut"}


@pytest.fixture
def inflected(archive: Archive) -> Archive:
    _store(archive, "one", "Das Haus am Hafen wurde verkauft.", language="de")
    _store(archive, "many", "Die Häuser an den Häfen werden teurer.", language="de")
    _store(archive, "of", "Der Preis des Hauses stieg.", language="de")
    _store(archive, "party", "The party was over.", language="en")
    _store(archive, "parties", "Two parties were connected.", language="en")
    _store(archive, "else", "Hausen ist ein Ort, part of a partition.", language="de")
    return archive


@pytest.mark.parametrize("words", ["Haus", "häuser", "HAUSES"])
def test_a_word_finds_its_other_forms(inflected: Archive, words: str) -> None:
    assert _found(inflected, words) >= {"one", "many", "of"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("party", {"party", "parties"}),
        ("parties", {"party", "parties"}),
        ("connecting", {"parties"}),
        ('"haus"', {"one"}),
        ("title:haus", set()),
        ("party -parties", {"party"}),
        ("häuser hafen", {"one", "many"}),
    ],
)
def test_forms_are_found_where_the_word_stands_without_quotes(inflected: Archive, words: str, found: set[str]) -> None:
    assert _found(inflected, words) == found


def test_forms_are_those_of_the_language_asked_for(inflected: Archive) -> None:
    assert _found(inflected, "haus", language="en") == set()
    assert _found(inflected, "parties", language="en") == {"party", "parties"}
    assert _found(inflected, "hauser", language="ja") == set()


@pytest.mark.parametrize("joint", [" ", " OR ", " -"])
def test_a_whole_page_of_words_is_a_query_too(german: Archive, joint: str) -> None:
    """FTS5 has a stack that a chain of brackets overflows, and somebody will paste a text into the search."""
    words = joint.join(("muller", *(f"word{n}" for n in range(500))))

    assert _found(german, words) == (set() if joint == " " else {"umlaut", "short"})


def test_a_word_asked_for_twice_is_asked_for_once() -> None:
    assert match_expression("ohio ohio") == match_expression("ohio OR ohio") == match_expression("ohio")


def test_spellings_are_only_what_the_index_does_not_know_by_itself() -> None:
    assert spellings(["Plain words, and a cafe"], "en") is None
    assert spellings(["Müller Müller", None], "en") == "mueller"
    assert spellings(["Ærø und Łódź"], "en") == "aero aeroe lodz"
    assert spellings(["Wasser"], "de-CH") == "waßer"
    assert written_out("Fußgängerübergänge") == "fussgaengeruebergaenge"


def _is_in_step(archive: Archive) -> bool:
    """Whether FTS5 itself finds the index and the text to agree (rank 1: compare with the external content)."""
    archive._database.execute("INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)")
    return True


def test_an_article_stored_and_changed_in_one_transaction_is_indexed_as_it_is(archive: Archive) -> None:
    with archive.transaction():
        for number in range(3):
            store(archive, make_article(f"https://news.example/{number}", body="alpha"))
        old = make_article("https://news.example/0", body="alpha")
        new = make_article("https://news.example/0", body="omega")
        store(archive, new, at=later(hours=1), known=known_as(archive, old), change=ChangeKind.SUBSTANTIVE)
        store(archive, make_article("https://news.example/3", body="alpha"))
    assert _is_in_step(archive)
    assert _found(archive, "alpha") == {"1", "2", "3"}
    assert _found(archive, "omega") == {"0"}
    assert list(archive.query("SELECT * FROM search_backlog")) == []


def test_the_index_follows_changes_and_deletions_by_whomever(archive: Archive) -> None:
    old = make_article(title="alpha", subtitle="beta", summary="gamma", body="delta Müller")
    article_id = store(archive, old)
    new = make_article(title="alpha2", subtitle="beta", summary="gamma2", body="delta2 Größe")
    store(archive, new, at=later(hours=1), known=known_as(archive, old), change=ChangeKind.SUBSTANTIVE)
    assert _is_in_step(archive)
    assert [len(archive.search(word)) for word in ("alpha", "alpha2", "gamma", "delta2", "mueller", "groesse")] == [
        *(0, 1, 0, 1, 0, 1)
    ]
    store(archive, make_article("https://news.example/2", title="kept"))
    with closing(sqlite3.connect(archive.path)) as analyst:
        analyst.execute("PRAGMA foreign_keys = ON")
        analyst.execute("UPDATE article_records SET title = 'omega' WHERE id = ?", (article_id,))
        analyst.execute("UPDATE article_texts SET body = 'psi' WHERE article_id = ?", (article_id,))
        analyst.commit()
    assert _is_in_step(archive)
    assert [len(archive.search(word)) for word in ("omega", "psi", "delta2", "alpha2")] == [1, 1, 0, 0]
    with closing(sqlite3.connect(archive.path)) as analyst:
        analyst.execute("PRAGMA foreign_keys = ON")
        analyst.execute("DELETE FROM article_records WHERE id = ?", (article_id,))
        analyst.commit()
    assert _is_in_step(archive)
    assert [hit.title for hit in archive.search("omega OR kept")] == ["kept"]
