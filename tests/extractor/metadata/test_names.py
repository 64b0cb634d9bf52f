"""Names of authors out of bylines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.metadata.byline_lines import is_only_by, starts_like_byline
from scraper.extractor.metadata.names import distinct, is_person, label_in, names_in, others_in, proper_case

BYLINES = [
    ("Erika Muster", ["Erika Muster"]),
    ("By Erika Muster", ["Erika Muster"]),
    ("Von Erika Muster und Max Beispiel", ["Erika Muster", "Max Beispiel"]),
    ("Par Élise Dupont et Jean Martin", ["Élise Dupont", "Jean Martin"]),
    ("Por Ana García y Luis Pérez", ["Ana García", "Luis Pérez"]),
    ("Di Mario Rossi", ["Mario Rossi"]),
    ("Muster, Erika M.", ["Erika M. Muster"]),
    ("vonErika Muster 31.10.2023", ["Erika Muster"]),
    ("Erika MusterErika Muster", ["Erika Muster"]),
    ("Erika Muster and Max BeispielPress Association", ["Erika Muster", "Max Beispiel"]),
    ("Erika MusterCity Columnist", ["Erika Muster"]),
    ("Erika McMuster Reporter", ["Erika McMuster"]),
    ("Erika Muster7 days ago", ["Erika Muster"]),
    ("Erika Muster | Publicado hace 3 horas", ["Erika Muster"]),
    ("Por Ana García, Vale Online — Porto Velho", ["Ana García", "Vale Online"]),
    ("Auswärtige Autoren (AA)", []),
    ("Developed by Erika Muster", []),
    ("(AP Foto/Erika Muster, Pool)", []),
    ("2020-10-04 15:05聯合報 記者林小明、陳大文／台北報導", ["林小明", "陳大文"]),
    ("Robert De Niro", ["Robert De Niro"]),
    ("Text von: Erika Muster", ["Erika Muster"]),
    ("Written by Erika Muster", ["Erika Muster"]),
    ("byErika Muster", ["Erika Muster"]),
    ("ERIKA MUSTER", ["Erika Muster"]),
    ("Erika Muster; Max Beispiel", ["Erika Muster", "Max Beispiel"]),
    ("Erika Muster, Max Beispiel and Jo Doe", ["Erika Muster", "Max Beispiel", "Jo Doe"]),
    ("Muster, Erika", ["Erika Muster"]),
    ("Erika Muster, Political Editor", ["Erika Muster"]),
    ("Senior Reporter Erika Muster", ["Erika Muster"]),
    ("Erika Muster | October 26, 2024", ["Erika Muster"]),
    ("26. Oktober 2024 von Erika Muster", ["Erika Muster"]),
    ("By Erika Muster in Berlin", ["Erika Muster"]),
    ("Erika Muster (dpa)", ["Erika Muster"]),
    ("Bruno (Henrique Zecchin) Rodrigues", ["Bruno (Henrique Zecchin) Rodrigues"]),
    ('Dwayne "The Rock" Johnson', ['Dwayne "The Rock" Johnson']),
    ("Erika Muster @emuster", ["Erika Muster"]),
    ("By Erika Muster. Reviewed by Max Beispiel", ["Erika Muster"]),
    ("Erika Muster, Erika Müster, erika muster", ["Erika Muster"]),
    ("山田太郎記者", ["山田太郎"]),
    ("https://www.facebook.com/erika", []),
    ("Staff Writer", []),
    ("admin", []),
    ("", []),
]


@pytest.mark.parametrize(("byline", "names"), BYLINES)
def test_names_are_cut_out_of_bylines(byline: str, names: list[str]) -> None:
    assert list(names_in(byline)) == names


@pytest.mark.parametrize(
    "name", ["Erika Muster", "Ludwig van Beethoven", "Anne-Marie O'Neill", "J. R. Smith", "Анна Петрова", "松岡大地"]
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["Reuters", "Valley News", "Redaktion", "Erika", "share this page", "rain falls in spain", "毎日新聞"]
)
def test_what_is_no_person(name: str) -> None:
    assert not is_person(name)


def test_what_names_no_person_is_kept_as_a_label() -> None:
    assert label_in("By Valley Courier Staff") == "Valley Courier Staff"
    assert label_in("von nachtwaechter") == "nachtwaechter"
    assert label_in("admin") is None
    assert label_in("By the time it had stopped raining the river was high") is None


@pytest.mark.parametrize(
    "byline", ["By VC, in News, Business", "VC with Agencies", "VC mit Agenturen", "VC avec agences", "VC con agencias"]
)
def test_a_label_is_freed_of_what_follows_it(byline: str) -> None:
    assert label_in(byline) == "VC"


@pytest.mark.parametrize(
    "text", ["3 min read", "5-minute read", "3 Min. Lesezeit", "4 min de lecture", "3 minutos de lectura"]
)
def test_how_long_it_takes_to_read_is_no_label(text: str) -> None:
    assert label_in(text) is None


def test_a_newspaper_may_begin_with_a_number() -> None:
    assert label_in("20 Minuten") == "20 Minuten"


def test_those_who_only_reviewed_are_named_apart() -> None:
    assert others_in("Fact-checked by Max Beispiel") == ("Max Beispiel",)
    assert others_in("By Max Beispiel") == ()


def test_a_name_within_a_fuller_one_is_dropped() -> None:
    assert distinct(["Muster", "Erika Muster", "ERIKA MUSTER"]) == ("Erika Muster",)


def test_lines_that_open_with_by() -> None:
    assert starts_like_byline("Von Erika Muster")
    assert not starts_like_byline("Vonovia steigt")
    assert is_only_by("Written by:")


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert all(name.strip() for name in names_in(text))
    assert label_in(text) != ""


def test_the_name_of_an_office_is_no_list_of_names() -> None:
    office = "Amt für Küsten, Umweltbundesamt"
    long_office = "Bundesministerium für Küsten, Häfen und Leuchtfeuer"

    assert names_in(long_office) == ()
    assert label_in(long_office) == long_office
    assert label_in("Ministry of Harbours, Lights and Fisheries") == "Ministry of Harbours, Lights and Fisheries"
    assert names_in("Erika Muster, University of Kiel")[0] == "Erika Muster"
    assert names_in(office)  # nothing says that it is one name


@pytest.mark.parametrize(
    "text", ["Label: House of Records", "Auteur(s", "publisher", "by our engineering team", "人氣"]
)
def test_what_is_nobodys_name(text: str) -> None:
    assert label_in(text) is None


@pytest.mark.parametrize("text", ["Burgenland: Best", "M.A. Journalism", "Über Erika", "Erika Kommentar", "Ort Kiel"])
def test_what_holds_a_word_or_a_mark_of_no_name(text: str) -> None:
    assert not is_person(text)


def test_an_organisation_keeps_its_capitals() -> None:
    assert proper_case("WATTSTROM AG") == "WATTSTROM AG"
    assert proper_case("ERIKA MUSTER") == "Erika Muster"


def test_roles_of_gardens_and_kitchens() -> None:
    assert names_in("Erika Muster, Master Gardener") == ("Erika Muster",)
    assert names_in("Редактор: Елена Димитрова") == ("Елена Димитрова",)
