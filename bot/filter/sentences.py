"""Reasons as sentences for people."""

from bot.filter.values import Reason
from bot.words import words


def describe(reason: Reason, language: str = "en") -> str:
    """Return what *reason* says, as the rest of a sentence about the reply: "says only “great question”".

    The sentence may hold words of the reply: whoever writes it into HTML, Markdown or Discord escapes it.
    """
    sentence: str = words(language)["reasons"][reason.rule]
    return sentence.format(detail=reason.detail)
