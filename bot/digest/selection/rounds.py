"""A question's posts as rounds: a cron asks anew each time, everything else is asked once. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.models import Account, Post, PostPart
from storage.replies.current import CurrentReply
from storage.states import AHEAD, STOOD


@dataclass(frozen=True, slots=True)
class Sent:
    """A post with its account and parts, root first."""

    post: Post
    account: Account
    parts: Sequence[PostPart]


@dataclass(frozen=True, slots=True)
class Round:
    """The posts that ask the same thing at the same time. name: the occurrence of a cron, else empty."""

    name: str
    posts: tuple[Sent, ...]

    @property
    def answerable(self) -> tuple[Sent, ...]:
        """The posts that people could answer."""
        return tuple(sent for sent in self.posts if sent.post.state in STOOD)

    @property
    def starts_at(self) -> datetime:
        """When the first post was due."""
        return min(sent.post.due_at for sent in self.posts)

    @property
    def closes_at(self) -> datetime | None:
        """When the last post closes or closed; None where one has no end, or one is still to go out.

        Of a round that never went out: when it was due.
        """
        if any(sent.post.state in AHEAD for sent in self.posts):
            return None
        if not self.answerable:
            return max(sent.post.due_at for sent in self.posts)
        ends = [_end(sent.post) for sent in self.answerable]
        known = [end for end in ends if end is not None]
        return max(known) if len(known) == len(ends) else None

    def is_closed(self, as_of: datetime) -> bool:
        """Whether nobody is asked any more."""
        return self.closes_at is not None and self.closes_at <= as_of


def _end(post: Post) -> datetime | None:
    """An early close counts, an extension too; a late tick does not."""
    ends = [moment for moment in (post.closed_at, post.closes_at) if moment is not None]
    return min(ends) if ends else None


def form_rounds(posts: Iterable[Sent], *, repeats: bool) -> list[Round]:
    """The rounds in the order of their due times."""
    by_name: dict[str, list[Sent]] = defaultdict(list)
    for sent in posts:
        by_name[sent.post.occurrence if repeats else ""].append(sent)
    rounds = [Round(name, tuple(found)) for name, found in by_name.items()]
    return sorted(rounds, key=lambda each: (each.starts_at, each.name))


def share_replies(rounds: Sequence[Round], replies: Iterable[CurrentReply]) -> dict[str, list[CurrentReply]]:
    """Replies by the round they answer; what has no post (an import) goes to the round that ran when it came in."""
    by_post = {sent.post.id: each.name for each in rounds for sent in each.posts}
    shared: dict[str, list[CurrentReply]] = {each.name: [] for each in rounds}
    for reply in replies:
        shared[by_post[reply.post_id] if reply.post_id in by_post else _running(rounds, reply.seen_at)].append(reply)
    return shared


def _running(rounds: Sequence[Round], moment: datetime) -> str:
    begun = [each for each in rounds if each.starts_at <= moment]
    return (begun[-1] if begun else rounds[0]).name
