"""Rules that speak for a reply. None of them asks for English alone: numbers, names, length count in any language."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from bot.filter.text import Prepared, excerpt, prepare
from bot.filter.values import Asked, Reason
from bot.filter.weights import WEIGHTS

PAST = (
    "ate|became|began|bought|brought|broke|built|came|caught|chose|cut|did|drew|drove|fell|felt|forgot|fought|found|gave|got"
    "|grew|had|heard|held|hired|kept|knew|lost|made|met|moved|paid|put|quit|ran|read|said|saw|sent|set|sold|spent|spoke"
    "|started|taught|thought|told|took|tried|understood|used|was|went|were|won|wrote"
)
FIRST_HAND = re.compile(
    r"\b(?:i|we)(?:'ve| have| had)?(?: (?:also|never|once|just|finally|actually|only|recently|always|personally)){0,2}"
    rf" (?:(?!need)[a-z]{{2,15}}ed|{PAST}|been|done|gone|seen|run)\b"
    r"|\bin my (?:own )?(?:experience|case|job|team|company)\b"
    r"|\bat my (?:company|job|agency|school|office|last job)\b"
    # German, Spanish, French, Dutch
    r"|\b(?:ich|wir) (?:hab(?:e|en)|bin|sind|war(?:en)?)\b|\bhe(?:mos)? \w{2,20}[ai]do\b|\bj'ai\b|\bnous avons\b"
    r"|\b(?:ik heb|wij hebben)\b"
)
REASON = re.compile(
    r"\b(?:because|cuz|coz|since (?:it|they|we|i|the|you)|so that|due to|which meant|the reason|that's why|therefore"
    r"|as a result|weil|denn|deshalb|deswegen|porque|parce que|perché|omdat|dlatego|ponieważ|потому что|чтобы)\b"
    r"|因为|ので|から"
)
COUNT = r"(?:\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple|several|many|last|past|next)"
TIME = re.compile(
    rf"\b(?:{COUNT}(?: of)? (?:minutes?|hours?|days?|weeks?|months?|years?|decades?|quarters?)"
    r"|last (?:spring|summer|autumn|fall|winter)"
    r"|(?:january|february|march|april|june|july|august|september|october|november|december)"
    r"|\d{1,4} (?:minuten|stunden|tagen?|wochen|monaten?|jahren?))\b"
)
NUMBER = re.compile(r"(?<![\w/.])[$€£]?\d[\d.,:]{0,20}(?:%|[a-z]{1,4}\b)?")
# a capital in the middle of a sentence
NAME = re.compile(r"(?<=[a-z0-9,;:] )(?!I\b)[A-Z][\w&-]{1,30}(?: [A-Z][\w&-]{1,30}){0,3}")

FULL_LENGTH = 160.0  # columns at which 63 % of the weight of length is reached
SHORTEST_TOPIC_WORD = 4
ENOUGH_SHARED_WORDS = 4


def find_first_hand(reply: Prepared, _asked: Asked) -> Iterator[Reason]:
    yield from _explain("first_hand", FIRST_HAND.search(reply.lowered), reply)


def find_reason_given(reply: Prepared, _asked: Asked) -> Iterator[Reason]:
    yield from _explain("reason_given", REASON.search(reply.lowered), reply)


def find_specifics(reply: Prepared, _asked: Asked) -> Iterator[Reason]:
    """A number, a time span, a name: each counts once."""
    for found in (NUMBER.search(reply.lowered), TIME.search(reply.lowered), NAME.search(reply.text)):
        yield from _explain("specifics", found, reply)


def find_length(reply: Prepared, _asked: Asked) -> Iterator[Reason]:
    """Mild and saturating: length is a strong cheat."""
    weight = WEIGHTS["length"] * (1 - math.exp(-reply.size / FULL_LENGTH))
    if reply.words:
        yield Reason("length", round(weight, 2), None, str(reply.size))


def find_on_topic(reply: Prepared, asked: Asked) -> Iterator[Reason]:
    """Words of the question come back."""
    shared = sorted(_find_topic(asked).intersection(reply.words))
    if shared:
        share = min(len(shared), ENOUGH_SHARED_WORDS) / ENOUGH_SHARED_WORDS
        yield Reason("on_topic", round(WEIGHTS["on_topic"] * share, 2), None, excerpt(", ".join(shared)))


@lru_cache(maxsize=8)
def _find_topic(asked: Asked) -> frozenset[str]:
    words = prepare((asked.text, *asked.options)).words
    return frozenset(word for word in words if len(word) >= SHORTEST_TOPIC_WORD)


def _explain(rule: str, found: re.Match[str] | None, reply: Prepared) -> Iterator[Reason]:
    if found:
        yield Reason(rule, WEIGHTS[rule], reply.span(*found.span()), reply.excerpt(*found.span()))
