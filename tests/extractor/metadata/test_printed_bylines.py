"""Bylines as newspapers of many languages print them: names, both dates and nothing else, from one line."""

import pytest

from scraper.extractor.extract import extract

# Language and title; the line under it; the authors; when it was published and changed.
PRINTED = """
en Rivers rise after rain
By Jane Doe and John Roe, Political Editor | Published 26 October 2024 at 2:05 pm BST, updated 27 October 2024
Jane Doe; John Roe
2024-10-26T14:05+01:00 2024-10-27

de Flüsse steigen nach Regen
Von Erika Muster und Max Beispiel (dpa) | Veröffentlicht am 26. Oktober 2024, 14:05 Uhr, aktualisiert 27.10.2024, 08:00
Erika Muster; Max Beispiel
2024-10-26T14:05 2024-10-27T08:00

fr Les rivières montent
Par Élise Dupont et Jean Martin, avec AFP. Publié le 26 octobre 2024 à 14h05, mis à jour le 27 octobre 2024 à 8h00
Élise Dupont; Jean Martin
2024-10-26T14:05 2024-10-27T08:00

es Los ríos suben
Por Ana García y Luis Pérez. Publicado el 26 de octubre de 2024 a las 14:05. Actualizado el 27 de octubre de 2024
Ana García; Luis Pérez
2024-10-26T14:05 2024-10-27

it I fiumi salgono
di Mario Rossi e Anna Bianchi - Pubblicato il 26 ottobre 2024 alle ore 14.05 - Aggiornato il 27 ottobre 2024
Mario Rossi; Anna Bianchi
2024-10-26T14:05 2024-10-27

nl Rivieren stijgen
Door Jan Jansen en Piet de Vries | Gepubliceerd op 26 oktober 2024 om 14:05 | Bijgewerkt op 27 oktober 2024
Jan Jansen; Piet de Vries
2024-10-26T14:05 2024-10-27

pt Os rios sobem
Por João Silva e Maria Souza — Publicado em 26 de outubro de 2024 às 14h05 — Atualizado em 27/10/2024 às 08h00
João Silva; Maria Souza
2024-10-26T14:05 2024-10-27T08:00

pl Rzeki wzbierają
Autor: Jan Kowalski i Anna Nowak, data publikacji: 26 października 2024, 14:05; aktualizacja: 27 października 2024
Jan Kowalski; Anna Nowak
2024-10-26T14:05 2024-10-27

ja 大雨で川が増水
山田太郎 記者 2024年10月26日 14時05分 更新：2024年10月27日 8時00分
山田太郎
2024-10-26T14:05 2024-10-27T08:00

ja 川が増水
公開：2024/10/26 14:05　文：佐藤花子
佐藤花子
2024-10-26T14:05 -

ru Реки поднимаются
Автор: Иван Петров | Опубликовано 26 октября 2024 года, 14:05 | Обновлено 27 октября 2024, 08:00
Иван Петров
2024-10-26T14:05 2024-10-27T08:00

ar ارتفاع منسوب الأنهار
بقلم: أحمد محمود | نُشر في 26 أكتوبر 2024 - 14:05 | آخر تحديث: 27 أكتوبر 2024
أحمد محمود
2024-10-26T14:05 2024-10-27

ar ارتفاع الأنهار
٢٦ أكتوبر ٢٠٢٤ كتب أحمد محمود
أحمد محمود
2024-10-26 -

sv Floderna stiger
Av Anna Svensson och Erik Larsson. Publicerad 26 oktober 2024 kl. 14.05. Uppdaterad 27 oktober 2024
Anna Svensson; Erik Larsson
2024-10-26T14:05 2024-10-27

da Floderne stiger
Af Lars Hansen og Mette Jensen. 26. oktober 2024 kl. 14.05. Opdateret 27. okt. 2024
Lars Hansen; Mette Jensen
2024-10-26T14:05 2024-10-27

fi Joet nousevat
Teksti: Matti Virtanen | Julkaistu 26.10.2024 klo 14.05 | Päivitetty 27.10.2024
Matti Virtanen
2024-10-26T14:05 2024-10-27

tr Nehirler yükseliyor
Yazar: Ahmet Yılmaz | Yayınlanma: 26 Ekim 2024 14:05 | Güncelleme: 27 Ekim 2024 08:00
Ahmet Yılmaz
2024-10-26T14:05 2024-10-27T08:00

uk Річки піднімаються
Автор: Олена Шевченко | Опубліковано 26 жовтня 2024, 14:05 | Оновлено 27 жовтня 2024
Олена Шевченко
2024-10-26T14:05 2024-10-27

zh 大雨过后河水上涨
记者：李明 2024-10-26 14:05 更新：2024-10-27
李明
2024-10-26T14:05 2024-10-27

ko 비 온 뒤 강물 상승
김철수 기자 | 입력 2024.10.26 14:05 | 수정 2024.10.27 08:00
김철수
2024-10-26T14:05 2024-10-27T08:00

cs Řeky stoupají
Autor: Jan Novák | 26. října 2024 14:05 | Aktualizováno 27. 10. 2024
Jan Novák
2024-10-26T14:05 2024-10-27

el Τα ποτάμια ανεβαίνουν
Του Γιώργου Παπαδόπουλου | Δημοσίευση 26/10/2024, 14:05 | Ενημέρωση 27/10/2024
Γιώργου Παπαδόπουλου
2024-10-26T14:05 2024-10-27

hu Áradnak a folyók
Szerző: Nagy Péter | 2024. október 26. 14:05 | Frissítve: 2024. október 27.
Nagy Péter
2024-10-26T14:05 2024-10-27

ro Râurile cresc
De Ion Popescu | Publicat: 26 octombrie 2024, 14:05 | Actualizat: 27 octombrie 2024
Ion Popescu
2024-10-26T14:05 2024-10-27

id Sungai meluap
Penulis: Budi Santoso | 26 Oktober 2024, 14:05 WIB | Diperbarui 27 Oktober 2024
Budi Santoso
2024-10-26T14:05+07:00 2024-10-27

hi नदियाँ उफान पर
राहुल शर्मा | 26 अक्टूबर 2024, 14:05 IST
राहुल शर्मा
2024-10-26T14:05+05:30 -
"""


@pytest.mark.parametrize("printed", PRINTED.strip().split("\n\n"))
def test_a_line_under_the_title_names_the_authors_and_the_dates(printed: str) -> None:
    head, byline, authors, dates = printed.split("\n")
    language, title = head.split(" ", 1)
    published, modified = dates.split()
    html = (
        f'<html lang="{language}"><title>{title} | Valley Courier</title><body><a href="/">Valley Courier</a>'
        f'<article><h1>{title}</h1><p class="meta">{byline}</p><p>{f"{title} " * 30}</p></article></body></html>'
    )

    article = extract(html, "https://courier.example/rivers")

    assert (article.title, "; ".join(article.authors), article.language) == (title, authors, language)
    assert (str(article.published), str(article.modified or "-")) == (published, modified)


@pytest.mark.parametrize("name", ["Piet de Vries", "Simone de Beauvoir", "Ana de la Cruz"])
def test_a_particle_makes_no_organisation_of_a_person(name: str) -> None:
    html = f'<html><meta name="author" content="{name}"><body><h1>Rivers rise</h1></body></html>'

    assert extract(html).authors == (name,)
