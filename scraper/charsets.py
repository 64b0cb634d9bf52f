"""The charsets that pages and feeds are written in. Decodes nothing."""

import codecs

# Labels as browsers read them (the Encoding Standard of the WHATWG), by the name Python gives the codec. An allow
# list: Python has codecs that are no charsets at all ("zlib", "unicode_escape").
_CHARSETS = {
    **{name: name for name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r", "koi8-u", "cp866")},
    **{f"cp125{digit}": f"cp125{digit}" for digit in range(9)},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{name: name for name in ("big5", "big5hkscs", "euc_jp", "iso2022_jp", "gb18030", "mac-roman", "mac-cyrillic")},
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "cp874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_kr": "cp949",
    "cp949": "cp949",
}


def charset_of(label: str) -> str | None:
    """Python's name of the codec that a label stands for on the web; None for what is no charset there."""
    try:
        return _CHARSETS.get(codecs.lookup(label).name)
    except LookupError:
        return None
