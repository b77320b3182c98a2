"""What makes two texts that are nearly the same say different things: a number, a negation, an option, an opposite."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from bot.filter.rules.text import Prepared, prepare
from bot.filter.rules.vocabulary import NUMBER_WORDS, OPPOSITES
from bot.filter.values import JudgedQuestion

# How long somebody has been in a trade is a blank that copied pitches fill in anew, and no statement.
TENURE = re.compile(r"\b\d{1,3}\+? (?:years?|jahren?) (?:of|in|experience|erfahrung|working|on|at)\b")
NUMBER = re.compile(rf"(?<!\w)\d[\d.,]*|\b(?:{'|'.join(sorted(NUMBER_WORDS))})\b")
NEGATION = re.compile(
    r"\b(?:not|no|non|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|dont|doesnt|didnt|isnt|arent|wont"
    r"|cant|shouldnt|\w{2,9}n't"
    r"|nicht|nichts|nie|niemals|niemand|kein\w{0,2}|ohne|nunca|nada|nadie|sin|pas|jamais|rien|aucune?|sans"
    r"|niet|geen|nooit|mai|não|не|нет|никогда|nigdy)\b"
    r"|不|没|ない|ません"
)
NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "de", "non", "anti")
SHORTEST_OPTION_WORD = 4  # letters; an option of a single word counts whatever its length


@dataclass(frozen=True, slots=True)
class Claim:
    """Replies whose claims differ are statements of their own, however much of the wording they share."""

    numbers: tuple[str, ...]  # in the order of the text
    negations: int
    options: tuple[str, ...]  # the words that name one option and no other, in the order of the text


def find_claim(reply: Prepared, asked: JudgedQuestion) -> Claim:
    """Links and mentions are left out: they are what copies change first."""
    words = TENURE.sub(" ", reply.bare)
    naming = _find_naming_words(asked.options)
    return Claim(
        tuple(number.rstrip(".,") for number in NUMBER.findall(words)),
        len(NEGATION.findall(words)),
        tuple(word for word in reply.words if word in naming),
    )


def are_opposites(one: str, other: str) -> bool:
    """Whether two flattened texts differ in a word and its opposite: affordable and unaffordable, more and less."""
    here, there = set(one.split()), set(other.split())
    only_here, only_there = here - there, there - here
    return _has_opposite(only_here, only_there) or _has_opposite(only_there, only_here)


def _has_opposite(words: set[str], others: set[str]) -> bool:
    if any(prefix + word in others for word in words for prefix in NEGATING_PREFIXES):
        return True
    if any(word.endswith("ful") and word[:-3] + "less" in others for word in words):
        return True
    return any(one in words and other in others for one, other in OPPOSITES)


@lru_cache(maxsize=8)
def _find_naming_words(options: tuple[str, ...]) -> frozenset[str]:
    """The words by which one option is told from the others."""
    named = [set(prepare((option,)).words) for option in options]
    uses = Counter(word for words in named for word in words)
    return frozenset(
        word
        for words in named
        for word in words
        if uses[word] == 1 and (len(words) == 1 or len(word) >= SHORTEST_OPTION_WORD)
    )
