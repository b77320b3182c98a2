"""The contract of a platform.

An adapter is one account on one platform and an async context manager. Opening it makes calls possible and no
more: no request is sent. It raises nothing but `AdapterError`, and it never touches the store or the clock; what it
may ask of pullquote is the `Host`, given to its factory. `adapters.testing` holds the suite that every adapter must
pass.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self, runtime_checkable

from adapters.contract.capabilities import Capabilities
from adapters.contract.reading import FoundPost, Identity, Known, Page, Reread, Tally, Watched, WatchedPost
from adapters.contract.sending import Draft, Found, Part, Reference


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
