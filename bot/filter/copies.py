"""Copies of other replies and of the question, by the 5-character pieces that two texts share (Jaccard).

Every reply is compared with originals only, and of those only with the few that an index of the smallest piece hashes
names (a bottom-k sketch), so the work grows with the number of replies and not with its square.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from bot.filter.text import WORD, Prepared
from bot.filter.values import Asked, Candidate, Reason
from bot.filter.weights import WEIGHTS

PIECE = 5  # characters
MIN_PIECES = 30  # shorter replies may well be equal by chance: "We use Plausible."
LONG = 80  # pieces
SIMILAR = 0.6  # Jaccard from which a long reply is a near-copy
SIMILAR_SHORT = 0.8  # the same for a short one: "Housing should be a right" has many authors
CONTAINED = 0.85  # share of a reply's pieces that come from the question
SKETCH = 16  # smallest hashes kept of a text; a near-copy shares more than half of them
MIN_SHARED = 2  # of these, before two texts are compared
MAX_HOLDERS = 64  # a piece that more originals hold says nothing about copying
MAX_COMPARED = 8

_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Copy:
    """A reply that comes after the one it is nearly the same as."""

    original: Candidate
    own: bool  # the author of both is known and the same


def flatten(text: str) -> str:
    """Return the words alone, so that case, punctuation and spacing do not part copies."""
    return " ".join(WORD.findall(text))


@lru_cache(maxsize=4096)
def cut(text: str) -> frozenset[int]:
    """Return the hashes of the pieces of *text*; the same in every process."""
    raw = text.encode("utf-32-le", "replace")
    return frozenset(zlib.crc32(raw[at : at + 4 * PIECE]) for at in range(0, len(raw) - 4 * (PIECE - 1), 4))


def sort_by_age(candidate: Candidate) -> tuple[bool, datetime, str, tuple[str, ...], str]:
    """Sort key under which the earliest comes first and the order of arrival plays no part."""
    return (candidate.at is None, candidate.at or _NO_MOMENT, candidate.id, candidate.texts, candidate.author or "")


def are_of_one_author(one: Candidate, other: Candidate) -> bool:
    return one.author is not None and one.author == other.author


class Originals:
    """The originals seen so far, found again by the pieces they share with a text."""

    def __init__(self) -> None:
        self._known: list[tuple[Candidate, str]] = []
        self._holders: dict[int, list[int]] = {}

    def match(self, candidate: Candidate, text: str) -> Copy | None:
        """Return what *candidate* is a copy of; if of nothing, remember it as an original.

        Candidates come in the order of sort_by_age; *text* is flattened.
        """
        pieces = cut(text)
        if len(pieces) < MIN_PIECES:
            return None
        sketch = sorted(pieces)[:SKETCH]
        for index in self._find_alike(sketch):
            original, known = self._known[index]
            if _are_copies(pieces, cut(known)):
                return Copy(original, are_of_one_author(original, candidate))
        self._remember(candidate, text, sketch)
        return None

    def _find_alike(self, sketch: list[int]) -> list[int]:
        shared = Counter(index for piece in sketch for index in self._holders.get(piece, ()))
        alike = [(-count, index) for index, count in shared.items() if count >= MIN_SHARED]
        return [index for _, index in sorted(alike)[:MAX_COMPARED]]

    def _remember(self, candidate: Candidate, text: str, sketch: list[int]) -> None:
        self._known.append((candidate, text))
        for piece in sketch:
            holders = self._holders.setdefault(piece, [])
            if len(holders) < MAX_HOLDERS:
                holders.append(len(self._known) - 1)


def find_copies(candidates: Iterable[tuple[Candidate, str]]) -> Iterator[Copy | None]:
    """Yield for each of *candidates* (the oldest first, with its flattened text) what it copies."""
    originals = Originals()
    for candidate, text in candidates:
        yield originals.match(candidate, text)


def describe_copy(copy: Copy, reply: Prepared) -> Reason:
    weight = WEIGHTS["copy_of_reply.own" if copy.own else "copy_of_reply"]
    return Reason("copy_of_reply", weight, reply.whole(), copy.original.id)


def find_copy_of_question(reply: Prepared, asked: Asked) -> Iterator[Reason]:
    """Nearly all of the reply stands in the question."""
    pieces = cut(flatten(reply.folded))
    if len(pieces) < MIN_PIECES:
        return
    question = cut(flatten(" ".join((asked.text, *asked.options)).casefold()))
    if len(pieces & question) >= CONTAINED * len(pieces):
        yield Reason("copy_of_question", WEIGHTS["copy_of_question"], reply.whole())


def _are_copies(one: frozenset[int], other: frozenset[int]) -> bool:
    both = len(one & other)
    jaccard = both / (len(one) + len(other) - both)
    return jaccard >= (SIMILAR if min(len(one), len(other)) >= LONG else SIMILAR_SHORT)
