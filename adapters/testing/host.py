"""A `Host` in memory that records everything an adapter asks of it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from adapters.contract.errors import AdapterError, OverBudget
from adapters.contract.forms import ConsentDecision, ConsentRequest, PostedQuestion
from adapters.contract.reading import Reply
from adapters.contract.sending import Reference
from adapters.testing.form_labels import FORM_LABELS

START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
"""A Monday morning: where the clock of a `RecordingHost` stands unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A form was handed in."""

    reply: Reply
    leave: ConsentDecision | None


@dataclass(frozen=True, slots=True)
class Voted:
    """A button of a poll was pressed."""

    post_id: int
    voter: str
    option: int


@dataclass(frozen=True, slots=True)
class Consented:
    """Somebody decided about a request for leave."""

    author_remote_id: str
    request: str
    leave: ConsentDecision


@dataclass(frozen=True, slots=True)
class Saved:
    """An editor saved a message."""

    reply: Reply
    by: str


class RecordingInbox:
    """Keeps the first of each interaction id, in the order they came in: `received[interaction_id]`.

    refusing: raised by whatever comes in next. guilds: where the account is. counts: what a vote is answered with.
    """

    def __init__(self) -> None:
        self.received: dict[str, Answered | Voted | Consented | Saved] = {}
        self.refusing: AdapterError | None = None
        self.guilds: set[str] = set()
        self.counts: tuple[int, ...] | None = None

    async def answered(self, interaction_id: str, reply: Reply, leave: ConsentDecision | None) -> int:
        self._receive(interaction_id, Answered(reply, leave))
        answers = (each.reply for each in self.received.values() if isinstance(each, Answered))
        return len({each.author.remote_id for each in answers if each.post_id == reply.post_id})

    async def voted(self, interaction_id: str, post_id: int, voter: str, option: int) -> tuple[int, ...] | None:
        self._receive(interaction_id, Voted(post_id, voter, option))
        return self.counts

    async def consented(self, interaction_id: str, author_remote_id: str, request: str, leave: ConsentDecision) -> None:
        self._receive(interaction_id, Consented(author_remote_id, request, leave))

    async def saved(self, interaction_id: str, reply: Reply, by: str) -> int:
        self._receive(interaction_id, Saved(reply, by))
        return len(self.received)

    async def left(self, guild: str) -> None:
        self.guilds.discard(guild)

    async def joined(self, guild: str) -> None:
        self.guilds.add(guild)

    def _receive(self, interaction_id: str, what: Answered | Voted | Consented | Saved) -> None:
        if self.refusing is not None:
            raise self.refusing
        self.received.setdefault(interaction_id, what)


class RecordingHost:
    """A `Host` and a `FormHost`: everything an adapter may ask of pullquote, without pullquote.

    current: what `now()` says; set it, or `advance` it. saved: what is stored by name. saves: each save in order.
    ceilings: the most that may be spent of a unit; a unit without one is free. spent: what was. hints: the
    references of each hint. times: what servers said their time is. questions: by post id, what is asked.
    requests: by key, who was asked for leave. editors: roles that edit.
    """

    def __init__(self, current: datetime = START, ceilings: Mapping[str, int] | None = None) -> None:
        self.current = current
        self.saved: dict[str, str] = {}
        self.saves: list[tuple[str, str]] = []
        self.ceilings = dict(ceilings or {})
        self.spent: Counter[str] = Counter()
        self.hints: list[tuple[Reference, ...]] = []
        self.times: list[datetime] = []
        self.questions: dict[int, PostedQuestion] = {}
        self.requests: dict[str, ConsentRequest] = {}
        self.editors: set[str] = set()
        self._inbox = RecordingInbox()
        self._locks: dict[str, asyncio.Lock] = {}
        self._billed: dict[tuple[str, date], set[str]] = {}

    @property
    def inbox(self) -> RecordingInbox:
        return self._inbox

    def now(self) -> datetime:
        return self.current

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.current += by

    async def load(self, name: str) -> str | None:
        return self.saved.get(name)

    async def save(self, name: str, value: str) -> None:
        self.saved[name] = value
        self.saves.append((name, value))

    @asynccontextmanager
    async def exclusive(self, name: str) -> AsyncIterator[None]:
        async with self._locks.setdefault(name, asyncio.Lock()):
            yield

    async def spend(self, unit: str, amount: int) -> None:
        ceiling = self.ceilings.get(unit)
        if ceiling is not None and self.spent[unit] + amount > ceiling:
            raise OverBudget(f"{amount} more {unit} would exceed the limit of {ceiling}; {self.spent[unit]} are spent")
        self.spent[unit] += amount

    async def settle(self, unit: str, counted: int, read: Collection[str]) -> None:
        billed = self._billed.setdefault((unit, self.now().date()), set())
        self.spent[unit] += len(set(read) - billed) - counted
        billed.update(read)

    def note_time(self, theirs: datetime) -> None:
        self.times.append(theirs)

    def hint(self, references: Sequence[Reference] = ()) -> None:
        self.hints.append(tuple(references))

    async def get_question(
        self,
        post_id: int,
        author: str = "",  # noqa: ARG002
        guild: str | None = None,  # noqa: ARG002
    ) -> PostedQuestion | None:
        return self.questions.get(post_id)

    async def list_questions(self, guild: str) -> Sequence[PostedQuestion]:  # noqa: ARG002
        return tuple(self.questions.values())

    def get_labels(self, language: str) -> Mapping[str, str]:  # noqa: ARG002
        return FORM_LABELS

    async def get_consent_request(self, key: str, guild: str | None = None) -> ConsentRequest | None:  # noqa: ARG002
        return self.requests.get(key)

    async def may_edit(self, guild: str, roles: Collection[str], *, manages: bool) -> bool:  # noqa: ARG002
        return manages or not self.editors.isdisjoint(roles)
