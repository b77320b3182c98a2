"""What is read: watched posts, replies, counts, and what a later look found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from adapters.contract.sending import Reference


@dataclass(frozen=True, slots=True)
class WatchedPost:
    """A post whose replies are wanted.

    id: ours; comes back in `Reply.post_id`. parts: root first. opened_at: aware UTC. stored: replies that we hold.
    direct: those of them that stand and answer a part itself, with what who asked wrote below it.
    counted: the platform's own reply count when it was last counted, at `counted_at`; None before the first time.
    thorough: read everything, whatever the counts say (the first collection, the close).
    """

    id: int
    parts: tuple[Reference, ...]
    opened_at: datetime
    stored: int = 0
    counted: int | None = None
    thorough: bool = False
    direct: int = 0
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """All open posts of one account, and the marks that were committed with earlier pages."""

    posts: tuple[WatchedPost, ...]
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a platform itself shows of who a profile belongs to; never a verdict on a person.

    kind: `domain` (the handle is a domain name that its owner proved; detail: the domain) or `verified` (the platform
    shows a mark; detail: who gave it, "" where that is the platform).
    """

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """One profile on one platform. `opted_out`: the profile itself asks not to be quoted or processed (`#nobot`)."""

    remote_id: str
    handle: str
    display_name: str = ""
    labels: frozenset[str] = frozenset()
    opted_out: bool = False
    link: str = ""
    evidence: tuple[Evidence, ...] = ()


class Standing(StrEnum):
    """Whether a reply may be seen where it was written."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Reply:
    """What someone wrote to a watched post.

    text: None where it could not be read, never "" for that. version: the platform's name for this wording (a
    cid), "" where it has none. posted_at: what the platform says; may be backdated. foreign: spans of `text`
    (start, end) that quote somebody else.
    """

    remote_id: str
    post_id: int
    author: Author
    text: str | None
    posted_at: datetime
    link: str = ""
    parent_remote_id: str | None = None
    version: str = ""
    edited_at: datetime | None = None
    languages: tuple[str, ...] = ()
    standing: Standing = Standing.VISIBLE
    foreign: tuple[tuple[int, int], ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Replies, remote ids that are gone for certain, and the marks that are safe once this page is committed.

    gone: of replies, and of watched parts that are no longer there.
    """

    replies: tuple[Reply, ...] = ()
    gone: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """The platform's own counts.

    votes: one number an option, in their order, None where it counts none. replies: without our own self-replies;
    nested: replies to replies are among them. voters: who chose which options, by the voter's remote id, all of
    them; None where votes are not named or were not read.
    """

    votes: tuple[int, ...] | None = None
    replies: int | None = None
    nested: bool = False
    final: bool = False
    voters: Mapping[str, tuple[int, ...]] | None = None


class Freshness(StrEnum):
    """What a re-read found. UNKNOWN is not quoted today and purges nothing."""

    SAME = "same"
    EDITED = "edited"
    GONE = "gone"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """A stored reply to be read again: its reference, its post, the version that is held, its author's handle."""

    reference: Reference
    post_id: int
    version: str = ""
    text: str | None = None
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Reread:
    """The answer for one `Known`. `reply` is given where it was EDITED, and with SAME where its author became known."""

    remote_id: str
    freshness: Freshness
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class FoundPost:
    """Somebody's post behind a link."""

    reference: Reference
    author: Author
    text: str
    posted_at: datetime
    language: str = ""
    replies: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an account is logged in as."""

    remote_id: str
    handle: str
