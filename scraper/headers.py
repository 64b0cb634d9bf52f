"""The headers of an answer, in the order they came. Their names know no case (RFC 9110 section 5.1). Pure."""

from collections.abc import Iterable

Headers = tuple[tuple[str, str], ...]


def values_of(headers: Iterable[tuple[str, str]], name: str) -> list[str]:
    """What all headers of that name say, in their order."""
    wanted = name.lower()
    return [value for key, value in headers if key.lower() == wanted]


def first_of(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """What the first header of that name says; None where there is none."""
    return next(iter(values_of(headers, name)), None)
