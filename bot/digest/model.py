"""A digest as data. As it is stored its passages are spans without words; `fill` gives them the words."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.digest.credit import Credit
from bot.quotes import Edition


class Kind(StrEnum):
    """What a digest is about."""

    QUESTION = "question"
    WEEK = "week"


class Enough(StrEnum):
    """Whether the target of usable answers was reached."""

    REACHED = "reached"
    NOT_YET = "not_yet"
    TOO_FEW = "too_few"


# ---------------------------------------------------------------- quotes


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` to `end` of a revision; `text` is empty where it is stored, and only there.

    undated: nobody knows when it was written, and `posted_at` is when it was imported.
    """

    reply_id: int
    revision_id: int
    start: int
    end: int
    link: str
    posted_at: datetime
    text: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """One answer. verdict, score, editor, not_public are flags for the writer, empty in the public edition.

    language: BCP 47, empty where unknown. not_public: the barrier that keeps it out of the edition to share.
    option, basis: the index of the option it argues for, and how that is known; None and empty where unknown.
    abridged: it is a passage, its reply says more. common: much of it is what a chat model answers too; noticed: a
    careful editor looks twice. not_reread: nobody asked its network whether it still stands, because asking
    costs. All three for the writer alone. number: its place in the digest as it was compiled, so that it is the same in
    every format and stays when another quote goes; 0 where it is stored.
    """

    passages: tuple[Passage, ...]
    credit: Credit
    platform: str
    language: str = ""
    verdict: str = ""
    score: float | None = None
    editor: str = ""
    not_public: str = ""
    option: int | None = None
    basis: str = ""
    abridged: bool = False
    common: bool = False
    noticed: bool = False
    not_reread: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class MoreFor:
    """Usable answers beyond the quotes that argue for one option (its index); None: for none that we know."""

    option: int | None
    count: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An answer that is not quoted because it says the same as the quote of `like`, an answer's id. For the writer."""

    passages: tuple[Passage, ...]
    like: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """How many answers one rule set aside; the examples (three at most) are for the private edition."""

    rule: str
    count: int
    examples: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class NotQuoted:
    """How many answers a barrier keeps out of this edition. For the writer: links where to ask, ids to look at."""

    barrier: str
    count: int
    links: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()


# ---------------------------------------------------------------- the question


@dataclass(frozen=True, slots=True)
class Posting:
    """Where and when one post went out. account: its handle, or its name in the config."""

    platform: str
    account: str
    link: str
    at: datetime
    late: bool = False


@dataclass(frozen=True, slots=True)
class PostedWording:
    """The texts of a post as they were sent, root first, and every post with exactly these texts."""

    texts: tuple[str, ...]
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Votes an option of one post, in the order of the options. source: `platform` or `rows`."""

    platform: str
    account: str
    source: str
    votes: tuple[int, ...]
    at: datetime | None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """How complete the replies of one account are. counted: stored and missing, None if the platform counts none."""

    platform: str
    account: str
    stored: int
    counted: int | None
    hidden: int = 0
    unreadable: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class NotSent:
    """A post that did not go out, or not as planned."""

    platform: str
    account: str
    occurrence: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the question."""

    at: datetime
    message: str


@dataclass(frozen=True, slots=True)
class Block:
    """One question in full, or (`since_close`) what became usable of it after its close.

    usable: answers that may be quoted in this edition; more: those of them that are not among `quotes`, and more_for
    the same by stance. usable_ids: the ids of their first replies, so that a later week knows what is new. withdrawn:
    quotes that stood here once and may no longer be shown. closes_at: None where it has no end. hide_outlet: only
    the writer sees which outlet asks. origins: how it was asked (`posted`, `adopted`, neither), how its answers came.
    ranked_out: answers that might be quoted and are not worth reading by the estimate. left_out: the best of `more`
    that say the same as one of the quotes. common: answers that are much like the decoys; None where there are none.
    others: what else may be quoted, whole, best first: with `quotes` and `left_out` all that is usable, up to a limit.
    """

    slug: str
    text: str
    options: tuple[str, ...]
    wanted: str
    asker: str
    outlet: str
    target: int
    enough: Enough
    closes_at: datetime | None
    closed: bool
    replies: int
    answers: int
    usable: int
    more: int
    unjudged: int
    platforms: tuple[str, ...]
    wordings: tuple[PostedWording, ...] = ()
    results: tuple[Result, ...] = ()
    quotes: tuple[Quote, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    not_quoted: tuple[NotQuoted, ...] = ()
    collections: tuple[Collection, ...] = ()
    not_sent: tuple[NotSent, ...] = ()
    told: tuple[Told, ...] = ()
    usable_ids: tuple[int, ...] = ()
    since_close: bool = False
    withdrawn: int = 0
    more_for: tuple[MoreFor, ...] = ()
    language: str = ""
    hide_outlet: bool = False
    origins: tuple[str, ...] = ("posted", "collected")
    ranked_out: int = 0
    left_out: tuple[LeftOut, ...] = ()
    common: int | None = None
    others: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A question that is still open, in one line."""

    slug: str
    text: str
    closes_at: datetime | None
    answers: int
    usable: int
    target: int
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What one account spent from `since` to `until`, on all questions. micros: millionths of a dollar."""

    platform: str
    account: str
    since: datetime
    until: datetime
    micros: int
    replies: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What came since the revision before, which was compiled `at`: (before, after) where both are counts."""

    revision: int
    at: datetime
    became_final: bool
    came: int
    left: int
    usable: tuple[int, int]
    votes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """All that a digest's row stores: what can change later, no words of replies. costs: for the private edition."""

    language: str
    blocks: tuple[Block, ...] = ()
    open: tuple[OpenLine, ...] = ()
    costs: tuple[Cost, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestModel:
    """A whole digest. period: the question's slug, or the Monday of the week as text. as_of: aware UTC.

    changes: None for a first revision.
    """

    kind: Kind
    period: str
    edition: Edition
    revision: int
    final: bool
    as_of: datetime
    zone: str
    version: str
    selection: Selection = field(default_factory=lambda: Selection("en"))
    changes: Changes | None = None
