"""The words that people see: one TOML file a language, a table a subject."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

FALLBACK = "en"


@lru_cache(maxsize=32)
def words(language: str) -> Mapping[str, Any]:
    """Return all words in *language* (`de`, `de-AT`), English where a language or a key is missing."""
    english = _load(FALLBACK) or {}
    own = _load(language.lower().replace("_", "-").split("-", maxsplit=1)[0]) or {}
    return MappingProxyType(_fill(own, english))


def _load(language: str) -> dict[str, Any] | None:
    if not (language.isascii() and language.isalpha()):
        return None
    file = files(__name__).joinpath(f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def _fill(own: dict[str, Any], english: dict[str, Any]) -> dict[str, Any]:
    """Return *own* with what it lacks taken from *english*, table by table."""
    filled = english | own
    for key, value in english.items():
        if isinstance(value, dict) and isinstance(own.get(key), dict):
            filled[key] = _fill(own[key], value)
    return filled
