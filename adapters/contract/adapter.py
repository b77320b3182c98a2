"""The contract of a platform.

An adapter is one account on one platform and an async context manager. Opening it makes calls possible and no
more: no request is sent. It raises nothing but `AdapterError`, and it never touches the store or the clock; what it
may ask of pullquote is the `Host`, given to its factory. `adapters.testing` holds the suite that every adapter must
pass.
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
