"""What a question asks for, where that turns a bare reply into an answer."""

import re
from functools import lru_cache

from bot.filter.rules.phrases import read_pattern, read_words
from bot.filter.rules.text import WORD
from bot.filter.values import JudgedQuestion

ADDRESS = read_words("asked", "address")
FOR_THEMSELVES = read_words("asked", "for_themselves")
ADDRESS_ELSEWHERE = read_pattern("asked", "address_elsewhere")
JUDGEMENT = read_pattern("asked", "judgement")
AGREEMENT = read_pattern("asked", "agreement")
OFFERS = read_pattern("asked", "offers")
MAX_CHARACTERS = 4_000


def asks_for_address(asked: JudgedQuestion) -> bool:
    """Whether an address alone may answer: where, which site, what to read, what should I do."""
    words = _words(asked.text)
    return (
        not ADDRESS.isdisjoint(words) or not FOR_THEMSELVES.isdisjoint(words) or _search(ADDRESS_ELSEWHERE, asked.text)
    )


def asks_for_judgement(asked: JudgedQuestion) -> bool:
    """Whether "great" may be the answer."""
    return _search(JUDGEMENT, asked.text)


def asks_for_agreement(asked: JudgedQuestion) -> bool:
    """Whether "agreed" may be the answer."""
    return _search(AGREEMENT, asked.text)


def asks_for_offers(asked: JudgedQuestion) -> bool:
    """Whether the asker looks for somebody who sells, lets or does something: then "PM me" is an answer."""
    return _search(OFFERS, asked.text)


def has_word(asked: JudgedQuestion, words: frozenset[str]) -> bool:
    return not words.isdisjoint(_words(asked.text))


@lru_cache(maxsize=16)
def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text[:MAX_CHARACTERS].lower()))


@lru_cache(maxsize=64)
def _search(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text[:MAX_CHARACTERS].lower()) is not None
