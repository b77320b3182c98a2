"""The words that people see: one TOML file a language, a table a subject."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FALLBACK = "en"
_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""CLDR's names of plural forms."""
_HEAD = re.compile(r"^(?=\[+([A-Za-z0-9_-]+))", re.MULTILINE)
"""Where a table begins, with the first part of its name."""


class Forms(dict[str, str]):
    """A sentence in the plural forms that its language has; `other` stands for those that are not written."""

    def __init__(self, forms: Mapping[str, str], language: str) -> None:
        super().__init__(forms)
        self.language = language

    def choose(self, n: int) -> str:
        """The form for `n` things."""
        from bot.words.grammar import find_locale

        return self.get(find_locale(self.language).plural_form(n), self["other"])


class Words(Mapping[str, Any]):
    """All words in a language, by table. A table is read when it is asked for: a whole file takes 30 ms."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __getitem__(self, key: str) -> Any:
        return _read_table(self._language, key)

    def __iter__(self) -> Iterator[str]:
        return iter(_cut(FALLBACK) | _cut(self._language))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def words(language: str) -> Words:
    """Return all words in *language* (`de`, `de-AT`), English where a language or a key is missing."""
    return Words(find_language(language))


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
def _cut(language: str) -> dict[str, str]:
    """The text of each table of a file, with those that lie in it."""
    _, *parts = _HEAD.split(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    tables: dict[str, str] = {}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        tables[name] = tables.get(name, "") + text
    return tables


@cache
def _read_table(language: str, name: str) -> Any:
    """Filled from the English one. Raises KeyError where neither language has it."""
    if language == FALLBACK:
        return _mark_forms(tomllib.loads(_cut(language)[name])[name], language)
    english = {name: _read_table(FALLBACK, name)} if name in _cut(FALLBACK) else {}
    own = tomllib.loads(_cut(language).get(name, ""))
    return _fill(_mark_forms(own, language), english)[name]


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
