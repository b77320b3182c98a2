"""Pairs of texts that may be alike, found without comparing each with each.

Texts that agree in a band of their signatures are put side by side, each with the few that came before it in the band;
what their whole signatures say of their likeness decides who is looked at more closely. The work grows with the number
of texts; the memory with it too, by some 300 bytes a text while it runs.
"""

from typing import TYPE_CHECKING

from bot.filter.compare.pieces import BANDS, list_places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signatures = NDArray[np.uint8]
    Keys = NDArray[np.uint64]
    Places = NDArray[np.int64]

BEFORE = 3  # texts of a band that a text is put beside
LOOSE_PLACES, LOOSE_BANDS, LOOSE_BEFORE = 3, 64, 1  # of pairs with Jaccard .3 at least one band agrees in 83 %
CLOSE, LOOSE = 39, 22  # places that agree: what Jaccard .6 and .25 reach but once in some thousand times
KEYS_AT_ONCE = 1_000_000
PAIRS_AT_ONCE = 100_000
OWN_BITS = 26  # of a key, for the text's own number; above them stand the band's places, and which band it is


def find_pairs(signatures: "Signatures") -> "tuple[Places, Places, Places]":
    """Return (later, earlier, how many places agree) of texts that may be alike, in the order of the later."""
    import numpy as np

    tight = np.arange(4 * BANDS).reshape(BANDS, 4)
    loose = list_places(LOOSE_PLACES, LOOSE_BANDS)
    found = [*_pair(signatures, tight, BEFORE, CLOSE), *_pair(signatures, loose, LOOSE_BEFORE, LOOSE)]
    pairs = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    later, earlier = pairs >> OWN_BITS, pairs & ((1 << OWN_BITS) - 1)
    return later, earlier, measure(later, earlier, signatures)


def _pair(signatures: "Signatures", bands: "Places", before: int, likeness: int) -> "list[Places]":
    """Return pairs, both numbers in one, of those in one band whose signatures agree in at least so many places.

    bands: the places of each.
    """
    import numpy as np

    at_once = max(1, KEYS_AT_ONCE // max(1, len(signatures)))
    found = []
    for start in range(0, len(bands), at_once):
        keys = np.sort(_make_keys(signatures, bands[start : start + at_once]))
        values = keys >> np.uint64(OWN_BITS)
        owners = (keys & np.uint64((1 << OWN_BITS) - 1)).astype(np.int64)
        for step in range(1, before + 1):
            same = np.flatnonzero(values[step:] == values[:-step])
            pairs = np.unique((owners[same + step] << OWN_BITS) | owners[same])
            agreeing = measure(pairs >> OWN_BITS, pairs & ((1 << OWN_BITS) - 1), signatures)
            found.append(pairs[agreeing >= likeness])
    return found


def _make_keys(signatures: "Signatures", bands: "Places") -> "Keys":
    """Sorted, they put texts of one band beside each other, in the order of their age."""
    import numpy as np

    keys = np.broadcast_to(np.arange(len(bands), dtype=np.uint64), (len(signatures), len(bands)))
    for step in range(bands.shape[1]):
        keys = (keys << np.uint64(8)) | signatures[:, bands[:, step]]
    return ((keys << np.uint64(OWN_BITS)) | np.arange(len(signatures), dtype=np.uint64)[:, None]).ravel()


def measure(ones: "Places", others: "Places", signatures: "Signatures") -> "Places":
    """Return in how many places the signatures of each pair agree."""
    import numpy as np

    agreeing = np.zeros(len(ones), dtype=np.int64)
    for start in range(0, len(ones), PAIRS_AT_ONCE):
        some = slice(start, start + PAIRS_AT_ONCE)
        agreeing[some] = np.count_nonzero(signatures[ones[some]] == signatures[others[some]], axis=1)
    return agreeing
