"""The phrases of `phrases.toml`, one expression for each name and language."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

BEGINNING = 5
"""Letters of a word that the cheap test looks at."""
_NAME = re.compile(r"\{([a-z_]+)\}")
_BETWEEN_WORDS = str.maketrans(",'-", "   ")


@dataclass(frozen=True, slots=True)
class Language:
    """The words of a language; of `labels`, `topics` and `limits` the first letters."""

    name: str
    labels: frozenset[str]
    topics: frozenset[str]
    limits: frozenset[str]

    def find(self, phrases: str, text: str) -> re.Match[str] | None:
        return compile_phrases(self.name, phrases).search(text)


@cache
def load_languages() -> tuple[Language, ...]:
    return tuple(
        Language(name, *(_begin(words[key]) for key in ("labels", "topics", "limits")))
        for name, words in _load_words().items()
        if name != "all"
    )


def find_spoken(folded: str) -> int:
    """The languages in which something might be said, bit n for the nth: a cheap test, as no phrase is without these
    words.
    """
    found = 0
    for word in folded.translate(_BETWEEN_WORDS).split():
        found |= _look_up(word)
    many = len(load_languages())
    return (found | found >> many & found >> 2 * many) & (1 << many) - 1


@lru_cache(maxsize=1_000)
def list_spoken(languages: int) -> tuple[Language, ...]:
    """Those of `find_spoken`."""
    return tuple(each for bit, each in enumerate(load_languages()) if languages >> bit & 1)


@lru_cache(maxsize=20_000)
def _look_up(word: str) -> int:
    """Whether a word begins as a label, a topic, a limit does: a bit for each language, each kind above the last."""
    beginning, languages = word[:BEGINNING], load_languages()
    kinds = (
        [beginning in each.labels for each in languages],
        [beginning in each.topics for each in languages],
        [beginning in each.limits for each in languages],
    )
    return sum(found << bit for bit, found in enumerate(chain.from_iterable(kinds)))


def _begin(words: str) -> frozenset[str]:
    return frozenset(word[:BEGINNING] for word in words.split())


@cache
def _load_words() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))


@cache
def compile_phrases(language: str, phrases: str) -> re.Pattern[str]:
    """All phrases of that name as one expression; compiled when the language is first met, as that takes a while."""
    words = _load_words()
    joined = _expand("|".join(words[language][phrases]), {**words["all"], **words[language]})
    joined = re.sub(" (?![*?+])", "[ ,-]+", joined).replace(" ?", "[ ,-]?")
    return re.compile(rf"(?<![\w'])(?:{joined})(?!\w)")


def _expand(phrase: str, words: Mapping[str, Any]) -> str:
    return _NAME.sub(lambda name: f"(?:{_expand('|'.join(words[name[1]]), words)})", phrase)
