"""Rules for what repliers say to each other and to whoever asked: laughter, thanks, questions of their own."""

import re
from collections.abc import Iterator

from bot.filter.rules.text import WORD, Prepared, excerpt
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import JudgedQuestion, Reason

BANTER = re.compile(
    r"\b(?:lol|lmao|rofl|(?:ha){2,9}h?|(?:he){2,9}|thank you|thanks|thx"
    # about the thread instead of the question
    r"|this (?:thread|post|poll|topic)|been (?:asked|discussed|answered)|in the comments"
    r"|(?:following|bookmark(?:ed|ing)?|saving) (?:this|for later|the thread)|late to the party)\b"
)
SMILEY = re.compile(r"(?<![\w/:])[:;]'?-?[)dp(](?!\w)")
SENTENCE_BREAK = re.compile(r"(?<=[.!?؟。…])\s+|\n+")
QUESTION_MARKS = ("?", "؟")
MAX_WORDS_OF_QUESTION_BACK = 40
OPENING_QUESTION = re.compile(r"[^.!?\n]{0,200}\?")
SEEKING = re.compile(
    r"\b(?:does|do|has|have|can|could|is) (?:any|some)(?:body|one)\b[^.!?\n]{0,200}\?"
    r"|\banyone (?:knows?|here|else)\b[^.!\n?]{0,200}\?"
    r"|\b(?:kennt|weiß|hat) (?:jemand|wer)\b[^.!?\n]{0,200}\?"
)


def find_banter(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """Laughter, thanks, words about the thread; weaker, a smiley."""
    for rule, pattern in (("banter", BANTER), ("banter.smiley", SMILEY)):
        if found := pattern.search(reply.lowered):
            yield Reason("banter", WEIGHTS[rule], reply.span(*found.span()), reply.excerpt(*found.span()))
            return


def find_asking(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """Every sentence is a question; or the reply seeks something else of its readers; or it begins with a question."""
    if 0 < len(reply.words) <= MAX_WORDS_OF_QUESTION_BACK and _only_asks(reply.bare):
        yield Reason("question_back", WEIGHTS["question_back"], reply.whole(), excerpt(reply.text))
    elif found := SEEKING.search(reply.lowered):
        yield Reason("asks", WEIGHTS["asks.seeking"], reply.span(*found.span()), reply.excerpt(*found.span()))
    elif found := OPENING_QUESTION.match(reply.lowered):
        yield Reason("asks", WEIGHTS["asks"], reply.span(*found.span()), reply.excerpt(*found.span()))


def _only_asks(text: str) -> bool:
    sentences = [piece for piece in SENTENCE_BREAK.split(text) if WORD.search(piece)]
    return all(sentence.rstrip(" )'\"").endswith(QUESTION_MARKS) for sentence in sentences)
