"""How much of a reply is what a chat model answers to the same question: its decoys.

That judges how new an answer is, and holds for a person who writes the same; being unlike them earns nothing. It looks
at pieces of four letters of the words of any language, each weighed by how rare it is, and less when the question
itself holds it. A function of the reply, the question and its decoys alone: no other reply plays a part.
"""

import math
from collections import Counter
from functools import lru_cache
from pathlib import Path

from bot.filter.rules.text import Prepared, prepare
from bot.filter.style.weights import load_style
from bot.filter.values import JudgedQuestion

PIECE = 4  # letters; a word has a blank on either side
OF_QUESTION = 0.3  # what a piece weighs that stands in the question, beside another: everybody takes it up


def count_pieces(reply: Prepared) -> dict[str, int]:
    """How often each piece stands in the words of a text, in the order of the text."""
    pieces: dict[str, int] = {}
    for word, times in Counter(reply.words).items():
        for piece in cut_word(word):
            pieces[piece] = pieces.get(piece, 0) + times
    return pieces


@lru_cache(maxsize=16_384)
def cut_word(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[start : start + PIECE] for start in range(max(1, len(padded) - PIECE + 1)))


class Decoys:
    """What a chat model answers to one question, ready for comparing."""

    def __init__(self, asked: JudgedQuestion, weights: Path) -> None:
        style = load_style(weights)
        self._rarity, self._rarest = style.pieces, style.rarest
        self._asked = frozenset(count_pieces(prepare((asked.text, *asked.options))))
        found = (self._weigh(prepare((decoy,))) for decoy in sorted(set(asked.decoys)))
        self._known = [vector for vector in found if vector]

    def measure(self, reply: Prepared) -> float:
        """Likeness to the most alike decoy: a cosine from 0 to 1."""
        own = self._weigh(reply) if self._known else {}
        return max((_multiply(own, known) for known in self._known), default=0.0)

    def _weigh(self, reply: Prepared) -> dict[str, float]:
        """A vector of length 1; empty for a text without words."""
        weighed = {
            piece: (1 + math.log(times))
            * self._rarity.get(piece, self._rarest)
            * (OF_QUESTION if piece in self._asked else 1)
            for piece, times in count_pieces(reply).items()
        }
        length = math.sqrt(math.fsum(weight * weight for weight in weighed.values()))
        return {piece: weight / length for piece, weight in weighed.items()}


def _multiply(own: dict[str, float], known: dict[str, float]) -> float:
    return math.fsum(weight * known[piece] for piece, weight in own.items() if piece in known)


@lru_cache(maxsize=8)
def read_decoys(asked: JudgedQuestion, weights: Path) -> Decoys:
    return Decoys(asked, weights)
