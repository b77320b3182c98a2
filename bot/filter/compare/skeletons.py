"""Replies that several authors share but for names and numbers: a text to fill in.

Counted in the order of age: the first is nobody's copy and is never lowered, the second little, all further ones
strongly. So whoever comes later cannot hurt what stands before.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.filter.compare.introductions import find_introduction
from bot.filter.compare.thread import Thread
from bot.filter.values import CandidateSpan


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What a reply shares with earlier ones. first: the place of the earliest. others: different authors before it."""

    first: int
    others: int
    span: CandidateSpan | None  # of an introduction; None where the whole text is meant


def find_skeletons(thread: Thread, without: Iterable[int]) -> dict[int, Skeleton]:
    """Return the skeletons by the place of the reply; an introduction counts where the whole text is its own.

    without: places that are explained already.
    """
    explained = set(without)
    users = _Users(thread)
    firsts: dict[int, int] = {}  # of a text that shares its frame with earlier ones the first of them
    found: dict[int, Skeleton] = {}
    for place in sorted({*thread.beside.framed, *thread.beside.introduced} - explained):
        framed = [other for other in thread.beside.framed.get(place, ()) if other not in explained]
        shared = None
        if framed:
            firsts[place] = min(firsts.get(other, other) for other in framed)
            shared = users.add(place, firsts[place])
        shared = shared or _compare_introductions(thread, place)
        if shared:
            found[place] = shared
    return found


def _compare_introductions(thread: Thread, place: int) -> Skeleton | None:
    """Copies count as well: who copies an answer introduces themselves as its author did."""
    before = thread.beside.introduced.get(place)
    introduction = find_introduction(thread.replies[place]) if before else None
    if not before or introduction is None:
        return None
    others = {thread.author_of(other) for other in before} - {thread.author_of(place)}
    return Skeleton(before[0], len(others), introduction.span) if others else None


class _Users:
    """Who has used a frame so far."""

    def __init__(self, thread: Thread) -> None:
        self._thread = thread
        self._authors: dict[int, set[str | int]] = {}

    def add(self, place: int, first: int) -> Skeleton | None:
        """Note one more reply with the frame of *first*; return who had it before, None where nobody else had."""
        author = self._thread.author_of(place)
        known = self._authors.setdefault(first, {self._thread.author_of(first)})
        others = len(known - {author})
        known.add(author)
        return Skeleton(first, others, None) if others else None
