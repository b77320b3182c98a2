"""Pairs of texts that may be alike, found without comparing each with each.

Texts that agree in a band of their signatures are put side by side, each with the few that came before it in the band;
what their whole signatures say of their likeness decides who is looked at more closely. The work grows with the number
of texts, and so does the memory: some 450 bytes a text while it runs.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.filter.compare.pieces import AT_ONCE, BANDS, MIN_PIECES, PLACES, band, cut, sign

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.uint32]
    Pairs = NDArray[np.int64]

BEFORE = 3  # texts of a band that a text is put beside
LOOSE_PLACES, LOOSE_BANDS, LOOSE_BEFORE = 3, 64, 1  # of pairs with Jaccard .3 at least one band agrees in 83 %
CLOSE, LOOSE = 0.3, 0.17  # shares of the places: what Jaccard .6 and .25 reach but once in some thousand times
PAIRS_AT_ONCE = 100_000


def find_pairs(texts: Sequence[str]) -> dict[int, list[int]]:
    """Return for a flattened text the earlier ones that may be like it, the most alike first; few have any.

    Of texts that are the same the first stands for all.
    """
    import numpy as np

    signature, tight, loose = _sign_all(texts)
    found = [_pair(column, BEFORE, signature, CLOSE) for column in tight.T]
    found += [_pair(column, LOOSE_BEFORE, signature, LOOSE) for column in loose.T]
    pairs = np.unique(np.concatenate(found), axis=0)
    agreeing = _measure(pairs, signature)
    order = np.lexsort((pairs[:, 1], -agreeing, pairs[:, 0]))
    before: dict[int, list[int]] = {}
    for later, earlier in pairs[order].tolist():
        before.setdefault(later, []).append(earlier)
    return before


def _sign_all(texts: Sequence[str]) -> "tuple[NDArray[np.uint8], Table, Table]":
    """Return a byte of each place and the bands of each text; a short text's bands are those of nobody else."""
    import numpy as np

    signature = np.zeros((len(texts), PLACES), dtype=np.uint8)
    tight = np.zeros((len(texts), BANDS), dtype=np.uint32)
    loose = np.zeros((len(texts), LOOSE_BANDS), dtype=np.uint32)
    for start in range(0, len(texts), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        pieces = cut(texts[some])
        long_enough = (np.diff(np.array((0, *pieces.ends))) >= MIN_PIECES)[:, None]
        signed = sign(pieces)
        signature[some] = signed & 0xFF
        tight[some] = np.where(long_enough, _shorten(band(signed)), 0)
        loose[some] = np.where(long_enough, _shorten(band(signed, LOOSE_PLACES, LOOSE_BANDS)), 0)
    return signature, tight, loose


def _shorten(bands: "NDArray[np.uint64]") -> "Table":
    """32 bits tell bands apart well enough where pairs are looked at again; 0 stands for none."""
    import numpy as np

    return (bands >> np.uint64(32)).astype(np.uint32) | np.uint32(1)


def _pair(column: "Table", before: int, signature: "NDArray[np.uint8]", likeness: float) -> "Pairs":
    """Return (later, earlier) for those of one band whose signatures agree in a share of at least *likeness*."""
    import numpy as np

    order = np.argsort(column, kind="stable")
    order = order[np.count_nonzero(column == 0) :]
    pairs = []
    for step in range(1, before + 1):
        same = column[order[step:]] == column[order[:-step]]
        pairs.append(np.stack((order[step:][same], order[:-step][same]), axis=1))
    candidates = np.concatenate(pairs)
    return candidates[_measure(candidates, signature) >= likeness]


def _measure(pairs: "Pairs", signature: "NDArray[np.uint8]") -> "NDArray[np.float64]":
    """Return the share of places in which the texts of each pair agree."""
    import numpy as np

    agreeing = np.zeros(len(pairs))
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = pairs[start : start + PAIRS_AT_ONCE]
        agreeing[start : start + PAIRS_AT_ONCE] = (signature[some[:, 0]] == signature[some[:, 1]]).mean(axis=1)
    return agreeing


def number_texts(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield for each text which different text it is, counted from 0, and the first place where that stands."""
    known: dict[str, tuple[int, int]] = {}
    for place, text in enumerate(texts):
        yield known.setdefault(text, (len(known), place))
