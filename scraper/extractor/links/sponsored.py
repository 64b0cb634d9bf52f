"""What says in a card that it is paid for or for sale: words that stand alone there, as laws ask, or a price."""

import re

_PAID = frozenset(
    word.strip()
    for word in re.split(
        r"[|\n]",
        """
    anzeige|werbung|advertorial|sponsored|sponsored content|sponsored post|sponsored by|advertisement
    advertising|ad|promoted|promoted content|paid content|paid post|paid for by|partner content|brand content
    brandvoice|in partnership with|publicité|contenu sponsorisé|sponsorisé|publi-rédactionnel
    contenu partenaire|publicidad|patrocinado|contenido patrocinado|publirreportaje|contenido promocionado
    conteúdo patrocinado|publicidade|publieditorial|pubblicità|sponsorizzato|contenuto sponsorizzato
    informazione pubblicitaria|gesponsord|advertentie|gesponsorde inhoud|annons|sponsrat|annonssamarbete
    annonce|sponsoreret|sponsoreret indhold|annonsørinnhold|annonse|mainos|kaupallinen yhteistyö|reklama
    artykuł sponsorowany|materiał sponsorowany|reklamní sdělení|komerční sdělení|szponzorált tartalom|hirdetés
    támogatott tartalom|publicitate|advertoriale|articol sponsorizat|reklam|sponsorlu|sponsorlu içerik|реклама
    на правах рекламы|партнерский материал|партнёрский материал|спецпроект|διαφήμιση|إعلان|إعلان ممول
    محتوى ممول|پیام تبلیغاتی|רפורטאז'ה פרסומית|תוכן שיווקי|広告|pr|ad pr|提供|スポンサード|广告|推广|廣告|贊助|광고
    iklan|advertorial konten|quảng cáo
""",
    )
    if word.strip()
)
LONGEST_PAID = 30
"""Characters: what is longer is asked nothing."""
_EDGES = " \t\r\n\xa0:|•·*+-–—[]()【】"


# "23,50 €": what has a price of its own is an offer.
_PRICE = re.compile(r"(?:[€$£¥₽₹]|EUR|USD)\s?\d[\d.,\s]*|\d[\d.,\s]*(?:[€$£¥₽₹]|EUR|USD|Kč|zł|руб\.?)")


# "What is new in cars (PR)", "【PR】…": as a note in a title.
_BRACKETED = re.compile(
    r"[(（【\[](?:pr|ad|sponsored|anzeige|werbung|reklama|реклама|広告|提供)[)）】\]]", re.IGNORECASE
)


def says_paid(text: str) -> bool:
    """Is a short `text` one of these words, or a price, and nothing else, or does it say so in brackets?"""
    if (not text.isascii() or "(" in text or "[" in text) and _BRACKETED.search(text):
        return True
    plain = text.strip(_EDGES)
    if plain.lower() in _PAID:
        return True
    return (plain[-1:].isdigit() or plain[:1].isdigit()) and _PRICE.fullmatch(plain) is not None
