"""How like a sale a reply reads: a logistic model over its words, pairs of words, pieces of letters and named traces.

Its weights come from comments that people marked as spam or not; see `../weights/sale.md`.
"""

import base64
import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.filter.rules.sales.traces import MAIL, Trace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Values = NDArray[np.float64]

from bot.filter.rules.text import LINK, Prepared, may_link

WORDS = 1 << 14  # places for words and pairs
PIECE_BITS = 15
PIECES = 1 << PIECE_BITS  # places for pieces of PIECE_SIZES letters
PIECE_SIZES = (3, 4, 5)
MULTIPLIER = 0x100000001B3  # of FNV
SPREAD = 0x9E3779B97F4A7C15
MAX_CHARACTERS = 1_000  # a sale shows itself sooner
TRACES = ("link", "counted_link", "broken_link", "contact", "call", "pitch", "applause", "sells", "bare_link")
TRACE_WEIGHT = 1.0  # of a named trace beside a block of length 1

_NUMBER = re.compile(r"\d[\d.,]*")
_STRETCHED = re.compile(r"(.)\1{2,}")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[\x01-\x03]|[!?]+|@|[:;=]-?[()dp]")
FILE = "sale.json"


@dataclass(frozen=True, slots=True)
class SaleWeights:
    """words, pieces: one signed byte a place, times `scale`."""

    bias: float
    threshold: float  # log-odds from which the reply reads like a sale
    traces: dict[str, float]
    words: Sequence[int]
    words_scale: float
    pieces: Sequence[int]
    pieces_scale: float


def score_sale(reply: Prepared, traces: Sequence[Trace], weights: SaleWeights) -> float:
    """Log-odds that the reply sells."""
    words, (places, values) = hash_words(reply), hash_pieces(reply)
    terms = [weights.bias]
    terms += (weights.words[place] * weights.words_scale * value for place, value in words.items())
    terms += _weigh_pieces(places, values, weights)
    terms += (weights.traces[name] * TRACE_WEIGHT for name in name_traces(reply, traces))
    return math.fsum(terms)


def _weigh_pieces(places: "Places", values: "Values", weights: SaleWeights) -> list[float]:
    import numpy as np

    found: list[float] = (np.asarray(weights.pieces)[places] * weights.pieces_scale * values).tolist()
    return found


def name_traces(reply: Prepared, traces: Iterable[Trace]) -> list[str]:
    """Which of TRACES a reply shows."""
    shown = {trace.kind for trace in traces} | {"sells" for trace in traces if trace.sells}
    if "link" in shown and len(reply.words) <= 3:
        shown.add("bare_link")
    return [name for name in TRACES if name in shown]


def hash_words(reply: Prepared) -> dict[int, float]:
    """Places of words and pairs with their shares, a block of length 1."""
    words = normalise(reply).encode("utf-8", "replace").split()
    return _measure(Counter([zlib.crc32(each) % WORDS for each in (*words, *map(b" ".join, pairwise(words)))]))


def hash_pieces(reply: Prepared) -> "tuple[Places, Values]":
    """Places of pieces of letters with their shares, a block of length 1. Numpy: a reply has a thousand pieces."""
    import numpy as np

    codes = np.frombuffer(f" {normalise(reply)} ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    hashed = np.zeros(len(codes), dtype=np.uint64)
    found = []
    for size in range(1, max(PIECE_SIZES) + 1):
        if len(codes) < size:
            break
        hashed = hashed[: len(codes) - size + 1] * np.uint64(MULTIPLIER) + codes[size - 1 :] + np.uint64(1)
        if size in PIECE_SIZES:
            found.append((hashed * np.uint64(SPREAD)) >> np.uint64(64 - PIECE_BITS))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    rising = np.sort(np.concatenate(found).astype(np.int64))
    firsts = np.flatnonzero(np.concatenate(([True], rising[1:] != rising[:-1])))
    values = 1 + np.log(np.diff(np.append(firsts, len(rising))))
    return rising[firsts], values / math.sqrt(math.fsum((values * values).tolist()))


@lru_cache(maxsize=4)
def normalise(reply: Prepared) -> str:
    """Words with a blank between, every link, address and number one token each, stretched letters cut to two."""
    text = reply.lowered[:MAX_CHARACTERS]
    if "@" in text:
        text = MAIL.sub(" \x02 ", text)
    if may_link(text):
        text = LINK.sub(" \x01 ", text)
    text = _NUMBER.sub(" \x03 ", text)
    return " ".join(_TOKEN.findall(_STRETCHED.sub(r"\1\1", text)))


def _measure(counts: Counter[int]) -> dict[int, float]:
    values = {place: 1 + math.log(count) for place, count in counts.items()}
    length = math.sqrt(math.fsum([value * value for value in values.values()])) or 1.0
    return {place: value / length for place, value in values.items()}


@lru_cache(maxsize=4)
def load_sale(folder: Path) -> SaleWeights:
    """The weights of *folder*; ValueError names the file and what is wrong with it."""
    path = folder / FILE
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        words, pieces = (_read_bytes(row, name, size) for name, size in (("words", WORDS), ("pieces", PIECES)))
        return SaleWeights(
            row["bias"], row["threshold"], row["traces"], words, row["words_scale"], pieces, row["pieces_scale"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}; fit it anew or take the file that ships") from error


def _read_bytes(row: dict[str, Any], name: str, size: int) -> Sequence[int]:
    values = zlib.decompress(base64.b64decode(row[name]))
    if len(values) != size or zlib.crc32(values) != row[f"{name}_check"]:
        raise ValueError(f"{name} is damaged")
    return memoryview(values).cast("b")
