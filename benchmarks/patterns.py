"""Patterns that may take for ever: every compiled one of the package on texts that are made to lead it astray.

    python -m benchmarks.patterns      exit status 1 where one is found

A stranger's page needs forty characters to hold a program whose pattern can part them in exponentially many ways. Each
is tried on one or two characters repeated, behind words of its own, with an end that fits nothing. Says nothing of
patterns that are only slow on very long texts.
"""

import pkgutil
import re
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import chain, product
from types import FrameType, ModuleType
from typing import NoReturn

import scraper

_REPEATED = (
    *("a", "A", "1", "-", "_", " ", ".", ",", ":", "/", "&", "(", "=", ";", '"', "\\", "\n", "é", "日"),
    *("a-", "a_", "a ", "a.", "a/", "Ab ", "a1", "1x1", "1.", "1,", "1-", "1 ", "-a", "<a", "=a", "&a", " \n"),
)
_TIMES = 44
_ENDS = ("!", " x", "\x00")
_MOST_WORDS = 8
# A hundred thousand times what the others take.
_SECONDS = 0.4


class _Astray(BaseException):
    """It took too long. No Exception, so that nothing catches it on its way."""


def main() -> int:
    """Name every pattern that one of the texts leads astray; 1 where there is any."""
    signal.signal(signal.SIGALRM, _ring)
    patterns = {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in _patterns()}
    found = 0
    for name, pattern in patterns.values():
        text = next((text for text in _texts(pattern) if _leads_astray(pattern, text)), None)
        if text is not None:
            print(f"{name}: {text!r}")
            found += 1
    print(f"{found} of {len(patterns)} patterns go astray")
    return 1 if found else 0


def _patterns() -> Iterator[tuple[str, re.Pattern]]:
    for module in pkgutil.walk_packages(scraper.__path__, "scraper."):
        if not module.name.endswith("__main__"):
            yield from _patterns_in(import_module(module.name))


def _patterns_in(module: ModuleType) -> Iterator[tuple[str, re.Pattern]]:
    for name, value in vars(module).items():
        held = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else (value,)
        for one in held:
            if isinstance(one, re.Pattern):
                yield f"{module.__name__}.{name}", one


def _texts(pattern: re.Pattern) -> Iterator[str]:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = list(dict.fromkeys(re.findall(r"[A-Za-z]{3,}", source)))[:_MOST_WORDS]
    beginnings = chain(("", "/"), words, (f"/{word}" for word in words))
    for beginning, repeated, end in product(beginnings, _REPEATED, _ENDS):
        yield beginning + repeated * _TIMES + end


def _leads_astray(pattern: re.Pattern, text: str) -> bool:
    given = text if isinstance(pattern.pattern, str) else text.encode()
    try:
        signal.setitimer(signal.ITIMER_REAL, _SECONDS)
        pattern.search(given)
        pattern.fullmatch(given)
    except _Astray:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return False


def _ring(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Astray


if __name__ == "__main__":
    sys.exit(main())
