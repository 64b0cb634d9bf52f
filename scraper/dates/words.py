"""The words in which dates are written: months, zones, halves of the day. Data only; it reads nothing by itself.

Month forms follow the Unicode CLDR (format and stand-alone, wide and abbreviated) plus spellings seen on news sites
("Sept", "Jänner", "Mrz"). Each language is one string of twelve groups parted by ``|``.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

_MONTHS = {
    "en": "january jan|february feb febr|march mar|april apr|may|june jun|july jul|august aug|"
    "september sept sep|october oct|november nov|december dec",
    "de": "januar jänner jan jän|februar feber feb|märz maerz mär mrz|april apr|mai|juni jun|juli jul|"
    "august aug|september sept sep|oktober okt|november nov|dezember dez",
    "fr": "janvier janv jan|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre sept|"
    "octobre oct|novembre nov|décembre déc",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|"
    "septiembre setiembre sept sep set|octubre oct|noviembre nov|diciembre dic",
    "it": "gennaio genn gen|febbraio febbr feb|marzo mar|aprile apr|maggio magg mag|giugno giu|luglio lug|"
    "agosto ago|settembre sett set|ottobre ott|novembre nov|dicembre dic",
    "nl": "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|"
    "september sep sept|oktober okt|november nov|december dec",
    "pt": "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago|"
    "setembro set|outubro out|novembro nov|dezembro dez",
    "pl": "stycznia styczeń sty|lutego luty lut|marca marzec mar|kwietnia kwiecień kwi|maja maj|"
    "czerwca czerwiec cze|lipca lipiec lip|sierpnia sierpień sie|września wrzesień wrz|"
    "października październik paź|listopada listopad lis|grudnia grudzień gru",
    "sv": "januari jan|februari feb|mars mar|april apr|maj|juni jun|juli jul|augusti aug|september sep|"
    "oktober okt|november nov|december dec",
    "da": "januar jan|februar feb|marts mar|april apr|maj|juni jun|juli jul|august aug|september sep|"
    "oktober okt|november nov|december dec",
    "no": "januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|august aug|september sep|"
    "oktober okt|november nov|desember des",
    "is": "janúar jan|febrúar feb|mars mar|apríl apr|maí|júní jún|júlí júl|ágúst ágú|september sep|"
    "október okt|nóvember nóv|desember des",
    "fi": "tammikuuta tammikuu tammi|helmikuuta helmikuu helmi|maaliskuuta maaliskuu maalis|"
    "huhtikuuta huhtikuu huhti|toukokuuta toukokuu touko|kesäkuuta kesäkuu kesä|"
    "heinäkuuta heinäkuu heinä|elokuuta elokuu elo|syyskuuta syyskuu syys|lokakuuta lokakuu loka|"
    "marraskuuta marraskuu marras|joulukuuta joulukuu joulu",
    "et": "jaanuar jaan|veebruar veebr|märts|aprill apr|mai|juuni|juuli|august aug|september sept|"
    "oktoober okt|november nov|detsember dets",
    "lt": "sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio|gruodžio",
    "lv": "janvāris janvārī|februāris februārī|marts martā|aprīlis aprīlī|maijs maijā|jūnijs jūnijā|"
    "jūlijs jūlijā|augusts augustā|septembris septembrī|oktobris oktobrī|novembris novembrī|"
    "decembris decembrī",
    "cs": "ledna leden led|února únor úno|března březen bře|dubna duben dub|května květen kvě|"
    "června červen čvn|července červenec čvc|srpna srpen srp|září zář|října říjen říj|"
    "listopadu listopad lis|prosince prosinec pro",
    "sk": "januára január|februára február|marca marec|apríla apríl|mája máj|júna jún|júla júl|"
    "augusta august|septembra september|októbra október|novembra november|decembra december",
    "sl": "januar januarja jan|februar februarja feb|marec marca|april aprila|maj maja|junij junija|"
    "julij julija|avgust avgusta avg|september septembra|oktober oktobra|november novembra|"
    "december decembra",
    "hr": "siječnja siječanj|veljače veljača|ožujka ožujak|travnja travanj|svibnja svibanj|lipnja lipanj|"
    "srpnja srpanj|kolovoza kolovoz|rujna rujan|listopada listopad|studenoga studenog studeni|"
    "prosinca prosinac",
    "hu": "január jan|február febr|március márc|április ápr|május máj|június jún|július júl|augusztus aug|"
    "szeptember szept|október okt|november nov|december dec",
    "ro": "ianuarie ian|februarie feb|martie mar|aprilie apr|mai|iunie iun|iulie iul|august aug|"
    "septembrie sept|octombrie oct|noiembrie noi|decembrie dec",
    "ca": "gener gen|febrer febr|març|abril abr|maig|juny|juliol jul|agost ag|setembre set|octubre oct|"
    "novembre nov|desembre des",
    "tr": "ocak oca|şubat şub|mart mar|nisan nis|mayıs may|haziran haz|temmuz tem|ağustos ağu|eylül eyl|"
    "ekim eki|kasım kas|aralık ara",
    "id": "januari jan|februari feb|maret mar|april apr|mei|juni jun|juli jul|agustus agu agt|september sep|"
    "oktober okt|november nov|desember des",
    "el": "ιανουαρίου ιανουάριος ιαν|φεβρουαρίου φεβρουάριος φεβ|μαρτίου μάρτιος μαρ|απριλίου απρίλιος απρ|"
    "μαΐου μάιος μαΐ|ιουνίου ιούνιος ιουν|ιουλίου ιούλιος ιουλ|αυγούστου αύγουστος αυγ|"
    "σεπτεμβρίου σεπτέμβριος σεπ|οκτωβρίου οκτώβριος οκτ|νοεμβρίου νοέμβριος νοε|"
    "δεκεμβρίου δεκέμβριος δεκ",
    "ru": "января январь янв|февраля февраль фев|марта март мар|апреля апрель апр|мая май|июня июнь июн|"
    "июля июль июл|августа август авг|сентября сентябрь сент сен|октября октябрь окт|"
    "ноября ноябрь нояб ноя|декабря декабрь дек",
    "uk": "січня січень січ|лютого лютий лют|березня березень бер|квітня квітень квіт|травня травень трав|"
    "червня червень черв|липня липень лип|серпня серпень серп|вересня вересень вер|жовтня жовтень жовт|"
    "листопада листопад лист|грудня грудень груд",
    "bg": "януари яну|февруари фев|март мар|април апр|май|юни|юли|август авг|септември сеп|октомври окт|"
    "ноември ное|декември дек",
    "sr": "јануар јан|фебруар феб|март мар|април апр|мај|јун|јул|август авг|септембар сеп|октобар окт|"
    "новембар нов|децембар дец",
    "ar": "يناير جانفي|فبراير فيفري|مارس|أبريل ابريل أفريل|مايو ماي|يونيو يونيه جوان|يوليو يوليه جويلية|"
    "أغسطس اغسطس أوت غشت|سبتمبر شتنبر|أكتوبر اكتوبر|نوفمبر نونبر|ديسمبر دجنبر",
    "he": "ינואר בינואר|פברואר בפברואר|מרץ במרץ|אפריל באפריל|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט|"
    "ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר|דצמבר בדצמבר",
    "hi": "जनवरी|फरवरी फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर|नवंबर नवम्बर|दिसंबर दिसम्बर",
    "th": "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม",
}

# RFC 822 section 5 and the names people write in feeds and bylines; minutes east of UTC.
_ZONES = (
    "z=0 ut=0 utc=0 gmt=0 wet=0 west=60 bst=60 cet=60 mez=60 met=60 cest=120 mest=120 mesz=120 sast=120 "
    "eet=120 eest=180 msk=180 trt=180 gst=240 pkt=300 ist=330 npt=345 wib=420 hkt=480 sgt=480 awst=480 "
    "jst=540 kst=540 acst=570 aest=600 aedt=660 nzst=720 nzdt=780 brt=-180 art=-180 nst=-210 ndt=-150 "
    "ast=-240 adt=-180 est=-300 edt=-240 cst=-360 cdt=-300 mst=-420 mdt=-360 pst=-480 pdt=-420 akst=-540 "
    "akdt=-480 hst=-600"
)
ZONES: Mapping[str, int] = MappingProxyType(
    {name: int(minutes) for name, minutes in (pair.split("=") for pair in _ZONES.split())}
)
"""Zone abbreviations. Where one stands for several, the commonest in news (BST British, IST Indian, CST American)."""

NORTH_AMERICAN_ZONES: Mapping[str, int] = MappingProxyType({"et": -300, "ct": -360, "mt": -420, "pt": -480})
"""Zones named without saying whether it is summer; winter offsets. The day decides which half of the year it is."""

AFTERNOON = frozenset(("pm", "下午", "午後", "오후", "م", "μμ"))
MORNING = frozenset(("am", "上午", "午前", "오전", "ص", "πμ"))

_MONTH_FIRST_REGIONS = frozenset(("us", "ph", "pr", "ca"))


@lru_cache(maxsize=512)
def fold_word(word: str) -> str:
    """`word` without case, accents and a final stop, so that "Févr." and "fevr" are one."""
    plain = unicodedata.normalize("NFKD", word.casefold().rstrip(".").replace("ı", "i"))
    return unicodedata.normalize("NFC", "".join(char for char in plain if not unicodedata.combining(char)))


def month_number(word: str, languages: Iterable[str] = ()) -> int | None:
    """1 to 12 where `word` names a month; `languages` decide where it names two ("listopad": October in Croatian)."""
    key = fold_word(word)
    tables = _month_tables()
    for language in languages:
        found = tables.get(_primary(language), {}).get(key)
        if found:
            return found
    return _all_months().get(key)


def is_month_first(languages: Iterable[str]) -> bool:
    """Whether 3/4/2024 is the fourth of March: so in American English, nearly nowhere else."""
    for language in languages:
        primary, _, rest = language.lower().replace("_", "-").partition("-")
        if primary == "en":
            return not rest or any(part in _MONTH_FIRST_REGIONS for part in rest.split("-"))
        if primary:
            return primary in ("fil", "tl")
    return False


def month_words() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Per language the twelve tuples of forms, the usual one first."""
    return {
        language: tuple(tuple(group.split()) for group in groups.split("|")) for language, groups in _MONTHS.items()
    }


def _primary(language: str) -> str:
    code = language.lower().replace("_", "-").partition("-")[0]
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(code, code)


@lru_cache(maxsize=1)
def _month_tables() -> Mapping[str, Mapping[str, int]]:
    return {
        language: {fold_word(word): number for number, group in enumerate(groups, 1) for word in group}
        for language, groups in month_words().items()
    }


@lru_cache(maxsize=1)
def _all_months() -> Mapping[str, int]:
    merged: dict[str, int] = {}
    for table in _month_tables().values():  # the first language that has a word keeps it: English, then German...
        for word, number in table.items():
            merged.setdefault(word, number)
    return merged
