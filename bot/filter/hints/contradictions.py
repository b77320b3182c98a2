"""Where somebody says otherwise than before: both passages, and nothing concluded."""

from collections.abc import Sequence

from bot.filter.compare.thread import Thread
from bot.filter.hints.claims import MOST_EARLIER, find_contradiction
from bot.filter.values import Candidate, Likeness, OtherPassage, Reason


def compare_claims(thread: Thread) -> Sequence[Sequence[Reason]]:
    """Where an answer says otherwise than an earlier one of its author, here or to another question: both passages."""
    found: list[list[Reason]] = []
    earlier: dict[str, list[int]] = {}
    for place, candidate in enumerate(thread.candidates):
        own = earlier.setdefault(candidate.author, []) if candidate.author is not None else []
        found.append(_find_here(thread, place, own[-MOST_EARLIER:]) or _find_elsewhere(candidate))
        own.append(place)
    return found


def _find_here(thread: Thread, place: int, earlier: Sequence[int]) -> list[Reason]:
    for before in earlier:
        later, other = thread.wholes[place], thread.wholes[before]
        pair = find_contradiction(later, other)
        if pair:
            said, against = pair
            passage = OtherPassage(other.span(against.start, against.end), thread.candidates[before].id)
            return [Reason("contradicts_itself", 0.0, later.span(said.start, said.end), "", (passage,))]
    return []


def _find_elsewhere(candidate: Candidate) -> list[Reason]:
    claims = (each for each in candidate.elsewhere if each.kind is Likeness.CLAIM and each.there is not None)
    return [
        Reason("contradicts_elsewhere", 0.0, each.here, f"{each.question} #{each.reply}", (each.there,))
        for each in claims
        if each.there is not None
    ][:1]
