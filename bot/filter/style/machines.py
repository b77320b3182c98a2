"""What a reply shares with texts of chat models: terms of the rank, and hints for people. None sets a reply aside."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.filter.compare.thread import Thread
from bot.filter.rules.text import Prepared, excerpt
from bot.filter.style.decoys import read_decoys
from bot.filter.style.features import count_words, measure_style
from bot.filter.style.phrases import OF_ONES_OWN, PHRASES, TELLING
from bot.filter.style.terms import ENOUGH_PHRASES, HINT, HINT_FROM, HINT_WORDS, STOCK, weigh_likeness, weigh_style
from bot.filter.style.weights import DIGITS, StyleEstimate, join_families, load_style
from bot.filter.values import Reason

NEWEST = "newer"  # the family whose style people of every register are told apart from
LATIN = 0.9  # share of the letters of a text that may be English


def compare_machines(thread: Thread) -> Sequence[Sequence[Reason]]:
    """Style, likeness to decoys and hints of each reply: functions of it and the question, not of its siblings."""
    decoys = read_decoys(thread.asked, thread.weights) if thread.asked.decoys else None
    found: list[list[Reason]] = []
    for reply, language in zip(thread.replies, thread.languages, strict=True):
        likeness = decoys.measure(reply) if decoys else 0.0
        reasons = [Reason("decoy", round(weigh_likeness(likeness), DIGITS), None)] if likeness else []
        styles = estimate_style(reply, language, thread.weights)
        if styles:
            weight = weigh_style(join_families(styles.values()), likeness)
            reasons.append(Reason("style", round(weight, DIGITS), None))
            reasons.extend(_hint(reply, styles))
        found.append(reasons)
    return found


def estimate_style(reply: Prepared, language: str, weights: Path) -> Mapping[str, StyleEstimate]:
    """How far the style is that of each family of models; nothing for what is not English or has no words."""
    if not is_english(reply, language):
        return {}
    known = reply.measured.get(("style", weights))
    if not isinstance(known, dict):
        known = reply.measured["style", weights] = load_style(weights).estimate(measure_style(reply))
    return known


def is_english(reply: Prepared, language: str) -> bool:
    """Where the language is not known, Latin letters count as English."""
    if language:
        return language == "en"
    if reply.text.isascii():
        return any(map(str.isalpha, reply.text))
    letters = [letter for letter in reply.bare if letter.isalpha()]
    return bool(letters) and sum(map(str.isascii, letters)) >= LATIN * len(letters)


def _hint(reply: Prepared, styles: Mapping[str, StyleEstimate]) -> Iterator[Reason]:
    newest = styles.get(NEWEST)
    if newest and newest.worded >= HINT_FROM and count_words(reply) >= HINT_WORDS:
        yield Reason("machine_style", HINT, None)
    if TELLING.isdisjoint(reply.words):
        return
    matches = list(PHRASES.finditer(reply.lowered))
    different = sorted({match.group() for match in matches})
    if len(different) < ENOUGH_PHRASES:
        return
    span, detail = reply.span(*matches[0].span()), excerpt(", ".join(different))
    yield Reason("machine_phrasing", HINT, span, detail)
    if OF_ONES_OWN.isdisjoint(reply.words) and not any(map(str.isdigit, reply.text)):
        yield Reason("stock_phrases", STOCK, span, detail)
