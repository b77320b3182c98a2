"""A hint, not a verdict: phrases that text generators like. People who let a tool polish their English use them too."""

import re
from collections.abc import Iterator

from bot.filter.text import Prepared, excerpt
from bot.filter.values import Asked, Reason
from bot.filter.weights import WEIGHTS

PHRASES = re.compile(
    r"\b(?:it(?:'s| is) (?:also )?(?:important|worth|crucial|essential) (?:to (?:note|remember|consider|understand)|noting|mentioning)"
    r"|in conclusion|in summary|as an ai\b|delv(?:e|es|ing) into|play(?:s|ed)? an? (?:crucial|vital|significant|key|pivotal) role"
    r"|in today's (?:\w{1,20}[ -]){0,3}(?:world|landscape|age)|ever-(?:evolving|changing)|(?:a )?(?:wide )?(?:range|variety) of factors"
    r"|(?:can|may) vary depending on|it(?:'s| is) (?:possible|likely|difficult|important) (?:that|to)|there (?:are|were) (?:several|a few|many) (?:reasons|factors|ways)"
    r"|(?:overall|ultimately|additionally|furthermore|moreover)(?=,)|navigat(?:e|ing) the|unlock(?:ing)? the|foster(?:ing|s)?|game[- ]changer"
    r"|testament to|underscore[sd]?|rich tapestry)",
    re.IGNORECASE,
)
ENOUGH = 2


def find_machine_phrasing(reply: Prepared, _asked: Asked) -> Iterator[Reason]:
    """Two different phrases at least; the weight grows a little with each."""
    matches = list(PHRASES.finditer(reply.text))
    different = {match.group().casefold() for match in matches}
    if len(different) >= ENOUGH:
        weight = WEIGHTS["machine_phrasing"] * min(len(different) / ENOUGH, 2)
        detail = excerpt(", ".join(sorted(different)))
        yield Reason("machine_phrasing", round(weight, 2), reply.span(*matches[0].span()), detail)
