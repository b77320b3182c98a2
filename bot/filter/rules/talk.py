"""The rule for a question that is thrown back instead of an answer."""

import re
from collections.abc import Iterator

from bot.filter.rules.asked import has_word
from bot.filter.rules.phrases import read_pattern, read_words
from bot.filter.rules.proofs import PROOFS
from bot.filter.rules.text import WORD, Prepared, excerpt
from bot.filter.values import JudgedQuestion, Reason

SENTENCE_BREAK = re.compile(r"(?<=[.!?؟。？…])\s+|\n+|(?<=[？。])")
QUESTION_MARKS = ("?", "؟", "？")
MAX_WORDS = 15
MAX_CHARACTERS = 150
SUGGESTING = read_pattern("talk", "suggesting")
ASKED_FOR = read_words("talk", "asked_for")
TRIED_IT = re.compile(r"\b(?:tried|try|considered|thought about|read|seen|checked) (?:it|this|that)\b")


def find_asking(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """Every sentence is a question and none of them suggests an answer."""
    if not asked.text.strip() or not 0 < len(reply.words) <= MAX_WORDS or len(reply.bare) > MAX_CHARACTERS:
        return
    if has_word(asked, ASKED_FOR) or reply.links or not _only_asks(reply.bare):
        return
    if not SUGGESTING.search(reply.lowered) or TRIED_IT.search(reply.lowered):
        yield Reason("question_back", PROOFS["question_back"].weight, reply.whole(), excerpt(reply.text))


def _only_asks(text: str) -> bool:
    sentences = [piece for piece in SENTENCE_BREAK.split(text) if WORD.search(piece)]
    return bool(sentences) and all(sentence.rstrip(" )'\"!").endswith(QUESTION_MARKS) for sentence in sentences)
