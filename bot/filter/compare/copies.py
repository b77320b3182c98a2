"""What replies say again: copies, the same short answer, and the same in other words.

Likeness is the share of five-letter pieces that two texts have in common (Jaccard). Two replies that differ in a
number, a negation or an option are no copies, however alike (see `statements`). Only what comes after another reply is
ever a copy: the earliest stays, and nothing that comes later changes what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

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
from bot.filter.outlines.relations import MAX_COMPARED

if TYPE_CHECKING:
    from bot.filter.compare.pieces import Numbers

SIMILAR = 0.6  # Jaccard from which a reply is a copy
SCATTERED, KEPT = 0.4, 0.75  # the same where this share of the words stands in both, in one order
MANY_WORDS = 12  # of the shorter text, for this; in fewer every word counts
ALIKE = 0.25  # from which two replies are shown side by side: of independent answers 5 % reach it
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
    firsts: dict[str, int] = {}
    likeness = _Likeness(thread, texts)
    repeats = Repeats()
    authors: dict[int, set[str | int]] = {}  # of each short text
    for place, text in enumerate(texts):
        first = firsts.setdefault(text, place)
        original = likeness.originals.get(first, first)
        if len(text) - PIECE + 1 >= MIN_PIECES:
            if original != place:
                repeats.copies[place] = original
            elif place in likeness.reworded:
                repeats.reworded[place] = likeness.reworded[place]
        elif text:
            said_by = authors.setdefault(first, set())
            if thread.author_of(place) in said_by:
                repeats.copies[place] = first
            elif said_by:
                repeats.same[place] = first
            said_by.add(thread.author_of(place))
    return repeats


class _Likeness:
    """What texts of a thread are copies of, by the place where each stands first, in the order of their age.

    originals: of a copy the first it is a copy of. reworded: of those that are no copy, a text before that says much
    of the same.
    """

    def __init__(self, thread: Thread, texts: Sequence[str]) -> None:
        self._thread = thread
        self._texts = texts
        self._pieces = lru_cache(maxsize=1024)(self._cut)
        self._claims = lru_cache(maxsize=1024)(self._find_claim)
        self._variants: dict[int, list[int]] = {}  # the first of texts alike → those of them that are originals
        self.originals: dict[int, int] = {}
        self.reworded: dict[int, int] = {}
        self._families: dict[int, int] = {}  # the first text of all that are alike, whatever they claim
        near, before = thread.beside.near, thread.beside.before
        for place in sorted({*near, *before}):
            self._compare(place, near.get(place, ()), before.get(place, ()))

    def _compare(self, place: int, may_be_copied: Sequence[int], before: Sequence[int]) -> None:
        others = {*may_be_copied, *before}
        jaccard = {other: measure_jaccard(self._pieces(place), self._pieces(other)) for other in others}
        near = [other for other in may_be_copied if jaccard[other] >= SCATTERED]
        families = {self._families.get(other, other): None for other in near}
        near += [other for family in families for other in self._variants.get(family, ()) if other not in near]
        kin: list[int] = []
        for other in near[: MAX_COMPARED + MAX_VARIANTS]:
            is_alike, says_same = self._read(place, other)
            if is_alike and says_same:
                self._families[place] = self._families.get(other, other)
                self.originals[place] = self.originals.get(other, other)
                return
            if is_alike:
                kin.append(other)
        if kin:
            family = self._families[place] = self._families.get(kin[0], kin[0])
            self._variants.setdefault(family, [family]).append(place)
        like = [(-jaccard[other], other) for other in before if jaccard[other] >= ALIKE and other not in kin]
        if like:
            self.reworded[place] = min(like)[1]

    def _read(self, one: int, other: int) -> tuple[bool, bool]:
        """Whether two texts are nearly the same, and whether they say the same."""
        here, there = self._claims(one), self._claims(other)
        exchanges = find_exchanges(here, there)
        jaccard = measure_jaccard(self._pieces(one), self._pieces(other))
        kept = measure_kept(here, there, exchanges)
        is_long = min(len(here.words), len(there.words)) >= MANY_WORDS
        is_alike = jaccard >= SIMILAR or (is_long and jaccard >= SCATTERED and kept >= KEPT)
        if self._may_be_of_one_author(one, other) and share_one_end(here, there, exchanges):
            return is_alike, False
        return is_alike, not say_different_things(here, there, exchanges)

    def _may_be_of_one_author(self, one: int, other: int) -> bool:
        here, there = (self._thread.candidates[place].author for place in (one, other))
        return here is None or there is None or here == there

    def _cut(self, place: int) -> "Numbers":
        return cut((self._texts[place],)).numbers

    def _find_claim(self, place: int) -> Claim:
        return find_claim(self._thread.replies[place], self._thread.asked)
