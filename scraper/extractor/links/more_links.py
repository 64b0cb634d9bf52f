"""What leads to the rest of a list, or to what readers said: "Alle Artikel anzeigen", "もっと見る", "21 comments".

It is the title of no article, and no heading. So is what a script was meant to fill in.
"""

import re

_WAY_ON = re.compile(
    r"\W*\{\{|[\W_]*(?:(?:see|view|browse|show|load|read|explore|click for) (?:all|more|the full|every)\b"
    r"|(?:more|all) (?:\w+ ){0,3}(?:articles|stories|posts|news|headlines)\W*$"
    r"|(?:alle|weitere|mehr) (?:\w+ ){0,2}(?:anzeigen|ansehen|laden)|zur (?:übersicht|startseite)|alle \w+ aus\b"
    r"|all[e]? (?:[\w-]+ ){1,3}(?:news|artikel|nachrichten|meldungen|beiträge|articles|stories|posts)$"
    r"|voir (?:tou|plus|la suite|l'ensemble)|tou(?:te|s) les\b.{0,20}(?:articles|actu\w*|infos)\W*$"
    r"|ver (?:tod|más|mais)|todas las noticias|todas as notícias|vedi tutt|tutte le |tutti gli articoli|leggi tutt[ie]"
    r"|bekijk (?:alle|meer)"
    r"|(?:alle|meer) (?:artikelen|berichten|nieuws)\W*$|zobacz (?:wszystkie|więcej)|więcej (?:artykułów|wiadomości)\W*$"
    r"|(?:se|vis) (?:alle|alla|flere|fler|mer)\b|visa (?:alla|fler)|näytä (?:kaikki|lisää)|zobrazit (?:vše|více|další)"
    r"|(?:vše|všechny) (?:články|zprávy)|összes (?:cikk|hír)|vezi toate|tüm(?:ünü| haberler)|daha fazla\b"
    r"|(?:все|усі|всі) (?:новости|новини|статьи|статті|материалы|публикации)"
    r"|(?:показать|смотреть|показати) (?:ещё|еще|все|всі|більше)"
    r"|όλα τα|περισσότερα\W*$|عرض (?:الكل|المزيد)|شاهد (?:الكل|كل|المزيد)|المزيد\W*$|همه (?:اخبار|خبرها)"
    r"|(?:view|join|leave|read) (?:a |the |all )?(?:comments?|discussion|conversation)\b"
    r"|(?:\d[\d.,]*k?|no|keine) (?:comments?|kommentare?)\b(?! \w+ \w)"
    r"|\d[\d.,]* (?:commentaires?|comentarios?|comentários?|commenti|reacties|komentar\w+|yorum|комментари\w+)\W*$"
    r"|xem (?:tất cả|thêm)|lihat semua|selengkapnya|もっと(?:見る|読む)|一覧(?:を見る|へ|はこちら)|(?:記事)?一覧\W*$"
    r"|(?:查看|阅读|閱讀|看|更多)(?:更多|全部)|更多\W*$|더 ?보기|전체 ?보기)",
    re.IGNORECASE,
)


def leads_on(text: str) -> bool:
    """Does `text` say that there is more elsewhere, and nothing of an article?"""
    return _WAY_ON.match(text) is not None
