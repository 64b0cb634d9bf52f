"""A caption says what is seen, a credit who made it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.images.credits import credit_in_alt, ends_in_credit, is_credit, split_credit


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Foto: dpa/Erika Muster", None, "Foto: dpa/Erika Muster"),
        ("Ein Kran am Hafen. Foto: Erika Muster", "Ein Kran am Hafen.", "Foto: Erika Muster"),
        ("Ein Kran am Hafen (Foto: epd-bild/Muster)", "Ein Kran am Hafen", "Foto: epd-bild/Muster"),
        ("Foto: Imago/Muster | Ein Kran am Hafen.", "Ein Kran am Hafen.", "Foto: Imago/Muster"),
        ("Die Brücke, 1912 (Repro: Stadtarchiv)", "Die Brücke, 1912", "Repro: Stadtarchiv"),
        ("Quelle: Amt für Statistik", None, "Quelle: Amt für Statistik"),
        ("Bild: picture alliance / dpa", None, "Bild: picture alliance / dpa"),
        ("Voters queue in the rain. (AP Photo/Jane Doe)", "Voters queue in the rain.", "AP Photo/Jane Doe"),
        ("Voters queue in the rain. REUTERS/Jane Doe", "Voters queue in the rain.", "REUTERS/Jane Doe"),
        ("Voters queue, photograph by Jane Doe", "Voters queue", "photograph by Jane Doe"),
        ("Jane Doe/Getty Images", None, "Jane Doe/Getty Images"),
        ("shutterstock/Jane Doe – STUDIO", None, "shutterstock/Jane Doe – STUDIO"),
        ("Der Minister spricht © AFP", "Der Minister spricht", "© AFP"),
        ("Une foule à Lyon. Crédit photo : Jeanne Martin", "Une foule à Lyon.", "Crédit photo : Jeanne Martin"),
        ("The band in Seoul Courtesy of Harbour Music", "The band in Seoul", "Courtesy of Harbour Music"),
        ("Photo courtesy of Harbour Music", None, "Photo courtesy of Harbour Music"),
        ("Фото: Иван Иванов", None, "Фото: Иван Иванов"),
        ("AP Photo/Jane Doe", None, "AP Photo/Jane Doe"),
        ("A queue at the border AP Photo/Jane H. Doe", "A queue at the border", "AP Photo/Jane H. Doe"),
        (
            "Der Minister spricht shutterstock/Jane Doe – STUDIO",
            "Der Minister spricht",
            "shutterstock/Jane Doe – STUDIO",
        ),
        ("Der Minister; Bild: shutterstock/Jane Doe – STUDIO", "Der Minister", "Bild: shutterstock/Jane Doe – STUDIO"),
        ("Copyright: imago images/Muster", None, "Copyright: imago images/Muster"),
        ("Credit: Getty Images", None, "Credit: Getty Images"),
        ("Một cái cầu. Ảnh: Nguyễn Văn A", "Một cái cầu.", "Ảnh: Nguyễn Văn A"),
        ("항구의 기중기. 사진=김철수", "항구의 기중기.", "사진=김철수"),
        ("港のクレーン（写真：山田太郎）", "港のクレーン", "写真：山田太郎"),
        ("Vinç limanda. Fotoğraf: Ali Veli", "Vinç limanda.", "Fotoğraf: Ali Veli"),
        ("A daru a kikötőben. Fotó: Kis Anna", "A daru a kikötőben.", "Fotó: Kis Anna"),
        ("Credit:", None, None),
    ],
)
def test_parts_the_credit_from_the_caption(text: str, caption: str | None, credit: str) -> None:
    assert split_credit(text) == (caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        "A film by the sea",
        "A photo of the president by the sea",
        "Die Quelle der Donau",
        "Rex the dog",
        "The hall was lent by courtesy of the mayor",
        "Pool party in London, summer",
        "Angaben gerundet, Stand Mai",
        "Video of the day",
    ],
)
def test_words_that_also_stand_in_credits_make_no_credit(text: str) -> None:
    assert split_credit(text) == (text, None)


def test_nothing_gives_neither() -> None:
    assert split_credit(" \n ") == (None, None)


def test_a_line_is_a_credit_when_nothing_else_is_in_it() -> None:
    assert is_credit("Foto: dpa")
    assert not is_credit("Ein Kran. Foto: dpa")


@pytest.mark.parametrize(
    ("alt", "credit"),
    [
        ("Photo by Jane Doe on Unsplash", "Photo by Jane Doe on Unsplash"),
        ("Ein Kran am Hafen (Foto: Erika Muster)", "Foto: Erika Muster"),
        ("A crane. © Jane Doe", "© Jane Doe"),
        ("The office of Getty Images", None),
        ("A crane in the harbour", None),
        ("cranes copyright free illustrations", None),
        ("", None),
    ],
)
def test_a_description_may_hold_the_credit(alt: str, credit: str | None) -> None:
    assert credit_in_alt(alt) == credit


@given(st.text(max_size=300))
def test_no_word_of_the_text_is_invented(text: str) -> None:
    for part in split_credit(text):
        assert part is None or set(part) <= set(text) | {" "}


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("The crane in the harbour. Photo AFP", "The crane in the harbour.", "Photo AFP"),
        ("La gru nel porto (foto di Anna Rossi)", "La gru nel porto", "foto di Anna Rossi"),
        ("La grúa en el puerto. FOTO Archivo Particular", "La grúa en el puerto.", "FOTO Archivo Particular"),
        ("Żuraw w porcie, fot. PAP/Anna Nowak", "Żuraw w porcie", "fot. PAP/Anna Nowak"),
        ("Fot. Anna Nowak / Agencja Gazeta", None, "Fot. Anna Nowak / Agencja Gazeta"),
        ("La grue dans le port. - AFP", "La grue dans le port.", "AFP"),
        ("La grúa.EFE/Juan Roca", "La grúa.", "EFE/Juan Roca"),
        ("Bild: © Anna Muster - stock.adobe.com", None, "Bild: © Anna Muster - stock.adobe.com"),
        (
            "Anna Muster/Harbour Pictures/Post via Getty Images",
            None,
            "Anna Muster/Harbour Pictures/Post via Getty Images",
        ),
        ("Uncredited/AP/dpa", None, "Uncredited/AP/dpa"),
        ("The crane at noon. (ANNA MUSTER/REUTERS)", "The crane at noon.", "ANNA MUSTER/REUTERS"),
        ("The crane at noon (Anna Muster via Getty Images)", "The crane at noon", "Anna Muster via Getty Images"),
        ("港のクレーン（港花子撮影）", "港のクレーン", "港花子撮影"),
        ("クレーン（写真＝港花子）", "クレーン", "写真＝港花子"),
        ("码头上的吊车。新华社记者 张三 摄", "码头上的吊车。", "新华社记者 张三 摄"),
        ("항구의 크레인. 연합뉴스 제공", "항구의 크레인.", "연합뉴스 제공"),
        ("Derek di pelabuhan. (ANTARA FOTO/Budi)", "Derek di pelabuhan.", "ANTARA FOTO/Budi"),
    ],
)
def test_a_credit_without_a_mark_is_known_by_where_it_stands(text: str, caption: str | None, credit: str) -> None:
    assert split_credit(text) == (caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        "The photo shows the crane in the harbour at noon.",
        "Photo Gallery",
        "On the photo Anna Muster is seen with the crane that she built.",
        "Фото дня",
        "A photo exhibition in the harbour",
    ],
)
def test_a_photo_that_is_spoken_of_credits_nobody(text: str) -> None:
    assert split_credit(text)[1] is None


@pytest.mark.parametrize(
    "text",
    [
        "The gate at noon. Photo: Ada Ruder",
        "The gate at noon | Photo by Ada Ruder",
        "The gate at noon. Image: Ada Ruder/Bloomberg via Getty Images",
        "Das untere Tor am Mittag. (Foto: Ada Ruder)",
        "Das untere Tor … Symbolbild: Der Fährmann",
        "La porte à midi. Crédit photo : Ada Ruder",
        "Puerta al mediodía. Foto de Ada Ruder",
        "Ворота в полдень. Фото: А. Рудер",
    ],
)
def test_a_caption_ends_in_a_credit(text: str) -> None:
    assert ends_in_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "She keeps the boats in one photo: the first.",
        "The gate at noon. Photo: Ada Ruder took it. She sold it to the museum.",
        "You may pay as you like. Wallet (credit/debit cards, cash, and so on)",
        "Two boats passed. Source: the harbour's own count",
        "He drew it himself. Photos by the sea were all he had",
        "Foto: dpa",
    ],
)
def test_a_sentence_about_pictures_is_no_caption(text: str) -> None:
    assert not ends_in_credit(text)
