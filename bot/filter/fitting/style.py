"""Fits the style weights: `fit_style`, the same bytes on every run.

Rows are JSON lines with `text`, `source`, and of pitches `group` and `style`. A machine text is one with a `style`
other than `human`; every other row is a person's. Of people only those are fitted on whose collection allows it: see
TUNING_ONLY. Each family of models is set against the people of the threads that its texts stand in, else the weights
would learn how two forums differ; a family without such threads is set against all people, and what parts forums
from each other (FORUM_HABITS) is held down.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.filter.rules.text import Prepared, prepare
from bot.filter.style.decoys import count_pieces
from bot.filter.style.features import count_words, measure_style
from bot.filter.style.habits import NAMES
from bot.filter.style.weights import FILE, FORMAT, FURTHEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

TUNING_ONLY = frozenset({"grid"})
"""Sources whose people's texts state no licence: their machine texts are fitted on, their people's never."""
OLDER = frozenset({"gpt-3.5"})
SHARED_THREADS = 100  # machine texts in threads with people, from which those threads alone are used
RIDGE = 100.0
RIDGE_OLDER, RIDGE_OLDER_FORUM = 30.0, 1000.0
TIMES_OLDER, LESS_OLDER = 2.0, 2.0
STEPS, CLOSE = 40, 1e-9  # of Newton's method
MIN_SHARE_OF_TEXTS = 0.01  # that hold a piece, for it to be listed
STEEPNESS = 2.0  # of the rarity of pieces: rare ones say more than their IDF
DIGITS = 4

SHIFTING_WORDS = ("of", "the", "that", "was", "into", "i", "were", "down", "an", "this", "which", "to", "you")
FORUM_HABITS = frozenset(
    (
        *(f"word {word}" for word in (*SHIFTING_WORDS, "more", "a", "as")),
        *(f"ending {ending}" for ending in ("s", "ly", "ed", "tion", "ing", "al", "ity", "ive")),
        *(f"comma before {word}" for word in ("but", "ing", "and", "which")),
        *("long words", "longest words", "word length", "distinct words"),
        *("longest sentence", "sentence length", "spread of sentence lengths"),
        *("begins in lower case", "lower case openings of sentences", "lower case i", "words in capitals"),
        *("dots in a row", "links", "casual words", "commas", "full stops", "brackets", "hyphenated words"),
        *("opens with an article", "linking words", "smileys", "space before a mark", "ends without a mark"),
        *("contractions without apostrophe",),
    )
)
"""Features by which people of one forum differ from those of another by .3 standard deviations."""


@dataclass(frozen=True, slots=True)
class Text:
    style: str
    group: str
    reply: Prepared
    features: list[float]

    @property
    def family(self) -> str:
        return "older" if self.style in OLDER else "newer"


def fit_style(files: Sequence[Path], without: Sequence[str], out: Path) -> Path:
    """Fit on the rows of *files*, write `style.json` into *out*, and return where it is.

    without: `source=…`, `style=…`, `register=…`, `group=…`: rows with that value are left out. ValueError says what is
    missing or not readable.
    """
    texts = [Text(row.get("style") or "human", str(row.get("group") or ""), reply, measure_style(reply))
             for row, reply in _read(files, without)]  # fmt: skip
    people = [text for text in texts if text.style == "human"]
    machines = [text for text in texts if text.style != "human"]
    if not people or not machines:
        raise ValueError("the style needs texts of people and of machines; people need `source`, machines a `style`")
    means, scales = _standardise(people, machines)
    families = {}
    columns = {}
    for family in sorted({text.family for text in machines}):
        own = [text for text in machines if text.family == family]
        shared = _find_shared(own, people)
        ridge = _weigh_ridge(family, shared=bool(shared))
        weights, intercept = _fit(people, shared or own, means, scales, ridge)
        times, less = (TIMES_OLDER, LESS_OLDER) if family == "older" else (1.0, 0.0)
        families[family] = {"intercept": round(intercept - less / times, DIGITS), "times": times}
        columns[family] = weights
    pieces, rarest = _count_rarity([text.reply for text in texts])
    card = {
        "format": FORMAT,
        "families": families,
        "rarest": rarest,
        "features": [
            {"name": name, "mean": means[n], "scale": scales[n], "weights": {f: columns[f][n] for f in columns}}
            for n, name in enumerate(NAMES)
        ],
        "pieces": pieces,
    }
    path = out / FILE
    path.write_text(_write(card), encoding="utf-8")
    return path


def _read(files: Iterable[Path], without: Sequence[str]) -> Iterator[tuple[dict[str, Any], Prepared]]:
    excluded: dict[str, set[str]] = defaultdict(set)
    for each in without:
        field, _, value = each.partition("=")
        if field not in {"source", "style", "register", "group"} or not value:
            raise ValueError(f"--without {each}: expected source=, style=, register= or group= with a value")
        excluded[field].add(value)
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                text = row["text"]
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{path}:{number}: no JSON object with a text") from error
            if any(str(row.get(field)) in values for field, values in excluded.items()) or _is_barred(row):
                continue
            yield row, prepare((text,))


def _is_barred(row: dict[str, Any]) -> bool:
    """What shows false alarms, what the asker says of the answers, and people whose texts are for tuning alone."""
    return (
        bool(row.get("register"))
        or bool(row.get("by_asker"))
        or ((row.get("style") or "human") == "human" and row.get("source") in TUNING_ONLY)
    )


def _find_shared(machines: list[Text], people: list[Text]) -> list[Text]:
    groups = {text.group for text in people if text.group}
    shared = [text for text in machines if text.group in groups]
    return shared if len(shared) >= SHARED_THREADS else []


def _weigh_ridge(family: str, *, shared: bool) -> list[float]:
    if shared:
        return [RIDGE] * len(NAMES)
    if family != "older":
        return [RIDGE_OLDER_FORUM if name in FORUM_HABITS else RIDGE for name in NAMES]
    return [RIDGE_OLDER_FORUM if name in FORUM_HABITS else RIDGE_OLDER for name in NAMES]


def _standardise(people: list[Text], machines: list[Text]) -> tuple[list[float], list[float]]:
    """Mean and standard deviation of each feature, people and machines having the same weight."""
    means, scales = [], []
    for n in range(len(NAMES)):
        sides = [[text.features[n] for text in side] for side in (people, machines)]
        mean = math.fsum(math.fsum(side) / len(side) for side in sides) / 2
        variance = math.fsum(math.fsum((x - mean) ** 2 for x in side) / len(side) for side in sides) / 2
        means.append(round(mean, 6))
        scales.append(round(math.sqrt(variance), 6) or 1.0)
    return means, scales


def _fit(
    people: list[Text], machines: list[Text], means: list[float], scales: list[float], ridge: list[float]
) -> tuple[list[float], float]:
    """Logistic regression by Newton's method, both classes with the same weight; weights, then the intercept.

    A person's text counts by the root of its length: of the many that are short, few say how somebody writes.
    """
    import numpy as np

    rows = np.array([text.features for text in (*people, *machines)])
    steps = np.clip((rows - np.array(means)) / np.array(scales), -FURTHEST, FURTHEST)
    design: NDArray[np.float64] = np.hstack([steps, np.ones((len(steps), 1))])
    wanted = np.array([0.0] * len(people) + [1.0] * len(machines))
    half = len(rows) / 2
    sizes = [math.sqrt(count_words(text.reply) or 1) for text in people]
    shares = np.array([half * size / math.fsum(sizes) for size in sizes] + [half / len(machines)] * len(machines))
    penalty = np.diag([*ridge, 1e-6])
    found = np.zeros(design.shape[1])
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-(design @ found)))
        slope = design.T @ (shares * (wanted - expected)) - penalty @ found
        curve = (design * (shares * expected * (1 - expected) + CLOSE)[:, None]).T @ design + penalty
        step = np.linalg.solve(curve, slope)
        found = found + step
        if float(np.abs(step).max()) < CLOSE:
            break
    *weights, intercept = (round(float(each), DIGITS) for each in found)
    return weights, intercept


def _count_rarity(replies: Sequence[Prepared]) -> tuple[dict[str, float], float]:
    """How rare the pieces are that many texts hold, and how rare any other counts."""
    held: Counter[str] = Counter()
    for reply in replies:
        held.update(set(count_pieces(reply)))
    fewest = max(2, math.ceil(MIN_SHARE_OF_TEXTS * len(replies)))
    rarity = {piece: _find_rarity(texts, len(replies)) for piece, texts in sorted(held.items()) if texts >= fewest}
    return rarity, _find_rarity(fewest / 4, len(replies))


def _find_rarity(holding: float, texts: int) -> float:
    return round(math.pow(math.log((1 + texts) / (1 + holding)) + 1, STEEPNESS), 2)


def _write(card: dict[str, Any]) -> str:
    """One feature a line, so that a difference can be read."""
    features = ",\n".join(f"  {json.dumps(row)}" for row in card.pop("features"))
    pieces = json.dumps(card.pop("pieces"), ensure_ascii=False)
    head = json.dumps(card, indent=1)[:-2]
    return f'{head},\n "features": [\n{features}\n ],\n "pieces": {pieces}\n}}\n'
