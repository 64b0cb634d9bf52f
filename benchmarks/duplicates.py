"""Measures the near-duplicate rung on pairs built from the corpus: what is found of copies, and of what is none.

    python -m benchmarks.duplicates [--corpus FOLDER] [--pin]

Positives are real bodies, changed as copies are: words edited, cut, moved, with boxes and agency lines of others added,
tickers that grew on under the same head. Negatives are translations (every word another but numbers and names), other
stories under the same template, stories of the same site, and strangers. Exit status 1 where a pinned figure fell.
"""

import argparse
import random
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from zlib import crc32

from benchmarks.corpus import Corpus, add_corpus_options, open_corpus
from scraper.archiver.articles import duplicates, minhash
from scraper.archiver.articles.fingerprints import words_of
from scraper.urls import site_of

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
FLOORS = Path(__file__).with_name("duplicates.toml")

_LEAST_WORDS = 150
Words = list[str]
Change = Callable[[Words, random.Random, Words], Words]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the archive knows it: by its signature and its keys."""

    length: int
    numbers: tuple[int, ...]
    keys: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, and of which kind they are."""

    kind: str
    one: Text
    other: Text

    @property
    def is_copy(self) -> bool:
        return self.kind in POSITIVES


def text_of(words: Words) -> Text:
    numbers = minhash.signature(words)
    return Text(len(words), numbers, frozenset(minhash.keys(numbers, words)))


def is_found(one: Text, other: Text, at_least: float) -> bool:
    """Whether the archive would link the two, were its least similarity `at_least`."""
    lengths = (one.length, other.length)
    return not one.keys.isdisjoint(other.keys) and (
        duplicates.similarity_of(one.numbers, other.numbers, lengths, at_least=at_least) is not None
    )


def _edit(share: float) -> Change:
    return lambda words, dice, other: [dice.choice(other) if dice.random() < share else word for word in words]


def _cut(share: float) -> Change:
    return lambda words, dice, other: words[: int(len(words) * share)]


def _cut_head(words: Words, dice: random.Random, other: Words) -> Words:
    return words[len(words) // 5 :]


def _reorder(words: Words, dice: random.Random, other: Words) -> Words:
    """Paragraphs of some forty words in another order."""
    paragraphs = [words[start : start + 40] for start in range(0, len(words), 40)]
    dice.shuffle(paragraphs)
    return [word for paragraph in paragraphs for word in paragraph]


def _add_boxes(words: Words, dice: random.Random, other: Words) -> Words:
    """Three boxes ("read more") of thirty words of another text, somewhere inside."""
    result = list(words)
    for start in range(0, 90, 30):
        place = dice.randrange(len(result))
        result[place:place] = other[start : start + 30]
    return result


def _agency(words: Words, dice: random.Random, other: Words) -> Words:
    """Agency copy: another first paragraph, the last ones cut, a few words edited, a note at the end."""
    kept = _edit(0.02)(words[25 : int(len(words) * 0.85)], dice, other)
    return other[:25] + kept + other[25:45]


def _ticker(times: float) -> Change:
    """The same head, then what is new, then what was there: the whole `times` as long."""

    def grow(words: Words, dice: random.Random, other: Words) -> Words:
        new = int(len(words) * (times - 1))
        filling = (other * (new // len(other) + 1))[:new]
        return words[:40] + filling + words[40:]

    return grow


POSITIVES: Mapping[str, Change] = {
    "edited 2 %": _edit(0.02),
    "edited 5 %": _edit(0.05),
    "edited 10 %": _edit(0.10),
    "edited 20 %": _edit(0.20),
    "cut to 80 %": _cut(0.8),
    "cut to 50 %": _cut(0.5),
    "cut to 35 %": _cut(0.35),
    "first fifth cut": _cut_head,
    "paragraphs reordered": _reorder,
    "three boxes added": _add_boxes,
    "agency copy": _agency,
    "ticker, twice as long": _ticker(2),
    "ticker, three times as long": _ticker(3),
}


def _translated(words: Words, dice: random.Random, other: Words) -> Words:
    """Every word another, always the same for the same; numbers stay, and one word in twelve, as names do."""
    return [word if word.isdigit() or crc32(word.encode()) % 12 == 0 else word[::-1] + "en" for word in words]


def pairs(stories: Sequence[tuple[str, Words]]) -> Iterator[Pair]:
    """All pairs, built the same way every time."""
    texts = [text_of(words) for _, words in stories]
    for number, (_, words) in enumerate(stories):
        other = stories[(number + 7) % len(stories)][1]
        for kind, change in POSITIVES.items():
            yield Pair(kind, texts[number], text_of(change(words, random.Random(number), other)))
        yield Pair("translation", texts[number], text_of(_translated(words, random.Random(number), other)))
        template = stories[(number + 13) % len(stories)][1]
        for kind, share in (("template, a fifth of the text", 0.2), ("template, two fifths of the text", 0.4)):
            yield Pair(kind, *_two_under_a_template(words, other, template, share))
    for (number, (site, words)), (other_number, (other_site, other_words)) in combinations(enumerate(stories), 2):
        kind = "same site" if site == other_site else "strangers"
        # The corpus holds some stories twice: those are copies indeed, and no pair of strangers.
        if texts[number].keys.isdisjoint(texts[other_number].keys) or not _are_alike(words, other_words):
            yield Pair(kind, texts[number], texts[other_number])


def _two_under_a_template(one: Words, other: Words, template: Words, share: float) -> tuple[Text, Text]:
    """Two stories of equal length, that share of which is the same text: half before them, half behind."""
    length = min(len(one), len(other), 600)
    half = int(length * share / (1 - share) / 2)
    frame = (template * (2 * half // len(template) + 1))[: 2 * half]
    return text_of(frame[:half] + one[:length] + frame[half:]), text_of(frame[:half] + other[:length] + frame[half:])


def _are_alike(one: Words, other: Words) -> bool:
    """Whether a quarter of the shorter text, counted exactly, stands in the other."""
    shingles = [set(zip(words, words[1:], words[2:], strict=False)) for words in (one, other)]
    return len(shingles[0] & shingles[1]) >= min(map(len, shingles)) / 4


def stories_of(corpus: Corpus) -> list[tuple[str, Words]]:
    """Site and folded words of every body in the truth that is long enough to be a story."""
    found = {}
    for row in corpus.rows():
        words = words_of(row["truth"].get("body") or "")
        if len(words) >= _LEAST_WORDS:
            found[" ".join(words)] = (site_of(row["url"] or "http://unknown.invalid"), words)
    return list(found.values())


def shares(stories: Sequence[tuple[str, Words]]) -> tuple[dict[str, list[float]], dict[str, int], list[float]]:
    """By kind and threshold the share found, the number of pairs by kind, and the precision by threshold."""
    found: dict[str, list[int]] = {}
    count: dict[str, int] = {}
    right = [0] * len(THRESHOLDS)
    wrong = [0] * len(THRESHOLDS)
    for pair in pairs(stories):
        hits = [is_found(pair.one, pair.other, threshold) for threshold in THRESHOLDS]
        count[pair.kind] = count.get(pair.kind, 0) + 1
        row = found.setdefault(pair.kind, [0] * len(THRESHOLDS))
        for place, hit in enumerate(hits):
            row[place] += hit
            (right if pair.is_copy else wrong)[place] += hit
    precision = [one / ((one + other) or 1) for one, other in zip(right, wrong, strict=True)]
    return {kind: [hits / count[kind] for hits in row] for kind, row in found.items()}, count, precision


def main() -> int:
    parser = argparse.ArgumentParser(description="precision and recall of the near-duplicate rung")
    add_corpus_options(parser)
    parser.add_argument("--pin", action="store_true", help="write what is measured as the floors, where it is better")
    options = parser.parse_args()
    corpus = open_corpus(options.corpus)
    if corpus is None:
        print(f"no corpus in {options.corpus}", file=sys.stderr)
        return 2
    found, count, precision = shares(stories_of(corpus))
    print(f"| pairs | number | {' | '.join(f'found at {threshold}' for threshold in THRESHOLDS)} |")
    print(f"| --- | ---: |{' ---: |' * len(THRESHOLDS)}")
    for kind, row in found.items():
        print(f"| {kind} | {count[kind]:,} | {' | '.join(f'{share:.3f}' for share in row)} |")
    print(f"| precision over all | {sum(count.values()):,} | {' | '.join(f'{share:.4f}' for share in precision)} |")
    return _judge({kind: row[THRESHOLDS.index(duplicates.SIMILAR)] for kind, row in found.items()}, pin=options.pin)


def _judge(now: Mapping[str, float], *, pin: bool) -> int:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    worse = {
        kind: value
        for kind, value in now.items()
        if kind in floors and (round(value, 4) < floors[kind] if kind in POSITIVES else round(value, 4) > floors[kind])
    }
    for kind, value in worse.items():
        print(f"{kind}: {value:.4f}, pinned {floors[kind]:.4f}", file=sys.stderr)
    if pin:
        kept = {kind: floors[kind] if kind in worse else round(value, 4) for kind, value in now.items()}
        head = "# Shares found, as `python -m benchmarks.duplicates` pins them: at least of copies, at most of others."
        FLOORS.write_text("\n".join([head, *(f'"{kind}" = {value:.4f}' for kind, value in kept.items())]) + "\n")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
