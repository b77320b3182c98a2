"""What the replies to one question say again, as reasons: of copies one always stays, and says by how many."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.filter.compare.copies import find_repeats
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
    said = {**repeats.copies, **repeats.same}
    framed = {place: skeleton.first for place, skeleton in skeletons.items() if skeleton.span is None}
    for place, again in _list_again({**framed, **said}).items():
        found[place].extend(_tell_others(thread, (place, *again)))
    for place, again in _list_again(said).items():
        found[place].extend(_tell_networks(thread, place, again))
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


def _list_again(said: dict[int, int]) -> dict[int, list[int]]:
    """Return for each reply that is said again where."""
    again: dict[int, list[int]] = defaultdict(list)
    for place, first in sorted(said.items()):
        again[first].append(place)
    return again


def _tell_others(thread: Thread, places: Sequence[int]) -> Iterator[Reason]:
    """By how many more these were said. One name on two networks is told once; on one network, each profile counts."""
    profiles: dict[str | int, dict[str, set[str | int]]] = defaultdict(lambda: defaultdict(set))
    for place in places:
        author, name = thread.author_of(place), _find_name(thread, place)
        platform = thread.candidates[place].profile.platform
        profiles[f"name {name}" if name else author][platform].add(author)
    others = sum(max(map(len, networks.values())) for networks in profiles.values()) - 1
    if others:
        yield Reason("copied_by_others", WEIGHTS["copied_by_others"], None, str(others))


def _tell_networks(thread: Thread, first: int, again: Sequence[int]) -> Iterator[Reason]:
    """Where else it stands under the name of its author; nobody joins the profiles but that person's word."""
    name, platform = _find_name(thread, first), thread.candidates[first].profile.platform
    same = {thread.candidates[place].profile.platform for place in again if _find_name(thread, place) == name}
    if name and same - {platform}:
        detail = ", ".join(sorted(same - {platform}))
        yield Reason("copied_networks", WEIGHTS["copied_networks"], None, detail)


def _find_name(thread: Thread, place: int) -> str:
    return " ".join(thread.candidates[place].profile.name.casefold().split())
