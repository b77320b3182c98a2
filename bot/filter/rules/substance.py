"""Rules in favour of a reply. None of them asks for English alone: numbers, names, length count in any language."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from bot.filter.rules.text import Prepared, excerpt, prepare
from bot.filter.rules.vocabulary import COMMON, NUMBER_WORDS
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import JudgedQuestion, Reason

PAST = (
    "ate|became|began|bought|brought|broke|built|came|caught|chose|cut|did|drew|drove|fell|felt|forgot|fought|found|gave|got"
    "|grew|had|heard|held|hired|kept|knew|lost|made|met|moved|paid|put|quit|ran|read|said|saw|sent|set|sold|spent|spoke"
    "|started|taught|thought|told|took|tried|understood|used|was|went|were|won|wrote"
)
FIRST_HAND = re.compile(
    r"\b(?:i|we)(?:'ve| have| had)?(?: (?:also|never|once|just|finally|actually|only|recently|always|personally)){0,2}"
    rf" (?:(?!need)[a-z]{{2,15}}ed|{PAST}|been|done|gone|seen|run)\b"
    r"|\bin my (?:own )?(?:experience(?! as\b)|case|job|team|company)\b"
    r"|\bat my (?:company|job|agency|school|office|last job)\b"
    # without saying who: "Stopped counting opens."
    r"|(?:^|(?<=[.!?\n] ))(?:(?!agreed|based|interested|need|tired|bored|indeed|related|supposed|used|ate|set|cut|put"
    rf"|read|run|led)(?:[a-z]{{2,12}}ed|{PAST}))\b(?! (?:by|on|to be)\b)"
    # German, Spanish, French, Dutch
    r"|\b(?:ich|wir) (?:hab(?:e|en)|bin|sind|war(?:en)?)\b|\bhe(?:mos)? \w{2,20}[ai]do\b|\bj'ai\b|\bnous avons\b"
    r"|\b(?:ik heb|wij hebben)\b"
)
REASON = re.compile(
    r"\b(?:because|cuz|coz|since (?:it|they|we|i|the|you)|so that|due to|which meant|the reason|that's why|therefore"
    r"|as a result|weil|denn|deshalb|deswegen|porque|parce que|perché|omdat|dlatego|ponieważ|потому что|чтобы)\b"
    r"|因为|ので|から"
)
ADVICE = re.compile(
    r"\b(?:you|they|people|one) (?:can|could|should|need to|needs? to|have to|must|will have to)\b"
    r"|\bif you(?:r|'re)?\b|^(?:if|when|unless) "
    r"|\b(?:i'd|i would) (?:recommend|suggest|advise|rather|sooner|go with|say)\b"
    r"|\bmake sure\b|\bbe careful\b|\b(?:man|ihr|du|sie) (?:kann|könnt|kannst|können|sollte|solltet|muss)\b"
)
DIRECT = re.compile(
    r"\W*(?:yes|no|yep|nope|yeah|never|always|only|once|twice|rarely|hardly ever|not (?:since|any ?more|really|at all)"
    r"|ja|nein|nie|immer|nur|sí|solo|siempre|nunca|oui|non|jamais|toujours|si|sì|mai)\b"
    r"(?! (?:problem|worries|idea|way)\b)"
)
OUTCOME = re.compile(
    r"\b(?:rose|fell|doubled|halved|tripled|improved|grew|vanished|collapsed|recovered|dropped|shrank|stayed|became"
    r"|worked (?:well|fine|better|out)|went (?:up|down|from|back|away)|never (?:looked back|came back|again|returned)"
    r"|(?:nobody|no one|none of them) (?:noticed|asked|missed|complained|reads?|clicked|cared|has asked|opened)"
    r"|nothing (?:happened|changed|moved|broke)|made no difference|saved (?:us|me)|cost (?:us|me)|turned out|ended up"
    r"|since then|instead of|from \d[\d.,]{0,12}%? to \d)"
    r"|\b(?:seitdem|gestiegen|gesunken|verdoppelt|halbiert|nichts passiert|depuis|desde entonces|ahora)\b"
)
COUNT = r"(?:\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple|several|many|last|past|next)"
TIME = re.compile(
    rf"\b(?:{COUNT}(?: of)? (?:minutes?|hours?|days?|weeks?|months?|years?|decades?|quarters?)"
    r"|last (?:spring|summer|autumn|fall|winter)"
    r"|(?:january|february|march|april|june|july|august|september|october|november|december)"
    r"|\d{1,4} (?:minuten|stunden|tagen?|wochen|monaten?|jahren?))\b"
)
AMOUNT = re.compile(
    r"[$€£] ?\d|\b\d[\d.,]{0,15} ?(?:%|[$€£]|k\b|(?:percent|per cent|euros?|dollars?|pounds?|kronor|usd|eur|gbp"
    r"|qr|qar|riyals?|kg|km|miles|minutes|hours|mails?|visits|clicks|readers|subscribers|customers|clients|sites|pages"
    r"|domains|links)\b)"
)
NUMBER = re.compile(r"(?<![\w/.])[$€£]?\d[\d.,:]{0,20}(?:%|[a-z]{1,4}\b)?")
# a capital in the middle of a sentence
NAME = re.compile(r"(?<=[a-z0-9,;:] )(?!I\b)[A-Z][\w&-]{1,30}(?: [A-Z][\w&-]{1,30}){0,3}")

NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(sorted(NUMBER_WORDS))})\b")

FULL_LENGTH = 250.0  # columns at which 63 % of the weight of length is reached
FULL_CONTENT = 3.0  # words of content, the same
LONG_TALK = 120  # columns
LONG_WORD = 20  # letters; scripts without spaces write a whole clause as one
SHORTEST_TOPIC_WORD = 4
ENOUGH_SHARED_WORDS = 4


def find_first_hand(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    yield from _explain("first_hand", FIRST_HAND.search(reply.lowered), reply)


def find_reason_given(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    yield from _explain("reason_given", REASON.search(reply.lowered), reply)


def find_specifics(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """A number, an amount of something, a time span, a name: each counts once."""
    number = NUMBER.search(reply.lowered) or NUMBER_WORD.search(reply.lowered)
    for found in (number, AMOUNT.search(reply.lowered), TIME.search(reply.lowered), NAME.search(reply.text)):
        yield from _explain("specifics", found, reply)


def find_direct_answer(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """The first word answers: yes, no, never, once."""
    yield from _explain("direct", DIRECT.match(reply.lowered), reply)


def find_advice(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    yield from _explain("advice", ADVICE.search(reply.lowered), reply)


def find_outcome(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """What came of it."""
    yield from _explain("outcome", OUTCOME.search(reply.lowered), reply)


def find_generality(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """Long, and nothing in it that somebody did, saw, named, counted or gives as a reason."""
    particulars = (FIRST_HAND, OUTCOME, REASON, NUMBER, NUMBER_WORD, TIME)
    is_particular = any(pattern.search(reply.lowered) for pattern in particulars) or NAME.search(reply.text)
    if reply.size >= LONG_TALK and not is_particular:
        yield Reason("general", WEIGHTS["general"], reply.whole(), excerpt(reply.text))


def find_content(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """Words that are not everybody's about everything: a short answer can be full of them, a long one empty."""
    words = {word for word in reply.words if len(word) > 2 or not word.isascii()} - COMMON
    count = sum(max(1, len(word) * 4 // LONG_WORD) if len(word) > LONG_WORD else 1 for word in words)
    if count:
        weight = WEIGHTS["content"] * (1 - math.exp(-count / FULL_CONTENT))
        yield Reason("content", round(weight, 2), None, str(count))


def find_length(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """Mild and saturating: length is a strong cheat."""
    weight = WEIGHTS["length"] * (1 - math.exp(-reply.size / FULL_LENGTH))
    if reply.words:
        yield Reason("length", round(weight, 2), None, str(reply.size))


def find_on_topic(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """Words of the question come back."""
    shared = sorted(_find_topic(asked).intersection(reply.words))
    if shared:
        share = min(len(shared), ENOUGH_SHARED_WORDS) / ENOUGH_SHARED_WORDS
        yield Reason("on_topic", round(WEIGHTS["on_topic"] * share, 2), None, excerpt(", ".join(shared)))


@lru_cache(maxsize=8)
def _find_topic(asked: JudgedQuestion) -> frozenset[str]:
    words = prepare((asked.text, *asked.options)).words
    return frozenset(word for word in words if len(word) >= SHORTEST_TOPIC_WORD) - COMMON


def _explain(rule: str, found: re.Match[str] | None, reply: Prepared) -> Iterator[Reason]:
    if found:
        yield Reason(rule, WEIGHTS[rule], reply.span(*found.span()), reply.excerpt(*found.span()))
