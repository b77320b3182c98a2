"""Texts as the set of their five-letter pieces, and signatures by which alike sets find each other.

The letters are those of the words alone: case, punctuation, spacing and emoji do not part copies. A piece
is a 32-bit hash, the same in every process and in every version of Python. One hash a piece fills a whole signature
(one permutation hashing; Li, Owen, Zhang 2012): the upper bits say its place, the smallest of a place stays. An empty
place borrows from one that its own fixed list names (optimal densification; Shrivastava 2017), so that the bands of a
short text are not all made of the same few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Numbers = NDArray[np.uint32]

PIECE = 5  # letters
MIN_PIECES = 30  # shorter texts may well be equal by chance: "We use Plausible."
PLACES = 128  # of a signature, a power of two
PLACE_BITS = 7
BANDS = 32  # each of 4 places: of pairs with Jaccard .6 at least one agrees in 98.8 %, with .7 in 99.99 %
AT_ONCE = 2_000  # texts: what is computed together stays below some 20 MB

# Odd numbers of 64 bits: the golden ratio's, and those by which MurmurHash3 ends (Appleby, public domain).
GOLDEN, FIRST_MIX, SECOND_MIX = 0x9E3779B97F4A7C15, 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53


@dataclass(frozen=True, slots=True)
class Pieces:
    """The different pieces of several texts, those of each in rising order, one text after the other."""

    ends: tuple[int, ...]  # of each text in `numbers`
    numbers: "Numbers"

    def of(self, text: int) -> "Numbers":
        return self.numbers[self.ends[text - 1] if text else 0 : self.ends[text]]


def flatten(words: Sequence[str]) -> str:
    """Return the words alone: "rank-tracker" and "rank tracker", "don't" and "dont" are the same."""
    return " ".join(words).replace("'", "")


def cut(texts: Sequence[str]) -> Pieces:
    """Return the different pieces of each flattened text."""
    import numpy as np

    hashes, owners = _hash_pieces(texts)
    keys = np.sort((owners << np.uint64(32)) | (hashes >> np.uint64(32)))
    keys = keys[_mark_first(keys)]
    counts = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(texts))
    return Pieces(tuple(np.cumsum(counts).tolist()), (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32))


def cut_all(text: str) -> "Numbers":
    """Return every piece of a flattened text, in its order and as often as it is there."""
    import numpy as np

    hashes, _owners = _hash_pieces((text,))
    return (hashes >> np.uint64(32)).astype(np.uint32)


def measure_jaccard(one: "Numbers", other: "Numbers") -> float:
    """Share of all pieces of two texts that both have."""
    import numpy as np

    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / max(1, len(one) + len(other) - shared)


def sign(pieces: Pieces) -> "Numbers":
    """Return a row of PLACES a text; a text without pieces has a row of zeros."""
    import numpy as np

    counts = np.diff(np.array((0, *pieces.ends)))
    owners = np.repeat(np.arange(len(counts)), counts)
    slots = owners * PLACES + (pieces.numbers >> np.uint32(32 - PLACE_BITS)).astype(np.int64)
    first = _mark_first(slots)
    signature = np.zeros(len(counts) * PLACES, dtype=np.uint32)
    filled = np.zeros(len(signature), dtype=bool)
    signature[slots[first]] = pieces.numbers[first]
    filled[slots[first]] = True
    _borrow(signature, filled, np.repeat(counts > 0, PLACES))
    return signature.reshape(len(counts), PLACES)


def band(signature: "Numbers", size: int = PLACES // BANDS, bands: int = BANDS) -> "Hashes":
    """Return a row of *bands* hashes a text, each over *size* places."""
    import numpy as np

    places = list_places(size, bands)
    mixed = np.arange(1, bands + 1, dtype=np.uint64) * np.uint64(GOLDEN)
    for step in range(size):
        mixed = mix(mixed ^ signature[:, places[:, step]]) * np.uint64(GOLDEN)
    return np.broadcast_to(mixed, (len(signature), bands))


@lru_cache(maxsize=4)
def list_places(size: int, bands: int) -> "NDArray[np.int64]":
    """The first PLACES // size bands part the places among them; each further round goes in strides of its own."""
    import numpy as np

    rounds, within = np.divmod(np.arange(bands)[:, None], PLACES // size)
    steps = np.arange(size)
    picked: NDArray[np.int64] = ((within * size + steps) * (2 * rounds + 1) + steps * rounds * 8) % PLACES
    return picked


def _hash_pieces(texts: Sequence[str]) -> "tuple[Hashes, Hashes]":
    """Return a hash of 64 bits for every piece of every text, and which text it is from."""
    import numpy as np

    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    counts = np.maximum(lengths - PIECE + 1, 0)
    owners = np.repeat(np.arange(len(texts)), counts)
    begins = np.cumsum(lengths) - lengths
    within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    starts = begins[owners] + within
    mixed = np.zeros(len(starts), dtype=np.uint64)
    for step in range(PIECE):
        mixed = mixed * np.uint64(GOLDEN) + letters[starts + step] + np.uint64(1)
    return mix(mixed), owners.astype(np.uint64)


def _mark_first(rising: "NDArray[np.generic]") -> "NDArray[np.bool_]":
    """Mark each number that differs from the one before; some ten times as fast as np.unique, which hashes."""
    import numpy as np

    first = np.ones(len(rising), dtype=bool)
    first[1:] = rising[1:] != rising[:-1]
    return first


def mix(numbers: "Hashes") -> "Hashes":
    import numpy as np

    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(FIRST_MIX)
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(SECOND_MIX)
    return numbers ^ (numbers >> np.uint64(33))


def _borrow(signature: "Numbers", filled: "NDArray[np.bool_]", wanted: "NDArray[np.bool_]") -> None:
    """Fill the empty places of each text that has any piece."""
    import numpy as np

    lenders = _list_lenders()
    empty = np.flatnonzero(~filled & wanted)
    for attempt in range(lenders.shape[1]):
        if not len(empty):
            return
        lender = empty // PLACES * PLACES + lenders[empty % PLACES, attempt]
        lent = filled[lender]
        signature[empty[lent]] = signature[lender[lent]]
        empty = empty[~lent]


@lru_cache(maxsize=1)
def _list_lenders() -> "NDArray[np.int64]":
    """For each place all others, in an order of its own."""
    import numpy as np

    places = np.arange(1, PLACES + 1, dtype=np.uint64)
    keys = mix(places[:, None] * np.uint64(GOLDEN) ^ places)
    return np.argsort(keys, axis=1, kind="stable")
