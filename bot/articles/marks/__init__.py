"""Which mark of a text opens a quotation, which closes one, and which is an apostrophe, a unit, or left over."""

from bot.articles.marks.glyphs import ALL_MARKS, find_marks
from bot.articles.marks.pairing import Break, MarkedPart, Pairing, pair_marks
from bot.articles.marks.roles import DENSE_LETTER, is_dense, split_dense

__all__ = [
    "ALL_MARKS",
    "DENSE_LETTER",
    "Break",
    "MarkedPart",
    "Pairing",
    "find_marks",
    "is_dense",
    "pair_marks",
    "split_dense",
]
