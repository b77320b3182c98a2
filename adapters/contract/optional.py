"""What only some platforms can do: a small protocol each, looked for by `isinstance`."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from adapters.contract.forms import FormHost
from adapters.contract.sending import Found, Part, Reference


@runtime_checkable
class Retracts(Protocol):
    # Delete what we posted; deleting what is gone already is success.
    async def retract(self, reference: Reference) -> None: ...


@runtime_checkable
class FindsWords(Protocol):
    # As `find`, where the key was lost with the database that gave it: the newest that says the same since then.
    async def find_words(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found: ...


@runtime_checkable
class ClosesPolls(Protocol):
    # End the native poll of what we posted before its time; ending an ended one is success.
    async def close_poll(self, reference: Reference) -> None: ...


@runtime_checkable
class Listens(Protocol):
    # Hold a gateway until cancelled, under `pullquote run` alone, one at a time; events only hint or go to the Inbox.
    async def listen(self) -> None: ...


@runtime_checkable
class AsksAuthor(Protocol):
    # Ask an author for consent, in public, in reply to what they wrote; a repeat with the same key is the same request.
    # wording: plain text, in which nothing is a link, a mark or a mention. since: an earlier try began then and its
    # outcome is unclear: look for it, send only where it is not there, raise Rejected where nothing can tell.
    async def ask_author(
        self, reply: Reference, wording: str, key: str, since: datetime | None = None
    ) -> Reference: ...


@runtime_checkable
class Delivers(Protocol):
    # Put a digest into a place of the platform; key, text and since as in `ask_author`.
    async def deliver(
        self, place: str, text: str, files: Mapping[str, bytes], key: str, since: datetime | None = None
    ) -> Reference: ...


@runtime_checkable
class HasForms(Protocol):
    # Before opening: what its buttons and forms show is asked of `forms`, what they bring goes to its inbox.
    def offer_forms(self, forms: FormHost) -> None: ...


@runtime_checkable
class HasCommands(Protocol):
    # `await install(client, tree)` runs for each client before its login; what `tree` then holds, the platform is told.
    def offer_commands(self, install: Callable[[Any, Any], Awaitable[None]]) -> None: ...


@runtime_checkable
class Advises(Protocol):
    # For `check --online`: what is still to be done on the platform and in these places of the config, a sentence each.
    async def advise(self, places: Collection[str]) -> Sequence[str]: ...
