"""Lengths as Bluesky counts them."""

from functools import cache
from typing import Any

from adapters.contract.capabilities import Limit


@cache
def _grapheme() -> Any:
    import regex

    return regex.compile(r"\X")


def count_graphemes(text: str) -> int:
    """Characters as a reader sees them (UAX 29)."""
    return sum(1 for _ in _grapheme().finditer(text))


def count_bytes(text: str) -> int:
    """The length in UTF-8; a lone surrogate, which no platform accepts, counts as three bytes."""
    return len(text.encode("utf-8", "surrogatepass"))


LIMITS = (
    # app.bsky.feed.post#text: maxGraphemes 300, maxLength 3000 (bytes)
    Limit("characters", 300, count_graphemes),
    Limit("bytes", 3000, count_bytes),
)
