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
        decoys = [self._weigh(prepare((decoy,))) for decoy in sorted(set(asked.decoys))]
        lengths = [math.sqrt(math.fsum(weight * weight for weight in decoy.values())) for decoy in decoys]
        self._known: dict[str, list[tuple[int, float]]] = {}  # piece → the decoys that hold it, and its weight there
        self._decoys = 0
        for decoy, length in zip(decoys, lengths, strict=True):
            for piece, weight in decoy.items():
                self._known.setdefault(piece, []).append((self._decoys, weight / length))
            self._decoys += bool(decoy)

    def measure(self, reply: Prepared) -> float:
        """From 0 to 1: half the cosine with the most alike decoy, half the mean of all."""
        own = self._weigh(reply)
        if not own or not self._decoys:
            return 0.0
        products: list[list[float]] = [[] for _ in range(self._decoys)]
        for piece in own.keys() & self._known.keys():
            for number, weight in self._known[piece]:
                products[number].append(own[piece] * weight)
        length = math.sqrt(math.fsum([weight * weight for weight in own.values()]))
        cosines = [math.fsum(each) / length for each in products]
        return (max(cosines) + math.fsum(cosines) / len(cosines)) / 2

    def _weigh(self, reply: Prepared) -> dict[str, float]:
        rarity, rarest, asked = self._rarity, self._rarest, self._asked
        weighed = {}
        for piece, times in count_pieces(reply).items():
            weight = rarity.get(piece, rarest)
            if times > 1:
                weight *= 1 + math.log(times)
            weighed[piece] = weight * OF_QUESTION if piece in asked else weight
        return weighed


@lru_cache(maxsize=8)
def read_decoys(asked: JudgedQuestion, weights: Path) -> Decoys:
    return Decoys(asked, weights)
