"""What the replies to one question say again, as reasons: of copies one always stays, and says by how many."""

from collections import defaultdict
from collections.abc import Sequence

from bot.filter.compare.copies import Repeats, find_repeats
from bot.filter.compare.skeletons import Skeleton, find_skeletons
from bot.filter.compare.thread import Thread
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import Reason

MANY = 2  # other authors from which on a shared skeleton is no chance any more


def compare_replies(thread: Thread) -> Sequence[Sequence[Reason]]:
    """At most one reason for what a reply says again, and one for how many say it after."""
    repeats = find_repeats(thread)
    skeletons = find_skeletons(thread, repeats.copies)
    found: list[list[Reason]] = [[] for _ in thread.replies]
    for place, original in repeats.copies.items():
        found[place].append(_describe_copy(thread, place, original))
    for place, skeleton in skeletons.items():
        found[place].append(_describe_skeleton(thread, skeleton))
    for place, before in sorted({**repeats.reworded, **repeats.same}.items()):
        if place not in skeletons:
            found[place].append(Reason("alike_words", WEIGHTS["alike_words"], None, thread.candidates[before].id))
    for place, others in _count_others(thread, repeats, skeletons).items():
        found[place].append(Reason("copied_by_others", WEIGHTS["copied_by_others"], None, str(others)))
    return found


def _describe_copy(thread: Thread, place: int, original: int) -> Reason:
    own = thread.author_of(place) == thread.author_of(original)
    weight = WEIGHTS["copy_of_reply.own" if own else "copy_of_reply"]
    return Reason("copy_of_reply", weight, thread.replies[place].whole(), thread.candidates[original].id)


def _describe_skeleton(thread: Thread, skeleton: Skeleton) -> Reason:
    name = "alike_frame.second" if skeleton.others < MANY else "alike_frame"
    if skeleton.span and skeleton.others >= MANY:
        name = "alike_frame.introduction"
    return Reason("alike_frame", WEIGHTS[name], skeleton.span, thread.candidates[skeleton.first].id)


def _count_others(thread: Thread, repeats: Repeats, skeletons: dict[int, Skeleton]) -> dict[int, int]:
    """Return for each reply that others repeat how many authors do, without its own."""
    whole = {place: skeleton.first for place, skeleton in skeletons.items() if skeleton.span is None}
    authors: dict[int, set[str | int]] = defaultdict(set)
    for place, first in (*repeats.copies.items(), *repeats.same.items(), *whole.items()):
        if thread.author_of(place) != thread.author_of(first):
            authors[first].add(thread.author_of(place))
    return {place: len(others) for place, others in authors.items()}
