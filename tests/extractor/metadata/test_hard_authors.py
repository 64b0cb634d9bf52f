"""Bylines as papers of many languages print them: names only, no roles, places, agencies, dates or crutches."""

import pytest

from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse

TEXT = "<p>" + "The river rose again in the night, and the bridge was closed to all traffic. " * 3 + "</p>"

BYLINES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # German
    ("de", "von Max Mustermann, Berlin", ("Max Mustermann",)),
    ("de", "Von Erika Muster und Max Mustermann", ("Erika Muster", "Max Mustermann")),
    (
        "de",
        "Von Erika Muster, Max Mustermann und Jana Beispiel (Text) sowie Otto Normal (Fotos)",
        ("Erika Muster", "Max Mustermann", "Jana Beispiel"),
    ),
    ("de", "Text: Erika Muster, Fotos: Otto Normal", ("Erika Muster",)),
    ("de", "Text von Erika Muster", ("Erika Muster",)),
    ("de", "Ein Kommentar von Erika Muster", ("Erika Muster",)),
    ("de", "Kommentar von Erika Muster", ("Erika Muster",)),
    ("de", "Eine Analyse von Dr. Max Mustermann", ("Dr. Max Mustermann",)),
    ("de", "Interview: Erika Muster", ("Erika Muster",)),
    ("de", "Von unserem Korrespondenten Max Mustermann, Paris", ("Max Mustermann",)),
    ("de", "Von unserer Redakteurin Erika Muster", ("Erika Muster",)),
    ("de", "Von unserem Korrespondenten", ()),
    ("de", "Von Erika Muster (dpa)", ("Erika Muster",)),
    ("de", "Erika Muster/dpa", ("Erika Muster",)),
    ("de", "dpa/Erika Muster", ("Erika Muster",)),
    ("de", "Von ERIKA MUSTER", ("Erika Muster",)),
    ("de", "Autorin: Erika Muster, Chefredakteurin", ("Erika Muster",)),
    ("de", "VON Erika Muster | 26.10.2024", ("Erika Muster",)),
    ("de", "Ein Gastbeitrag von Karl-Heinz von der Heide", ("Karl-Heinz von der Heide",)),
    ("de", "Erika Muster, freie Journalistin", ("Erika Muster",)),
    ("de", "Aus Brüssel berichtet Max Mustermann", ("Max Mustermann",)),
    ("de", "Aufgezeichnet von Erika Muster", ("Erika Muster",)),
    ("de", "Protokoll: Erika Muster", ("Erika Muster",)),
    # English
    ("en", "By Jane Doe, Staff Writer", ("Jane Doe",)),
    ("en", "By Jane Doe and John Roe", ("Jane Doe", "John Roe")),
    ("en", "Jane Doe, John Roe and Mary Major", ("Jane Doe", "John Roe", "Mary Major")),
    ("en", "By JANE DOE and JOHN ROE", ("Jane Doe", "John Roe")),
    ("en", "By Jane Doe in London and John Roe in Paris", ("Jane Doe", "John Roe")),
    ("en", "By Jane Doe | Associated Press", ("Jane Doe",)),
    ("en", "By JANE DOE, Associated Press", ("Jane Doe",)),
    ("en", "Opinion by Jane Doe", ("Jane Doe",)),
    ("en", "Analysis by Jane Doe, CNN", ("Jane Doe",)),
    ("en", "Words by Jane Doe, photographs by John Roe", ("Jane Doe",)),
    ("en", "By Dr. Jane Doe, MD, PhD", ("Dr. Jane Doe",)),
    ("en", "By Jane Doe, Home and Garden Expert", ("Jane Doe",)),
    ("en", "Written by: Jane Doe, Head of Marketing and Development", ("Jane Doe",)),
    ("en", "This post was written by Jane Doe, Head of Marketing", ("Jane Doe",)),
    ("en", "By Jane Doe Updated 3 hours ago", ("Jane Doe",)),
    ("en", "By Jane Doe, Political Editor, and John Roe", ("Jane Doe", "John Roe")),
    ("en", "By Martin Luther King, Jr.", ("Martin Luther King, Jr",)),
    ("en", "By Conan O'Brien and Mary-Jane van der Berg", ("Conan O'Brien", "Mary-Jane van der Berg")),
    ("en", "By our correspondent in Paris", ()),
    ("en", "From our own correspondent", ()),
    ("en", "By the editors", ()),
    ("en", "Reporting by Jane Doe; Editing by John Roe", ("Jane Doe",)),
    ("en", "Jane Doe on behalf of the Rivers Group", ("Jane Doe",)),
    # French
    ("fr", "Par Jeanne Martin et Paul Durand", ("Jeanne Martin", "Paul Durand")),
    ("fr", "Par Jeanne Martin, envoyée spéciale à Lyon", ("Jeanne Martin",)),
    ("fr", "Par Jeanne Martin avec AFP", ("Jeanne Martin",)),
    ("fr", "Propos recueillis par Jeanne Martin", ("Jeanne Martin",)),
    ("fr", "Jeanne Martin (à Paris)", ("Jeanne Martin",)),
    ("fr", "De notre correspondante à Rome, Jeanne Martin", ("Jeanne Martin",)),
    # Spanish
    ("es", "Por María López y Juan García", ("María López", "Juan García")),
    ("es", "Por María López | Madrid", ("María López",)),
    ("es", "Por: María López - Redactora", ("María López",)),
    ("es", "Texto: María López. Fotos: Juan García", ("María López",)),
    ("es", "María López, corresponsal", ("María López",)),
    ("es", "Escrito por María López", ("María López",)),
    # Italian
    ("it", "di Maria Rossi", ("Maria Rossi",)),
    ("it", "di Maria Rossi e Paolo Bianchi", ("Maria Rossi", "Paolo Bianchi")),
    ("it", "Di Maria Rossi, inviato a Roma", ("Maria Rossi",)),
    ("it", "a cura di Maria Rossi", ("Maria Rossi",)),
    ("it", "dal nostro corrispondente Paolo Bianchi", ("Paolo Bianchi",)),
    # Dutch
    ("nl", "Door Anna de Vries en Jan Jansen", ("Anna de Vries", "Jan Jansen")),
    ("nl", "Door: Anna de Vries, verslaggever", ("Anna de Vries",)),
    ("nl", "Geschreven door Anna de Vries", ("Anna de Vries",)),
    ("nl", "Van onze correspondent", ()),
    # Portuguese
    ("pt", "Por Maria Silva, de São Paulo", ("Maria Silva",)),
    ("pt", "Por Maria Silva e João Souza", ("Maria Silva", "João Souza")),
    ("pt", "Texto de Maria Silva", ("Maria Silva",)),
    ("pt", "Maria Silva, g1", ("Maria Silva",)),
    # Polish
    ("pl", "Autor: Anna Nowak", ("Anna Nowak",)),
    ("pl", "Anna Nowak, Jan Kowalski", ("Anna Nowak", "Jan Kowalski")),
    ("pl", "Opracowała Anna Nowak", ("Anna Nowak",)),
    ("pl", "Anna Nowak, dziennikarka", ("Anna Nowak",)),
    ("pl", "Rozmawiała Anna Nowak", ("Anna Nowak",)),
)

AGENCIES = ("dpa", "AFP", "Reuters", "The Associated Press", "EFE", "ANSA", "PAP", "Lusa", "ANP", "Redaktion", "Staff")


@pytest.mark.parametrize(("language", "byline", "names"), BYLINES)
def test_a_byline_under_a_title(language: str, byline: str, names: tuple[str, ...]) -> None:
    body = f"<h1>Rivers rise again</h1><div class=byline>{byline}</div>{TEXT}"
    metadata = read_metadata(parse(f"<html lang={language}><title>Rivers rise again</title>{body}</html>", None))

    assert metadata.authors == names


@pytest.mark.parametrize(("language", "byline", "names"), BYLINES)
def test_a_declared_author(language: str, byline: str, names: tuple[str, ...]) -> None:
    html = f'<html lang={language}><title>Rivers rise</title><meta name=author content="{byline}"><h1>Rivers rise</h1>'

    assert read_metadata(parse(f"{html}{TEXT}</html>", None)).authors == names


@pytest.mark.parametrize("agency", AGENCIES)
def test_an_agency_beside_a_person_is_dropped(agency: str) -> None:
    html = f"<title>Rivers</title><h1>Rivers</h1><div class=byline>By Jane Doe and {agency}</div>{TEXT}"

    assert read_metadata(parse(html, None)).authors == ("Jane Doe",)


SITE = '<meta property="og:site_name" content="Courier News"><meta name=author content="{}">'


@pytest.mark.parametrize("account", ["Courier News", "Courier Admin", "Courier D", "The Courier News"])
@pytest.mark.parametrize("place", ["<p><strong>JANE DOE</strong></p>{}", "{}<p><strong>Jane Doe</strong></p>"])
def test_who_signs_wrote_it_where_the_paper_declares_itself(account: str, place: str) -> None:
    head = f"<title>Rivers rise</title>{SITE.format(account)}"
    html = f"<html lang=en><head>{head}</head><h1>Rivers rise</h1>{place.format(TEXT + TEXT)}</html>"

    assert read_metadata(parse(html, "https://www.courier.example/rivers")).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("{}<p><em>Jane Doe</em></p>", ("Jane Doe",)),
        ("{}<p style='text-align: right'>Jane Doe</p>", ("Jane Doe",)),
        ("{}<h3>Author</h3><p>Jane Doe</p>", ("Jane Doe",)),
        ("{}<div><strong>Contributors:</strong> Jane Doe</div>", ("Jane Doe",)),
        ("{}<h5>Autor: </h5>Erika Muster/SP-X", ("Erika Muster",)),
        ("<p>Weather | By Jane Doe | October 26, 2024</p>{}", ("Jane Doe",)),
        ("<p>Posted by Erika on Friday October 25, 2024</p>{}<p>Author: Jane Doe</p>", ("Erika",)),
        ("{}<p><strong>Rivers Rise</strong></p>", ()),  # its words stand in the text
        ("{}<p><strong>Further Reading</strong></p>", ()),
        ("{}<p><em>Published October 26, 2024</em></p>", ()),
    ],
)
def test_names_that_stand_elsewhere(body: str, names: tuple[str, ...]) -> None:
    text = TEXT + TEXT.replace("The river rose", "All rivers rise")
    html = f"<html lang=en><title>Floods in the valley</title><h1>Floods in the valley</h1>{body.format(text)}</html>"

    assert read_metadata(parse(html, None)).authors == names
