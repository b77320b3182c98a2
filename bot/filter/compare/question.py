"""A reply that is made of the question: said again, in part, or a part of it several times."""

from collections.abc import Iterator
from functools import lru_cache

from bot.filter.compare.pieces import MIN_PIECES, PIECE, flatten
from bot.filter.rules.text import Prepared, prepare
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import JudgedQuestion, Reason

CONTAINED = 0.85  # share of a reply's pieces that come from the question
RUN = 8  # letters; a part said again and again has pieces of its own where it begins anew
COVERED = 0.9  # share of a reply's letters that stand in such runs of the question
SAMPLES, MIN_FOUND = 8, 3  # pieces that are looked for at first: most replies hold none


def find_copy_of_question(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """Nearly all of the reply stands in the question or in its options."""
    text = flatten(reply.words)
    if len(text) >= MIN_PIECES + PIECE - 1 and _looks_copied(text, asked) and _is_copied(text, asked):
        yield Reason("copy_of_question", WEIGHTS["copy_of_question"], reply.whole())


def _looks_copied(text: str, asked: JudgedQuestion) -> bool:
    known = _flatten_question(asked)
    last = len(text) - PIECE
    starts = (last * number // (SAMPLES - 1) for number in range(SAMPLES))
    return sum(text[start : start + PIECE] in known for start in starts) >= MIN_FOUND


def _is_copied(text: str, asked: JudgedQuestion) -> bool:
    pieces = _cut_question(asked, PIECE)
    count = len(text) - PIECE + 1
    if sum(text[start : start + PIECE] in pieces for start in range(count)) >= CONTAINED * count:
        return True
    return _count_covered(text, _cut_question(asked, RUN)) >= COVERED * len(text)


def _count_covered(text: str, runs: frozenset[str]) -> int:
    """Return how many letters stand in a run of RUN letters that the question has."""
    covered = end = 0
    for start in range(len(text) - RUN + 1):
        if text[start : start + RUN] in runs:
            covered += start + RUN - max(start, end)
            end = start + RUN
    return covered


@lru_cache(maxsize=8)
def _flatten_question(asked: JudgedQuestion) -> str:
    return flatten(prepare((asked.text, *asked.options)).words)


@lru_cache(maxsize=16)
def _cut_question(asked: JudgedQuestion, size: int) -> frozenset[str]:
    text = _flatten_question(asked)
    return frozenset(text[start : start + size] for start in range(len(text) - size + 1))
