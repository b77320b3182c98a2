"""How far a clause has the shape of a refusal: for what no phrase in `phrases.toml` foresaw.

A clause is a set of features: what its words mean (`meanings.toml`, seven languages together), which meanings
follow each other, the words themselves. Each has a weight in `weights.toml`, fitted by
`scripts/fit_refusals.py`; how, and how well, stands in docs/decisions. Whose sum is high is held until an editor has
looked; nothing is printed or dropped by it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

Meanings = int
"""A set of meanings: bit n is the nth table of `meanings.toml`."""

_SUBJECTS = ("print", "name", "unnamed", "secret", "refuse", "delete", "use", "public", "between", "inform", "work")
"""Without one of these a sentence is no wish about being quoted."""
_WORD = re.compile(r"[\w']+")
_REACH = 5  # words after a word, whose meanings follow its own
_BEGINNING = 5  # letters of a word that are compared
_LEAST_STORY = 5  # words
_LENGTHS = (2, 4, 7, 11, 17)  # words


def may_be_a_wish(sentence: str) -> bool:
    """A cheap test: whether a folded sentence has a word about publishing, naming, secrecy."""
    subjects = _find_bits(*_SUBJECTS)
    return any(find_meanings(word) & subjects for word in read_words(sentence))


def measure_shape(clause: str) -> float:
    """The sum of the weights of `clause`, a clause folded as in `phrases.toml`; a refusal is above 0, a story below."""
    words = read_words(clause)
    if not words:
        return -9.0
    weights = _load_weights()
    meanings = [find_meanings(word) for word in words]
    total = weights["always"] + _weigh_alone("begins", meanings[0])
    total += sum(weights.get(feature, 0.0) for feature in {*_list_words(words), *_list_sizes(words, meanings)})
    return total + sum(_weigh_after(first, followed) for first, followed in _follow(meanings).items())


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
    return _WORD.findall(clause)


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
    yield f"length {sum(len(words) > longest for longest in _LENGTHS)}"
    yield f"other words {min(5, meanings.count(0))}"
    if any(word.isdigit() for word in words):
        yield "a number"


def _follow(meanings: Sequence[Meanings]) -> Mapping[int, Meanings]:
    """Of each meaning that a clause has, by its bit: all that follow it anywhere."""
    followed: dict[int, Meanings] = {}
    for place, these in enumerate(meanings):
        after = 0
        for later in meanings[place + 1 : place + 1 + _REACH]:
            after |= later
        for bit in _list_bits(these):
            followed[bit] = followed.get(bit, 0) | after
    return followed


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
def _load_words() -> Mapping[str, str]:
    return tomllib.loads(_read("meanings.toml"))


@cache
def _load_weights() -> Mapping[str, float]:
    return tomllib.loads(_read("weights.toml"))


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
