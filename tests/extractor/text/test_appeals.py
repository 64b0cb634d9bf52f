"""Lines in which a site speaks of itself, in many languages, and texts that only speak of the same things."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.appeals import is_appeal, without_appeals
from scraper.extractor.text.blocks import linearize

NEWSLETTERS = [
    "Sign up for our free newsletter and read the harbour news before breakfast.",
    "Like what you read? Subscribe to the weekly Lock Keeper newsletter here.",
    "Don’t forget to join our mailing list.",
    "Sign up to our free breaking news emails",
    "For the news of the river sent straight to your inbox, sign up to our harbour alerts.",
    "Abonnieren Sie jetzt unseren Newsletter.",
    "Hier können Sie sich für unseren Newsletter anmelden.",
    "Inscrivez-vous à notre newsletter pour ne rien manquer.",
    "Recevez chaque matin notre lettre d’information.",
    "Suscríbete a nuestro boletín semanal.",
    "Iscriviti alla newsletter del porto.",
    "Assine nossa newsletter e receba as notícias do rio.",
    "Schrijf je in voor onze nieuwsbrief.",
    "Zapisz się do naszego newslettera!",
    "Anmäl dig till vårt nyhetsbrev här.",
    "Tilmeld dig vores nyhedsbrev i dag.",
    "Подпишитесь на наш телеграм-канал, чтобы не пропустить главное.",
    "Підписуйтесь на нашу розсилку новин.",
    "Get the news of the river once a week in your inbox instead.",
    "For the latest from the lock, visit our front page and sign up to our daily newsletter here.",
    "Not yet a subscriber? The spring issue is out.",
    "Click here or scan the QR code to hear of every boat.",
    "Join our WhatsApp group for ferry news.",
]
SUPPORT = [
    "Hat Ihnen der Text gefallen? Dann unterstützen Sie uns mit einer Spende.",
    "Unterstützen Sie uns: Werden Sie Mitglied!",
    "If you enjoyed this, please consider supporting our work.",
    "Become a member today and keep the ferry running.",
    "Support our newsroom by contributing as little as 2 euros a month.",
    "Help us keep our stories free for everyone.",
    "Soutenez-nous, faites un don.",
    "Apoya nuestro periodismo desde tres euros al mes.",
    "Sostienici con una donazione.",
    "Steun ons en lees zonder advertenties.",
    "Wesprzyj nas i czytaj bez reklam.",
    "Podpořte nás, prosím.",
    "Stöd oss med en gåva.",
    "Підтримайте нас на шляху до незалежності.",
    "Поддержите редакцию небольшим взносом.",
    "If this was of use to you, please consider making a donation to support it.",
    "Unterstütz unsere Arbeit mit einem Abo",
    "Um im Sommer zu bestehen, brauchen wir bis Mai 300 neue Abos.",
    "Wir finanzieren unsere Arbeit fast nur durch Abos und Spenden.",
]
FOLLOWERS = [
    "Follow us on Instagram and Mastodon.",
    "Follow editor Ada Ruder on Bluesky.",
    "Folgen Sie uns auf Facebook!",
    "Suivez-nous sur Instagram.",
    "Síguenos en Facebook.",
    "¡Síguenos en Facebook!",
    "—Contact Ada Ruder at ada@ferry.example. Follow her on Mastodon.",
    "Seguici su Instagram.",
    "Volg ons op Instagram.",
    "Obserwuj nas na Facebooku.",
    "You can reach the reporter at ada@ferry.example.",
    "Ada Ruder may be reached at ada@ferry.example.",
]
NOTES = [
    "This article contains affiliate links.",
    "Advertisement. Scroll to continue reading.",
    "If you buy through a link on our site, we may receive a small commission.",
    "Dieser Text enthält Affiliate-Links.",
    "Cet article contient des liens affiliés ; nous touchons une commission sur chaque achat.",
    "Este artículo contiene enlaces de afiliados.",
    "This story originally appeared in the spring issue of The Ferry.",
    "First published in The Ferry.",
    "The post Boats on the Canal appeared first on The Ferry.",
    "Comments are closed.",
    "Die Kommentare sind geschlossen.",
    "Advertisement",
    "Anzeige",
    "Publicité",
    "Story continues below advertisement",
    "Sponsored Content",
    "PIN FOR LATER",
    "Get the FREE eBook!",
    "Table of Contents",
    "This entry was posted in Boats. Bookmark the permalink.",
    "Dieser Beitrag wurde am 3. Mai unter Boote veröffentlicht.",
    "An dieser Stelle finden Sie einen von der Redaktion ausgewählten externen Inhalt.",
    "Externer Inhalt nicht verfügbar",
    "(Copyright (c) 2021 The Ferry. All rights reserved. It may not be rewritten.)",
    "This material may not be published or broadcast without leave.",
    "© Der Fährmann, alle Rechte vorbehalten.",
    "Le Bac. Tous droits réservés",
    "Got a tip? Write to the harbour desk.",
    "Do you have a news tip for us?",
    "Share your thoughts on the swans in the comments below.",
]
TEXT = [
    "She told the passengers to sign up for the newsletter of the harbour, and forty did.",
    "Newsletters have become the most profitable product of small papers, the study says.",
    "The ferry earns a commission on each ticket that the museum sells.",
    "Affiliate marketing began with flowers and books.",
    "The club has four hundred members; those who become members this year pay half.",
    "Der Verein will Mitglied im Verband werden.",
    "Die Stadt unterstützt uns seit Jahren, sagte der Fährmann.",
    "L’association demande aux habitants de soutenir la rénovation du bac.",
    "The story was published in 1911 and translated into nine languages.",
    "Sponsored rowers paid nothing.",
    "Rowers get the free guide to the locks at the lower gate.",
    "The two boats follow him on the river, and on the canal.",
    "An advertisement in the paper of 1890 offers the ferry for sale.",
    "Она подписалась на рассылку порта и теперь знает расписание.",
    "Fans support us here and abroad, the rower said.",
    "The harbour asked them to come and sign up for the newsletter of the museum.",
    "Whoever wishes may consider making a donation to the lifeboats.",
    "The keeper said she would share her thoughts on the comments of the council.",
    "Alle Rechte vorbehalten hat sich der Erbe erst nach dem Prozess, und seither schweigt er.",
    "The town reserves all rights to the film, which may be shown in schools.",
    "Not a member of the club rowed that day, she said.",
    "Asked whether she had a tip for rowers, the keeper laughed.",
    "Die Fähre finanziert ihre Arbeit durch Spenden.",
    "",
]


@pytest.mark.parametrize("line", [*NEWSLETTERS, *SUPPORT, *FOLLOWERS, *NOTES])
def test_a_site_that_speaks_of_itself(line: str) -> None:
    assert is_appeal(line)


@pytest.mark.parametrize("line", TEXT)
def test_a_text_that_speaks_of_the_same(line: str) -> None:
    assert not is_appeal(line)


def test_a_long_passage_is_text_whatever_it_asks_for() -> None:
    assert not is_appeal("The keeper counted the boats twice that morning. " * 8 + "Sign up for our newsletter.")


PARAGRAPHS = [
    "The lock keeper counted the boats twice that morning, because nobody would have believed the number.",
    "Four hundred and eleven had passed by noon, most of them rowed by people who had never held an oar before.",
    "The council will discuss in September whether the race may be held again, and who pays for the swans.",
]


def kept_of(page: str, left_out: str = "") -> list[str]:
    passages = linearize(parse(page).root)
    kept = [passage for passage in passages if passage.text != left_out]
    return [passage.text for passage in without_appeals(kept, passages)]


def test_such_lines_are_left_out_and_the_rest_stays() -> None:
    page = "".join(f"<p>{line}</p>" for line in [PARAGRAPHS[0], SUPPORT[1], *PARAGRAPHS[1:], NEWSLETTERS[0]])

    assert kept_of(f"<div>{page}</div>") == PARAGRAPHS


def test_a_text_without_them_is_as_it_was() -> None:
    assert kept_of("<div>" + "".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "</div>") == PARAGRAPHS


def test_the_box_around_a_plea_goes_with_it() -> None:
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    plea = "Help us keep our news free by giving as little as two euros."
    box = f"<div class='plea'><p>We believe that everyone on the river needs good news.</p><p>{plea}</p></div>"

    assert kept_of(f"<div class='text'>{text}</div>{box}") == PARAGRAPHS
    assert kept_of(f"<div class='text'>{text}</div>{box}", left_out=plea) == PARAGRAPHS


def test_a_text_in_many_boxes_of_one_name_stays_around_a_plea() -> None:
    boxes = [f"<div class='part'><p>{line}</p></div>" for line in PARAGRAPHS]
    boxes.insert(1, f"<div class='part'><p>{SUPPORT[0]}</p></div>")

    assert kept_of("".join(boxes)) == PARAGRAPHS
