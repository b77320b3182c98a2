"""What replies say again: copies, the same short answer, and the same in other words.

Likeness is the share of five-letter pieces that two texts have in common (Jaccard). Two replies that differ in a
number, a negation or an option are no copies, however alike (see `statements`). Only what comes after another reply is
ever a copy: the earliest stays, and nothing that comes later changes what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.filter.compare.neighbours import find_pairs, number_texts
from bot.filter.compare.pieces import MIN_PIECES, PIECE, cut, flatten, measure_jaccard
from bot.filter.compare.statements import (
    Claim,
    find_claim,
    find_exchanges,
    measure_kept,
    say_different_things,
    share_one_end,
)
from bot.filter.compare.thread import Thread

if TYPE_CHECKING:
    from bot.filter.compare.pieces import Numbers

SIMILAR = 0.6  # Jaccard from which a reply is a copy
SCATTERED, KEPT = 0.4, 0.75  # the same where this share of the words stands in both, in one order
ALIKE = 0.25  # from which two replies are shown side by side: of independent answers 5 % reach it
MAX_COMPARED = 8  # earlier texts, those first that agree in most places
MAX_VARIANTS = 16  # texts alike with claims of their own that are looked through for the same claim


@dataclass(slots=True)
class Repeats:
    """What is said again in a thread, by the places of its replies."""

    copies: dict[int, int] = field(default_factory=dict)  # a copy → its original, the first of all that are alike
    same: dict[int, int] = field(default_factory=dict)  # the same short words of another author → the first of them
    reworded: dict[int, int] = field(default_factory=dict)  # much of the same in other words → who said it before


def find_repeats(thread: Thread) -> Repeats:
    """Compare each reply with those before it."""
    texts = [flatten(reply.words) for reply in thread.replies]
    numbered = list(number_texts(texts))
    firsts = _list_firsts(numbered)
    likeness = _Likeness(thread, texts, firsts)
    repeats = Repeats()
    authors: dict[int, set[str | int]] = {}  # of each short text
    for place, (number, first) in enumerate(numbered):
        original = firsts[likeness.originals[number]]
        if len(texts[place]) - PIECE + 1 >= MIN_PIECES:
            if original != place:
                repeats.copies[place] = original
            elif number in likeness.reworded:
                repeats.reworded[place] = firsts[likeness.reworded[number]]
        elif texts[place]:
            said_by = authors.setdefault(number, set())
            if thread.author_of(place) in said_by:
                repeats.copies[place] = first
            elif said_by:
                repeats.same[place] = first
            said_by.add(thread.author_of(place))
    return repeats


def _list_firsts(numbered: Sequence[tuple[int, int]]) -> list[int]:
    """Return where each different text stands first."""
    firsts: list[int] = []
    for number, first in numbered:
        if number == len(firsts):
            firsts.append(first)
    return firsts


class _Likeness:
    """What each of the different texts of a thread is a copy of, in the order of their age.

    originals: of each text the first it is a copy of, or itself. reworded: of those that are no copy, a text before
    that says much of the same.
    """

    def __init__(self, thread: Thread, texts: Sequence[str], firsts: Sequence[int]) -> None:
        self._thread = thread
        self._texts = [texts[first] for first in firsts]
        self._firsts = firsts
        self._pieces = lru_cache(maxsize=1024)(self._cut)
        self._claims = lru_cache(maxsize=1024)(self._find_claim)
        self._variants: dict[int, list[int]] = {}  # the first of texts alike → those of them that are originals
        self.originals = list(range(len(firsts)))
        self.reworded: dict[int, int] = {}
        self._families = list(range(len(firsts)))  # the first text of all that are alike, whatever they claim
        for number, before in sorted(find_pairs(self._texts).items()):
            self._compare(number, before[:MAX_COMPARED])

    def _compare(self, number: int, before: Sequence[int]) -> None:
        jaccard = {other: measure_jaccard(self._pieces(number), self._pieces(other)) for other in before}
        near = [other for other in before if jaccard[other] >= SCATTERED]
        families = {self._families[other]: None for other in near}
        near += [other for family in families for other in self._variants.get(family, ()) if other not in near]
        kin: list[int] = []
        for other in near[: MAX_COMPARED + MAX_VARIANTS]:
            is_alike, says_same = self._read(number, other)
            if is_alike and says_same:
                self._families[number] = self._families[other]
                self.originals[number] = self.originals[other]
                return
            if is_alike:
                kin.append(other)
        if kin:
            family = self._families[number] = self._families[kin[0]]
            self._variants.setdefault(family, [family]).append(number)
        like = [(-jaccard[other], other) for other in before if jaccard[other] >= ALIKE and other not in kin]
        if like:
            self.reworded[number] = self.originals[min(like)[1]]

    def _read(self, one: int, other: int) -> tuple[bool, bool]:
        """Whether two texts are nearly the same, and whether they say the same."""
        here, there = self._claims(one), self._claims(other)
        exchanges = find_exchanges(here, there)
        jaccard = measure_jaccard(self._pieces(one), self._pieces(other))
        kept = measure_kept(here, there, exchanges)
        is_alike = jaccard >= SIMILAR or (jaccard >= SCATTERED and kept >= KEPT)
        if self._may_be_of_one_author(one, other) and share_one_end(here, there, exchanges):
            return is_alike, False
        return is_alike, not say_different_things(here, there, exchanges)

    def _may_be_of_one_author(self, one: int, other: int) -> bool:
        here, there = (self._thread.candidates[self._firsts[number]].author for number in (one, other))
        return here is None or there is None or here == there

    def _cut(self, number: int) -> "Numbers":
        return cut((self._texts[number],)).numbers

    def _find_claim(self, number: int) -> Claim:
        return find_claim(self._thread.replies[self._firsts[number]], self._thread.asked)
