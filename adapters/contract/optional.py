"""What only some platforms can do: a small protocol each, looked for by `isinstance`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from adapters.contract.forms import FormHost
from adapters.contract.sending import Reference


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
class HasForms(Protocol):
    """Has buttons and forms of its own, by which people answer, vote and decide."""

    def offer_forms(self, forms: FormHost) -> None:
        """Called before it is opened: what its buttons show is asked of `forms`, what they bring goes to its inbox."""


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
