"""A hint, not a verdict: phrases that text generators like. People who let a tool polish their English use them too."""

import re
from collections.abc import Iterator

from bot.filter.rules.text import Prepared, excerpt
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import JudgedQuestion, Reason

PHRASES = re.compile(
    r"\bit(?:'s| is) (?:also )?(?:important|worth|crucial|essential)"
    r" (?:to (?:note|remember|consider|understand)|noting|mentioning)\b"
    r"|\bit(?:'s| is) (?:possible|likely|difficult|important) (?:that|to)\b"
    r"|\b(?:overall|ultimately|additionally|furthermore|moreover|in conclusion|in summary)(?=,)"
    r"|\bas an ai\b|\bdelv(?:e|es|ing) into\b"
    r"|\bplay(?:s|ed)? an? (?:crucial|vital|significant|key|pivotal) role\b"
    r"|\bin today's (?:\w{1,20}[ -]){0,3}(?:world|landscape|age)\b|\bever-(?:evolving|changing)\b"
    r"|\b(?:range|variety) of factors\b|\b(?:can|may) vary depending on\b"
    r"|\bthere (?:are|were) (?:several|a few|many) (?:reasons|factors|ways)\b"
    r"|\bnavigat(?:e|ing) the\b|\bunlock(?:ing)? the\b|\bgame[- ]changer\b|\btestament to\b|\brich tapestry\b"
)
ENOUGH = 2


def find_machine_phrasing(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    """Two different phrases at least; the weight grows with each, up to twice."""
    matches = list(PHRASES.finditer(reply.lowered))
    different = sorted({match.group() for match in matches})
    if len(different) >= ENOUGH:
        weight = WEIGHTS["machine_phrasing"] * min(len(different) / ENOUGH, 2)
        span = reply.span(*matches[0].span())
        yield Reason("machine_phrasing", round(weight, 2), span, excerpt(", ".join(different)))
