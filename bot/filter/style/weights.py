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
    intercept: float
    times: float  # how far its log-odds reach beside those of the other families
    weights: tuple[float, ...]  # in the order of NAMES


@dataclass(frozen=True, slots=True)
class StyleWeights:
    means: tuple[float, ...]
    scales: tuple[float, ...]
    families: tuple[ModelFamily, ...]
    pieces: dict[str, float]  # four letters of a word → how rare they are (IDF)
    rarest: float  # of pieces that are not among them

    def estimate(self, features: Sequence[float]) -> float:
        """Log-odds that a text of such a style is a chat model's; only good for comparing, as no style proves it."""
        steps = [
            max(-FURTHEST, min(FURTHEST, (value - mean) / scale))
            for value, mean, scale in zip(features, self.means, self.scales, strict=True)
        ]
        return _join(
            family.times * (family.intercept + math.fsum(map(float.__mul__, family.weights, steps)))
            for family in self.families
        )


def _join(estimates: Iterable[float]) -> float:
    """Either family will do: log(e^a + e^b)."""
    found = list(estimates)
    highest = max(found)
    return highest + math.log(math.fsum(math.exp(each - highest) for each in found))


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
    return StyleWeights(
        tuple(float(row["mean"]) for row in ordered),
        tuple(float(row["scale"]) for row in ordered),
        tuple(
            ModelFamily(name, each["intercept"], each["times"], tuple(float(row["weights"][name]) for row in ordered))
            for name, each in sorted(card["families"].items())
        ),
        dict(card["pieces"]),
        float(card["rarest"]),
    )
