"""A reply without what adds nothing to it: what it repeats, and what it takes over from the question.

Everything that judges a reply reads what is left, so that neither can raise it, nor hide that there is nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, pairwise
from operator import eq

from bot.filter.rules.text import WORD, Prepared, prepare, split_words
from bot.filter.values import JudgedQuestion

REPEATED = 4  # words in a row that stood in the reply before
TAKEN_OVER = 5  # words in a row that stand in the question
_HAN = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
PIECE = re.compile(rf"[{_HAN}]{{1,2}}|[^\W_{_HAN}]+(?:'[^\W_{_HAN}]+)*")  # without spaces, pairs stand for words
_PAIR = re.compile(f"[{_HAN}]")
LONGEST_TAIL = 3  # words of the question at the end of a reply from which on they are taken for an echo


def keep_own_words(reply: Prepared, asked: JudgedQuestion) -> Prepared:
    """Return what a reply says once and by itself; the reply as it is where nothing, or everything, is an echo."""
    words = reply.words if reply.bare is reply.lowered and reply.lowered.isascii() else _split(reply.lowered)
    pairs = list(pairwise(words))
    taken = set(_find_taken_over(words, asked.text))
    gone = {*taken, *_find_repeated(words, pairs), *_find_doubled(pairs, taken)}
    if len(set(words)) < len(words) - 1:
        gone.update(_find_echoes(words))
    kept = [place for place in range(len(words)) if place not in gone] if gone else range(len(words))
    gone.update(_find_tail(kept, words, asked.text))
    if not gone or len(gone) == len(words):
        return reply
    places = [found.span() for found in (WORD if reply.lowered.isascii() else PIECE).finditer(reply.lowered)]
    return reply.without(list(_join(places, gone, len(reply.text))))


def _split(lowered: str) -> Sequence[str]:
    return split_words(lowered) if lowered.isascii() else PIECE.findall(lowered)


def _find_repeated(words: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Iterator[int]:
    """A row that is said again holds at least REPEATED - 1 pairs that are: most replies have fewer."""
    yield from range(_find_unit(words), len(words))
    if len(pairs) - len(set(pairs)) < REPEATED - 1:
        return
    seen: set[tuple[str, ...]] = set()
    for start, row in enumerate(zip(*(words[start:] for start in range(REPEATED)), strict=False)):
        if row in seen:
            yield from range(start, start + REPEATED)
        seen.add(row)


def _find_doubled(pairs: Sequence[tuple[str, str]], taken: set[int]) -> list[int]:
    """A word said twice; what follows the question that a reply begins with is said once. A pair of letters is none."""
    return [
        place
        for place, (one, other) in enumerate(pairs, 1)
        if one == other and place - 1 not in taken and not _PAIR.match(other)
    ]


def _find_echoes(words: Sequence[str]) -> Iterator[int]:
    """Two or three words said twice in a row."""
    for size in range(2, REPEATED):
        same, last = 0, 0
        for place in compress(range(size, len(words)), map(eq, words[size:], words)):
            same, last = same + 1 if place == last + 1 else 1, place
            if same >= size and not _PAIR.match(words[place]):
                yield from range(place - size + 1, place + 1)


def _find_unit(words: Sequence[str]) -> int:
    """How many words it has, if those are not said again and again; else how many are."""
    sizes = (size for size in range(1, REPEATED) if len(words) > size and words[size:] == words[:-size])
    size = next(sizes, len(words))
    return len(words) if words and _PAIR.match(words[0]) else size


def _find_taken_over(words: Sequence[str], question: str) -> Iterator[int]:
    openings, rows = _read_question(question)[1:]
    for start in [start for start, word in enumerate(words) if word in openings] if rows else ():
        if tuple(words[start : start + TAKEN_OVER]) in rows:
            yield from range(start, start + TAKEN_OVER)


def _find_tail(kept: Sequence[int], words: Sequence[str], question: str) -> Sequence[int]:
    """What follows the last word that the question does not have."""
    known = _read_question(question)[0]
    first = next((number for number in range(len(kept), 0, -1) if words[kept[number - 1]] not in known), 0)
    return kept[first:] if len(kept) - first >= LONGEST_TAIL else ()


@lru_cache(maxsize=8)
def _read_question(question: str) -> tuple[frozenset[str], frozenset[str], frozenset[tuple[str, ...]]]:
    """Its words, those with which its rows begin, its rows."""
    words = _split(prepare((question,)).lowered)
    rows = frozenset(tuple(words[start : start + TAKEN_OVER]) for start in range(len(words) - TAKEN_OVER + 1))
    return frozenset(words), frozenset(row[0] for row in rows), rows


def _join(places: Sequence[tuple[int, int]], gone: set[int], end: int) -> Iterator[tuple[int, int]]:
    """The characters from each word that goes to the next one that stays."""
    starts = [start for start, _ in places] + [end]
    for place in sorted(gone):
        yield starts[place], starts[place + 1]
