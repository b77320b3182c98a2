"""Which answers are quoted: the best ones that say something of their own. Pure: the same answers in any order give the
same quotes.

Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): what is picked next has the most of its rank left
once its likeness to what stands there already is taken off. Likeness is the cosine of the stems, each with its inverse
document frequency among the answers that are looked at.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

LOOKED_AT = 60
"""Answers, best first, among which quotes are picked."""
RELEVANCE = 0.5
"""λ: what rank weighs, against difference."""
ALIKE = 0.5
"""The cosine above which two answers say the same."""
SAID_BY_OTHERS = 0.5
"""The share of the weight of a condition's stems above which another answer states it too."""
STEM = 6
"""Letters of a word that make its stem, in any language with spaces."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_WITHOUT_SPACES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}ー]")
_CONDITION = regex.compile(
    r"\b(?:only (?:if|when|where|with|for)|unless|except|provided|as long as|on condition|but (?:only|not|never)|not if"
    r"|nur (?:wenn|mit|für)|außer|es sei denn|sofern|solange|vorausgesetzt|aber (?:nur|nicht|nie)"
    r"|s[oó]lo (?:si|cuando)|a menos que|salvo|excepto|siempre que|pero (?:no|solo|sólo|nunca)"
    r"|seulement (?:si|quand)|à moins|sauf|à condition|tant que|mais (?:pas|seulement|jamais))\b[^.!?;\n]*",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entrant:
    """An answer that may be quoted. rank: sorts the best first, and no two have the same. words: what would be quoted.

    side: what it argues for, None where that is not known.
    """

    rank: tuple[Any, ...]
    score: float
    is_kept: bool
    side: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Picked:
    """chosen: the entrants that are quoted, best first. repeats: the best of those that are left out because they say
    the same, each with the chosen one that says it. All by their places among the entrants.
    """

    chosen: tuple[int, ...]
    repeats: Mapping[int, int]


def pick(entrants: Sequence[Entrant], most: int) -> Picked:
    """Pick at most `most` of which no two say the same.

    What an editor kept comes first. Of each side that somebody takes there is one, even where it shares its words with
    another side; and one that states a condition which nobody else does, where that is among those looked at.
    """
    order = sorted(range(len(entrants)), key=lambda number: entrants[number].rank)
    race = _Race([entrants[number] for number in order], most)
    race.run()
    return Picked(
        tuple(order[place] for place in sorted(race.chosen)),
        {order[place]: order[other] for place, other in race.list_repeats()},
    )


@dataclass(slots=True)
class _Race:
    """The picking itself. entrants: best first. chosen: their places in the order in which they were picked."""

    entrants: Sequence[Entrant]
    most: int
    chosen: list[int] = field(default_factory=list)
    stems: list[Counter[str]] = field(init=False)
    weights: dict[str, float] = field(init=False)
    vectors: list[dict[str, float]] = field(init=False)
    nearest: list[tuple[float, int]] = field(init=False)  # of each: its likeness to the chosen one that it is most like
    worth: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.stems = [Counter(list_stems(each.words)) for each in self.entrants]
        self.weights = weigh_stems(self.stems)
        self.vectors = [make_vector(stems, self.weights) for stems in self.stems]
        self.nearest = [(0.0, 0)] * len(self.entrants)
        self.worth = _scale(self.entrants)

    def run(self) -> None:
        """Pick one of each side, then whatever is best and different, then see to the conditions."""
        for places in self._list_sides():
            if len(self.chosen) < self.most:
                self._choose(next((place for place in places if self._differs(place)), places[0]))
        while len(self.chosen) < self.most and (left := self._list_left()):
            self._choose(max(left, key=self._value))  # the first of equals: the better ranked
        self._add_condition()

    def list_repeats(self) -> list[tuple[int, int]]:
        """(What is left out, the chosen one that it is most like), the best first."""
        left = (place for place in range(len(self.entrants)) if place not in self.chosen and not self._differs(place))
        return [(place, self.nearest[place][1]) for place in left][: self.most]

    def _list_sides(self) -> list[list[int]]:
        """The places of each known side, the side of the best first."""
        sides: dict[int, list[int]] = {}
        for place, entrant in enumerate(self.entrants):
            if entrant.side is not None:
                sides.setdefault(entrant.side, []).append(place)
        return list(sides.values())

    def _list_left(self) -> list[int]:
        """What may be picked next: of those that an editor kept, then of the others."""
        left = [place for place in range(len(self.entrants)) if place not in self.chosen and self._differs(place)]
        return [place for place in left if self.entrants[place].is_kept] or left

    def _differs(self, place: int) -> bool:
        return self.nearest[place][0] <= ALIKE

    def _value(self, place: int) -> float:
        return round(RELEVANCE * self.worth[place] - (1 - RELEVANCE) * self.nearest[place][0], 9)

    def _choose(self, place: int) -> None:
        self.chosen.append(place)
        self._compare(place)

    def _compare(self, place: int) -> None:
        """Note whom `place` is nearest to."""
        vector = self.vectors[place]
        for other, known in enumerate(self.nearest):
            likeness = find_likeness(vector, self.vectors[other])
            if other != place and likeness > known[0]:
                self.nearest[other] = likeness, place

    def _add_condition(self) -> None:
        """Where none of the chosen states a condition, the last that can be spared makes room for one that does."""
        if len(self.chosen) < self.most or any(self._states_condition(place) for place in self.chosen):
            return
        spared = next((place for place in reversed(self.chosen) if self._can_be_spared(place)), None)
        if spared is None:
            return
        rest = [place for place in self.chosen if place != spared]
        for place in range(len(self.entrants)):
            if place in self.chosen or not self._states_condition(place):
                continue
            if all(find_likeness(self.vectors[place], self.vectors[other]) <= ALIKE for other in rest):
                self.chosen, self.nearest = [], [(0.0, 0)] * len(self.entrants)
                for each in (*rest, place):
                    self._choose(each)
                return

    def _states_condition(self, place: int) -> bool:
        """Whether it states a condition that no other answer states."""
        found = _CONDITION.search(self.entrants[place].words)
        stems = set(list_stems(found[0])) if found else set()
        whole = math.fsum(self.weights[stem] for stem in stems)
        return bool(stems) and all(
            math.fsum(self.weights[stem] for stem in stems if stem in others) <= SAID_BY_OTHERS * whole
            for number, others in enumerate(self.stems)
            if number != place
        )

    def _can_be_spared(self, place: int) -> bool:
        entrant = self.entrants[place]
        same_side = sum(self.entrants[other].side == entrant.side for other in self.chosen)
        return not entrant.is_kept and (entrant.side is None or same_side > 1)


# ---------------------------------------------------------------- likeness


def list_stems(text: str) -> list[str]:
    """The first letters of each word; pairs of characters where a script puts no spaces."""
    words = _WORD.findall(text.casefold())
    if not _WITHOUT_SPACES.search(text):
        return [word[:STEM] for word in words]
    return [stem for word in words for stem in (_cut_pairs(word) if _WITHOUT_SPACES.search(word) else [word[:STEM]])]


def _cut_pairs(word: str) -> list[str]:
    return [word[start : start + 2] for start in range(max(1, len(word) - 1))]


def weigh_stems(answers: Sequence[Counter[str]]) -> dict[str, float]:
    """The inverse document frequency of each stem; what all say keeps a little, so that two answers can be alike."""
    found = Counter(stem for stems in answers for stem in stems)
    return {stem: math.log(1 + len(answers) / (count + 0.5)) for stem, count in found.items()}


def make_vector(stems: Mapping[str, int], weights: Mapping[str, float]) -> dict[str, float]:
    """The weight of each stem, of length 1; empty where there is no word."""
    weighed = {stem: (1 + math.log(count)) * weights[stem] for stem, count in stems.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weighed.values()))
    return {stem: weight / length for stem, weight in weighed.items()}


def find_likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1, from 0 to 1."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return math.fsum(weight * many[stem] for stem, weight in few.items() if stem in many)


def _scale(entrants: Sequence[Entrant]) -> list[float]:
    """Scores from 0 to 1 between the worst and the best that no editor kept; 1 for what one kept."""
    scores = [each.score for each in entrants if not each.is_kept] or [0.0]
    low, span = min(scores), max(scores) - min(scores)
    return [1.0 if each.is_kept else (each.score - low) / span if span else 0.0 for each in entrants]
