"""Pairs of texts that share rare long words, found without comparing each with each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

MOST_HOLDERS = 8  # a long word that more replies hold finds none
FEWEST_SHARED = 3  # long words, and
SHARED_LONG_WORDS = 0.1  # of those of both
WORDS_AT_ONCE = 1_000_000
"""What is computed together stays below some 50 MB."""


def pair_by_words(
    words: "NDArray[np.uint32]", owners: "NDArray[np.uint32]", count: int
) -> "tuple[Places, Places, Places]":
    """Return (later, earlier, how many long words they share) of those of *count* texts that share enough.

    words: a hash of each long word of each text. owners: of which text it is.
    """
    import numpy as np

    parts = 1 + len(words) // WORDS_AT_ONCE
    pairs = [_pair_holders(words[some], owners[some], count) for some in _part(words, parts)]
    both, shared = np.unique(np.concatenate(pairs), return_counts=True)
    later, earlier = np.divmod(both, max(1, count))
    sizes = np.bincount(owners, minlength=count)
    enough = (shared >= FEWEST_SHARED) & (shared >= SHARED_LONG_WORDS * (sizes[later] + sizes[earlier] - shared))
    return later[enough], earlier[enough], shared[enough]


def _part(words: "NDArray[np.uint32]", parts: int) -> "Iterator[Places]":
    """The places of the words, the same word's in one part."""
    import numpy as np

    return (np.flatnonzero(words % np.uint32(parts) == number) for number in range(parts))


def _pair_holders(words: "NDArray[np.uint32]", owners: "NDArray[np.uint32]", count: int) -> "Places":
    """Both numbers of a pair in one, for each word that few texts hold, and each two of them."""
    import numpy as np

    keys = np.sort((words.astype(np.uint64) << np.uint64(32)) | owners)
    words, owned = (keys >> np.uint64(32)).astype(np.uint32), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    ranks = rank_in_groups(words)
    holders = np.bincount(np.cumsum(ranks == 0))[1:] if len(words) else ranks
    few = np.flatnonzero(np.repeat(holders, holders) <= MOST_HOLDERS)
    pairs = []
    for step in range(1, MOST_HOLDERS):
        later = few[ranks[few] >= step]
        pairs.append(owned[later] * count + owned[later - step])
    return np.concatenate(pairs)


def rank_in_groups(grouped: "NDArray[np.generic]") -> "Places":
    """Return of each the how many-th of its group it is; a group stands together."""
    import numpy as np

    places = np.arange(len(grouped))
    begins = np.ones(len(grouped), dtype=bool)
    begins[1:] = grouped[1:] != grouped[:-1]
    return places - np.maximum.accumulate(np.where(begins, places, 0)) if len(places) else places
