"""Phrases that text generators like. People who let a tool polish their English use them too."""

import re

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
TELLING = frozenset(
    (
        *("important", "worth", "crucial", "essential", "possible", "likely", "difficult", "overall", "ultimately"),
        *("additionally", "furthermore", "moreover", "conclusion", "summary", "ai", "delve", "delves", "delving"),
        *("role", "today's", "evolving", "changing", "factors", "vary", "reasons", "ways", "navigate", "navigating"),
        *("unlock", "unlocking", "changer", "testament", "tapestry"),
    )
)
"""Every phrase holds one of these words: a text without them is not searched."""
OF_ONES_OWN = frozenset(("i", "i'm", "i've", "i'd", "i'll", "me", "my", "we", "we're", "we've", "we'd", "us", "our"))
"""Words by which a reply speaks of its author."""
