"""Pages as they should not be, made at any size, and how the time grows: ten times the page, ten times the time.

Every shape is one that some parser or extractor is known to be quadratic on.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from scraper.extractor.extract import extract

_SENTENCE = "The council met on Tuesday, heard both sides, and put the decision off until the autumn session. "
_PARAGRAPH = f"<p>{_SENTENCE * 4}<a href='/stories/1'>The report</a> was read aloud.</p>\n"
_PARAGRAPH_BYTES = len(_PARAGRAPH) + 10
_GROWTH = 10
# A shape that takes longer than this at a tenth of its size is not worth waiting for at full size.
_PATIENCE_SECONDS = 3.0


def _paragraphs(count: int) -> str:
    """Prose in which no paragraph is the same as another: repeated ones are no text."""
    return "".join(_PARAGRAPH.replace("Tuesday", f"day {number}") for number in range(count))


def _json_ld_authors(count: int) -> str:
    authors = ",".join(f'{{"@type":"Person","name":"Ann {i}"}}' for i in range(count))
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","author":[{authors}]}}</script>'


SHAPES: Mapping[str, tuple[int, Callable[[int], str]]] = MappingProxyType(
    {
        "a 10 MB article": (10_000_000 // _PARAGRAPH_BYTES, _paragraphs),
        "10 MB in one paragraph": (10_000_000 // len(_SENTENCE), lambda n: f"<p>{_SENTENCE * n}</p>"),
        "10 MB of script": (10_000_000, lambda n: f"<script>{'a=1;' * (n // 4)}</script>" + _PARAGRAPH * 5),
        "100,000 nested div": (100_000, lambda n: "<div>" * n + _PARAGRAPH),
        "100,000 nested span": (100_000, lambda n: "<span>" * n + _SENTENCE),
        "100,000 nested lists": (100_000, lambda n: "<ul><li>item " * n),
        "100,000 nested tables": (100_000, lambda n: "<table><tr><td>cell " * n),
        "100,000 paragraphs": (100_000, lambda n: "<p>A short one.</p>" * n),
        "100,000 empty siblings": (100_000, lambda n: "<div></div>" * n + _PARAGRAPH),
        "100,000 links": (
            100_000,
            lambda n: "".join(f"<li><a href='/{i}'>Story number {i}</a></li>" for i in range(n)),
        ),
        "100,000 inline elements": (100_000, lambda n: f"<p>{'<b>word</b> ' * n}</p>"),
        "100,000 line breaks": (100_000, lambda n: f"<div>{'A line of the poem<br>' * n}</div>"),
        "100,000 headings": (100_000, lambda n: "<h2>Heading</h2>" * n + _PARAGRAPH),
        "100,000 table cells": (100_000, lambda n: f"<table><tr>{'<td>12</td>' * n}</tr></table>"),
        "100,000 pictures": (
            100_000,
            lambda n: "<figure><img src='/a.jpg'><figcaption>So it is</figcaption></figure>" * n,
        ),
        "100,000 times": (
            100_000,
            lambda n: "<time datetime='2024-10-26T09:12:00Z'>26 October</time>" * n + _PARAGRAPH,
        ),
        "100,000 attributes": (100_000, lambda n: f"<div {' '.join(f'a{i}=1' for i in range(n))}>{_PARAGRAPH}</div>"),
        "100,000 classes": (
            100_000,
            lambda n: f"<div class='{' '.join(f'c{i}' for i in range(n))}'>{_PARAGRAPH}</div>",
        ),
        "100,000 meta tags": (100_000, lambda n: "<meta property='article:tag' content='council'>" * n + _PARAGRAPH),
        "100,000 scripts": (100_000, lambda n: "<script>var a = {};</script>" * n + _PARAGRAPH),
        "100,000 brackets of JSON-LD": (
            100_000,
            lambda n: f"<script type='application/ld+json'>{'[' * n}</script>" + _PARAGRAPH,
        ),
        "100,000 JSON-LD authors": (100_000, lambda n: _json_ld_authors(n) + _PARAGRAPH),
        "100,000 open tags": (100_000, lambda n: "<" * n + _PARAGRAPH),
        "100,000 comments": (100_000, lambda n: "<!-- x -->" * n + _PARAGRAPH),
    }
)
"""By what it is: its full size, and how to make the page at any size."""


def growth_lines() -> Iterator[str]:
    """Markdown: seconds at a tenth and at full size, and the time's growth where the size grows tenfold."""
    yield "| page | seconds at a tenth | seconds | growth, linear = 10 |"
    yield "| --- | ---: | ---: | ---: |"
    _seconds("<p>warm</p>")
    for name, (size, make) in SHAPES.items():
        small = min(_seconds(make(size // _GROWTH)) for _ in range(2))
        if small > _PATIENCE_SECONDS:
            yield f"| {name} | {small:.3f} | not waited for | |"
            continue
        full = _seconds(make(size))
        yield f"| {name} | {small:.3f} | {full:.3f} | {full / small:.1f} |"


def _seconds(body: str) -> float:
    page = f"<!doctype html><html lang=en><title>A page</title><body><h1>A page</h1>{body}".encode()
    start = time.process_time()
    extract(page, "https://news.example/story")
    return time.process_time() - start
