"""How dates and clocks are written, as patterns. Data only; what a match means is decided elsewhere."""

import re

# A month in Arabic may have two words, and two names ("نيسان / أبريل"); in Thai it is cut short with a point inside; in
# Vietnamese it has two or three.
_WORD = (
    r"(?:tháng\s[^\W\d_]+(?:\s(?:một|hai)(?!\w))?|[\u0e01-\u0e4e]{1,3}\.[\u0e01-\u0e4e]\.?"
    r"|[^\W\d_][^\s\d.,،;:/|()\[\]–—-]+(?:\s(?:الأول|الاول|الثاني)(?!\w))?)"
)
_OTHER_NAME = r"(?:\s?[/(]\s?[\u0600-\u06ff]+(?:\s[\u0600-\u06ff]+)?\)?)?"
_NUMBER_MARK = r"(?:st|nd|rd|th|er|re|ère|º|ª|°|-?(?:го|е))?"
_OF = r"(?:(?:de|del|di|of)\s+|d['’]|ta['’])?"
_YEAR = r"(?P<y>(?:19|20|25)\d\d)"
# Elements without a blank between them glue the time to the year: "Dec 22 20234:46 AM".
_NO_MORE = r"(?!\d(?!\d?:\d\d))"

# Each says how one order of year, month (m a number, w a word) and day is written in running text.
_YEAR_FIRST = re.compile(
    r"(?<![\d.,/-])(?P<y>(?:19|20)\d\d)\s?(?:[-/.．／‐‑]|年|년)\s?(?P<m>\d{1,2})\s?(?:[-/.．／‐‑]|月|월)\s?(?P<d>\d{1,2})(?![\d%])(?:\s?[日일]|\.)?"
)
YEAR_LAST = re.compile(
    r"(?<![\d.,/:-])(?P<a>\d{1,2})(?P<sep>\s?[./／‐‑-]\s?)(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20|25)?\d\d)(?![\d%])(?![.,/-]\d)"
)
_DAY_WORD_YEAR = re.compile(
    rf"(?<![\d.,:])(?P<d>\d{{1,2}}){_NUMBER_MARK}[\s.,/–-]*{_OF}(?P<w>{_WORD}){_OTHER_NAME}[\s.,،/’'-]*(?:(?:de|del|of|a)\s+)?"
    rf"(?:{_YEAR}|(?<=[/’'-])(?P<yy>\d\d)|(?P<rfc>\d\d)(?=\s\d\d:\d\d)){_NO_MORE}",
    re.IGNORECASE,
)
_WORD_DAY_YEAR = re.compile(
    rf"(?<!\w)(?P<w>{_WORD})[\s./-]*(?P<d>\d{{1,2}}){_NUMBER_MARK}(?:\s*[.,،/-]\s*|\s+)(?:(?:of|de)\s+)?{_YEAR}{_NO_MORE}",
    re.IGNORECASE,
)
_YEAR_WORD_DAY = re.compile(
    rf"(?<!\d){_YEAR}(?:\s?m|\(?e?\)?ko)?[.,]?[\s/-]+(?:(?:gada|an)\s+)?(?P<w>{_WORD})[\s./-]+(?P<d>\d{{1,2}})(?!\d)\.?",
    re.IGNORECASE,
)
# The orders of other languages with the months of East Asia, as systems made for English write them, and Latvian.
_MONTH_DAY_YEAR = re.compile(
    rf"(?<![\d年년])(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일]?,?\s+{_YEAR}(?!\d|\s?[年년])"
)
_DAY_COUNTED_YEAR = re.compile(rf"(?<![\d.,:])(?P<d>\d{{1,2}})\s(?P<m>\d{{1,2}})\s?[月월],?\s{_YEAR}(?!\d|\s?[年년])")
_YEAR_NAMED_DAY = re.compile(
    rf"(?<!\d){_YEAR}\s?年\s?(?P<w>[一二三四五六七八九十]{{1,2}}月)\s?(?P<d>\d{{1,2}})(?!\d)\s?日?"
)
_YEAR_DAY_WORD = re.compile(rf"(?<!\d){_YEAR}\.?\s+gada\s+(?P<d>\d{{1,2}})\.?\s+(?P<w>{_WORD})", re.IGNORECASE)
# asctime, java.util.Date and `date`: "Sat Oct 26 14:05:00 CEST 2024"; the time stands inside.
ASCTIME = re.compile(
    rf"(?<!\w)(?P<w>{_WORD})\s+(?P<d>\d{{1,2}})\s+(?P<time>\d{{1,2}}:\d\d(?::\d\d)?(?:\s(?:[A-Z]{{3,4}}|[+-]\d{{4}}))?)"
    rf"\s+{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2}),?\s+(?:năm\s+)?(?P<y>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
# Days of other calendars; `calendars` makes Gregorian ones of them.
PERSIAN_DATE = re.compile(r"(?<!\d)(?P<y>1[34]\d\d)\s?[/-]\s?(?P<m>\d{1,2})\s?[/-]\s?(?P<d>\d{1,2})(?![\d%])")
PERSIAN_WORDS = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s+(?P<persian>[\u0600-\u06ff]+)\s*(?:ماه)?\s*،?\s*(?P<y>1[34]\d\d)(?!\d)"
)
ERA_DATE = re.compile(
    r"(?P<era>令和|平成|昭和|民[國国])\s?(?P<y>元|\d{1,3})\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})(?!\d)\s?日?"
)
OTHER_CALENDAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)|[和成國国]\s?(?:元|\d{1,3})\s?年")
OTHER_FORMS = (PERSIAN_WORDS, PERSIAN_DATE, ERA_DATE)
TWO_DIGITS = re.compile(r"\d(?:\d|\s?年)|元年")
# In every date there is one of these: a year of four digits, or one of two behind a mark, or before an RFC 822 time.
YEAR_SIGN = re.compile(r"(?:19|20|25)\d\d|[/.／‐‑’'-]\s?\d\d(?!\d)|\d\d\s\d\d:\d\d")
FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
DIGIT = re.compile(r"\d")
FULL_YEAR = re.compile(r"(?:19|20|25)\d\d")
FORMS = (_YEAR_FIRST, YEAR_LAST, _DAY_WORD_YEAR, _WORD_DAY_YEAR, _YEAR_WORD_DAY)
# Each is asked only where its sign is: to look for that takes a hundredth of the time.
RARE_FORMS = (
    (":", ASCTIME),
    ("háng", _DAY_MONTH_YEAR),
    ("HÁNG", _DAY_MONTH_YEAR),
    ("月", _MONTH_DAY_YEAR),
    ("월", _MONTH_DAY_YEAR),
    ("月", _DAY_COUNTED_YEAR),
    ("월", _DAY_COUNTED_YEAR),
    ("月", _YEAR_NAMED_DAY),
    ("gada", _YEAR_DAY_WORD),
)
SHORT_YEAR_FORMS = (YEAR_LAST, _DAY_WORD_YEAR)

ISO = re.compile(
    r"\s*(?P<y>\d{4})-?(?P<m>\d\d)-?(?P<d>\d\d)"
    r"(?:(?:T|\s+|_)(?P<time>(?P<h>\d\d):?(?P<min>\d\d)(?::?(?P<s>\d\d|(?<=:)\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?|(?<=[\d])\s\d\d:\d\d)?))?(?:\[[\w/+-]+\])?\s*",
    re.IGNORECASE,
)
_HALF = (
    r"(?:[ap]\.?\s?m\b\.?|[πμ]\.?μ\b\.?|上午|下午|午前|午後|早上|晚上|오전|오후|[بق]\.?ظ|مساءً?|صباحا|صباحاً|[صم]\b"
    r"|(?-i:CH|SA)\b)"
)
_ZONE = r"(?:\(?(?:GMT|UTC)?\s?[+\-−]\d{1,2}(?::?\d\d)?(?!\d)|\(?[A-Z]{1,5}\b\)?)"
_CLOCK = (
    rf"(?P<before>{_HALF}\s?)?(?P<h>\d{{1,2}})(?:\s?[:：h時时시]\s?(?P<min>\d\d|\d(?=\s?[分분]))\s?(?:[:：分분]\s?(?:(?P<s>\d\d)(?:[.,]\d+)?秒?)?)?"
    rf"|\.(?P<dotmin>\d\d)(?=\s?(?P<dotmark>uhr|h\b)?)|(?=\s?(?:uhr|[ap]\.?m\b)))(?!\d)\s?(?P<half>{_HALF})?"
    rf"\s?(?:uhr|hrs?\b|h\b|น\.)?\s?(?P<zone>{_ZONE})?"
)
# What may stand between a day and its time: marks, and the word for "at".
_AT_WORDS = (
    "um|at|@|à|a las|a la|as|às|alle ore|alle|ore|ora|om|kl|klo|kello|o godz|godz|o|в|о|saat|ώρα|στις|la|lúc|เวลา"
    "|ساعت|الساعة"
)
# And what still belongs to the day: the word for "year", or the day of the week, where it stands after the date.
_REST_OF_DAY = (
    r"(?:\s*[,(（]?\s*(?:[月火水木金土日](?:曜日?)?|[월화수목금토일](?:요일)?|(?:星期|周|週)[一二三四五六日]|года|году|г|р|року"
    r"|pazartesi|salı|çarşamba|perşembe|cumartesi|cuma|pazar)(?!\w)\.?[)）]?)?"
)
_BETWEEN = rf"{_REST_OF_DAY}(?:[\s,;|•·/(\-–—]|T(?=\d))*(?P<at>(?:{_AT_WORDS})(?![^\W\d])[.,]?\s*)?"
TIME_AFTER = re.compile(_BETWEEN + _CLOCK, re.IGNORECASE)
TIME_BEFORE = re.compile(
    rf"(?<![\d.:])(?P<at>){_CLOCK}[\s,|•·/)\-–—]*(?:(?:on|am|le|el|il)\s+)?(?:{_WORD}[.,]?\s*)?$", re.IGNORECASE
)
OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\-−])(\d{1,2}?):?(\d\d)?$", re.IGNORECASE)
EPOCH = re.compile(r"\s*(?:/Date\()?(?P<n>\d{9,10}|\d{12,13})(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?\s*")
