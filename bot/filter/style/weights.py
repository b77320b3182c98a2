"""The fitted weights of the style features: `style.json` in the folder of the weights, beside its card `style.md`."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.filter.style.habits import NAMES

FILE = "style.json"
FORMAT = 1
FURTHEST = 4.0  # standard deviations from the mean that count


@dataclass(frozen=True, slots=True)
class ModelFamily:
    """What sets the texts of one family of models apart from people's, in log-odds."""

    name: str
    nothing: float  # of a text all whose features are 0
    times: float  # how far its log-odds reach beside those of the other families
    weights: tuple[float, ...]  # in the order of NAMES


@dataclass(frozen=True, slots=True)
class StyleWeights:
    means: tuple[float, ...]
    scales: tuple[float, ...]
    zeros: tuple[float, ...]  # where a feature of 0 stands, in standard deviations from the mean
    families: tuple[ModelFamily, ...]
    pieces: dict[str, float]  # four letters of a word → how rare they are
    rarest: float  # of pieces that are not among them

    def estimate(self, features: Sequence[float]) -> dict[str, float]:
        """By family, the log-odds that a text of such a style is of its models; for comparing, as no style proves it.

        Most features of a text are 0 and are not looked at.
        """
        steps = [
            (place, standardise(value, self.means[place], self.scales[place]) - self.zeros[place])
            for place, value in enumerate(features)
            if value
        ]
        return {
            family.name: family.times
            * (family.nothing + math.fsum([family.weights[place] * step for place, step in steps]))
            for family in self.families
        }


def standardise(value: float, mean: float, scale: float) -> float:
    """How many standard deviations from the mean, FURTHEST at most."""
    return max(-FURTHEST, min(FURTHEST, (value - mean) / scale))


def join_families(estimates: Iterable[float]) -> float:
    """Log-odds that it is either family: log(e^a + e^b)."""
    found = sorted(estimates)
    return found[-1] + math.log(math.fsum(math.exp(each - found[-1]) for each in found))


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
        families.append(ModelFamily(name, nothing, each["times"], weights))
    return StyleWeights(means, scales, zeros, tuple(families), dict(card["pieces"]), float(card["rarest"]))
