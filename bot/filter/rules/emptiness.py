"""Rules for replies that say nothing which could be quoted."""

import re
from collections.abc import Iterator

from bot.filter.rules.text import LINK, Prepared, excerpt
from bot.filter.rules.vocabulary import ASSENT, ASSENT_AROUND, HEDGES, HEDGING, LINK_AROUND, PRAISE, PRAISE_AROUND
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import JudgedQuestion, Reason

MAX_BARE_WORDS = 12  # a longer row of kind words is rare, and then somebody meant it
SHORT = 25  # columns

ASSENT_SIGN = re.compile(r"\s*(?:\+\s*(?:1|one)|\^+|👆|☝)[\s.!^1+👆☝]*")
HEDGE_ONLY = re.compile(r"\W*(?:" + "|".join(sorted(HEDGES, key=len, reverse=True)) + r")\W*")
HEDGE = re.compile(rf"\b(?:{'|'.join(sorted(HEDGING, key=len, reverse=True))})\b")
MAX_HEDGED = 90  # columns; who hedges and goes on may well come to a point


def find_empty(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """Nothing but blanks, punctuation or mentions; nothing but symbols is emoji_only."""
    if reply.words or LINK.search(reply.text) or ASSENT_SIGN.fullmatch(reply.text):
        return
    symbols = reply.bare.strip() != reply.lowered.strip() and ":" in reply.lowered
    if symbols or any(not letter.isascii() and not letter.isspace() for letter in reply.bare):
        yield _reason("emoji_only", reply)
    else:
        yield _reason("empty", reply)


def find_plus_one(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    if ASSENT_SIGN.fullmatch(reply.text) or _is_made_of(reply.words, ASSENT, ASSENT_AROUND):
        yield _reason("plus_one", reply)


def find_praise_only(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    if _is_made_of(reply.words, PRAISE, PRAISE_AROUND):
        yield _reason("praise_only", reply)


def find_link_only(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """No word of its own beside the links: "see here"."""
    if LINK_AROUND.issuperset(reply.words) and LINK.search(reply.text):
        yield _reason("link_only", reply)


def find_vague(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """A hedge and no more, a short reply with a hedge in it, or a few words without a number."""
    if HEDGE_ONLY.fullmatch(reply.bare):
        yield Reason("vague", WEIGHTS["vague.hedge_only"], reply.whole(), excerpt(reply.text))
    elif reply.size < MAX_HEDGED and (found := HEDGE.search(reply.lowered)):
        yield Reason("vague", WEIGHTS["vague.hedge"], reply.span(*found.span()), reply.excerpt(*found.span()))
    elif 0 < reply.size < SHORT and not any(letter.isdigit() for letter in reply.bare):
        yield _reason("vague", reply)


def _is_made_of(words: list[str], core: frozenset[str], around: frozenset[str]) -> bool:
    if not 0 < len(words) <= MAX_BARE_WORDS:
        return False
    return not core.isdisjoint(words) and all(word in core or word in around for word in words)


def _reason(rule: str, reply: Prepared) -> Reason:
    return Reason(rule, WEIGHTS[rule], reply.whole(), excerpt(reply.text))
