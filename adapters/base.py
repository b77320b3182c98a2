"""The contract of a platform.

An adapter is one account on one platform and an async context manager. Opening it makes calls possible and no
more: no request is sent. It raises nothing but `adapters.errors.AdapterError`, and it never touches the store or
the clock; what it may ask of pullquote is the `Host`, given to its factory. `adapters.testing` holds the suite
that every adapter must pass.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Any, Protocol, Self, TypeAlias, runtime_checkable

from pydantic import BaseModel

Payload: TypeAlias = dict[str, Any]
"""The exact JSON body of one call, but for its parents' references."""


# ---------------------------------------------------------------- what a platform can do


@dataclass(frozen=True, slots=True)
class Limit:
    """A length that must not be exceeded: `measure(text) <= maximum`, counted in `unit`."""

    unit: str
    maximum: int
    measure: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class PollLimits:
    """What a native poll accepts. A duration is a multiple of `step` between `shortest` and `longest`."""

    fewest_options: int
    most_options: int
    option: Limit
    shortest: timedelta
    longest: timedelta
    step: timedelta
    question: Limit | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Data that `render`, `publish` and the rules of quoting read instead of a platform's name.

    limits: every one holds for each text that is sent.
    poll: None where options can only be printed.
    threads: a text may go on in replies to itself.
    repeats_safely: publishing a part again with the same key is the same post.
    settle_after: None where `find` proves absence; otherwise how long after the intent, with three complete
        and empty look-ups, a part may be sent once more.
    consent_first: an author's words need that author's consent before they leave the platform.
    whole_posts_only: a reply is quoted whole or not at all.
    forbidding_labels: labels of an author that forbid quoting in public.
    needs_place: a target must name a place (a channel).
    votes_are_named: who voted for what can be read.
    refuses_repeats: a text that was posted before, by any account of the platform, is refused.
    bills_reads: reading costs money, so that nothing is read again which is not shown (see `Tariff`).
    retention: how long after the close an unquoted text may be kept at most, None where nobody says.
    find_faults: what else is wrong with a text that is to be sent, each with what to change.
    most_buttons: the most options that can be voted for by buttons; 0 where there are none.
    forms: a question offers a form, so that an answer can be given with its leave.
    may_infer: which option an answer argues for may be concluded from its words, where it does not say so itself.
    """

    limits: tuple[Limit, ...]
    poll: PollLimits | None = None
    threads: bool = True
    edits: bool = False
    repeats_safely: bool = False
    settle_after: timedelta | None = None
    consent_first: bool = False
    whole_posts_only: bool = False
    forbidding_labels: frozenset[str] = frozenset()
    needs_place: bool = False
    votes_are_named: bool = False
    refuses_repeats: bool = False
    bills_reads: bool = False
    retention: timedelta | None = None
    find_faults: Callable[[str], Sequence[str]] | None = None
    most_buttons: int = 0
    forms: bool = False
    may_infer: bool = True


# ---------------------------------------------------------------- what is sent


class Role(StrEnum):
    """What a part is in its post."""

    ROOT = "root"
    THREAD = "thread"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class Poll:
    """A native poll; `closes_at` is aware UTC."""

    options: tuple[str, ...]
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What a post will say on one platform: made by `render`, checked against `Capabilities`, sent by nobody yet.

    root makes sense alone and prints the options; thread are self-replies in order; language is BCP 47.
    vote_by_buttons: the options of `poll` are buttons and no native poll. hide_results: nobody sees counts before
    the close.
    """

    root: str
    thread: tuple[str, ...] = ()
    poll: Poll | None = None
    language: str = "en"
    place: str = ""
    vote_by_buttons: bool = False
    hide_results: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing on the platform. `extra` is what the platform needs to point at it again (a cid, a channel)."""

    remote_id: str
    link: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One call. `key` is chosen before it and never changes; the part is committed as a row before it is sent."""

    key: str
    role: Role
    payload: Payload


class Absent:
    """It is proven that the part was never posted."""


class NotYet:
    """It was not found, which proves nothing yet: look again later."""


Found: TypeAlias = Reference | Absent | NotYet


# ---------------------------------------------------------------- what is read


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


# ---------------------------------------------------------------- what an adapter may ask of us


@dataclass(frozen=True, slots=True)
class Leave:
    """What a person said about being quoted. wording: what they were shown; credit: how they want to be named."""

    granted: bool
    wording: str
    credit: str = ""
    anonymous: bool = False
    covers_vote: bool = False


class Inbox(Protocol):
    """What people hand in through buttons and forms. Idempotent by `interaction_id`; committed when it returns.

    Raises Rejected where it comes too late or from the wrong person: say so to whoever pressed.
    """

    async def answered(self, interaction_id: str, reply: Reply, leave: Leave | None) -> int:
        """Someone answered by a form; a later answer of the same author to the same post is a revision.

        Answers how many have answered that post by form. Raises Rejected where it is no longer collected.
        """

    async def voted(self, interaction_id: str, post_id: int, voter: str, option: int) -> tuple[int, ...] | None:
        """Someone chose `option` (its index); a later choice replaces the earlier one.

        Answers the votes an option, None while they are hidden. Raises Rejected where the question is closed.
        """

    async def consented(self, interaction_id: str, author_remote_id: str, request: str, leave: Leave) -> None:
        """Who was asked for leave by the request `request` (the key of `ask_author`) decided; a no after a yes
        takes it back. Raises Rejected where somebody else pressed, or the words are gone.
        """

    async def withdrew(self, interaction_id: str, author_remote_id: str, remote_id: str | None) -> None:
        """An author takes one reply back, or with None everything of theirs."""

    async def saved(self, interaction_id: str, reply: Reply, by: str) -> int:
        """An editor saved what somebody wrote, as an answer to the post `reply.post_id`; answers our id of it.

        Ask `Host.may_edit` before. Raises Rejected where its author had themselves erased.
        """

    async def left(self, guild: str) -> None:
        """The account was removed from a community; what was said there is kept for the retention, then erased."""

    async def joined(self, guild: str) -> None:
        """The account is in a community (again)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form, a button or a counter must say of a question.

    outlet: for whom it is asked, "" where that is hidden. words: the table `[form]` in the question's language.
    open: answers and votes are taken. hides_results: no counts are shown now. given: what the author in question
    has answered by form, so that it can be changed.
    """

    post_id: int
    question: str
    outlet: str
    language: str
    options: tuple[str, ...]
    closes_at: datetime | None
    open: bool
    hides_results: bool
    words: Mapping[str, str] = field(default_factory=dict)
    given: str = ""


@dataclass(frozen=True, slots=True)
class LeaveRequest:
    """A request for leave that stands under somebody's message, as its buttons need it.

    key: that of `ask_author`. decided: `yes`, `anonymous`, `no`, or "" for not yet. words: the table `[leave]` in
    the question's language. votes: people chose between options.
    """

    key: str
    author_remote_id: str
    remote_id: str
    wording: str
    language: str
    decided: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    votes: bool = False


class Host(Protocol):
    """Everything an adapter may ask of pullquote."""

    @property
    def inbox(self) -> Inbox:
        """The way in for buttons and forms."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""

    async def load(self, name: str) -> str | None:
        """What was saved under `name` for this account, or None."""

    async def save(self, name: str, value: str) -> None:
        """Durable before it returns; readable by the owner alone."""

    def exclusive(self, name: str) -> AbstractAsyncContextManager[None]:
        """Hold `name` alone among all processes (rotating a token); reload after entering."""

    async def spend(self, unit: str, amount: int) -> None:
        """Count `amount` of `unit` before a call that costs: the most that it can cost. Raises `OverBudget`."""

    async def settle(self, unit: str, counted: int, read: Collection[str]) -> None:
        """After that call: of `counted`, what it did cost is kept.

        read: ids of what was read or made. Each is billed once a UTC day, however often it is read.
        """

    def hint(self, references: Sequence[Reference] = ()) -> None:
        """Something happened: collect sooner, and re-read `references`: stored replies, or a part of ours for all
        that was said to it.
        """

    async def asked(self, post_id: int, author_remote_id: str = "") -> Asked | None:
        """What is asked by one of our posts, None where there is none. author_remote_id: whose answer `given` is."""

    async def questions_of(self, guild: str) -> Sequence[Asked]:
        """What was asked in a community and still takes answers, the newest first; to save an answer under it."""

    def words(self, language: str) -> Mapping[str, str]:
        """The table `[form]` in the language nearest to `language`, for what belongs to no question any more."""

    async def requested(self, key: str) -> LeaveRequest | None:
        """A request for leave by its key, None where there is none (any more)."""

    async def may_edit(self, guild: str, roles: Collection[str], *, manages: bool) -> bool:
        """Whether somebody with these roles in a community is an editor; manages: they run the community."""


# ---------------------------------------------------------------- the adapter


class Adapter(Protocol):
    """One account on one platform."""

    @property
    def capabilities(self) -> Capabilities:
        """Known before opening."""

    async def __aenter__(self) -> Self:
        """Make calls possible; send nothing."""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release connections."""

    async def identify(self) -> Identity:
        """Log in if needed and say as whom. Raises Unauthorized, Unavailable."""

    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
        """The parts of `draft` in order, root first, each with a key derived from `key` and its exact payload.

        `at` is the time of creation written into the bytes. Equal arguments give equal parts (but for what a
        mention resolves to). Raises Rejected where the platform would refuse the draft.
        """

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:
        """Send one part; `parents` are the references of the parts before it. Raises every AdapterError."""

    async def find(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        """Was this part, whose intent was recorded at `since`, posted? `Absent` only where that is proven.

        `parents` as in `publish`: the same words below another post are another part (a notice is the same under
        every question).
        """

    def collect(self, watched: Watched) -> AsyncIterator[Page]:
        """New and changed replies of all watched posts in as few calls as the platform allows.

        What who asked writes below the own post is given too, but for the watched parts: it is no answer, and the
        platform counts it.
        """

    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]:
        """Counts by `WatchedPost.id`; a post that cannot be counted now is left out."""

    async def refresh(self, known: Sequence[Known]) -> Sequence[Reread]:
        """Read stored replies again, in batches; one answer for each."""

    async def look_up(self, link: str) -> FoundPost:
        """The post behind `link`. Raises Rejected where it is no post of this platform."""


@runtime_checkable
class Retracts(Protocol):
    """Can take a post back."""

    async def retract(self, reference: Reference) -> None:
        """Delete what we posted; deleting what is gone already is success."""


@runtime_checkable
class ClosesPolls(Protocol):
    """Can end a native poll before its time."""

    async def close_poll(self, reference: Reference) -> None:
        """End it; ending an ended poll is success."""


@runtime_checkable
class Listens(Protocol):
    """Has a gateway. Runs only under `pullquote run`, one holder at a time."""

    async def listen(self) -> None:
        """Run until cancelled; events only hint or go to the Inbox."""


@runtime_checkable
class AsksAuthor(Protocol):
    """Can ask one author for leave, in public, in reply to what they wrote."""

    async def ask_author(self, reply: Reference, wording: str, key: str, since: datetime | None = None) -> Reference:
        """Ask once; a repeat with the same key is the same request. wording: plain text, in which nothing is a link,
        a mark or a mention.

        since: an earlier try began then and its outcome is unclear: look for it, and send only where it is not there.
        """


@runtime_checkable
class Delivers(Protocol):
    """Can put a digest into a place of the platform."""

    async def deliver(
        self, place: str, text: str, files: Mapping[str, bytes], key: str, since: datetime | None = None
    ) -> Reference:
        """Deliver once; a repeat with the same key is the same delivery. text and since as in `ask_author`."""


@runtime_checkable
class HasCommands(Protocol):
    """Has commands that its people type or choose from a menu. What they do is pullquote's (`bot.commands`)."""

    def offer_commands(self, install: Callable[[Any, Any], Awaitable[None]]) -> None:
        """`await install(client, tree)` runs for every new client of the SDK, before it is logged in; what `tree`
        then holds is made known to the platform, where it is not known yet.
        """


@runtime_checkable
class Advises(Protocol):
    """Knows what is still to be done on its platform before the account works there."""

    async def advise(self) -> Sequence[str]:
        """For `pullquote check --online`, one sentence each: a link to invite the bot with, a switch that is off.

        Raises AdapterError.
        """


# ---------------------------------------------------------------- the platform


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the calls of one account cost. Money is in millionths of a US dollar.

    prices: by unit of `Host.spend`. as_of: the day on which they were last looked up. posting: the units that posting
    takes; the others are reads. monthly: the most that may be spent in a UTC month, by reads and posts. reserve: the
    part of it that reads leave for posts. daily: the most that reads may spend in a UTC day.
    bill_draft: units that posting takes. bill_replies: units that collecting so many replies to a post in so long
    takes. bill_adoption: units that reading so many replies to somebody else's post takes. reaches_back: how old
    those may be. tell_owner: whether the account that is logged in with a handle reads at the lower price, a sentence.
    """

    as_of: date
    prices: Mapping[str, int]
    posting: frozenset[str]
    monthly: int
    daily: int
    reserve: int
    bill_draft: Callable[[Draft], Mapping[str, int]]
    bill_replies: Callable[[int, timedelta], Mapping[str, int]]
    bill_adoption: Callable[[int], Mapping[str, int]]
    reaches_back: timedelta
    tell_owner: Callable[[str], str]

    def price(self, units: Mapping[str, int]) -> int:
        """What these units cost."""
        return sum(self.prices[unit] * amount for unit, amount in units.items())


@dataclass(frozen=True, slots=True)
class Platform:
    """What an entry point of the group `pullquote.adapters` names. Importing it must not import an SDK.

    settings: the keys of an account in config.toml; a field of type SecretStr is given as `{ env }` or `{ file }`.
    connect: makes the adapter of one account (imports the SDK; sends nothing).
    recognises: whether a link belongs to this platform.
    capabilities_of: where what an account can do depends on its settings.
    tariff_of: what an account with these settings pays; None where nothing costs.
    reads_without_account: `connect(settings(), host)` can look up and collect public posts.
    """

    name: str
    title: str
    settings: type[BaseModel]
    capabilities: Capabilities
    connect: Callable[[Any, Host], Adapter]
    recognises: Callable[[str], bool]
    reads_without_account: bool = False
    capabilities_of: Callable[[Any], Capabilities] | None = None
    tariff_of: Callable[[Any], Tariff] | None = None

    def capabilities_with(self, settings: Any) -> Capabilities:
        """What an account with these settings can do; no SDK is imported."""
        return self.capabilities_of(settings) if self.capabilities_of else self.capabilities

    def tariff_with(self, settings: Any) -> Tariff | None:
        """What an account with these settings pays; no SDK is imported."""
        return self.tariff_of(settings) if self.tariff_of else None
