"""What stands on X: accounts, posts with their wordings, polls."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

MOST_EDITS = 5
EDITABLE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Keys:
    """What an app signs with when it acts for an account (OAuth 1.0a)."""

    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str


@dataclass(slots=True, eq=False)
class Account:
    """owns_app: the app of its keys is its own, so that reads of its own things are cheap."""

    id: str
    handle: str
    name: str
    keys: Keys
    joined_at: datetime
    owns_app: bool = True
    description: str = ""
    protected: bool = False
    suspended: bool = False


@dataclass(slots=True, eq=False)
class Poll:
    """votes: the chosen option by the id of who voted."""

    id: str
    options: tuple[str, ...]
    minutes: int
    ends_at: datetime
    votes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a post under an id of its own. words: as they were written, without the handles before them."""

    id: int
    words: str
    at: datetime


@dataclass(slots=True, eq=False)
class Post:
    """A post with all its wordings, oldest first.

    before: the handles that X puts before the words of a reply. mentions: accounts that are named, there or in the
    words. root: of its conversation, None for a post that is one. replies: those that were ever written directly to it.
    """

    author: Account
    wordings: list[Wording]
    before: tuple[str, ...] = ()
    mentions: tuple[Account, ...] = ()
    parent: "Post | None" = None
    root: "Post | None" = None
    poll: Poll | None = None
    deleted: bool = False
    replies: list["Post"] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The first one, which names the post for ever."""
        return self.wordings[0].id

    @property
    def newest(self) -> Wording:
        return self.wordings[-1]

    @property
    def conversation(self) -> int:
        return (self.root or self).id

    @property
    def at(self) -> datetime:
        return self.wordings[0].at

    @property
    def stands(self) -> bool:
        """Whether everybody can see it."""
        return not (self.deleted or self.author.protected or self.author.suspended)

    def is_seen_by(self, account: Account) -> bool:
        """One's own posts are seen behind one's own protection."""
        return not self.deleted and not self.author.suspended and (account is self.author or not self.author.protected)
