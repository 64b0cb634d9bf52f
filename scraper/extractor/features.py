"""What can be measured of a passage: small whole numbers, each a bin of one measure. Weighs nothing: see `body`.

Every feature is cheap: a page has some two hundred passages and all of them together may cost half a millisecond.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from scraper.extractor.blocks import Context, Passage

# What an element stands in, at any distance.
PLACES = tuple("article main aside nav footer header figure form ul ol dl table blockquote figcaption button pre dialog hidden a".split())
_BIT = {name: 1 << number for number, name in enumerate(PLACES)}
_ROLES = {
    "main": _BIT["main"],
    "article": _BIT["article"],
    "navigation": _BIT["nav"],
    "complementary": _BIT["aside"],
    "contentinfo": _BIT["footer"],
    "banner": _BIT["header"],
    "dialog": _BIT["dialog"],
    "alertdialog": _BIT["dialog"],
    "search": _BIT["form"],
}
_TAGS = {
    tag: number
    for number, tag in enumerate(
        "p div section article li h1 h2 h3 h4 h5 h6 td th blockquote pre figcaption header footer dt dd body main aside "
        "ul ol form figure button address label caption details summary center nav".split(),
        start=1,
    )
}
HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAMING = frozenset(
    "class id role itemprop data-testid data-test data-component data-qa data-type data-module data-widget aria-label".split()
)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")

_LOG = [0, *(int(3 * (n.bit_length() - 1) + 3 * (n / (1 << (n.bit_length() - 1)) - 1)) + 1 for n in range(1, 1024))]


def log_bin(count: int) -> int:
    return _LOG[count] if count < 1024 else 31


@lru_cache(maxsize=8192)
def tokens_of(tag: str, names: str) -> tuple[str, ...]:
    """The words in an element's names (`articleBody`, `article-body`, `article__body` are all two), and its tag."""
    return (f"<{tag}", *sorted({token.lower() for token in _TOKEN.findall(names)}))


def survey(context: Context, weights: Mapping[str, float]) -> None:
    chain = []
    c = context
    while c is not None and c.place < 0:
        chain.append(c)
        c = c.parent
    for c in reversed(chain):
        parent = c.parent
        place = _BIT.get(c.tag, 0)
        names = ""
        if c.attributes:
            for name, value in c.attributes:
                if name in _NAMING:
                    names = f"{names} {value}" if names else value
                    if name == "role":
                        place |= _ROLES.get(value, 0)
                elif (name == "style" and "none" in value and "display:none" in value.replace(" ", "").lower()) or name == "hidden":
                    place |= _BIT["hidden"]
        c.names = names
        c.mass = 0
        c.count = 0
        if c.tag in ("html", "body"):
            c.own = 0.0
        else:
            c.own = sum(weights.get(t, 0.0) for t in tokens_of(c.tag, names))
        if parent is None:
            c.place = place; c.path = c.own; c.near = c.own
        else:
            c.place = place | parent.place
            c.path = c.own + parent.path
            c.near = c.own + parent.own

def clip(x, lo, hi):
    return lo if x < lo else hi if x > hi else x

_ENDS = {**dict.fromkeys(".。．।", 1), **dict.fromkeys("!?！？", 2), **dict.fromkeys("\"'”’»“」』", 3), **dict.fromkeys(":：", 4), **dict.fromkeys(",;，、；", 5), ")": 6, "…": 7, **dict.fromkeys("0123456789", 8)}
_STARTS = {**dict.fromkeys("\"'“‘«„「『", 1), **dict.fromkeys("0123456789", 2), **dict.fromkeys("-–—•*·", 3), **dict.fromkeys("([", 4), **dict.fromkeys("©@#|/<>{", 5)}

def start_bin(text):
    ch = text[0]
    b = _STARTS.get(ch)
    if b is None:
        b = 6 if ch.islower() else 7 if ch.isupper() else 0
    return b

FEATURES = ("tag", "whole", "size", "link", "nlinks", "end", "start", "commas", "lower", "digits", "lex", "own", "near", "path", "depth",
 *("in_" + p for p in PLACES), "pos", "title_pos", "grp_n", "grp_size", "grp_link", "par_n", "par_size", "dup", "title_sim", "desc", "psize", "plink", "ptag", "pp", "nsize", "nlink", "ntag", "np", "lines", "share","caps")

def lex_words(text):
    return [w.lower() for w in _WORD.findall(text)]

def measure(passages: Sequence[Passage], *, title: str | None, description: str | None, token_weights: Mapping[str, float], word_weights) -> list[list[int]]:
    n = len(passages)
    wide = sum(len(_WIDE.findall(p.text)) for p in passages) if any(not p.text.isascii() for p in passages) else 0
    total = sum(len(p.text) for p in passages) or 1
    factor = 3 if wide * 4 > total else 1
    title_key = " ".join(lex_words(title or ""))
    desc_key = " ".join(lex_words(description or ""))[:60]
    groups = {}
    seen = {}
    info = []
    title_at = -1
    h1_at = -1
    for i, p in enumerate(passages):
        c = p.context
        if c.place < 0:
            survey(c, token_weights)
        text = p.text
        size = len(text) * factor
        key = (c.tag, c.names, c.parent.names if c.parent is not None else "")
        g = groups.setdefault(key, [0, 0, 0])
        g[0] += 1; g[1] += size; g[2] += p.link_chars * factor
        seen[text] = seen.get(text, 0) + 1
        link = clip(int(10 * p.link_chars / len(text) + .5), 0, 10)
        holder = c.parent or c
        if link < 4:
            holder.mass += size
        holder.count += 1
        info.append((size, link, key))
        if len(text) < 250 and title_key and len(text) * 4 > len(title_key):
            k = " ".join(lex_words(text))
            if k and (k == title_key or (len(k) > 15 and k in title_key)):
                if title_at < 0 or c.tag == "h1": title_at = i
        if c.tag == "h1" and h1_at < 0: h1_at = i
    if title_at < 0: title_at = h1_at
    prose = sum(s for s, l, _ in info if l < 4) or 1
    rows = []
    before = 0
    for i, p in enumerate(passages):
        text = p.text; c = p.context
        size, link, key = info[i]
        g = groups[key]
        words = text.split()
        nw = len(words)
        low = sum(map(str.islower, words))
        if factor > 1 or (not text.isascii() and text.lower() == text.upper()): lower = 11
        else: lower = int(10 * low / nw)
        caps = 0
        ws = None
        if size < 200:
            ws = lex_words(text)
            lex = sum(word_weights.get(w, 0.0) for w in ws[:30])
            lexb = clip(int(round(lex * 2)) + 20, 1, 40)
            digits = int(10 * sum(map(str.isdigit, text)) / len(text))
            caps = 1 + (text.isupper())
        else:
            lexb = 0; digits = 0
        if ws is None or not title_key: ts = 0
        else:
            k = " ".join(ws)
            ts = 1 if k == title_key else 2 if len(k) > 15 and k in title_key else 3 if len(title_key) > 15 and title_key in k else 0
        desc = 0
        if desc_key:
            k = " ".join(lex_words(text[:100]))[:60]
            if k and (k == desc_key): desc = 1
        holder = c.parent or c
        whole = 0 if p.after is None and p.until is None else 1 if p.after is None else 2 if p.until is None else 3
        row = [
            _TAGS.get(c.tag, 0), whole, log_bin(size), link, min(p.links, 10),
            _ENDS.get(text[-1], 0), start_bin(text),
            log_bin(text.count(",") + text.count(".") + text.count("，") + text.count("。") + text.count("、")),
            lower, digits, lexb,
            clip(int(round(c.own * 2)) + 15, 0, 30), clip(int(round(c.near * 2)) + 15, 0, 30), clip(int(round(c.path * 2)) + 20, 0, 40),
            min(c.depth, 30),
            *((c.place >> b) & 1 for b in range(len(PLACES))),
            int(20 * before / total),
            clip(0 if title_at < 0 else (i - title_at if i < title_at else i - title_at + 1) , -10, 40) + 10,
            log_bin(g[0]), log_bin(g[1] // g[0]), int(10 * g[2] / g[1] + .5) if g[1] else 0,
            log_bin(holder.count), int(10 * holder.mass / prose),
            (0 if seen[text] == 1 else 1), ts, desc,
            0 if i == 0 else log_bin(info[i - 1][0]), 0 if i == 0 else info[i - 1][1], 0 if i == 0 else _TAGS.get(passages[i - 1].context.tag, 0),
            0 if i == 0 else 1 + (passages[i - 1].context.parent is c.parent) + 2 * (passages[i - 1].context is c),
            0 if i == n - 1 else log_bin(info[i + 1][0]), 0 if i == n - 1 else info[i + 1][1], 0 if i == n - 1 else _TAGS.get(passages[i + 1].context.tag, 0),
            0 if i == n - 1 else 1 + (passages[i + 1].context.parent is c.parent) + 2 * (passages[i + 1].context is c),
            min(text.count("\n"), 5), int(10 * size / prose) if link < 4 else 0, caps
        ]
        before += len(text)
        rows.append(row)
    return rows
