"""The weights of the rank as a file, `rank.json`: reviewable numbers, no word of any text."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = "rank.json"
WORDING_FILE = "rank.bin"
KINDS = ("terms", "plain")


class BadWeights(ValueError):
    """A file of weights that cannot be used; the message names it and what to do."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a feature adds to the log-odds: `weight` for each `scale` by which its value is above `mean`."""

    feature: str
    group: str
    mean: float
    scale: float
    weight: float

    @property
    def slope(self) -> float:
        return self.weight / self.scale


@dataclass(frozen=True, slots=True)
class RankCard:
    """base: the log-odds of an average reply. keep_from, quotable_from: scores.

    plain: the terms for what is not English, of features that ask for no vocabulary.
    worded: the card instead of this where there are weights of words beside it, one of whose terms they are.
    """

    base: float
    keep_from: float
    quotable_from: float
    terms: tuple[Term, ...]
    plain: tuple[Term, ...]
    worded: "RankCard | None" = None


@lru_cache(maxsize=4)
def load_card(folder: Path) -> RankCard:
    """Read the weights in *folder*, those that go with weights of words where it has some. Raises BadWeights."""
    path = folder / FILE
    try:
        card = _read(json.loads(path.read_text(encoding="utf-8")))
        return card.worded if card.worded and (folder / WORDING_FILE).exists() else card
    except OSError as error:
        raise BadWeights(f"{path} cannot be read ({error.strerror}): `pullquote filter fit` writes one") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadWeights(f"{path} is no file of weights ({error}): `pullquote filter fit` writes one") from error


def _read(written: dict[str, Any]) -> RankCard:
    own, plain = (tuple(Term(each[0], each[1], *map(float, each[2:])) for each in written[kind]) for kind in KINDS)
    base, keep_from, quotable_from = (float(written[name]) for name in ("base", "keep_from", "quotable_from"))
    worded = _read(written["worded"]) if "worded" in written else None
    return RankCard(base, keep_from, quotable_from, own, plain, worded)


def write_card(card: RankCard) -> str:
    """Return the file, a term a line."""
    lines = ["{"]
    lines.extend(f' "{name}": {getattr(card, name)!r},' for name in ("base", "keep_from", "quotable_from"))
    if card.worded:
        lines.append(f' "worded": {write_card(card.worded).strip()},')
    for kind in KINDS:
        end = "" if kind == KINDS[-1] else ","
        rows = [
            f"  {json.dumps([term.feature, term.group, term.mean, term.scale, term.weight])}"
            for term in getattr(card, kind)
        ]
        lines.append(f' "{kind}": [\n' + ",\n".join(rows) + f"\n ]{end}" if rows else f' "{kind}": []{end}')
    return "\n".join([*lines, "}", ""])
