"""Lists, errors, walls and short articles as well-known systems write them, in several languages."""

import pytest

from scraper.extractor.extract import extract
from scraper.records import PageKind

Story = tuple[str, str, str]

ES: list[Story] = [
    ("/politica/el-puente", "El puente vuelve a abrir tras tres años de obras", "Los vecinos podrán cruzar a pie."),
    ("/economia/el-pan", "El precio del pan baja por primera vez en un año", "Los panaderos hablan de la cosecha."),
    ("/cultura/el-museo", "El museo del mar busca un director nuevo", "La convocatoria queda abierta un mes."),
    ("/sociedad/el-agua", "Cortes de agua en el barrio norte de la ciudad", "Afectan a doscientas familias."),
]
IT: list[Story] = [
    ("/cronaca/il-mulino", "Il vecchio mulino diventa biblioteca", "I lavori cominciano a marzo, dice il sindaco."),
    ("/cronaca/la-neve", "Prima neve sopra i mille metri", "Strade chiuse e catene obbligatorie fino a domenica."),
    ("/cronaca/il-vino", "Vendemmia scarsa ma di qualità", "I produttori parlano di un anno da ricordare."),
]
PL: list[Story] = [
    ("/aktualnosci/most", "Most otwarty po remoncie", "Kierowcy czekali na to trzy lata, a koszty wzrosły."),
    ("/aktualnosci/szkola", "Nowa szkoła powstanie na osiedlu", "Pierwsze lekcje odbędą się we wrześniu."),
    ("/aktualnosci/rzeka", "Poziom wody w rzece opada", "Ratownicy nadal dyżurują na nabrzeżu."),
]
RU: list[Story] = [
    ("/news/most", "Мост открыли после ремонта", "Движение восстановлено в обе стороны, сообщает мэрия города."),
    ("/news/shkola", "Новая школа примет детей в сентябре", "В здании тридцать классов и бассейн."),
    ("/news/reka", "Уровень воды в реке снижается", "Спасатели продолжают дежурить на набережной."),
    ("/news/rynok", "Рынок вернулся на площадь", "Торговцы довольны решением совета."),
]
JA: list[Story] = [
    ("/articles/hashi", "橋の工事が終わり、三年ぶりに通行再開", "市は歩行者から順に通すとしている。"),
    ("/articles/gakkou", "新しい小学校、来春に開校へ", "校舎は木造で、地元の杉を使う。"),
    ("/articles/kawa", "川の水位が下がり避難指示を解除", "雨は週末まで降らない見込み。"),
    ("/articles/ichi", "朝市が駅前に戻る、出店は四十", "出店者は昨年より十多い。"),
]


def kind_of(title: str, body: str, url: str, *, classes: str = "", head: str = "") -> PageKind:
    html = f"<html><head><title>{title}</title>{head}</head><body class='{classes}'>{body}</body></html>"
    return extract(html, url).kind


def each(form: str, stories: list[Story]) -> str:
    return "".join(form.format(url=url, title=title, text=text) for url, title, text in stories)


JOOMLA = (
    "<div itemprop='blogPost' itemscope itemtype='https://schema.org/BlogPosting'><h2 itemprop='name'><a href='{url}'>"
    "{title}</a></h2><time datetime='2024-10-26' itemprop='datePublished'>26 Ottobre 2024</time><p>{text}</p></div>"
)
TYPO3 = (
    "<div class='article' itemscope itemtype='http://schema.org/Article'><h3><a itemprop='url' href='{url}'>"
    "<span itemprop='headline'>{title}</span></a></h3><div class='teaser-text'><p>{text}</p></div></div>"
)


@pytest.mark.parametrize(
    ("title", "body", "url", "classes"),
    [
        (
            "Category:Rivers - Wiki",
            "<h1>Category:Rivers</h1><p>These pages are in this category.</p>"
            + each("<li><a href='{url}'>{title}</a></li>", ES),
            "https://a.example/wiki/Category:Rivers",
            "mediawiki ns-14",
        ),
        ("Cronaca", "<h1>Cronaca</h1>" + each(JOOMLA, IT), "https://a.example/cronaca", "layout-blog"),
        ("Aktualności – Kurier", f"<h1>Aktualności</h1>{each(TYPO3, PL)}", "https://a.example/aktualnosci/", ""),
        (
            "Resultados de la búsqueda: puente",
            "<h1>Resultados de búsqueda</h1><ul>"
            + each("<li><a href='{url}'>{title}</a><p>{text}</p></li>", ES)
            + "</ul>",
            "https://a.example/buscador/?query=puente",
            "",
        ),
        (
            "Últimas notícias - Jornal",
            "<h1>Últimas notícias</h1><ul>"
            + each("<li><span>10:15</span> <a href='{url}'>{title}</a></li>", ES)
            + "</ul>",
            "https://a.example/ultimas",
            "",
        ),
        (
            "Река — все новости по теме | Вестник",
            "<h1>Река</h1>" + each("<div class='item'><a href='{url}'>{title}</a><div>{text}</div></div>", RU),
            "https://a.example/tags/reka",
            "",
        ),
        (
            "地域のニュース一覧：谷新聞",
            "<h1>地域</h1><ul>"
            + each("<li><a href='{url}'><p class='ttl'>{title}</p><p>{text}</p></a></li>", JA)
            + "</ul>",
            "https://a.example/category/local",
            "",
        ),
        (
            "Pêche | Le Phare",
            "<h1>Pêche</h1>"
            + each("<article><h2><a href='{url}'><span>{title}</span></a></h2><p>{text}</p></article>", IT),
            "https://a.example/taxonomy/term/12",
            "path-taxonomy",
        ),
    ],
    ids=["wiki", "joomla", "typo3", "search", "links", "linked items", "items in links", "drupal"],
)
def test_lists(title: str, body: str, url: str, classes: str) -> None:
    assert kind_of(title, body, url, classes=classes) is PageKind.LISTING


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Page non trouvée", "La page demandée n'a pas pu être trouvée."),
        ("Brak dostępu", "Nie masz uprawnień, aby wyświetlić tę stronę."),
        ("Доступ запрещён", "У вас нет прав для просмотра этой страницы."),
        ("Stránka neexistuje", "Zkuste začít na úvodní straně."),
        ("Sidan finns inte", "Den kan ha flyttats."),
        ("Halaman tidak ditemukan", "Periksa kembali alamatnya."),
        ("No se encontró la página", "Es posible que se haya movido."),
        ("صفحه یافت نشد", "نشانی را بررسی کنید."),
        ("Wartungsarbeiten", "Wir sind gleich wieder da."),
        ("Under maintenance", "We will be with you in some minutes."),
        ("Not available in your region", "Access cannot be granted at this time."),
    ],
)
def test_errors(heading: str, text: str) -> None:
    assert kind_of(heading, f"<h1>{heading}</h1><p>{text}</p>", "https://a.example/x") is PageKind.ERROR


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        (
            "Le respect de votre vie privée est notre priorité",
            ("Avec votre consentement, nous utilisons des cookies.", "Vous pouvez retirer votre consentement."),
        ),
        (
            "Dbamy o Twoją prywatność",
            ("Używamy plików cookie za Twoją zgodą.", "Zgodę możesz wycofać w każdej chwili."),
        ),
        ("プライバシーの設定", ("このサイトではクッキーを使用しています。", "クッキーの使用に同意してください。")),
    ],
)
def test_walls_of_consent(heading: str, lines: tuple[str, str]) -> None:
    body = f"<h1>{heading}</h1>" + "".join(f"<p>{line}</p>" for line in lines) + "<button>OK</button>"

    assert kind_of("Le Phare", body, "https://a.example/a") is PageKind.CONSENT


BRIEF = (
    "The ferry between the east quay and the old town runs again from Monday. It had been out of service since a storm "
    "broke its ramp in August. Tickets cost as much as before, the operator says."
)
OTHERS = "<aside>" + each("<h3><a href='{url}'>{title}</a></h3>", ES) + "</aside>"


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Ferry back in service</h1><p>26 October 2024</p><p>{BRIEF}</p>{OTHERS}",
        f"<h1>Ferry back in service</h1><video src='f.mp4'></video><p>{BRIEF[:73]}</p>{OTHERS}",
        "<h1>渡し船が再開へ</h1><p>東岸と旧市街を結ぶ渡し船が月曜日から再開する。八月の嵐で桟橋が壊れ、運休していた。</p>",
        (
            "<h1>“We ran out of river”</h1><p><strong>How many boats were there?</strong></p><p>Four hundred.</p>"
            "<p><strong>Will it happen again?</strong></p><p>That is for the council to decide.</p>"
        ),
        f"<h1>Ferry back in service</h1><p>{BRIEF}</p><ul>"
        + each("<li><a href='{url}'>{title}</a></li>", ES)
        + "</ul>",
        "<h1>Live: storm</h1>"
        + "".join(f"<div><time>1{n}:00</time><h3>Pier {n}</h3><p>{BRIEF}</p></div>" for n in range(4)),
    ],
    ids=["brief", "video", "brief in Japanese", "interview", "links below", "liveblog"],
)
def test_short_articles_remain_articles(body: str) -> None:
    assert kind_of("Ferry back in service", body, "https://a.example/ferry") is PageKind.ARTICLE


def test_paragraphs_that_hold_links_are_no_list() -> None:
    line = (
        "<div class='p'>The council met on <a href='/councils/meeting-of-october'>the last day of October</a> {}</div>"
    )
    body = "<h1>Ferry back in service</h1>" + "".join(line.format("and decided nothing at all. " * 3) for _ in range(6))

    assert kind_of("Ferry back in service", body, "https://a.example/ferry") is PageKind.ARTICLE


def test_what_stands_beside_an_article_may_be_typed_too() -> None:
    body = f"<h1>Ferry back in service</h1><p>{BRIEF}</p><p>{BRIEF}</p>{each(TYPO3, PL)}"
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry back in service"}</script>'

    assert kind_of("Ferry back in service", body, "https://a.example/ferry", head=data) is PageKind.ARTICLE
