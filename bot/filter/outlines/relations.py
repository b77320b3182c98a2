"""Which siblings an answer is compared with: found from the outlines of the whole thread, without a word of it.

What an answer is judged from is its own words and the answers that stand here beside it. So `inputs` say whose
judgement may have changed: all others keep theirs.

An answer is compared with single others (`before`, `introduced`, `worded`, `own`), and with the whole of its family:
texts that are the same, or nearly, or have one frame, or one sender, in any number of steps. Families of independent
answers are of one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.filter.compare.pieces import GOLDEN, mix
from bot.filter.hints.claims import MOST_EARLIER
from bot.filter.outlines.outline import SHARED_WORDS, Outlines
from bot.filter.outlines.pairs import find_pairs
from bot.filter.outlines.words import pair_by_words, rank_in_groups

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]
    Places = NDArray[np.int64]

MAX_COMPARED = 8  # earlier texts, those first that agree in most places
NEAR = 32  # places: what Jaccard .4 reaches but once in some thousand times
SHARED = 0.75  # of the kept words of the longer: a signature below two answers is less
MAX_KNOWN = 8  # earlier replies with one sentence, or one introduction


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of places, those of one place side by side, in the order in which they are looked at."""

    places: "Places"
    others: "Places"

    def pick(self, kept: "NDArray[np.bool_] | Places") -> "Edges":
        """Those that are marked, or numbered, in that order."""
        return Edges(self.places[kept], self.others[kept])

    def group(self, wanted: "NDArray[np.bool_]", context: "NDArray[np.bool_]") -> dict[int, list[int]]:
        """The others of the wanted places, numbered as they stand among those of the context."""
        import numpy as np

        renumbered = np.cumsum(context) - 1
        kept = self.pick(wanted[self.places] & context[self.others])
        found: dict[int, list[int]] = {}
        for place, other in zip(renumbered[kept.places].tolist(), renumbered[kept.others].tolist(), strict=True):
            found.setdefault(place, []).append(other)
        return found


@dataclass(frozen=True, slots=True)
class Beside:
    """The siblings that each of some answers is compared with, by their places among these.

    near, framed: of the family. before: earlier texts that may be like it, the most alike first; of texts that are the
    same the first. introduced: the first with the same introduction. worded: who shares long words with it.
    """

    near: dict[int, list[int]]
    framed: dict[int, list[int]]
    before: dict[int, list[int]]
    introduced: dict[int, list[int]]
    worded: dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Relations:
    """Of a whole thread. own: earlier answers of the same author. families: of each answer the first of its family.
    inputs: a hash of what it is judged from.
    """

    near: Edges
    framed: Edges
    before: Edges
    introduced: Edges
    worded: Edges
    own: Edges
    families: "Places"
    inputs: "Numbers"

    def part(self, wanted: "NDArray[np.bool_]", size: int) -> "Iterator[NDArray[np.bool_]]":
        """Mark those that are wanted some after the others: about so many, and each family at once."""
        import numpy as np

        places = np.flatnonzero(wanted)
        places = places[np.argsort(self.families[places], kind="stable")]
        families = self.families[places]
        start = 0
        while start < len(places):
            last = families[min(start + size, len(places)) - 1]
            end = int(np.searchsorted(families, last, side="right"))
            some = np.zeros(len(wanted), dtype=bool)
            some[places[start:end]] = True
            yield some
            start = end

    def find_context(self, wanted: "NDArray[np.bool_]") -> "NDArray[np.bool_]":
        """Mark those that are wanted, and all with whom these are compared."""
        found = self._find_families(wanted)
        for edges in (self.before, self.introduced, self.worded, self.own):
            found[edges.others[wanted[edges.places]]] = True
        return found

    def stand_beside(self, wanted: "NDArray[np.bool_]", context: "NDArray[np.bool_]") -> Beside:
        """Who stands beside whom among those of the context."""
        family = self._find_families(wanted)
        return Beside(
            self.near.group(family, context),
            self.framed.group(family, context),
            self.before.group(wanted, context),
            self.introduced.group(wanted, context),
            self.worded.group(wanted, context),
        )

    def stand_beside_all(self) -> Beside:
        """Who stands beside whom where all are judged together."""
        import numpy as np

        everybody = np.ones(len(self.families), dtype=bool)
        return self.stand_beside(everybody, everybody)

    def _find_families(self, wanted: "NDArray[np.bool_]") -> "NDArray[np.bool_]":
        import numpy as np

        is_wanted = np.zeros(len(wanted), dtype=bool)
        is_wanted[self.families[wanted]] = True
        return is_wanted[self.families]


def relate(outlines: Outlines) -> Relations:
    """Find who is compared with whom; the outlines stand in the order of their age."""
    import numpy as np

    places = np.arange(len(outlines.texts))
    firsts = _find_firsts(outlines.texts)
    is_first = firsts == places
    before, near = _find_before(outlines, is_first)
    framed = _find_framed(outlines, is_first)
    introduced = _find_introduced(outlines, is_first)
    worded, own = _find_worded(outlines), _find_own(outlines.authors)
    sent = _find_sent(outlines)
    families = _join(len(places), (Edges(places[~is_first], firsts[~is_first]), near, framed, sent))
    inputs = _hash_inputs(outlines.selves, families, (near, framed), (before, introduced, worded, own))
    return Relations(near, framed, before, introduced, worded, own, families, inputs)


def _find_firsts(texts: "Numbers") -> "Places":
    """Return where each text stands first; what has no word is like nothing."""
    import numpy as np

    _, firsts, numbers = np.unique(texts, return_index=True, return_inverse=True)
    return np.where(texts == 0, np.arange(len(texts)), firsts[numbers])


def _find_before(outlines: Outlines, is_first: "NDArray[np.bool_]") -> tuple[Edges, Edges]:
    """Return the earlier texts that may be like each, and those of them that may be a copy."""
    import numpy as np

    compared = np.flatnonzero(is_first & outlines.has_signature)
    later, earlier, agreeing = find_pairs(outlines.signatures[compared])
    order = np.lexsort((earlier, -agreeing, later))
    order = order[rank_in_groups(later[order]) < MAX_COMPARED]
    before = Edges(compared[later[order]], compared[earlier[order]])
    return before, before.pick(agreeing[order] >= NEAR)


def _find_framed(outlines: Outlines, is_first: "NDArray[np.bool_]") -> Edges:
    """Of the first MAX_KNOWN texts with a sentence those that share most of their sentences with a later one."""
    import numpy as np

    known = np.flatnonzero(is_first[outlines.sentence_owners])
    order = known[np.argsort(outlines.sentences[known], kind="stable")]
    owners, words = outlines.sentence_owners[order], outlines.sentence_words[order]
    later, earlier = _put_beside_first(outlines.sentences[order])
    pairs, numbers = np.unique(owners[later] * len(is_first) + owners[earlier], return_inverse=True)
    shared = np.bincount(numbers, weights=words[later], minlength=len(pairs))
    places, others = np.divmod(pairs, max(1, len(is_first)))
    longer = np.maximum(outlines.kept[places], outlines.kept[others])
    return Edges(places, others).pick((shared >= SHARED_WORDS) & (shared >= SHARED * longer))


def _find_introduced(outlines: Outlines, is_first: "NDArray[np.bool_]") -> Edges:
    import numpy as np

    known = np.flatnonzero(is_first & (outlines.introductions != 0))
    order = known[np.argsort(outlines.introductions[known], kind="stable")]
    later, earlier = _put_beside_first(outlines.introductions[order])
    found = Edges(order[later], order[earlier])
    order = np.lexsort((found.others, found.places))
    return found.pick(order)


def _find_sent(outlines: Outlines) -> Edges:
    """Each beside the first that has a mark of the same sender."""
    import numpy as np

    order = np.argsort(outlines.senders, kind="stable")
    owners, ranks = outlines.sender_owners[order], rank_in_groups(outlines.senders[order])
    later = np.flatnonzero(ranks > 0)
    return Edges(owners[later], owners[later - ranks[later]])


def _find_own(authors: "Numbers") -> Edges:
    """Each beside the last MOST_EARLIER that its author gave before it."""
    import numpy as np

    known = np.flatnonzero(authors)
    order = known[np.argsort(authors[known], kind="stable")]
    ranks = rank_in_groups(authors[order])
    later = [np.flatnonzero(ranks >= step) for step in range(1, MOST_EARLIER + 1)]
    found = Edges(
        np.concatenate([order[each] for each in later]),
        np.concatenate([order[each - step] for step, each in enumerate(later, 1)]),
    )
    return found.pick(np.lexsort((found.others, found.places)))


def _put_beside_first(grouped: "Numbers") -> "tuple[Places, Places]":
    """Put each of a group beside those of its first MAX_KNOWN that come before it."""
    import numpy as np

    ranks = rank_in_groups(grouped)
    begins = np.arange(len(grouped)) - ranks
    later = [np.flatnonzero(ranks > nth) for nth in range(MAX_KNOWN)]
    return np.concatenate(later), np.concatenate([begins[each] + nth for nth, each in enumerate(later)])


def _find_worded(outlines: Outlines) -> Edges:
    """Siblings that share enough long words, those first that share most."""
    import numpy as np

    ones, others, shared = pair_by_words(outlines.words, outlines.word_owners, len(outlines.texts))
    found = Edges(np.concatenate((ones, others)), np.concatenate((others, ones)))
    order = np.lexsort((found.others, -np.tile(shared, 2), found.places))
    return found.pick(order[rank_in_groups(found.places[order]) < MAX_COMPARED])


def _join(count: int, edges: Sequence[Edges]) -> "Places":
    """Return of each place the first of all that hang together with it."""
    import numpy as np

    families = np.arange(count)
    ones, others = (np.concatenate(ends) for ends in zip(*((each.places, each.others) for each in edges), strict=True))
    while len(ones):
        least = np.minimum(families[ones], families[others])
        joined = families.copy()
        np.minimum.at(joined, ones, least)
        np.minimum.at(joined, others, least)
        joined = joined[joined]
        if np.array_equal(joined, families):
            break
        families = joined
    return families


def _hash_inputs(selves: "Numbers", families: "Places", within: Sequence[Edges], single: Sequence[Edges]) -> "Numbers":
    """Sums of hashes: of what each is, of the single others beside it, and of the whole of its family."""
    import numpy as np

    inputs = mix(selves + np.uint64(GOLDEN))
    of_family = np.zeros(len(selves), dtype=np.uint64)
    sizes = np.bincount(families, minlength=len(selves))
    np.add.at(of_family, families, mix(selves))
    for kind, edges in enumerate(within):
        pairs = mix(selves[edges.places] * np.uint64(GOLDEN) ^ selves[edges.others]) + np.uint64(kind)
        np.add.at(of_family, families[edges.places], mix(pairs))
    for kind, edges in enumerate(single):
        np.add.at(inputs, edges.places, mix(mix(selves[edges.others]) + np.uint64(kind + 1)))
    inputs += np.where(sizes[families] > 1, mix(of_family[families]), np.uint64(0))
    return np.maximum(inputs, np.uint64(1))
