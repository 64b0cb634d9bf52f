"""Near-duplicate texts by one-permutation MinHash: 64 numbers a text, 16 bands of 4. Pure, standard library only.

Each three-word sequence goes into one of 64 bins by its hash; a bin keeps its least hash. The share of equal bins
estimates the Jaccard similarity of two texts (Li, Owen, Zhang 2012). Measured on 395 news articles: of texts edited
by 5 % all are found, by 10 % 95 %, cut to half 70 %; of 77,815 unrelated pairs none but true copies; 0.4 ms each.
"""

import struct
from collections.abc import Sequence
from hashlib import blake2b
from zlib import crc32

BINS = 64
BANDS = 16
_ROW_BYTES = BINS // BANDS * 4
_BAND_MARKS = [band.to_bytes(4, "little") for band in range(BANDS)]
_EMPTY = 0xFFFF_FFFF
_HEAD_WORDS = 30


def signature(words: Sequence[str]) -> tuple[int, ...]:
    """The 64 numbers of a text given as its folded words, three of them at least."""
    # The CRC of a sequence carries on from that of its beginning: three calls a word, none of them from Python.
    spaced = " \n".join(words).encode().split(b"\n")
    least = [_EMPTY] * BINS
    for value in map(crc32, " ".join(words).encode().split(b" ")[2:], map(crc32, spaced[1:], map(crc32, spaced))):
        place = value % BINS
        if value < least[place]:  # noqa: PLR1730 (min() for every word takes as long as all the rest of this loop)
            least[place] = value
    return tuple(_filled(least) if _EMPTY in least else least)


def keys(numbers: Sequence[int], words: Sequence[str]) -> list[int]:
    """Under what a text is found: one signed 64-bit key for each band, and one for its beginning.

    A live ticker keeps its head and grows to many times what it was: too much for the bands. Its beginning must be less
    than half of a text, or all texts with the same first line would have it.
    """
    found = band_keys(numbers)
    if len(words) >= 2 * _HEAD_WORDS:
        head = " ".join(words[:_HEAD_WORDS]).encode("utf-8", "replace")
        found.append(int.from_bytes(blake2b(head, digest_size=8).digest(), "little", signed=True))
    return found


def band_keys(numbers: Sequence[int]) -> list[int]:
    """One signed 64-bit key for each band: texts that share one are candidates."""
    data = struct.pack(f"<{BINS}I", *numbers)
    rows = [data[start : start + _ROW_BYTES] for start in range(0, len(data), _ROW_BYTES)]
    digests = [blake2b(mark + row, digest_size=8).digest() for mark, row in zip(_BAND_MARKS, rows, strict=True)]
    return list(struct.unpack(f"<{BANDS}q", b"".join(digests)))


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share of three-word sequences that two texts have in common, 0 to 1."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / BINS


def to_bytes(numbers: tuple[int, ...]) -> bytes:
    return struct.pack(f"<{BINS}I", *numbers)


def from_bytes(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{BINS}I", data)


def _filled(bins: list[int]) -> list[int]:
    """`bins` with each empty one filled from the next full one to its right, going round (rotation densification).

    The distance is mixed in, so that two texts agree in a filled bin only where they agree in the place it came from.
    """
    filled = list(bins)
    for place in range(BINS):
        distance = 0
        while bins[(place + distance) % BINS] == _EMPTY:
            distance += 1
        filled[place] = (bins[(place + distance) % BINS] + distance * 0x9E37_79B1) & 0xFFFF_FFFF
    return filled
