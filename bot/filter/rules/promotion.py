"""The rule for replies that sell. Patterns are read over the text in lower case."""

import re
from collections.abc import Iterator

from bot.filter.rules.text import LINK, Prepared
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import JudgedQuestion, Reason

MAX_MORE = 2  # pitches beside the first that count
FEW_WORDS = 30  # a link with a call in a longer reply is more likely a source

WORDS_BETWEEN = r"(?: [\w'&-]{1,20}){0,3}"
OFFER_KIND = r"(?: (?:free|quick|no-obligation|discovery|strategy|intro|15-minute|30-minute)){0,3}"
OWN_PLACE = (
    r"(?:channels?|videos?|vids?|music|songs?|covers?|page|profile|(?:web ?)?sites?|blog|newsletter|course|e-?book|shop"
    r"|store|agency|services?|tool|app|product|portfolio|podcast|gig|stuff|account|insta(?:gram)?|soundcloud|bio)"
)
EARNED = r"(?:money|\$ ?\d[\d,]{0,10}|\d[\d,]{0,10} ?(?:\$|dollars|usd))"

# Each asks the reader to do something for the author.
PITCHES = tuple(
    re.compile(pattern)
    for pattern in (
        # write to me
        r"\b(?:dm|pm|inbox|message|whats ?app|telegram|e-?mail|contact|text|ping) (?:me|us)\b",
        r"\b(?:my|our) (?:dms?|inbox) (?:is|are) open\b",
        r"\b(?:drop|send|shoot) (?:me|us) an? (?:dm|pm|message|line|e-?mail)\b",
        # book me
        rf"\b(?:book|schedule|grab|claim) (?:a|an|your){OFFER_KIND} (?:call|demo|consultation|audit|session)\b",
        r"\blet(?:'s| us| me) (?:hop|jump) on a call\b",
        # look at what I have
        (
            r"\bcheck(?:ing)? ?(?:out )?(?:my|our)\b"
            r"|\b(?:visit|watch|follow|join|try|view|look at|listen to)"
            rf" (?:my|our){WORDS_BETWEEN} {OWN_PLACE}\b"
        ),
        r"\blinks? (?:is |are )?in (?:my |the |our )?(?:bio|profile|description)\b",
        # follow me
        r"\bsubs?(?:cribe)? (?:to )?(?:me|us|my|our|here|now|please|pls|plz)\b",
        r"\b(?:please|pls|plz|and|&) subscribe\b",
        r"\blike (?:and|&) share\b|\bshare this (?:video|page|channel)\b|\blike this comment\b",
        r"\bsub(?:scribe)? (?:4|for|back)\b",
        r"\b(?:follow|add|support|visit|hire) (?:me|us)(?: (?:on|at|for|back|here)\b|[!.,]|$)",
        # buy from me
        r"\b(?:promo|discount|coupon|referral|voucher) ?code\b",
        r"\buse (?:my |our |the )?code [a-z0-9]",
        (
            r"\b(?:my|our) (?:agency|company|team|firm|studio|services?)"
            r" (?:can|will|would love to|helps?|offers?|provides?|speciali[sz]es?)\b"
        ),
        (
            r"\b(?:we|i) (?:offer|provide|speciali[sz]e in)"
            r" (?:\w{1,15} ){0,3}(?:services?|solutions?|packages?|clients?|customers?|coaching)\b"
        ),
        r"\bwe(?:'d| would) love to help you\b",
        r"\b(?:sign up|register|order|buy|download|apply) (?:now|today|below|for free)\b",
        r"\b(?:sign up|click|order) here\b",
        r"\bbefore (?:the |this |my |our )?(?:price|offer|discount|deal|sale)\b|\bprices? (?:go(?:es)?|going) up\b",
        r"\b(?:spots?|seats?|places) (?:are )?(?:left|available|limited)\b",
        r"\bfree (?:[a-z]{1,12} ){0,3}(?:audit|trial|consultation|demo|template|checklist)\b",
        r"\b(?:grab (?:it|yours|one|your (?:copy|spot|seat|free))|get your (?:free|copy|spot|seat))\b",
        (
            r"\b(?:we|i) (?:built|made|created|launched|developed)"
            r" (?:[\w'-]{1,20} ){1,5}for (?:exactly|precisely|just) this\b"
        ),
        r"\b(?:limited[- ]time|free trial|money[- ]back guarantee|100% free|risk[- ]free)\b",
        rf"\b(?:make|earn|earning|made) (?:\w{{1,15}} ){{0,3}}{EARNED} (?:\w{{1,9}} ){{0,2}}(?:online|daily)\b",
    )
)
# Not yet a sale: words about more words. An answer that has said something may well end so.
OFFER = re.compile(
    r"\b(?:happy|glad|delighted|love|pleased|available|open|keen)(?: to| for)(?: an?)?"
    r" (?:share (?:more|further|details|insights)|elaborate|chat|connect|discuss|expand|talk more"
    r"|tell you more|interviews?|comments?|be (?:quoted|interviewed|featured)|contribute"
    r"|provide (?:more|further|additional))\b"
    r"|\b(?:feel free to|please) (?:reach out|get in touch|connect)\b|\breach out to (?:me|us)\b"
    r"|\blet(?:'s| us) connect\b"
)
INTERVIEW = re.compile(
    r"\b(?:in|for|to|do|give) (?:an? |your )?(?:quick |short |brief )?(?:interviews?|podcasts?|comment|feature)\b"
    r"|\bbe (?:quoted|interviewed|featured)\b"
)
COUNTED_LINK = re.compile(r"[?&](?:utm(?:_|\\_)[a-z]|(?:ref|aff|affiliate|via)=)")
CALL_BESIDE_LINK = re.compile(
    r"\b(?:check|click|visit|subscribe|sign up|join|watch|download|grab|follow|buy|order|vote|please|pls|plz|share"
    r"|register|go to)\b"
)


def find_self_promotion(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """Each pitch found, the first the heaviest; or, weaker, a link that counts its clicks or is dropped with a call to
    follow it; weaker still, an offer to say more.
    """
    pitches = [found for pitch in PITCHES if (found := pitch.search(reply.lowered))]
    if pitches:
        more = len(pitches) - 1 + bool(LINK.search(reply.text))
        weight = WEIGHTS["self_promotion"] + min(more, MAX_MORE) * WEIGHTS["self_promotion.more"]
        yield _explain(pitches[0], weight, reply)
    elif found := _find_link_drop(reply):
        yield _explain(found, WEIGHTS["self_promotion.link"], reply)
    elif found := OFFER.search(reply.lowered):
        interview = INTERVIEW.search(reply.lowered, found.start())
        yield _explain(found, WEIGHTS["self_promotion.interview" if interview else "self_promotion.offer"], reply)


def _explain(found: re.Match[str], weight: float, reply: Prepared) -> Reason:
    return Reason("self_promotion", round(weight, 2), reply.span(*found.span()), reply.excerpt(*found.span()))


def _find_link_drop(reply: Prepared) -> re.Match[str] | None:
    if counted := COUNTED_LINK.search(reply.lowered):
        return counted
    if len(reply.words) <= FEW_WORDS and LINK.search(reply.text):
        return CALL_BESIDE_LINK.search(reply.lowered)
    return None
