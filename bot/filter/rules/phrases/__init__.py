"""The words and patterns of the rules, one TOML file each, so that they can be read and changed without code."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.filter.rules.text import fold


@lru_cache(maxsize=8)
def load_phrases(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def read_words(name: str, key: str) -> frozenset[str]:
    return frozenset("".join(map(fold, load_phrases(name)[key])).split())


def read_pattern(name: str, key: str, around: str = "{}") -> re.Pattern[str]:
    """One expression of all patterns; *around* holds them at its braces. Letters are folded as those of replies are."""
    return re.compile(around.replace("{}", "".join(map(fold, join(load_phrases(name)[key])))))


def join(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"
