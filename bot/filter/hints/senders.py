"""Several authors who answer for one sender.

Told neutrally, with who they are: colleagues who answer out of experience share an organisation too.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.filter.compare.thread import Thread
from bot.filter.hints.marks import SenderMark, find_senders
from bot.filter.values import Elsewhere, Likeness, OtherPassage, Reason

MOST_MEMBERS = 8  # that are shown; all are counted


def compare_senders(thread: Thread) -> Sequence[Sequence[Reason]]:
    """For each answer the others, here and to earlier questions, that share a mark with it: those of most authors."""
    marks = [find_senders(whole) for whole in thread.wholes]
    firsts: dict[str, dict[str | int, tuple[int, SenderMark]]] = defaultdict(dict)  # of each author the first
    for place, found in enumerate(marks):
        for mark in found:
            firsts[mark.key].setdefault(thread.author_of(place), (place, mark))
    return [_describe(thread, place, found, firsts) for place, found in enumerate(marks)]


def _describe(
    thread: Thread,
    place: int,
    found: Sequence[SenderMark],
    firsts: dict[str, dict[str | int, tuple[int, SenderMark]]],
) -> list[Reason]:
    candidate, author = thread.candidates[place], thread.author_of(place)
    best = max(found, key=lambda mark: (len(firsts[mark.key]), -mark.start, mark.key), default=None)
    here = firsts[best.key] if best else {}
    elsewhere = [each for each in candidate.elsewhere if each.kind is Likeness.SENDER]
    others = (len(here) - 1 if here else 0) + _count_new(elsewhere, here)
    if not others:
        return []
    members: list[OtherPassage] = []
    for other, (where, mark) in here.items():
        if len(members) == MOST_MEMBERS:
            break
        if other != author:
            theirs = thread.wholes[where].span(mark.start, mark.end)
            members.append(OtherPassage(theirs, thread.candidates[where].id))
    members += [each.there for each in elsewhere if each.there is not None]
    span = thread.wholes[place].span(best.start, best.end) if best and len(here) > 1 else elsewhere[0].here
    return [Reason("sender_group", 0.0, span, str(others), tuple(members[:MOST_MEMBERS]))]


def _count_new(elsewhere: Sequence[Elsewhere], here: dict[str | int, tuple[int, SenderMark]]) -> int:
    """Authors who answered other questions alone; two unknown ones are two."""
    known = {each.author for each in elsewhere if each.author is not None} - set(here)
    return len(known) + sum(each.author is None for each in elsewhere)
