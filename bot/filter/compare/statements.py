"""What makes two texts that are nearly the same say different things: a number, a negation, an option, an opposite."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bot.filter.compare.frames import find_names
from bot.filter.rules.text import WORD, Prepared, prepare
from bot.filter.rules.vocabulary import COMMON, NUMBER_WORDS, OPPOSITES
from bot.filter.values import JudgedQuestion

# How long somebody has been in a trade is a blank that copied pitches fill in anew, and no statement.
TENURE = re.compile(r"\b\d{1,3}\+? (?:years?|jahren?) (?:of|in|experience|erfahrung|working|on|at)\b")
NEGATION = re.compile(
    r"\b(?:not|no|non|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|dont|doesnt|didnt|isnt|arent|wont"
    r"|cant|shouldnt|\w{2,9}n't"
    r"|nicht|nichts|nie|niemals|niemand|kein\w{0,2}|ohne|nunca|nada|nadie|sin|pas|jamais|rien|aucune?|sans"
    r"|niet|geen|nooit|mai|não|не|нет|никогда|nigdy)\b"
    r"|不|没|ない|ません"
)
NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "de", "non", "anti")
OWN_WORDS, OWN_SHARE, OWN_CONTENT = 3, 0.1, 2  # in a row; of the shorter text; of them neither common nor names
BRIEF = 8  # words of a text in which one word that is not common for another is another subject
SIGNED_WORDS = 2  # above or below a signature, in one of two texts at least
SHORT = 20  # words of a text in which OWN_CONTENT in a row for as many are one
MAX_PARTED = 300  # words between what two texts have in common at both ends; longer ones are not looked into
SHORTEST_OPTION_WORD = 4  # letters; an option of a single word counts whatever its length


# What a negation takes the place of.
COUNTERPARTS = tuple(
    (frozenset(denying.split()), frozenset(affirming.split()))
    for denying, affirming in (
        ("no neither none", "a an the some any every each all both either many more"),
        ("never not nowhere", "always ever often also definitely absolutely surely only"),
        ("nobody none", "somebody someone anybody anyone everybody everyone all people"),
        ("nothing", "something anything everything all"),
        ("without", "with"),
        ("kein keine keinen keinem keiner keines", "ein eine einen einem einer der die das den dem alle jede jeder"),
        ("nie niemals nicht", "immer oft stets auch sehr unbedingt"),
        ("niemand nichts ohne", "jemand alle jeder etwas alles mit"),
        ("nunca nada nadie sin", "siempre algo todo todos con"),
        ("jamais rien aucun aucune sans", "toujours tout quelque chaque un une avec"),
    )
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says, word by word. Links and mentions are left out: they are what copies change first."""

    words: tuple[str, ...]
    content: frozenset[str]  # of them: those that are neither common nor names nor numbers
    options: frozenset[str]  # words that name one option and no other


@dataclass(frozen=True, slots=True)
class WordExchange:
    """Words of one text and what stands in their place in another; either may be empty."""

    here: tuple[str, ...]
    there: tuple[str, ...]


def find_claim(reply: Prepared, asked: JudgedQuestion) -> Claim:
    words = tuple(WORD.findall(TENURE.sub(" ", reply.bare)))
    content = frozenset(word for word in words if not _is_number(word)) - COMMON - find_names(reply.text)
    return Claim(words, content, _find_naming_words(asked.options))


def find_exchanges(one: Claim, other: Claim) -> list[WordExchange]:
    """Return where two texts differ, in the order of the texts."""
    begin = _count_same(one.words, other.words)
    end = _count_same(one.words[begin:][::-1], other.words[begin:][::-1])
    here, there = one.words[begin : len(one.words) - end], other.words[begin : len(other.words) - end]
    if max(len(here), len(there)) > MAX_PARTED:
        return [WordExchange(here, there)]
    steps = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    return [WordExchange(here[a:b], there[c:d]) for kind, a, b, c, d in steps if kind != "equal"]


def _count_same(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return with how many equal words two texts begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (here, there) in pairs if here != there), min(len(one), len(other)))


def measure_kept(one: Claim, other: Claim, exchanges: list[WordExchange]) -> float:
    """Return the share of the words of two texts that stand in both, in the same order."""
    changed = sum(len(each.here) + len(each.there) for each in exchanges)
    return 1 - changed / max(1, len(one.words) + len(other.words))


def share_one_end(one: Claim, other: Claim, exchanges: list[WordExchange]) -> bool:
    """Whether each text has words of its own and the same ones before or after: a signature, for one person's texts."""
    if len(exchanges) != 1:
        return False
    here, there = exchanges[0].here, exchanges[0].there
    if min(len(here), len(there)) == 0 or max(len(here), len(there)) < SIGNED_WORDS:
        return False
    ends = one.words[-len(here) :] == here and other.words[-len(there) :] == there
    return ends or (one.words[: len(here)] == here and other.words[: len(there)] == there)


def say_different_things(one: Claim, other: Claim, exchanges: list[WordExchange]) -> bool:
    """Whether two texts that are alike differ in what they say.

    A number for a number, an option for an option, a negation put in or in the place of its contrary, a word for its
    opposite, several words in a row about another subject. Single other words are what copies are full of.
    """
    content = one.content | other.content
    shorter = min(len(one.words), len(other.words))
    if any(_is_turned(one, other, is_meant) for is_meant in (_is_number, one.options.__contains__)):
        return True
    return any(
        _has_both(each, _is_number)
        or _has_both(each, one.options.__contains__)
        or _is_negated(each)
        or _is_opposite(each)
        or _has_own_subject(each, content, shorter)
        for each in exchanges
    )


def _is_turned(one: Claim, other: Claim, is_meant: Callable[[str], bool]) -> bool:
    """Whether both name the same in another order: from 200 to 900, from 900 to 200."""
    here, there = list(filter(is_meant, one.words)), list(filter(is_meant, other.words))
    return here != there and Counter(here) == Counter(there)


def _has_both(exchange: WordExchange, is_meant: Callable[[str], bool]) -> bool:
    return any(map(is_meant, exchange.here)) and any(map(is_meant, exchange.there))


def _is_number(word: str) -> bool:
    return word in NUMBER_WORDS or word[0].isdigit()


def _is_negated(exchange: WordExchange) -> bool:
    more, less = exchange.here, exchange.there
    if len(NEGATION.findall(" ".join(more))) < len(NEGATION.findall(" ".join(less))):
        more, less = less, more
    negations = NEGATION.findall(" ".join(more))
    if len(negations) == len(NEGATION.findall(" ".join(less))):
        return False
    if not less:
        return len(more) <= len(negations) + 1  # "not", "did not"
    if any(word not in more for word in negations):
        return True  # inside a word, as scripts without spaces have it
    affirming = {word for denying, words in COUNTERPARTS if not denying.isdisjoint(more) for word in words}
    return any(word in affirming or not _negate(word).isdisjoint(more) for word in less)


def _negate(word: str) -> set[str]:
    """Return the contractions that deny an English verb, with an apostrophe and without."""
    stem = {"can": "ca", "will": "wo", "shall": "sha"}.get(word, word)
    return {f"{stem}n't", f"{stem}nt", f"{word}not"}


def _is_opposite(exchange: WordExchange) -> bool:
    here, there = set(exchange.here), set(exchange.there)
    return _has_opposite(here, there) or _has_opposite(there, here)


def _has_opposite(words: set[str], others: set[str]) -> bool:
    if any(prefix + word in others for word in words for prefix in NEGATING_PREFIXES):
        return True
    if any(word.endswith("ful") and word[:-3] + "less" in others for word in words):
        return True
    return any(one in words and other in others for one, other in OPPOSITES)


def _has_own_subject(exchange: WordExchange, content: frozenset[str], shorter: int) -> bool:
    if shorter <= BRIEF and _has_both(exchange, lambda word: word not in COMMON):
        return True
    here, there = (sum(word in content for word in part) for part in (exchange.here, exchange.there))
    if shorter <= SHORT and min(here, there) >= OWN_CONTENT:
        return True
    enough = max(OWN_WORDS, OWN_SHARE * shorter)
    return max(len(exchange.here), len(exchange.there)) >= enough and max(here, there) >= OWN_CONTENT


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
