"""The watched posts as X knows them: by conversation, ours and others', and how far each was read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.contract.reading import Reply, WatchedPost
from adapters.contract.sending import Payload
from adapters.x.ids import id_at
from adapters.x.reading.descent import Descent
from adapters.x.translate import to_reply

MENTIONS = "mentions"
"""The mark up to which all mentions were read."""
_BEGUN = "begun "  # and the id of a root: mentions were read from it on
_SEARCHED = "searched "  # ... : up to which its conversation was searched
OVERLAP = timedelta(minutes=10)
"""Read again each time: X indexes side by side, and what was read on the same day is free."""
WINDOW = timedelta(days=7) - timedelta(minutes=10)
"""How old a since_id and what is searched may be, with time to spare."""


@dataclass(frozen=True)
class Watching:
    """What one collection goes by. marks: as they were committed. now: aware UTC."""

    posts: Sequence[WatchedPost]
    marks: Mapping[str, str]
    own_id: str
    now: datetime

    @property
    def own(self) -> list[WatchedPost]:
        """Posts of the account: replies to them name it."""
        return [post for post in self.posts if is_own(post, self.own_id)]

    @property
    def others(self) -> list[WatchedPost]:
        """Adopted posts of somebody else."""
        return [post for post in self.posts if not is_own(post, self.own_id)]

    @property
    def read_until(self) -> int:
        """The id up to which mentions were read, 0 before the first time."""
        return int(self.marks.get(MENTIONS) or 0)

    @property
    def settled_until(self) -> int:
        """Ids below it are not indexed any more."""
        return id_at(self.now - OVERLAP)

    @property
    def quiet_until(self) -> int:
        """Below it nothing new shows up, however late."""
        return id_at(self.now - timedelta(days=1))

    def descend(self, name: str) -> Descent:
        """A source of posts, as far as it was read."""
        return Descent(name, self.marks)

    def clamp(self, since_id: int) -> int:
        """The oldest id that a search takes, where `since_id` is older."""
        return max(since_id, id_at(self.now - WINDOW))

    def find_start_of_mentions(self) -> int:
        """From which id mentions are wanted: those of a post that was not watched yet are wanted from its beginning."""
        roots = [root_id(post) for post in self.own]
        new = [root_id(post) for post in self.own if f"{_BEGUN}{root_id(post)}" not in self.marks]
        if not self.read_until:
            return min(roots)
        return max(min(roots), min([self.read_until, self.settled_until, *new]))

    def mark_begun(self) -> dict[str, str]:
        """The marks of the posts that are watched from their beginning on."""
        return {f"{_BEGUN}{root_id(post)}": "yes" for post in self.own}

    def start_searches(self, posts: Iterable[WatchedPost]) -> dict[int, int]:
        """By root, from which id its conversation is searched: its own parts need not be paid for."""
        starts = {}
        for post in posts:
            found = int(self.marks.get(f"{_SEARCHED}{root_id(post)}") or 0)
            begin = max(int(part.remote_id) for part in post.parts)
            starts[root_id(post)] = self.clamp(max(begin, min(found, self.settled_until)))
        return starts

    def start_below(self, since_id: int) -> dict[int, int]:
        """By root, from which id a search goes on where mentions since `since_id` end too early."""
        return {root_id(post): self.clamp(max(since_id, root_id(post))) for post in self.own}

    def is_too_old(self, since_id: int) -> bool:
        """Whether X would refuse it."""
        return since_id < id_at(self.now - WINDOW)

    def is_unsearched(self, post: WatchedPost) -> bool:
        """Whether its conversation was not searched for a day."""
        root = root_id(post)
        return max(root, int(self.marks.get(f"{_SEARCHED}{root}") or 0)) < self.quiet_until

    def mark_search(self, roots: Iterable[int], replies: Iterable[Reply]) -> dict[str, str]:
        """The marks of these conversations after a complete search: up to now, but for what is still being indexed."""
        by_id = {post.id: root_id(post) for post in self.posts}
        until = {root: max(self.settled_until, int(self.marks.get(f"{_SEARCHED}{root}") or 0)) for root in roots}
        for reply in replies:
            root = by_id[reply.post_id]
            until[root] = max(until[root], int(reply.version))
        return {f"{_SEARCHED}{root}": str(id_) for root, id_ in until.items()}

    def translate(self, posts: Iterable[Payload]) -> Iterator[Reply]:
        """Those that answer a watched post, but for its own parts."""
        by_conversation = {str(root_id(post)): post for post in self.posts}
        parts = {part.remote_id for post in self.posts for part in post.parts}
        for post in posts:
            watched = by_conversation.get(post.get("conversation_id") or "")
            if watched is not None and post["id"] not in parts:
                yield to_reply(post, watched.id)


def is_own(post: WatchedPost, own_id: str) -> bool:
    """Whether the account wrote it: what was adopted of others names its author."""
    return post.parts[0].extra.get("author", own_id) == own_id


def root_id(post: WatchedPost) -> int:
    """The id of the post, which is that of its conversation."""
    return int(post.parts[0].remote_id)
