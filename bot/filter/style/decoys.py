"""How much of a reply is what a chat model answers to the same question: its decoys.

That judges how new an answer is, and holds for a person who writes the same; being unlike them earns nothing. It looks
at the heads of words, each weighed by how rare it is. What the question itself holds hardly counts: every answer takes
it up. A function of the reply, the question and its decoys alone: no other reply plays a part.
"""

import math
from collections import Counter
from functools import lru_cache
from itertools import chain
from pathlib import Path

from bot.filter.rules.text import Prepared, prepare
from bot.filter.style.weights import load_style
from bot.filter.values import JudgedQuestion

HEAD = 5  # letters of a word that count: "watering" and "watered" are one
PIECE = 4  # letters; a word has a blank on either side
OF_QUESTION = 0.2  # what a word of the question weighs, beside another; "stopped" is one where it says "stop"
FEW_WORDS, SOME_WORDS = 10, 20  # a long reply holds by chance what a short one holds because it says the same


def count_pieces(reply: Prepared) -> Counter[str]:
    """How often each head or piece stands in the words of a text."""
    return Counter(chain.from_iterable(map(cut_word, reply.words)))


@lru_cache(maxsize=16_384)
def cut_word(word: str) -> tuple[str, ...]:
    """The head of a word; in a script without capitals, most of which set no blanks or join words, all its pieces."""
    if word.isascii() or word != word.upper():
        return (word[:HEAD],)
    padded = f" {word} "
    return tuple(padded[start : start + PIECE] for start in range(max(1, len(padded) - PIECE + 1)))


class Decoys:
    """What a chat model answers to one question, ready for comparing."""

    def __init__(self, asked: JudgedQuestion, weights: Path) -> None:
        style = load_style(weights)
        self._rarity, self._rarest = style.pieces, style.rarest
        self._asked = frozenset(piece[:PIECE] for piece in count_pieces(prepare((asked.text, *asked.options))))
        decoys = [count_pieces(prepare((decoy,))) for decoy in sorted(set(asked.decoys))]
        self._decoys = [self._weigh(decoy) for decoy in decoys if decoy]

    def measure(self, reply: Prepared) -> float:
        """From 0 to 1: half the cosine with the most alike decoy, half the mean of all; few words make it higher."""
        counted = count_pieces(reply)
        if not counted or not self._decoys:
            return 0.0
        own = self._weigh(counted)
        cosines = [_multiply(own, decoy) for decoy in self._decoys]
        words = max(FEW_WORDS, counted.total())
        return min(1.0, math.sqrt(1 + SOME_WORDS / words) * (max(cosines) + math.fsum(cosines) / len(cosines)) / 2)

    def _weigh(self, counted: Counter[str]) -> dict[str, float]:
        """A vector of length 1."""
        rarity, rarest, asked = self._rarity, self._rarest, self._asked
        weighed = {}
        for piece, times in counted.items():
            weight = rarity.get(piece, rarest)
            if times > 1:
                weight *= 1 + math.log(times)
            weighed[piece] = weight * OF_QUESTION if piece[:PIECE] in asked else weight
        length = math.sqrt(math.fsum([weight * weight for weight in weighed.values()]))
        return {piece: weight / length for piece, weight in weighed.items()}


def _multiply(one: dict[str, float], other: dict[str, float]) -> float:
    return math.fsum([one[piece] * other[piece] for piece in one.keys() & other.keys()])


@lru_cache(maxsize=8)
def read_decoys(asked: JudgedQuestion, weights: Path) -> Decoys:
    return Decoys(asked, weights)
