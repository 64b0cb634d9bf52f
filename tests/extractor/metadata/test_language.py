"""Languages: declared, and told from the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.metadata.language import declared_language, detect_language, language_code, language_of
from scraper.extractor.page.document import parse

TEXTS = {
    "en": "The river has risen after three days of rain, and the people of the valley are waiting for it to "
    "fall. They have put their chairs on the tables and what they own on the roof, as they did when it "
    "last happened.",
    "de": "Der Fluss ist nach drei Tagen Regen gestiegen, und die Leute im Tal warten darauf, dass er wieder "
    "fällt. Sie haben die Stühle auf die Tische gestellt und was ihnen gehört auf das Dach, wie beim "
    "letzten Mal auch.",
    "fr": "La rivière est montée après trois jours de pluie et les gens de la vallée attendent qu'elle "
    "descende. Ils ont mis les chaises sur les tables et ce qui leur appartient sur le toit, comme la "
    "dernière fois.",
    "es": "El río ha subido después de tres días de lluvia y la gente del valle espera que baje. Han puesto las "
    "sillas en las mesas y lo que es suyo sobre el techo, como hicieron la última vez que esto pasó en el "
    "pueblo.",
    "it": "Il fiume è salito dopo tre giorni di pioggia e la gente della valle aspetta che scenda. Hanno messo "
    "le sedie sui tavoli e quello che hanno sul tetto, come la volta che è successo nel paese, ma questa "
    "volta è peggio.",
    "nl": "De rivier is na drie dagen regen gestegen en de mensen in het dal wachten tot het water zakt. Ze "
    "hebben de stoelen op de tafels gezet en wat van hen is op het dak, zoals ze dat ook de vorige keer "
    "hebben gedaan.",
    "pt": "O rio subiu depois de três dias de chuva e as pessoas do vale esperam que ele desça. Puseram as "
    "cadeiras nas mesas e o que é seu no telhado, como fizeram da última vez que isso aconteceu, mas "
    "desta vez não foi tão mau.",
    "pl": "Rzeka podniosła się po trzech dniach deszczu i ludzie w dolinie czekają, aż opadnie. Postawili "
    "krzesła na stołach, a to, co do nich należy, jest na dachu, jak to było już raz, ale tym razem nie "
    "jest tak źle, jak się bali.",
    "sv": "Floden har stigit efter tre dagar med regn och folket i dalen väntar på att det ska bli bättre. De "
    "har satt stolarna på borden och det som är deras på taket, som de gjorde för några år sedan när det "
    "var så här.",
    "tr": "Nehir üç gün yağmurdan sonra yükseldi ve vadideki insanlar bir an önce inmesi için bekliyor. "
    "Sandalyeleri masaların üstüne koydular, daha önce de olduğu gibi, ancak bu kez çok daha kötü ve ne "
    "kadar süreceği de belli değil gibi.",
    "ru": "Река поднялась после трёх дней дождя, и люди в долине ждут, когда она опустится.",
    "uk": "Річка піднялася після трьох днів дощу, і люди в долині чекають, коли вона спаде.",
    "ar": "ارتفع النهر بعد ثلاثة أيام من المطر وينتظر الناس في الوادي أن ينخفض.",
    "he": "הנהר עלה אחרי שלושה ימי גשם והאנשים בעמק מחכים שיירד.",
    "el": "Το ποτάμι ανέβηκε μετά από τρεις μέρες βροχής και οι άνθρωποι στην κοιλάδα περιμένουν.",
    "zh": "三天的雨后河水上涨，山谷里的人们在等待水退。",
    "ja": "三日間の雨のあとで川の水が増え、谷の人々は水が引くのを待っている。",
    "ko": "사흘 동안 비가 내린 뒤 강물이 불어나 골짜기 사람들은 물이 빠지기를 기다린다.",
    "hi": "तीन दिन की बारिश के बाद नदी बढ़ गई और घाटी के लोग इंतज़ार कर रहे हैं।",
    "th": "แม่น้ำสูงขึ้นหลังฝนตกสามวัน และผู้คนในหุบเขากำลังรอ",
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_language_is_told_from_its_text(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "Rivers rise", "1, 2, 3", "lorem ipsum dolor sit amet " * 10])
def test_too_little_says_nothing(text: str) -> None:
    assert detect_language(text) is None


def test_an_english_text_under_a_german_declaration_is_english() -> None:
    doc = parse(f'<html lang="de-DE"><body><p>{TEXTS["en"]}</p></body></html>')

    assert declared_language(doc, []) == ("de", "html")
    assert language_of(doc, "", "de") == "en"


def test_the_articles_own_text_counts_for_more_than_the_pages() -> None:
    doc = parse(f'<html lang="de-DE"><body><p>{TEXTS["en"]}</p></body></html>')

    assert language_of(doc, TEXTS["fr"], "de") == "fr"


def test_a_declaration_that_fits_stands() -> None:
    doc = parse(
        f'<html><head><meta property="og:locale" content="de_AT"></head><body><p>{TEXTS["de"]}</p></body></html>'
    )

    assert declared_language(doc, []) == ("de", "opengraph")
    assert language_of(doc, "", "de") == "de"


def test_a_language_that_is_not_known_here_stays_as_declared() -> None:
    doc = parse('<html lang="mt"><body><p>Ix-xmara telgħet wara tlett ijiem xita.</p></body></html>')

    assert declared_language(doc, []) == ("mt", "html")
    assert language_of(doc, "", "mt") == "mt"


def test_a_neighbour_needs_a_clear_lead() -> None:
    danish = "Det var en god dag, og de var alle med på det, som han havde sagt til dem. " * 4

    assert detect_language(danish, expected="no") == "no"


def test_a_related_script_does_not_overrule_the_declaration() -> None:
    assert detect_language(TEXTS["hi"], expected="mr") == "mr"
    assert detect_language(TEXTS["uk"], expected="ru") == "uk"


@pytest.mark.parametrize(
    ("tag", "code"),
    [("de-DE", "de"), ("en_US.UTF-8", "en"), ("nb-NO", "no"), ("iw", "he"), ("english", None), ("", None)],
)
def test_the_code_of_a_tag(tag: str, code: str | None) -> None:
    assert language_code(tag) == code


@given(st.text(), st.none() | st.text())
def test_any_text_has_a_language_or_none(text: str, expected: str | None) -> None:
    assert detect_language(text, expected=expected) != ""
