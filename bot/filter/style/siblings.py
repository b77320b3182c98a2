"""Replies that say the same in the same way, by different authors, where each alone could be a chat model's.

People who answer one narrow question are alike too, and texts of a campaign: likeness counts only as far as the less
machine-like of the two is machine-like. Replies find each other by their longer words (`outlines/relations.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.filter.compare.thread import Thread
from bot.filter.rules.text import Prepared
from bot.filter.style.machines import estimate_style
from bot.filter.style.terms import ALIKE_FROM, COPIED, HINT, HINT_ALIKE_FROM, MOST_ALIKE, UNLIKE, weigh_alike
from bot.filter.style.weights import DIGITS, join_families
from bot.filter.values import Reason

PIECE = 5  # letters


@dataclass(frozen=True, slots=True)
class Alike:
    """A sibling by another author, told by its place in the thread."""

    number: int
    shared: float  # share of the pieces (Jaccard)
    weaker: float  # the less machine-like style of the two


def compare_wordings(thread: Thread) -> Sequence[Sequence[Reason]]:
    """The term `alike` of each reply, never above zero, and the hint `machine_alike` with the id of the other."""
    found: list[list[Reason]] = [[] for _ in thread.replies]
    for number, others in thread.beside.worded.items():
        found[number] = list(_judge([each for other in others if (each := _compare(number, other, thread))], thread))
    return found


def _compare(number: int, other: int, thread: Thread) -> Alike | None:
    """None where the two have one author, or are not alike."""
    if thread.author_of(number) == thread.author_of(other):
        return None
    one, two = (_cut(thread.replies[each]) for each in (number, other))
    both = len(one & two)
    shared = both / (len(one) + len(two) - both)
    if shared <= UNLIKE:
        return None
    styles = [estimate_style(thread.replies[each], thread.languages[each], thread.weights) for each in (number, other)]
    if not all(styles):
        return None
    return Alike(other, shared, min(join_families(each.values()).worded for each in styles))


def _cut(reply: Prepared) -> frozenset[str]:
    """The pieces, cut once for all siblings; the text alone says what they are."""
    known = reply.measured.get("pieces")
    if not isinstance(known, frozenset):
        text = " ".join(reply.words)
        known = frozenset([text[start : start + PIECE] for start in range(len(text) - PIECE + 1)])
        reply.measured["pieces"] = known
    return known


def _judge(alike: list[Alike], thread: Thread) -> Iterator[Reason]:
    weights = sorted(weigh_alike(each.shared, each.weaker) for each in alike)
    weight = round(sum(weights[:MOST_ALIKE]), DIGITS)
    if weight < 0:
        yield Reason("alike", weight, None)
    hinted = [each for each in alike if ALIKE_FROM <= each.shared < COPIED and each.weaker >= HINT_ALIKE_FROM]
    if hinted:
        most = max(hinted, key=lambda each: (each.shared, -each.number))
        yield Reason("machine_alike", HINT, None, thread.candidates[most.number].id)
