"""How far a clause has the shape of a refusal: for what no phrase in `phrases.toml` foresaw.

A clause is a set of features: what its words mean (`meanings.toml`, seven languages together), which meanings
follow each other, the words themselves. Each has a weight in `weights.toml`, fitted by
`scripts/fit_refusals.py`; how, and how well, stands in docs/decisions. Whose sum is high is held until an editor has
looked; nothing is printed or dropped by it.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from operator import or_

Meanings = int
"""A set of meanings: bit n is the nth table of `meanings.toml`."""

_SUBJECTS = ("print", "name", "unnamed", "secret", "refuse", "delete", "use", "public", "between", "inform", "work")
"""Without one of these a sentence is no wish about being quoted."""
_WORD = re.compile(r"[\w']+")
_PARTED = bytes(code if _WORD.match(chr(code)) else ord(" ") for code in range(128)) + bytes(128)
"""Makes blanks of all characters of ASCII that are no part of a word: a third of the time of `_WORD`."""
_REACH = 5  # words after a word, whose meanings follow its own
_BEGINNING = 5  # letters of a word that are compared
_LEAST_STORY = 5  # words
_LENGTHS = (2, 4, 7, 11, 17)  # words
_PLACES = 6  # behind the point; weights have two


def may_be_a_wish(sentence: str) -> bool:
    """A cheap test: whether a folded sentence has a word about publishing, naming, secrecy."""
    found = 0
    for meanings in map(find_meanings, read_words(sentence)):
        found |= meanings
    return bool(found & _find_bits(*_SUBJECTS))


def measure_shape(clause: str) -> float:
    """The sum of the weights of `clause`, a clause folded as in `phrases.toml`; a refusal is above 0, a story below."""
    words = read_words(clause)
    if not words:
        return -9.0
    weights, (singles, firsts, pairs) = _load_weights(), _load_weighty()
    meanings = [*map(find_meanings, words)]
    total = weights["always"] + _weigh_alone("begins", meanings[0])
    beginnings = [word[:_BEGINNING] for word in words]
    known = {*_list_sizes(words, meanings), *singles.intersection(beginnings)}
    if not firsts.isdisjoint(beginnings):
        known |= pairs.intersection(map(" ".join, pairwise(beginnings)))
    total += sum([weights.get(feature, 0.0) for feature in known])
    total += sum([_weigh_after(first, followed) for first, followed in _follow(meanings).items()])
    return round(total, _PLACES)  # in whatever order they were added


def tells_of_others(clause: str) -> bool:
    """Whether a folded clause of some length has a "we" or "they" or "was" in it, and no "I", "you" or "please"."""
    words = read_words(clause)
    if len(words) < _LEAST_STORY:
        return False
    found = 0
    for word in words:
        found |= find_meanings(word)
    return bool(found & _find_bits("we", "they", "past")) and not found & _find_bits("me", "you", "please")


def list_features(words: Sequence[str]) -> Iterator[str]:
    """The same by name, each with a weight of its own; some come several times."""
    meanings = [find_meanings(word) for word in words]
    yield from _list_words(words)
    yield from _list_sizes(words, meanings)
    yield from (f"begins <{name}>" for name in _name(meanings[0]))
    for first, followed in _follow(meanings).items():
        name = _list_names()[first]
        yield f"<{name}>"
        yield from (f"<{name}> <{other}>" for other in _name(followed))


def read_words(clause: str) -> list[str]:
    """The words of a folded clause, with their apostrophes."""
    return clause.encode().translate(_PARTED).decode().split() if clause.isascii() else _WORD.findall(clause)


@lru_cache(maxsize=20_000)
def find_meanings(word: str) -> Meanings:
    """What a folded word can mean in any of the languages; nothing if we do not know it."""
    whole, beginnings = _load_meanings()
    found = whole.get(word, 0)
    for length in range(2, len(word) + 1):
        found |= beginnings.get(word[:length], 0)
    return found


def _list_words(words: Sequence[str]) -> Iterator[str]:
    before = None
    for word in words:
        beginning = word[:_BEGINNING]
        yield beginning
        if before is not None:
            yield f"{before} {beginning}"
        before = beginning


def _list_sizes(words: Sequence[str], meanings: Sequence[Meanings]) -> Iterator[str]:
    yield f"length {bisect_left(_LENGTHS, len(words))}"
    yield f"other words {min(5, meanings.count(0))}"
    if any(map(str.isdigit, words)):
        yield "a number"


def _follow(meanings: Sequence[Meanings]) -> Mapping[int, Meanings]:
    """Of each meaning that a clause has, by its bit: all that follow it anywhere."""
    followed: dict[int, Meanings] = {}
    for these, after in zip(meanings, _join_next(meanings), strict=True):
        if these:
            for bit in _list_bits(these):
                followed[bit] = followed.get(bit, 0) | after
    return followed


def _join_next(meanings: Sequence[Meanings]) -> Iterator[Meanings]:
    """Of each word all meanings of the _REACH words after it: of two, of four, and of the last."""
    padded = [*meanings[1:], *[0] * _REACH]
    two = [*map(or_, padded, padded[1:])]
    return map(or_, map(or_, two, two[2:]), padded[_REACH - 1 :])


@lru_cache(maxsize=10_000)
def _list_bits(meanings: Meanings) -> tuple[int, ...]:
    return tuple(bit for bit in range(meanings.bit_length()) if meanings >> bit & 1)


def _name(meanings: Meanings) -> tuple[str, ...]:
    return tuple(_list_names()[bit] for bit in _list_bits(meanings))


@lru_cache(maxsize=10_000)
def _weigh_alone(prefix: str, meanings: Meanings) -> float:
    return sum(_load_weights().get(f"{prefix} <{name}>", 0.0) for name in _name(meanings))


@lru_cache(maxsize=50_000)
def _weigh_after(first: int, followed: Meanings) -> float:
    name = _list_names()[first]
    return _load_weights().get(f"<{name}>", 0.0) + _weigh_alone(f"<{name}>", followed)


@cache
def _find_bits(*names: str) -> Meanings:
    return sum(1 << _list_names().index(name) for name in names)


@cache
def _list_names() -> tuple[str, ...]:
    return tuple(_load_words())


@cache
def _load_meanings() -> tuple[Mapping[str, Meanings], Mapping[str, Meanings]]:
    whole: dict[str, Meanings] = {}
    beginnings: dict[str, Meanings] = {}
    for bit, words in enumerate(_load_words().values()):
        for word in words.split():
            known = beginnings if word.endswith("*") else whole
            key = word.removesuffix("*")
            known[key] = known.get(key, 0) | 1 << bit
    return whole, beginnings


@cache
def _load_weighty() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What has a weight beside meanings: beginnings of words, those of them that begin a pair, and pairs."""
    pairs = frozenset(name for name in _load_weights() if " " in name and "<" not in name)
    singles = frozenset(name for name in _load_weights() if " " not in name and "<" not in name)
    return singles, frozenset(pair.partition(" ")[0] for pair in pairs), pairs


@cache
def _load_words() -> Mapping[str, str]:
    return tomllib.loads(_read("meanings.toml"))


@cache
def _load_weights() -> Mapping[str, float]:
    return tomllib.loads(_read("weights.toml"))


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
