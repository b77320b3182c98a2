"""Consecutive replies of one author to themselves are one answer."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar


class GroupableReply(Protocol):
    """The fields of a reply that grouping needs; rows of the store have them."""

    @property
    def platform(self) -> str: ...
    @property
    def remote_id(self) -> str: ...
    @property
    def parent_remote_id(self) -> str | None: ...
    @property
    def author_id(self) -> int: ...
    @property
    def posted_at(self) -> datetime: ...


ReplyT = TypeVar("ReplyT", bound=GroupableReply)


def group_answers(replies: Iterable[ReplyT]) -> list[tuple[ReplyT, ...]]:
    """The answers to one question, each as its parts in reading order; the earliest answer first.

    Depends on the replies alone, not on the order in which they arrived. Every reply is in exactly one answer,
    even where hostile data makes replies each other's parents.
    """
    ordered = sorted(replies, key=_moment)
    by_name = {(reply.platform, reply.remote_id): reply for reply in ordered}
    continuations: dict[tuple[str, str], list[ReplyT]] = defaultdict(list)
    heads = []
    for reply in ordered:
        parent = by_name.get((reply.platform, reply.parent_remote_id or ""))
        if parent is not None and parent is not reply and parent.author_id == reply.author_id:
            continuations[parent.platform, parent.remote_id].append(reply)
        else:
            heads.append(reply)
    taken: set[tuple[str, str]] = set()
    # After the heads come all replies again: what is still free then is part of a circle.
    answers = (_follow(head, continuations, taken) for head in [*heads, *ordered])
    return sorted((answer for answer in answers if answer), key=lambda parts: _moment(parts[0]))


def _follow(
    head: ReplyT, continuations: dict[tuple[str, str], list[ReplyT]], taken: set[tuple[str, str]]
) -> tuple[ReplyT, ...]:
    """`head` and everything its author added below it, depth first, without recursion: chains can be long."""
    parts, ahead = [], [head]
    while ahead:
        reply = ahead.pop()
        name = (reply.platform, reply.remote_id)
        if name not in taken:
            taken.add(name)
            parts.append(reply)
            ahead.extend(reversed(continuations[name]))
    return tuple(parts)


def _moment(reply: GroupableReply) -> tuple[datetime, str, str]:
    return reply.posted_at, reply.platform, reply.remote_id
