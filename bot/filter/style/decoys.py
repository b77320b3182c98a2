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
FEW_WORDS = 30  # fewer hold by chance what more hold because they say the same


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
        of_question = frozenset(piece[:PIECE] for piece in count_pieces(prepare((asked.text, *asked.options))))
        self._decoys = [
            {
                piece: style.pieces.get(piece, style.rarest)
                / style.rarest
                * (OF_QUESTION if piece[:PIECE] in of_question else 1)
                for piece in pieces
            }
            for decoy in sorted(set(asked.decoys))
            if (pieces := count_pieces(prepare((decoy,))))
        ]

    def measure(self, reply: Prepared) -> float:
        """From 0 to 1: the share of a text that is rare words of the decoys, each once.

        Half as the most alike decoy holds it, half as all do. A decoy itself has about .3, half of the people's
        answers less than .03.
        """
        counted = count_pieces(reply)
        if not counted or not self._decoys:
            return 0.0
        shared = [math.fsum([decoy[piece] for piece in counted.keys() & decoy.keys()]) for decoy in self._decoys]
        return (max(shared) + math.fsum(shared) / len(shared)) / 2 / (FEW_WORDS + counted.total())


@lru_cache(maxsize=8)
def read_decoys(asked: JudgedQuestion, weights: Path) -> Decoys:
    return Decoys(asked, weights)
