"""The sandbox's network: people, posts, replies and votes in memory.

It has no clock: whoever acts says when. Ids are counted, so the same acts give the same network. Every visible
change is an event with a sequence number that only grows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LINK = "https://sandbox.example/post/"


def read_link(link: str) -> str | None:
    """The id in a link to a post, None where it is no such link."""
    post_id = link.removeprefix(LINK)
    return post_id if link.startswith(LINK) and post_id and "/" not in post_id else None


class NoSuchPost(LookupError):
    """There never was such a post, or it was deleted."""


class Refused(ValueError):
    """The network does not take this: an empty text, a vote after the close."""


@dataclass(slots=True)
class SandboxPerson:
    """Somebody with a profile. `handle` is also the id."""

    handle: str
    display_name: str = ""
    labels: tuple[str, ...] = ()
    opted_out: bool = False
    verified_by: str = ""


@dataclass(slots=True)
class Ballot:
    """A native poll; `votes` holds one option (its index) for each handle."""

    options: tuple[str, ...]
    closes_at: datetime
    votes: dict[str, int] = field(default_factory=dict)

    def count(self) -> tuple[int, ...]:
        """Votes for each option."""
        chosen = list(self.votes.values())
        return tuple(chosen.count(option) for option in range(len(self.options)))


@dataclass(slots=True)
class SandboxPost:
    """A post or a reply.

    posted_at: what its author says; received_at: when it came. edition: 1 and one more for each edit. sequence: of
    the event that brought it. files: what is attached, by name.
    """

    id: str
    author: SandboxPerson
    text: str
    posted_at: datetime
    received_at: datetime
    sequence: int
    key: str = ""
    parent: str | None = None
    root: str = ""
    language: str = ""
    place: str = ""
    ballot: Ballot | None = None
    edition: int = 1
    edited_at: datetime | None = None
    hidden: bool = False
    deleted: bool = False
    audience: str = "public"
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def link(self) -> str:
        return LINK + self.id


class Change(StrEnum):
    """What an event is about."""

    POSTED = "posted"
    EDITED = "edited"
    HIDDEN = "hidden"
    DELETED = "deleted"
    VOTED = "voted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SandboxEvent:
    """One visible change. `detail` is what everybody could see of it."""

    sequence: int
    change: Change
    post: str
    root: str
    at: datetime
    detail: dict[str, str]


def ignore(_event: SandboxEvent) -> None:
    """Nobody watches."""


class SandboxNetwork:
    """A network that lives as long as this object.

    name: the beginning of every id. watch: called with each event, once it is true and before the act returns.
    """

    def __init__(self, name: str = "sandbox", watch: Callable[[SandboxEvent], None] = ignore) -> None:
        self.name = name
        self.people: dict[str, SandboxPerson] = {}
        self.posts: dict[str, SandboxPost] = {}
        self.events: list[SandboxEvent] = []
        self._watch = watch
        self._by_key: dict[tuple[str, str], str] = {}
        self._below: dict[str, list[SandboxPost]] = {}  # by root

    @classmethod
    def restore(
        cls, name: str, people: list[SandboxPerson], posts: list[SandboxPost], events: list[SandboxEvent]
    ) -> "SandboxNetwork":
        """A network as it was. posts: in the order in which they came."""
        network = cls(name)
        network.people = {person.handle: person for person in people}
        network.posts = {post.id: post for post in posts}
        network.events = events
        network._by_key = {(post.author.handle, post.key): post.id for post in posts if post.key}
        for post in posts:
            if post.parent is not None:
                network._below.setdefault(post.root, []).append(post)
        return network

    # ------------------------------------------------------------ people

    def join(
        self,
        handle: str,
        display_name: str = "",
        *,
        labels: tuple[str, ...] = (),
        opted_out: bool = False,
        verified_by: str = "",
    ) -> SandboxPerson:
        """Make or change a profile. verified_by: who vouches for it on the network, "" where nobody does."""
        person = self.person(handle)
        person.display_name, person.labels, person.opted_out = display_name, labels, opted_out
        person.verified_by = verified_by
        return person

    def person(self, handle: str) -> SandboxPerson:
        """Who has this handle; made at the first mention."""
        return self.people.setdefault(handle, SandboxPerson(handle))

    # ------------------------------------------------------------ acts

    def post(
        self,
        author: str,
        text: str,
        at: datetime,
        *,
        parent: str | None = None,
        key: str = "",
        language: str = "",
        place: str = "",
        ballot: Ballot | None = None,
        received_at: datetime | None = None,
        files: dict[str, bytes] | None = None,
        audience: str = "public",
    ) -> SandboxPost:
        """Write a post, or with `parent` a reply. The same author and key once more is the same post.

        `received_at` is given where `at` is the author's word and the post comes later.
        """
        known = self._by_key.get((author, key)) if key else None
        if known is not None:
            return self.posts[known]
        root = self.get_post(parent).root if parent else ""
        number = len(self.posts) + 1
        post_id = f"{self.name}-{number}"
        post = SandboxPost(
            id=post_id,
            author=self.person(author),
            text=text,
            posted_at=at,
            received_at=received_at or at,
            sequence=len(self.events) + 1,
            key=key,
            parent=parent,
            root=root or post_id,
            language=language,
            place=place,
            ballot=ballot,
            files=files or {},
            audience=audience,
        )
        self.posts[post.id] = post
        if root:
            self._below.setdefault(root, []).append(post)
        if key:
            self._by_key[author, key] = post.id
        self._record(Change.POSTED, post, post.received_at, author=author, text=text, key=key, parent=parent or "")
        return post

    def edit(self, post_id: str, text: str, at: datetime) -> SandboxPost:
        """Change the wording; the edition grows."""
        post = self.get_post(post_id)
        post.text, post.edited_at, post.edition = text, at, post.edition + 1
        self._record(Change.EDITED, post, at, text=text)
        return post

    def hide(self, post_id: str, at: datetime) -> None:
        """Hide a reply from its conversation; it can still be read by its id."""
        post = self.get_post(post_id)
        post.hidden = True
        self._record(Change.HIDDEN, post, at)

    def delete(self, post_id: str, at: datetime) -> None:
        """Delete a post, not the replies to it; what is deleted already stays so."""
        if self._find(post_id).deleted:
            return
        post = self.posts[post_id]
        post.deleted, post.text = True, ""
        self._record(Change.DELETED, post, at)

    def vote(self, post_id: str, voter: str, option: int, at: datetime) -> None:
        """Choose an option of a native poll; the last choice counts."""
        ballot = self._ballot(post_id)
        if at >= ballot.closes_at:
            raise Refused(f"the poll {post_id} closed at {ballot.closes_at.isoformat()}")
        if option not in range(len(ballot.options)):
            raise Refused(f"the poll {post_id} has {len(ballot.options)} options, no number {option}")
        ballot.votes[self.person(voter).handle] = option
        self._record(Change.VOTED, self.posts[post_id], at)

    def close_poll(self, post_id: str, at: datetime) -> None:
        """End a poll; an ended one stays ended."""
        ballot = self._ballot(post_id)
        if at < ballot.closes_at:
            ballot.closes_at = at
            self._record(Change.CLOSED, self.posts[post_id], at)

    # ------------------------------------------------------------ reading

    def get_post(self, post_id: str) -> SandboxPost:
        """The post if it was not deleted. Raises NoSuchPost."""
        post = self._find(post_id)
        if post.deleted:
            raise NoSuchPost(f"the post {post_id} was deleted")
        return post

    def by_key(self, author: str, key: str) -> SandboxPost | None:
        """The post that was written with this key."""
        post_id = self._by_key.get((author, key))
        return self.posts[post_id] if post_id else None

    def by_author(self, author: str) -> list[SandboxPost]:
        """The posts of an author that were not deleted, oldest first."""
        return [post for post in self.posts.values() if post.author.handle == author and not post.deleted]

    def replies(self, root: str) -> list[SandboxPost]:
        """The replies below a root that were not deleted, oldest first, hidden ones too."""
        return [post for post in self._below.get(root, ()) if not post.deleted]

    # ------------------------------------------------------------ within

    def _find(self, post_id: str) -> SandboxPost:
        try:
            return self.posts[post_id]
        except KeyError:
            raise NoSuchPost(f"there is no post {post_id}") from None

    def _ballot(self, post_id: str) -> Ballot:
        ballot = self.get_post(post_id).ballot
        if ballot is None:
            raise Refused(f"the post {post_id} has no poll")
        return ballot

    def _record(self, change: Change, post: SandboxPost, at: datetime, **detail: str) -> None:
        event = SandboxEvent(len(self.events) + 1, change, post.id, post.root, at, detail)
        self.events.append(event)
        self._watch(event)
