"""The wording of a reply beside that of good and bad ones: a weight for each hashed word, pair and piece of letters.

Weights of words are close to the texts that they were fitted on, so none ship: `pullquote filter fit … --sparse` makes
`rank.bin` for whoever holds the data. A block is 1 + log count of each place, times how rare the place is, of length 1
(Euclid). English alone.

The file: MAGIC, the version, the number of blocks, SHA-256 of the `rank.json` beside it; for each block the places as a
power of two, the scale of its weights and that of its rarities; all weights, one signed byte each, all rarities, one
byte each; SHA-256 of everything before.
"""

import hashlib
import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bot.filter.rank.card import FILE as CARD
from bot.filter.rank.card import WORDING_FILE as FILE
from bot.filter.rank.card import BadWeights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Values = NDArray[np.float64]

MAGIC, VERSION = b"PQRANK", 1
BITS = (16, 17)  # places of words and pairs, of pieces
PIECE_SIZES = (3, 4, 5)
MOST_TOKENS = 400  # an answer shows itself sooner
MULTIPLIER, SPREAD = 0x100000001B3, 0x9E3779B97F4A7C15  # of FNV; the golden ratio's
_HEAD, _BLOCK, _DIGEST = struct.Struct("<6sHH32s"), struct.Struct("<Bff"), 32


@dataclass(frozen=True, slots=True, eq=False)
class WordingBlock:
    """weights: signed bytes, times `scale`. rarities: bytes, times `rarity_scale`."""

    weights: "NDArray[np.int8]"
    scale: float
    rarities: "NDArray[np.uint8]"
    rarity_scale: float


@dataclass(frozen=True, slots=True, eq=False)
class WordingWeights:
    blocks: tuple[WordingBlock, ...]

    def estimate(self, tokens: Sequence[str]) -> float:
        """How much the words of a reply are those of good answers, in log-odds without an intercept."""
        found = zip(self.blocks, hash_blocks(tokens), strict=True)
        return math.fsum(_estimate(block, places, counts) for block, (places, counts) in found)


def _estimate(block: WordingBlock, places: "Places", counts: "Values") -> float:
    values = counts * (block.rarities[places] * block.rarity_scale)
    length = math.sqrt(math.fsum((values * values).tolist()))
    return math.fsum((block.weights[places] * block.scale * values).tolist()) / length if length else 0.0


def hash_blocks(tokens: Sequence[str]) -> "tuple[tuple[Places, Values], ...]":
    """Return of each block the different places in rising order, and 1 + log count of each."""
    plain = ["0" * len(token) if token[0].isdigit() else token for token in tokens[:MOST_TOKENS]]
    words = [zlib.crc32(each.encode()) & ((1 << BITS[0]) - 1) for each in (*plain, *map(" ".join, pairwise(plain)))]
    return _count(words), _count(_hash_pieces(f" {' '.join(plain)} "))


def _hash_pieces(text: str) -> "Places":
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    hashed = np.zeros(len(codes), dtype=np.uint64)
    found = [np.zeros(0, dtype=np.uint64)]
    for size in range(1, min(len(codes), max(PIECE_SIZES)) + 1):
        hashed = hashed[: len(codes) - size + 1] * np.uint64(MULTIPLIER) + codes[size - 1 :] + np.uint64(1)
        if size in PIECE_SIZES:
            found.append((hashed * np.uint64(SPREAD)) >> np.uint64(64 - BITS[1]))
    return np.concatenate(found).astype(np.int64)


def _count(places: "Sequence[int] | Places") -> "tuple[Places, Values]":
    import numpy as np

    different, counts = np.unique(np.asarray(places, dtype=np.int64), return_counts=True)
    return different, 1 + np.log(counts)


# ---------------------------------------------------------------- the file


def write_wording(weights: WordingWeights, card: bytes) -> bytes:
    """Return the file that belongs to a *card*."""
    blocks = weights.blocks
    parts = [_HEAD.pack(MAGIC, VERSION, len(blocks), hashlib.sha256(card).digest())]
    parts += (_BLOCK.pack(len(each.weights).bit_length() - 1, each.scale, each.rarity_scale) for each in blocks)
    parts += (each.weights.tobytes() for each in blocks)
    parts += (each.rarities.tobytes() for each in blocks)
    written = b"".join(parts)
    return written + hashlib.sha256(written).digest()


@lru_cache(maxsize=4)
def load_wording(folder: Path) -> WordingWeights | None:
    """Read the weights in *folder*; None where it has none: named features alone rank. Raises BadWeights."""
    path = folder / FILE
    if not path.exists():
        return None
    written = path.read_bytes()
    body = written[:-_DIGEST]
    if len(written) < _HEAD.size + _DIGEST or hashlib.sha256(body).digest() != written[-_DIGEST:]:
        raise BadWeights(f"{path} is damaged: fit it anew with `pullquote filter fit … --sparse`, or remove it")
    magic, version, count, card = _HEAD.unpack_from(body)
    if (magic, version, count) != (MAGIC, VERSION, len(BITS)):
        raise BadWeights(f"{path} is of another version than {VERSION}: fit it anew, or remove it")
    if hashlib.sha256((folder / CARD).read_bytes()).digest() != card:
        raise BadWeights(f"{path} was fitted with another {CARD} than the one beside it: fit both anew, or remove it")
    return WordingWeights(tuple(_read_blocks(body, count)))


def _read_blocks(body: bytes, count: int) -> list[WordingBlock]:
    import numpy as np

    heads = [_BLOCK.unpack_from(body, _HEAD.size + number * _BLOCK.size) for number in range(count)]
    start = _HEAD.size + count * _BLOCK.size
    read: list[bytes] = []
    for bits, _scale, _rarity in (*heads, *heads):
        read.append(body[start : start + (1 << bits)])
        start += 1 << bits
    return [
        WordingBlock(
            np.frombuffer(read[number], dtype=np.int8), scale,
            np.frombuffer(read[count + number], dtype=np.uint8), rarity,
        )
        for number, (_bits, scale, rarity) in enumerate(heads)
    ]  # fmt: skip
