"""Reasons as sentences for people."""

from bot.filter.values import Reason
from bot.words import words

OWN_RULE = "own_rule"
"""The sentence of rules that other packages bring: each stands under the name of its entry point."""
RETIRED = frozenset(
    {
        "general", "first_hand", "specifics", "reason_given", "on_topic", "length", "direct", "outcome", "advice",
        "content", "vague", "banter", "asks", "shared_introduction",
    }
)  # fmt: skip
"""Rules of versions before: their verdicts are stored, and read as they did."""


def describe(reason: Reason, language: str = "en") -> str:
    """Return what *reason* says, as the rest of a sentence about the reply: "says only “great question”".

    The sentence may hold words of the reply: whoever writes it into HTML, Markdown or Discord escapes it.
    """
    sentences = words(language)["reasons"]
    sentence: str = sentences.get(reason.rule, sentences[OWN_RULE])  # of its own name is only what a package brought
    return sentence.format(detail=reason.detail, rule=reason.rule)
