"""Copies of other replies and of the question, by the 5-character pieces that two texts share (Jaccard).

Two replies that differ in a number, a negation or an option are no copies, however alike (see `statements`). A reply is
compared only with originals, and of those only with the few that agree with it in a band of a min-hash signature:
the work grows with the number of replies, not with its square. One hash a piece fills the whole signature (one
permutation hashing; Li, Owen, Zhang 2012), empty places borrow from the next full one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.filter.compare.statements import Claim, are_opposites, find_claim
from bot.filter.compare.thread import Thread
from bot.filter.rules.text import WORD, Prepared, prepare
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import Candidate, JudgedQuestion, Reason

PIECE = 5  # characters
MIN_PIECES = 30  # shorter replies may well be equal by chance: "We use Plausible."
LONG = 80  # pieces
SIMILAR = 0.6  # Jaccard from which a long reply is a near-copy
SIMILAR_SHORT = 0.8  # the same for a short one: "Housing should be a right" has many authors
CONTAINED = 0.85  # share of a reply's pieces that come from the question

PLACES = 32  # of a signature, a power of two
BANDS = 20  # each of 4 places: of copies with Jaccard .6 at least one agrees in 94 %, with .7 in 99.6 %
STEPS = (0, 7, 13, 22)  # from the first place of a band to its others; no two bands share more than one place
MAX_COMPARED = 8  # originals, those that agree in most bands first


@dataclass(frozen=True, slots=True)
class Copy:
    """A reply that comes after the one it is nearly the same as."""

    original: Candidate
    own: bool  # the author of both is known and the same


def flatten(reply: Prepared) -> str:
    """Return the words alone, so that case, punctuation and spacing do not part copies."""
    return " ".join(WORD.findall(reply.lowered))


@lru_cache(maxsize=1024)
def cut(text: str) -> frozenset[int]:
    """Return the hashes of the pieces of *text*. Python hashes tuples of numbers the same in every process."""
    letters = [ord(letter) for letter in text]
    return frozenset(map(hash, zip(*(letters[start:] for start in range(PIECE)), strict=False)))


class Originals:
    """The originals seen so far, found again by what they share with a text."""

    def __init__(self, asked: JudgedQuestion) -> None:
        self._asked = asked
        self._known: list[tuple[Candidate, str]] = []
        self._latest: dict[int, int] = {}  # band of a signature and a claim → the last original that has both

    def match(self, candidate: Candidate, reply: Prepared, author: str | int) -> Copy | None:
        """Return what *candidate* is a copy of; if of nothing, remember it as an original.

        Candidates must come in the order of sort_by_age. *author*: of an unknown one a number.
        """
        text = flatten(reply)
        pieces = cut(text)
        if len(pieces) < MIN_PIECES:
            return None
        bands = _band(_sign(pieces), find_claim(reply, self._asked))
        for index in self._find_alike(bands):
            original, known = self._known[index]
            if _are_alike(pieces, cut(known)) and not are_opposites(text, known):
                own = author == original.author
                return Copy(original, own)
        self._latest.update(dict.fromkeys(bands, len(self._known)))
        self._known.append((candidate, text))
        return None

    def _find_alike(self, bands: list[int]) -> list[int]:
        agreeing = Counter(self._latest[band] for band in bands if band in self._latest)
        return sorted(agreeing, key=lambda index: (-agreeing[index], index))[:MAX_COMPARED]


def compare_copies(thread: Thread) -> Sequence[Sequence[Reason]]:
    """What is a copy of an earlier reply."""
    originals = Originals(thread.asked)
    found: list[list[Reason]] = []
    for number, (candidate, reply) in enumerate(zip(thread.candidates, thread.replies, strict=True)):
        copy = originals.match(candidate, reply, thread.author_of(number))
        found.append([describe_copy(copy, reply)] if copy else [])
    return found


def describe_copy(copy: Copy, reply: Prepared) -> Reason:
    weight = WEIGHTS["copy_of_reply.own" if copy.own else "copy_of_reply"]
    return Reason("copy_of_reply", weight, reply.whole(), copy.original.id)


def find_copy_of_question(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """Nearly all of the reply stands in the question."""
    pieces = cut(flatten(reply))
    if len(pieces) >= MIN_PIECES and len(pieces & _cut_question(asked)) >= CONTAINED * len(pieces):
        yield Reason("copy_of_question", WEIGHTS["copy_of_question"], reply.whole())


@lru_cache(maxsize=8)
def _cut_question(asked: JudgedQuestion) -> frozenset[int]:
    return cut(flatten(prepare((asked.text, *asked.options))))


def _sign(pieces: frozenset[int]) -> list[int]:
    """Return the smallest hash of each place."""
    smallest: list[int | None] = [None] * PLACES
    for piece in sorted(pieces, reverse=True):
        smallest[piece % PLACES] = piece
    signature: list[int] = []
    for place in range(PLACES):
        steps = next(step for step in range(PLACES) if smallest[(place + step) % PLACES] is not None)
        signature.append((smallest[(place + steps) % PLACES] or 0) + steps)
    return signature


def _band(signature: list[int], claim: Claim) -> list[int]:
    """Replies that claim different things share no band."""
    claimed = hash(tuple(map(ord, repr(claim))))
    return [hash((claimed, first, *(signature[(first + step) % PLACES] for step in STEPS))) for first in range(BANDS)]


def _are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    both = len(one & other)
    jaccard = both / (len(one) + len(other) - both)
    return jaccard >= (SIMILAR if min(len(one), len(other)) >= LONG else SIMILAR_SHORT)
