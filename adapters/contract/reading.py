"""What is read: watched posts, replies, counts, and what a later look found. Moments are aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from adapters.contract.sending import Reference


@dataclass(frozen=True, slots=True)
class WatchedPost:
    """A post whose replies are wanted."""

    id: int  # ours; comes back in `Reply.post_id`
    parts: tuple[Reference, ...]  # root first; none where `prepare` answered none: what comes in from `opened_at` on
    opened_at: datetime
    stored: int = 0  # replies that we hold
    counted: int | None = None  # the platform's own count at `counted_at`; None before the first time
    thorough: bool = False  # read everything, whatever the counts say (the first collection, the close)
    direct: int = 0  # those of `stored` that stand and answer a part itself, with what who asked wrote below it
    counted_at: datetime | None = None
    slug: str = ""  # of its question: where nothing is posted, an address is made of it


@dataclass(frozen=True, slots=True)
class Watched:
    """All open posts of one account, and the marks that were committed with earlier pages."""

    posts: tuple[WatchedPost, ...]
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a platform itself shows of who a profile belongs to; never a verdict on a person."""

    kind: str  # `domain`: the handle is a domain name that its owner proved; `verified`: the platform shows a mark
    detail: str = ""  # the domain; who gave the mark, "" where that is the platform


@dataclass(frozen=True, slots=True)
class Author:
    """One profile on one platform."""

    remote_id: str
    handle: str
    display_name: str = ""
    labels: frozenset[str] = frozenset()
    opted_out: bool = False  # the profile itself asks not to be quoted or processed (`#nobot`)
    link: str = ""
    evidence: tuple[Evidence, ...] = ()
    made_at: datetime | None = None  # when the profile was made, where the platform tells


class Standing(StrEnum):  # whether a reply may be seen where it was written
    VISIBLE = "visible"
    HIDDEN = "hidden"
    BLOCKED = "blocked"


class Audience(StrEnum):  # for whom it was written; but for PUBLIC consent comes first, whatever the platform
    PUBLIC = "public"
    FOLLOWERS = "followers"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Reply:
    """What someone wrote to a watched post. Markup is the adapter's: quotes are proven against what a reader sees."""

    remote_id: str
    post_id: int
    author: Author
    text: str | None  # None where it could not be read, never "" for that
    posted_at: datetime  # what the platform says; may be backdated
    link: str = ""
    parent_remote_id: str | None = None
    version: str = ""  # the platform's name for this wording (a cid), "" where it has none
    edited_at: datetime | None = None
    languages: tuple[str, ...] = ()
    standing: Standing = Standing.VISIBLE
    foreign: tuple[tuple[int, int], ...] = ()  # spans of `text` (start, end) that quote somebody else
    extra: Mapping[str, str] = field(default_factory=dict)
    audience: Audience = Audience.PUBLIC
    original: str | None = None  # the markup that `text` was made of, None where `text` is what was written


@dataclass(frozen=True, slots=True)
class Page:
    """Replies, remote ids that are gone for certain, and the marks that are safe once this page is committed."""

    replies: tuple[Reply, ...] = ()
    gone: tuple[str, ...] = ()  # of replies, and of watched parts that are no longer there
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """The platform's own counts."""

    votes: tuple[int, ...] | None = None  # a number an option, in their order; None where it has no poll
    replies: int | None = None  # without our own self-replies
    nested: bool = False  # replies to replies are among them
    final: bool = False  # the poll has ended
    voters: Mapping[str, tuple[int, ...]] | None = None  # who chose which, all of them, where votes are named and read


class Freshness(StrEnum):  # what a re-read found; UNKNOWN is not quoted today and purges nothing
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
