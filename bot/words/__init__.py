"""The words that people see: one TOML file a language, a table a subject."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

FALLBACK = "en"
_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""CLDR's names of plural forms."""


class Forms(dict[str, str]):
    """A sentence in the plural forms that its language has; `other` stands for those that are not written."""

    def __init__(self, forms: Mapping[str, str], language: str) -> None:
        super().__init__(forms)
        self.language = language

    def choose(self, n: int) -> str:
        """The form for `n` things."""
        from bot.words.grammar import find_locale

        return self.get(find_locale(self.language).plural_form(n), self["other"])


@lru_cache(maxsize=32)
def words(language: str) -> Mapping[str, Any]:
    """Return all words in *language* (`de`, `de-AT`), English where a language or a key is missing."""
    found, english = find_language(language), _load(FALLBACK)  # a file takes 10 ms to read
    return MappingProxyType(english if found == FALLBACK else _fill(_load(found), english))


@cache
def find_language(language: str) -> str:
    """The language in which `words` speaks for a language: its own without a country, or else English."""
    own = language.lower().replace("_", "-").split("-", maxsplit=1)[0]
    is_name = own.isascii() and own.isalpha()
    return own if is_name and files(__name__).joinpath(f"{own}.toml").is_file() else FALLBACK


@cache
def list_languages() -> dict[str, str]:
    """Those that have words, by code, as each calls itself."""
    from bot.words.grammar import find_locale

    codes = sorted(each.name.removesuffix(".toml") for each in files(__name__).iterdir() if each.name.endswith(".toml"))
    return {code: str(find_locale(code).get_language_name(code)) for code in codes}


@cache
def _load(language: str) -> dict[str, Any]:
    table = tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return {key: _mark_forms(value, language) for key, value in table.items()}


def _mark_forms(value: Any, language: str) -> Any:
    """The same with each table of plural forms as `Forms`."""
    if not isinstance(value, dict):
        return value
    if _PLURALS.issuperset(value):
        return Forms(value, language)
    return {key: _mark_forms(each, language) for key, each in value.items()}


def _fill(own: dict[str, Any], english: dict[str, Any]) -> dict[str, Any]:
    """Return *own* with what it lacks taken from *english*, table by table; of plural forms no more than `other`."""
    filled = english | own
    for key, value in english.items():
        if isinstance(own.get(key), Forms):
            filled[key].setdefault("other", value["other"])
        elif isinstance(value, dict) and isinstance(own.get(key), dict):
            filled[key] = _fill(own[key], value)
    return filled
