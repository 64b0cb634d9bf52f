"""What can be measured of each passage by itself and of its place on the page: small whole numbers, bins of a measure.

Weighs nothing; that is done in `model`. All features together may cost half a millisecond of a page.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from lxml import etree

from scraper.extractor.blocks import Context, Passage
from scraper.extractor.evidence import Evidence, Survey

FEATURES = (
    ("tag", "region", "kind", "within", "hidden", "shape", "size", "link", "links", "end", "start", "commas", "lower")
    + ("digits", "caps", "lines", "words", "own", "near", "path", "lowest", "depth", "position", "from_title")
    + ("group_count", "group_size", "group_link", "holder_count", "holder_share", "share", "repeats", "like_title")
    + ("declared", "before_size", "before_link", "before_tag", "before_near", "after_size", "after_link", "after_tag")
    + ("after_near", "nth", "nth_last", "page_prose", "page_count")
)
_TAGS = (
    "p div section article li h1 h2 h3 h4 h5 h6 td th blockquote pre figcaption header footer dt dd body main aside "
    "ul ol form figure button address label caption details summary center nav"
)
_TAG_NUMBER = {tag: number for number, tag in enumerate(_TAGS.split(), start=1)}
_EMPHASIS = {"em": 4, "i": 4, "strong": 5, "b": 5}
# What a text ends and begins with, by kind of character.
_END = {mark: kind for kind, marks in enumerate((".。．।", "!?！？", "\"'”’»“」』", ":：", ",;，、；", ")", "…", "0123456789"), 1) for mark in marks}
_START = {mark: kind for kind, marks in enumerate(("\"'“‘«„「『", "0123456789", "-–—•*·", "([", "©@#|/<>{"), 1) for mark in marks}
_LOWER_START, _UPPER_START = 6, 7
_CASELESS = 11
_WORD = re.compile(r"[^\W\d_]+")
# Scripts written without spaces, where a character says as much as three of a word.
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_DENSE_FACTOR = 3
_SHORT = 200
HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LEXICON_WORDS = 30
_OPENING = 100


def _logarithm(count: int) -> int:
    """Three bins to the doubling."""
    if count == 0:
        return 0
    exponent = count.bit_length() - 1
    return min(31, 3 * exponent + 3 * (count - (1 << exponent)) // (1 << exponent) + 1)


_LOG = [_logarithm(count) for count in range(1024)]


def log_bin(count: int) -> int:
    return _LOG[count] if count < 1024 else 31


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _clip(value: int, low: int, high: int) -> int:
    return low if value < low else min(value, high)


class Measured:
    """A page's passages and what was measured of them, one row each, in the order of `FEATURES`."""

    def __init__(self, passages, *, title, summary, declared, lexicon: "Lexicon") -> None:
        self.passages = passages
        self.survey = Survey(lexicon.names)
        self.lexicon = lexicon
        self.title = " ".join(words_of(title or ""))
        self.summary = " ".join(words_of(summary or ""))[:60]
        self.declared = declared
        self.rows = []
        self._measure()

    def _measure(self):
        passages = self.passages
        n = len(passages)
        joined = "".join([p.text for p in passages])
        total = len(joined) or 1
        factor = 1
        if not joined.isascii() and len(_DENSE.findall(joined)) * 4 > total:
            factor = _DENSE_FACTOR
        of = self.survey.of
        ev = [of(p.context) for p in passages]
        sizes = [len(p.text) * factor for p in passages]
        links = [min(10, (10 * p.link_chars + (len(p.text) >> 1)) // len(p.text)) for p in passages]
        groups = {}
        holders = {}
        seen = {}
        gs = []
        hs = []
        prose = 0
        for p, e, size, link in zip(passages, ev, sizes, links):
            c = p.context
            parent = c.parent
            key = (c.tag, e.names, of(parent).names if parent is not None else "")
            g = groups.get(key)
            if g is None: g = groups[key] = [0, 0, 0]
            g[0] += 1; g[1] += size; g[2] += p.link_chars
            gs.append(g)
            holder = parent or c
            h = holders.get(holder)
            if h is None: h = holders[holder] = [0, 0, 0]
            h[0] += 1
            if link < 4:
                h[1] += size
                prose += size
            hs.append(h)
            seen[p.text] = seen.get(p.text, 0) + 1
        self.factor = factor; self.sizes = sizes; self.links = links; self.evidence = ev; self.groups = gs
        prose = prose or 1
        title_at, keys = self._find_title()
        pp = log_bin(prose // 16); pc = log_bin(n)
        tags = [_TAG_NUMBER.get(p.context.tag, 0) for p in passages]
        # how neighbours stand to each other
        near = [0] * (n + 1)
        for i in range(1, n):
            a, b = passages[i - 1].context, passages[i].context
            near[i] = 3 if a is b else 2 if a.parent is b.parent else 1
        bounds_size = [0, *map(log_bin, sizes), 0]
        bounds_link = [0, *links, 0]
        bounds_tag = [0, *tags, 0]
        before = 0
        rows = self.rows
        for i, p in enumerate(passages):
            text = p.text
            e = ev[i]; g = gs[i]; h = hs[i]
            size = sizes[i]; link = links[i]
            length = len(text)
            h[2] += 1
            key = keys[i]
            lower, digits, caps, words = self._style(text, size, key)
            declared = 0
            if self.declared is not None:
                declared = 2 if text[:60].replace(" ", "") in self.declared else 1
            elif False: pass
            rows.append((
                tags[i], e.region, e.kind, e.within, e.hidden,
                self._shape(p),
                bounds_size[i + 1], link, min(p.links, 10),
                _END.get(text[-1], 0),
                _START.get(text[0]) or (_LOWER_START if text[0].islower() else _UPPER_START if text[0].isupper() else 0),
                log_bin(text.count(",") + text.count(".") + text.count("，") + text.count("。") + text.count("、")),
                lower, digits, caps, min(text.count("\n"), 5), words,
                _clip(round(e.own * 2) + 15, 0, 30), _clip(round(e.near * 2) + 15, 0, 30), _clip(round(e.path * 2) + 20, 0, 40), _clip(round(e.lowest * 4) + 20, 0, 20),
                min(p.context.depth, 30),
                20 * before // total,
                _clip((i - title_at if i < title_at else i - title_at + 1) if title_at >= 0 else 0, -10, 40) + 10,
                log_bin(g[0]), log_bin(g[1] // g[0]), min(10, 10 * g[2] * factor // g[1]),
                log_bin(h[0]), 10 * h[1] // prose, 10 * size // prose if link < 4 else 0,
                min(seen[text], 3) - 1,
                0 if key is None or not self.title else 1 if key == self.title else 2 if len(key) > 15 and key in self.title else 3 if len(self.title) > 15 and self.title in key else 0,
                declared if not self.summary or " ".join(words_of(text[:_OPENING]))[:60] != self.summary else 3 + (declared == 2),
                bounds_size[i], bounds_link[i], bounds_tag[i], near[i],
                bounds_size[i + 2], bounds_link[i + 2], bounds_tag[i + 2], near[i + 1],
                min(h[2], 10), min(h[0] - h[2], 10),
                pp, pc,
            ))
            before += length

    def _style(self, text, size, key):
        words = text.split()
        if self.factor > 1 or (not text.isascii() and text.lower() == text.upper()):
            lower = _CASELESS
        else:
            lower = 10 * sum(map(str.islower, words)) // len(words)
        get = self.lexicon.words.get
        if key is not None:
            lex = sum(get(w, 0.0) for w in key.split()[:_LEXICON_WORDS])
            lexb = _clip(round(lex * 2) + 20, 0, 40)
            digits = 10 * sum(map(str.isdigit, text)) // len(text)
            return lower, digits, 1 + text.isupper(), lexb
        get = self.lexicon.long_words.get
        lex = sum([get(w, 0.0) for w in set(words_of(text[:600]))])
        return lower, 0, 0, 41 + _clip(round(lex * 2) + 12, 0, 24)

    def _shape(self, p):
        if p.after is None and p.until is None:
            el = p.context.element
            if len(el) and (em := _EMPHASIS.get(el[0].tag)) and not (el.text or "").strip() and not (el[0].tail or "").strip() and len(el) == 1:
                return em
            return 0
        return 1 if p.after is None else 2 if p.until is None else 3

    def _find_title(self):
        title = self.title
        at = h1 = -1
        keys = []
        for i, p in enumerate(self.passages):
            if self.sizes[i] >= _SHORT:
                keys.append(None); continue
            key = " ".join(words_of(p.text))
            keys.append(key)
            heading = p.context.tag == "h1"
            if title and key and (key == title or (len(key) > 15 and key in title)) and (at < 0 or heading):
                at = i
            if heading and h1 < 0: h1 = i
        return (at if at >= 0 else h1), keys


class Lexicon:
    def __init__(self, names, words, long_words):
        self.names, self.words, self.long_words = names, words, long_words
