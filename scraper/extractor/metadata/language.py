"""The language of an article: as declared, unless its text plainly says otherwise.

Templates declare a language, articles are written in one: `<html lang="de-DE">` stands on the English posts of German
sites too. A count of function words tells thirty languages apart once there are some forty words; fewer decide nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import Node, text_in
from scraper.extractor.metadata.language_words import FUNCTION_WORDS, LETTERS, SCRIPTS
from scraper.extractor.page.document import Document, text_of

_MIN_WORDS: Final = 25
_SAMPLE_LENGTH: Final = 1_500
_MIN_PARAGRAPH_LENGTH: Final = 40
_MAX_PARAGRAPHS: Final = 60
# Share of function words in running text: 0.25 to 0.45 in its own language, under 0.1 in most others.
_MIN_SHARE: Final = 0.12
# Bantu, Finnic and Turkic languages say much of it in endings; enough where the expected language is plainly absent.
_MIN_SHARE_ALONE: Final = 0.04
_NO_SHARE: Final = 0.02
_MIN_DISTINCT: Final = 5
_CLEAR_LEAD: Final = 1.6
# On 1,400 pages the share of the declared language was below 0.12 wherever the text was in another, and above this in
# nine of ten where it was not: there the other languages need not be counted.
_PLAIN_SHARE: Final = 0.18
_MIN_SCRIPT_SHARE: Final = 0.3
_MIN_KANA_SHARE: Final = 0.08
_MIN_LETTER_SHARE: Final = 0.005

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FOREIGN_LETTER = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\uf900-\uffdc]")
_CODE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_SCRIPT_LETTERS = tuple((name, re.compile(f"[{letters}]"), languages) for name, letters, languages in SCRIPTS)
# Old codes, and macro-languages of which one written standard is meant.
_SAME = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "nb": "no",
    "nn": "no",
    "jp": "ja",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "cn": "zh",
}


def declared_language(doc: Document, nodes: Sequence[tuple[str, Node]]) -> tuple[str | None, str | None]:
    """(ISO 639 code, source): the language that the page declares."""
    return next(_declared(doc, nodes), (None, None))


def language_of(doc: Document, text: str, declared: str | None) -> str | None:
    """The language of an article with this text, its title and body: as declared, unless it plainly is in another.

    Where there is too little text, the page's other paragraphs decide; where those are too few, the declaration.
    """
    found = detect_language(text, expected=declared)
    return found or detect_language(f"{text[:_SAMPLE_LENGTH]} {_sample(doc)}", expected=declared) or declared


def detect_language(text: str, *, expected: str | None = None) -> str | None:
    """The language that `text` is plainly written in; None where it is too short or not plain.

    `expected` is kept where the text could be in it: neighbours such as Danish and Norwegian need a clear lead.
    """
    sample = text[:_SAMPLE_LENGTH]
    script = _by_script(sample, expected)
    if script:
        return script
    words = _WORD.findall(sample.lower().replace("’", "'"))
    return _by_words(words, expected) if len(words) >= _MIN_WORDS else None


def _by_words(words: Sequence[str], expected: str | None) -> str | None:
    """The language that has most of its function words among these, if they are many and lead clearly."""
    own = _weights_in(expected) if expected and expected in FUNCTION_WORDS else {}
    if sum([own[word] for word in words if word in own]) >= _PLAIN_SHARE * len(words):
        return expected
    shares = _shares(words)
    if not shares:
        return None
    best = max(shares, key=lambda language: shares[language])
    rival = shares.get(expected or "", 0.0)
    is_alone = rival <= _NO_SHARE * len(words) and len(FUNCTION_WORDS[best].intersection(words)) >= _MIN_DISTINCT
    if shares[best] < (_MIN_SHARE_ALONE if is_alone else _MIN_SHARE) * len(words):
        return None
    if expected in FUNCTION_WORDS and expected != best and shares[best] < _CLEAR_LEAD * rival:
        return expected
    return best


def language_code(tag: str) -> str | None:
    """The primary language of a tag as sites write it ("de-DE", "en_US.UTF-8"); None for what is no tag."""
    match = _CODE.match(tag.strip())
    if not match:
        return None
    code = match[0].lower()
    return _SAME.get(code, code)


def _declared(doc: Document, nodes: Sequence[tuple[str, Node]]) -> Iterator[tuple[str, str]]:
    tags = [(source, text_in(node.get("inLanguage"))) for source, node in nodes[:2]]
    tags.append(("html", doc.html_lang))
    tags += list(meta.values_of(doc, meta.LANGUAGE))
    for source, tag in tags:
        if tag and (code := language_code(tag)):
            yield code, source


def _sample(doc: Document) -> str:
    """The longer paragraphs of the page, or all its text where it has none."""
    pieces: list[str] = []
    length = 0
    for count, element in enumerate(doc.root.iter("p")):
        own = element.text or ""
        if len(own) < _MIN_PARAGRAPH_LENGTH:
            own = text_of(element) if len(element) and count < _MAX_PARAGRAPHS else ""
        if len(own) >= _MIN_PARAGRAPH_LENGTH:
            pieces.append(own)
            length += len(own)
        if length > _SAMPLE_LENGTH:
            break
    if length < _MIN_PARAGRAPH_LENGTH * 4:
        body = doc.root.find("body")
        pieces.append(text_of(body, _SAMPLE_LENGTH)[:_SAMPLE_LENGTH] if body is not None else "")
    return " ".join(pieces)


def _by_script(text: str, expected: str | None) -> str | None:
    """The language of text that is not in Latin script."""
    if _FOREIGN_LETTER.search(text) is None:
        return None
    letters = sum(map(str.isalpha, text))
    # A script's range holds code points that are no letters; text of nothing else has no language.
    if not letters or len(_FOREIGN_LETTER.findall(text)) <= _MIN_KANA_SHARE * letters:
        return None
    for name, pattern, languages in _SCRIPT_LETTERS:
        share = len(pattern.findall(text)) / letters
        # Japanese mixes its kana with Chinese characters; one letter in twelve is Japanese for certain.
        if share > (_MIN_KANA_SHARE if name == "kana" else _MIN_SCRIPT_SHARE):
            return _within_script(text.lower(), languages, expected)
    return None


def _within_script(text: str, languages: Sequence[str], expected: str | None) -> str:
    """Which language of one script: by the letters that only it has, else the expected or the commonest one."""
    marked = _by_letters(text, languages)
    if expected is not None and expected in languages and (marked is None or expected not in dict(LETTERS)):
        return expected
    return marked or languages[0]


def _by_letters(text: str, languages: Sequence[str]) -> str | None:
    counts = Counter(text)
    scores = {
        language: sum(counts[letter] for letter in letters) for language, letters in LETTERS if language in languages
    }
    best = max(scores, key=lambda language: scores[language], default=None)
    return best if best and scores[best] > _MIN_LETTER_SHARE * len(text) else None


def _shares(words: Sequence[str]) -> dict[str, float]:
    """Per language the number of its function words, those of many languages counting less for each."""
    shares: dict[str, float] = {}
    weights = _weights()
    for word, count in Counter(words).items():
        for language, weight in weights.get(word, {}).items():
            shares[language] = shares.get(language, 0.0) + weight * count
    return shares


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Per word the languages it belongs to; a word that four share says half as much as one that only one has."""
    owners: dict[str, list[str]] = {}
    for language, words in FUNCTION_WORDS.items():
        for word in words:
            owners.setdefault(word, []).append(language)
    return {word: dict.fromkeys(languages, len(languages) ** -0.5) for word, languages in owners.items()}


@lru_cache(maxsize=64)
def _weights_in(language: str) -> Mapping[str, float]:
    return {word: _weights()[word][language] for word in FUNCTION_WORDS[language]}
