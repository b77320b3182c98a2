"""The fitted weights of the style features: `style.json` in the folder of the weights, beside its card `style.md`."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from pathlib import Path
from typing import Any, NamedTuple

from bot.filter.style.habits import NAMES, PLACES, SURFACE

FILE = "style.json"
FORMAT = 2
DIGITS = 4
_ON_SURFACE = frozenset(PLACES[name] for name in SURFACE)
FURTHEST = 4.0  # standard deviations from the mean that count


class StyleEstimate(NamedTuple):
    """Log-odds that the style of a text is that of a family of models; for comparing, as no style proves anything."""

    worded: float  # without what a keystroke changes
    typed: float  # with it


@dataclass(frozen=True, slots=True)
class ModelFamily:
    """What sets the texts of one family of models apart from people's, in log-odds."""

    name: str
    nothing: float  # of a text all whose features are 0
    bare: float  # the part in it of what a keystroke changes
    times: float  # how far its log-odds reach beside those of the other families
    weights: tuple[float, ...]  # in the order of NAMES

    def sum_up(self, worded: list[tuple[int, float]], surface: list[tuple[int, float]]) -> StyleEstimate:
        """Place and standard deviations from 0 of the features that a text has; of those on the surface apart."""
        weights = self.weights
        own = self.times * (self.nothing + math.fsum([weights[place] * step for place, step in worded]))
        typed = own + self.times * math.fsum([weights[place] * step for place, step in surface])
        return StyleEstimate(round(own - self.times * self.bare, DIGITS), round(typed, DIGITS))


@dataclass(frozen=True, slots=True)
class StyleWeights:
    means: tuple[float, ...]
    scales: tuple[float, ...]
    zeros: tuple[float, ...]  # where a feature of 0 stands, in standard deviations from the mean
    families: tuple[ModelFamily, ...]
    pieces: dict[str, float]  # the head of a word → how rare it is
    rarest: float  # of pieces that are not among them

    def estimate(self, features: Sequence[float]) -> dict[str, StyleEstimate]:
        """How far a text is of the style of each family. Most features of a text are 0 and are not looked at."""
        means, scales, zeros = self.means, self.scales, self.zeros
        worded: list[tuple[int, float]] = []
        surface: list[tuple[int, float]] = []
        for place in compress(range(len(features)), features):
            step = (features[place] - means[place]) / scales[place]
            if not -FURTHEST <= step <= FURTHEST:
                step = math.copysign(FURTHEST, step)
            (surface if place in _ON_SURFACE else worded).append((place, step - zeros[place]))
        return {family.name: family.sum_up(worded, surface) for family in self.families}


def standardise(value: float, mean: float, scale: float) -> float:
    """How many standard deviations from the mean, FURTHEST at most."""
    return max(-FURTHEST, min(FURTHEST, (value - mean) / scale))


def join_families(estimates: Iterable[StyleEstimate]) -> StyleEstimate:
    """Either family will do: log(e^a + e^b)."""
    found = list(estimates)
    return StyleEstimate(_join([each.worded for each in found]), _join([each.typed for each in found]))


def _join(estimates: Sequence[float]) -> float:
    highest = max(estimates)
    return highest + math.log(math.fsum(math.exp(each - highest) for each in estimates))


@lru_cache(maxsize=4)
def load_style(folder: Path) -> StyleWeights:
    """Read the weights; ValueError names the file and what is wrong with it."""
    path = folder / FILE
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        found = _read(card)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: not readable as style weights ({error}); fit them anew") from error
    if card["format"] != FORMAT or len(card["features"]) != len(NAMES) or not found.families:
        raise ValueError(f"{path}: made for other features than these; fit them anew")
    return found


def _read(card: dict[str, Any]) -> StyleWeights:
    rows = {row["name"]: row for row in card["features"]}
    ordered = [rows[name] for name in NAMES]
    means = tuple(float(row["mean"]) for row in ordered)
    scales = tuple(float(row["scale"]) for row in ordered)
    zeros = tuple(standardise(0.0, mean, scale) for mean, scale in zip(means, scales, strict=True))
    families = []
    for name, each in sorted(card["families"].items()):
        weights = tuple(float(row["weights"][name]) for row in ordered)
        nothing = each["intercept"] + math.fsum(map(float.__mul__, weights, zeros))
        bare = math.fsum(weights[place] * zeros[place] for place in sorted(_ON_SURFACE))
        families.append(ModelFamily(name, nothing, bare, each["times"], weights))
    return StyleWeights(means, scales, zeros, tuple(families), dict(card["pieces"]), float(card["rarest"]))
