"""What a reply shares with texts of chat models: terms of the rank, and hints for people. None sets a reply aside."""

from collections.abc import Iterator, Sequence

from bot.filter.compare.thread import Thread
from bot.filter.rules.text import Prepared, excerpt
from bot.filter.style.decoys import read_decoys
from bot.filter.style.features import count_words, measure_style
from bot.filter.style.phrases import PHRASES
from bot.filter.style.terms import (
    ENOUGH_PHRASES,
    PHRASES_HINT,
    STYLE_HINT_FROM,
    STYLE_HINT_WORDS,
    weigh_likeness,
    weigh_style,
)
from bot.filter.style.weights import load_style
from bot.filter.values import Reason

DIGITS = 4


def compare_machines(thread: Thread) -> Sequence[Sequence[Reason]]:
    """Style, likeness to decoys and hints of each reply: functions of it and the question, not of its siblings."""
    decoys = read_decoys(thread.asked, thread.weights) if thread.asked.decoys else None
    found: list[list[Reason]] = []
    for reply, language in zip(thread.replies, thread.languages, strict=True):
        likeness = decoys.measure(reply) if decoys else 0.0
        reasons = [Reason("decoy", round(weigh_likeness(likeness), DIGITS), None)] if likeness else []
        style = estimate_style(reply, language, thread)
        if style is not None:
            reasons.append(Reason("style", round(weigh_style(style, likeness), DIGITS), None))
            reasons.extend(_hint(reply, style))
        found.append(reasons)
    return found


def estimate_style(reply: Prepared, language: str, thread: Thread) -> float | None:
    """Log-odds of a machine's style, rounded; None for a text that is not English or has no words."""
    if not is_english(reply, language):
        return None
    return round(load_style(thread.weights).estimate(measure_style(reply)), DIGITS)


def is_english(reply: Prepared, language: str) -> bool:
    """Where the language is not known, Latin letters count as English."""
    if language:
        return language == "en"
    letters = [letter for letter in reply.bare if letter.isalpha()]
    return bool(letters) and sum(letter.isascii() for letter in letters) >= len(letters) * 0.9


def _hint(reply: Prepared, style: float) -> Iterator[Reason]:
    if style >= STYLE_HINT_FROM and count_words(reply) >= STYLE_HINT_WORDS:
        yield Reason("machine_style", PHRASES_HINT, None)
    matches = list(PHRASES.finditer(reply.lowered))
    different = sorted({match.group() for match in matches})
    if len(different) >= ENOUGH_PHRASES:
        span = reply.span(*matches[0].span())
        yield Reason("machine_phrasing", PHRASES_HINT, span, excerpt(", ".join(different)))
