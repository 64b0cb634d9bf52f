"""How dates and clocks are written, as patterns. Data only; what a match means is decided elsewhere."""

import re

_WORD = r"[^\W\d_][^\s\d.,;:/|()\[\]–—-]+"
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
    rf"(?<![\d.,:])(?P<d>\d{{1,2}}){_NUMBER_MARK}[\s.,/–-]*{_OF}(?P<w>{_WORD})[\s.,/’'-]*(?:(?:de|del|of|a)\s+)?"
    rf"(?:{_YEAR}|(?<=[/’'-])(?P<yy>\d\d)|(?P<rfc>\d\d)(?=\s\d\d:\d\d))(?!\d)",
    re.IGNORECASE,
)
_WORD_DAY_YEAR = re.compile(
    rf"(?<!\w)(?P<w>{_WORD})[\s./-]*(?P<d>\d{{1,2}}){_NUMBER_MARK}(?:\s*[.,/-]\s*|\s+)(?:(?:of|de)\s+)?{_YEAR}{_NO_MORE}",
    re.IGNORECASE,
)
_YEAR_WORD_DAY = re.compile(
    rf"(?<!\d){_YEAR}(?:\s?m)?[.,]?[\s/-]+(?:(?:gada|an)\s+)?(?P<w>{_WORD})[\s./-]+(?P<d>\d{{1,2}})(?!\d)\.?",
    re.IGNORECASE,
)
# asctime, java.util.Date and `date`: "Sat Oct 26 14:05:00 CEST 2024"; the time stands inside.
ASCTIME = re.compile(
    rf"(?<!\w)(?P<w>{_WORD})\s+(?P<d>\d{{1,2}})\s+(?P<time>\d{{1,2}}:\d\d(?::\d\d)?(?:\s(?:[A-Z]{{3,4}}|[+-]\d{{4}}))?)"
    rf"\s+{_YEAR}(?!\d)",
    re.IGNORECASE,
)
TWO_DIGITS = re.compile(r"\d\d")
# In every date there is one of these: a year of four digits, or one of two behind a mark, or before an RFC 822 time.
YEAR_SIGN = re.compile(r"(?:19|20|25)\d\d|[/.／‐‑’'-]\s?\d\d(?!\d)|\d\d\s\d\d:\d\d")
FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
DIGIT = re.compile(r"\d")
FULL_YEAR = re.compile(r"(?:19|20|25)\d\d")
FORMS = (_YEAR_FIRST, YEAR_LAST, _DAY_WORD_YEAR, _WORD_DAY_YEAR, _YEAR_WORD_DAY, ASCTIME)
SHORT_YEAR_FORMS = (YEAR_LAST, _DAY_WORD_YEAR)

ISO = re.compile(
    r"\s*(?P<y>\d{4})-?(?P<m>\d\d)-?(?P<d>\d\d)"
    r"(?:(?:T|\s+|_)(?P<time>(?P<h>\d\d):?(?P<min>\d\d)(?::?(?P<s>\d\d|(?<=:)\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?|(?<=[\d])\s\d\d:\d\d)?))?(?:\[[\w/+-]+\])?\s*",
    re.IGNORECASE,
)
_HALF = r"(?:[ap]\.?\s?m\b\.?|[πμ]\.?μ\b\.?|上午|下午|午前|午後|오전|오후|[صم]\b)"
_ZONE = r"(?:(?:GMT|UTC)?\s?[+\-−]\d{1,2}(?::?\d\d)?(?!\d)|\(?[A-Z]{1,5}\b\)?)"
_CLOCK = (
    rf"(?P<before>{_HALF}\s?)?(?P<h>\d{{1,2}})(?:\s?[:：h時时시]\s?(?P<min>\d\d)\s?(?:[:：分분]\s?(?:(?P<s>\d\d)(?:[.,]\d+)?秒?)?)?"
    rf"|\.(?P<dotmin>\d\d)(?=\s?(?P<dotmark>uhr|h\b)?)|(?=\s?(?:uhr|[ap]\.?m\b)))(?!\d)\s?(?P<half>{_HALF})?"
    rf"\s?(?:uhr|hrs?\b|h\b|น\.)?\s?(?P<zone>{_ZONE})?"
)
# What may stand between a day and its time: marks, and the word for "at".
_AT_WORDS = (
    "um|at|@|à|a las|a la|as|às|alle ore|alle|ore|ora|om|kl|klo|kello|o godz|godz|o|года|г|в|о|saat|ώρα|στις|la|lúc"
)
_BETWEEN = rf"(?:[\s,;|•·/(\-–—]|T(?=\d))*(?P<at>(?:{_AT_WORDS})(?![^\W\d])[.,]?\s*)?"
TIME_AFTER = re.compile(_BETWEEN + _CLOCK, re.IGNORECASE)
TIME_BEFORE = re.compile(
    rf"(?<![\d.:])(?P<at>){_CLOCK}[\s,|•·/)\-–—]*(?:(?:on|am|le|el|il)\s+)?(?:{_WORD}[.,]?\s*)?$", re.IGNORECASE
)
OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\-−])(\d{1,2}?):?(\d\d)?$", re.IGNORECASE)
EPOCH = re.compile(r"\s*(?:/Date\()?(?P<n>\d{9,10}|\d{12,13})(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?\s*")
