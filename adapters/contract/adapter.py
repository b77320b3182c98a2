"""The contract of a platform.

An adapter raises nothing but `AdapterError`, and never touches the store or the clock; what it may ask of pullquote is
the `Host`, given to its factory. `adapters.testing` holds the suite that each must pass. What is owed stands above it.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from adapters.contract.capabilities import Capabilities
from adapters.contract.reading import FoundPost, Identity, Known, Page, Reread, Tally, Watched, WatchedPost
from adapters.contract.sending import Draft, Found, Part, Reference


class Host(Protocol):
    """What an adapter may ask of pullquote. What only buttons and forms need is `FormHost`."""

    # The present moment, aware UTC.
    def now(self) -> datetime: ...

    # What was saved under `name` for this account, or None.
    async def load(self, name: str) -> str | None: ...
    # Durable before it returns; readable by the owner alone.
    async def save(self, name: str, value: str) -> None: ...
    # Hold `name` alone among all processes (rotating a token); load again after entering.
    def exclusive(self, name: str) -> AbstractAsyncContextManager[None]: ...

    # Count `amount` of `unit` before a call that costs: the most that it can cost. Raises OverBudget.
    async def spend(self, unit: str, amount: int) -> None: ...
    # After that call: of `counted`, what it did cost is kept. read: ids of what was read or made, each of which is
    # billed once a UTC day, however often it is read.
    async def settle(self, unit: str, counted: int, read: Collection[str]) -> None: ...

    # Something happened: collect sooner; read these again: stored replies, or a part of ours for all said to it
    def hint(self, references: Sequence[Reference] = ()) -> None: ...


class Adapter(Protocol):
    """One account on one platform."""

    # Before opening those of `Platform.capabilities_with`; once open, what an instance says of its own limits.
    @property
    def capabilities(self) -> Capabilities: ...

    # Make calls possible. Nothing is sent, but that an instance with limits of its own is asked for them.
    async def __aenter__(self) -> Self: ...
    # Release connections.
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    # Log in if needed and say as whom. Raises Unauthorized, Unavailable.
    async def identify(self) -> Identity: ...

    # The parts of `draft` in order, root first, each with a key derived from `key` and its exact payload; none where
    # nothing is posted and answers only come in (a mailbox). `at` is the time of creation written into the bytes. Equal
    # arguments give equal parts (but for what a mention resolves to). Raises Rejected where it would be refused.
    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]: ...
    # Send one part; `parents` are the references of the parts before it. Raises every AdapterError.
    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference: ...
    # Was this part, whose intent was recorded at `since`, posted? Absent only where that is proven. `parents` as in
    # `publish`: the same words below another post are another part.
    async def find(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found: ...

    # New and changed replies of all watched posts in as few calls as the platform allows. What who asked writes below
    # the own post is given too, but for the watched parts: it is no answer, and the platform counts it.
    def collect(self, watched: Watched) -> AsyncIterator[Page]: ...
    # Counts by `WatchedPost.id`; a post that cannot be counted now is left out.
    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]: ...
    # Read stored replies again, in batches; one answer for each.
    async def refresh(self, known: Sequence[Known]) -> Sequence[Reread]: ...
    # The post behind `link`. Raises Rejected where it is no post of this platform.
    async def look_up(self, link: str) -> FoundPost: ...
