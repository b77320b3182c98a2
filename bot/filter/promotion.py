"""The rule for replies that sell."""

import re
from collections.abc import Iterator

from bot.filter.text import LINK, Prepared, excerpt
from bot.filter.values import Asked, Reason
from bot.filter.weights import WEIGHTS

OWN = r"(?:my|our)"
GAP = r"(?: [\w'&-]{1,20}){0,3}"
PLACE = (
    r"(?:channels?|videos?|vids?|music|songs?|covers?|page|profile|sites?|websites?|web ?site|blog|newsletter|course|e-?book|shop|store"
    r"|agency|services?|tool|app|product|portfolio|podcast|gig|stuff|account|insta(?:gram)?|facebook|soundcloud|bio)"
)

# Each asks the reader to do something for the author.
PITCHES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:dm|pm|inbox|message|whats ?app|telegram|e-?mail|contact|text|ping) (?:me|us)\b",
        r"\b(?:my|our) (?:dms?|inbox) (?:is|are) open\b",
        r"\b(?:drop|send|shoot) (?:me|us) (?:a|an) (?:dm|pm|message|line|e-?mail)\b",
        rf"\b(?:book|schedule|grab|claim|get)(?: yourself)? (?:a|your|an)(?: (?:free|quick|no-obligation|discovery|strategy|15-minute|30-minute)){{0,3}}"
        r" (?:call|demo|consultation|audit|quote|trial|session)\b",
        rf"\b(?:check(?:ing)? ?out|visit|watch|follow|subscribe(?: to)?|see|like|join|try|view|look at|listen to) {OWN}{GAP} {PLACE}\b",
        r"\bsubscribe (?:to )?(?:me|us|my|our|here|now|please|pls|plz)\b|\b(?:please|pls|plz) subscribe\b|\bsub(?:scribe)? (?:4|for|back)\b",
        r"\b(?:follow|add|support|visit|hire) (?:me|us)(?: (?:on|at|for|back|here)\b|[!.,]|$)",
        r"\b(?:link|links) (?:is |are )?in (?:my |the |our )?(?:bio|profile|description)\b",
        r"[?&]utm_[a-z]+=|[?&](?:ref|aff|affiliate|via)=",
        r"\b(?:promo|discount|coupon|referral|voucher) ?code\b|\buse (?:my )?code [a-z0-9]",
        rf"\b(?:my|our) (?:agency|company|team|firm|studio|services?) (?:can|will|would love to|helps?|offers?|provides?|specialis?zes?)\b",
        r"\b(?:we|i) (?:offer|provide|speciali[sz]e in) (?:\w{1,15} ){0,3}(?:services?|solutions?|packages?|clients?|customers?|coaching)\b|\bwe(?:'d| would) love to help you\b|\blet(?:'s| us| me) (?:hop|jump) on a call\b",
        r"\b(?:sign up|register|order|buy|download|apply) (?:now|today|below|for free)\b|\b(?:sign up|click|order) here\b",
        r"\b(?:limited[- ]time|free trial|money[- ]back|100% free|risk[- ]free)\b",
        r"\b(?:make|earn|earning|made) (?:\w{1,15} ){0,3}(?:money|\$\s?\d[\d,]{0,10}|\d[\d,]{1,10} ?(?:\$|dollars|usd)) ?(?:\w{1,10} ){0,3}(?:online|from home|a day|a week|per day|per week|weekly|daily|easy|fast)\b",
    )
)
CALL_BESIDE_LINK = re.compile(
    r"\b(?:check|click|visit|subscribe|sign up|join|watch|download|grab|follow|buy|order|vote|please|pls|plz|share|register|go to)\b",
    re.IGNORECASE,
)
FEW_WORDS = 30  # a link with a call in a longer reply is more likely a source


def find_self_promotion(reply: Prepared, _asked: Asked) -> Iterator[Reason]:
    """The first pitch found; or, weaker, a link dropped with a call to follow it."""
    found, weight = _find_pitch(reply), "self_promotion"
    if found is None and len(reply.words) <= FEW_WORDS and LINK.search(reply.text):
        found, weight = CALL_BESIDE_LINK.search(reply.text), "self_promotion.call"
    if found:
        yield Reason("self_promotion", WEIGHTS[weight], reply.span(*found.span()), excerpt(found.group()))


def _find_pitch(reply: Prepared) -> re.Match[str] | None:
    return next((found for pitch in PITCHES if (found := pitch.search(reply.text))), None)
