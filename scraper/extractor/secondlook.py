"""What the first scores of a passage's surroundings say about it: a second set of features, in the same form.

A passage between two that belong to the article most likely belongs to it; one in a box of teasers does not.
"""

from collections.abc import Sequence
from math import exp, log

from scraper.extractor.blocks import Context
from scraper.extractor.features import HEADING_TAGS, Measured

FEATURES = (
    ("score", "mean2", "mean5", "mean10", "heading_score", "heading_gap", "holder_mean", "holder_mass", "upper_mean")
    + ("group_mean", "mass_before", "mass_after", "gap_before", "gap_after", "core", "levels_up", "page_mass")
    + ("relative_depth", "next_heading")
)
# Some open text, so that a few words among nothing do not count as a rule.
_DOUBT = 30
_STRONG_CHARS = 80
_FAR = 30
_NO_HEADING = 29


def look_again(measured: Measured, scores: Sequence[float]) -> list[tuple[int, ...]]:
    """One row for each passage, in the order of `FEATURES`; `scores` are log odds."""
    n = len(scores)
    if not n:
        return []
    passages = measured.passages
    chances = [1 / (1 + exp(-score)) if score > -30 else 0.0 for score in scores]
    open_chars = [max(1, len(p.text) - p.link_chars) for p in passages]
    masses = [chance * chars for chance, chars in zip(chances, open_chars, strict=True)]
    total = sum(masses) + 1
    mass_up, chars_up = _totals(measured, masses, open_chars)
    half, most, nearly = _cores(measured.survey.contexts(), mass_up, total)
    around_most = set()
    c = most
    gm = {}
    for g, m, o in zip(measured.groups, masses, open_chars):
        t = gm.setdefault(id(g), [0.0, 0])
        t[0] += m; t[1] += o
    sm = [0.0]; so = [0]
    a = 0.0; b = 0
    for m, o in zip(masses, open_chars):
        a += m; b += o
        sm.append(a); so.append(b)
    strong = [s > 0 and o > _STRONG_CHARS for s, o in zip(scores, open_chars)]
    depths = sorted(p.context.depth for p, s in zip(passages, strong) if s) or sorted(p.context.depth for p in passages)
    middle = depths[len(depths) // 2]
    gap_before = _gaps(strong)
    gap_after = _gaps(strong[::-1])[::-1]
    is_heading = [p.context.tag in HEADING_TAGS for p in passages]
    next_heading = [1 + g for g in _gaps([*is_heading[1:], False][::-1])[::-1]]
    up = _levels_up(measured.survey.contexts(), mass_up, .8 * total)
    coreof = {}
    for c in measured.survey.contexts():
        coreof[c] = (coreof[c.parent] if c.parent is not None else 0) + (c is half) + (c is most) + (c is nearly)
    heading_score, heading_at = _NO_HEADING, -99
    rows = []
    for i, p in enumerate(passages):
        c = p.context
        m = masses[i]; o = open_chars[i]
        holder = c.parent or c
        upper = holder.parent or holder
        g = gm[id(measured.groups[i])]
        sc = round(scores[i] * 2)
        sc = (-14 if sc < -14 else min(sc, 14)) + 14
        d = c.depth - middle
        rows.append((
            sc,
            _mean(sm, so, i, 2, m, o), _mean(sm, so, i, 5, m, o), _mean(sm, so, i, 10, m, o),
            heading_score, min(i - heading_at, _FAR),
            int(20 * (mass_up[holder] - m) / (chars_up[holder] - o + _DOUBT)), int(20 * mass_up[holder] / total),
            int(20 * (mass_up[upper] - m) / (chars_up[upper] - o + _DOUBT)),
            int(20 * (g[0] - m) / (g[1] - o + _DOUBT)),
            int(20 * sm[i] / total), int(20 * (total - sm[i + 1]) / total),
            gap_before[i], gap_after[i],
            coreof[c], up[c], min(31, int(2 * log(total))),
            (-10 if d < -10 else min(d, 10)) + 10, min(next_heading[i], _FAR),
        ))
        if is_heading[i]:
            heading_score, heading_at = sc, i
    return rows


def _mean(sm, so, i, k, m, o):
    lo = i - k if i > k else 0
    hi = i + k + 1
    if hi >= len(sm): hi = len(sm) - 1
    return int(20 * (sm[hi] - sm[lo] - m) / (so[hi] - so[lo] - o + _DOUBT))


def _totals(measured, masses, chars):
    mass_up = dict.fromkeys(measured.survey.contexts(), 0.0)
    chars_up = dict.fromkeys(mass_up, 0)
    for p, m, o in zip(measured.passages, masses, chars):
        mass_up[p.context] += m
        chars_up[p.context] += o
    for c in reversed(mass_up):
        if c.parent is not None:
            mass_up[c.parent] += mass_up[c]
            chars_up[c.parent] += chars_up[c]
    return mass_up, chars_up


def _cores(contexts, mass_up, total):
    """The deepest elements that hold half, most and nearly all of what seems to be the article."""
    best = [None, None, None]
    for c in contexts:
        m = mass_up[c]
        for k, share in enumerate((.5, .8, .9)):
            if m >= share * total and (best[k] is None or c.depth > best[k].depth):
                best[k] = c
    return best


def _levels_up(contexts, mass_up, enough):
    up = {}
    for c in contexts:
        up[c] = 0 if mass_up[c] >= enough else 20 if c.parent is None else min(20, up[c.parent] + 1)
    return up


def _gaps(marks: Sequence[bool]) -> list[int]:
    """For each place, how far back the last mark is."""
    gaps = []
    gap = _FAR
    for mark in marks:
        gaps.append(gap)
        gap = 1 if mark else min(gap + 1, _FAR)
    return gaps
