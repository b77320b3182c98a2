"""What every call of one bot needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from adapters.contract.adapter import Host
from adapters.contract.forms import FormHost
from adapters.discord.places import Places
from adapters.discord.rest import Rest

Install = Callable[[Any, Any], Awaitable[None]]
"""Puts commands and buttons on a client, as in `HasCommands`."""


@dataclass(slots=True)
class Wire:
    """The way to Discord, what is known of its places, and the Host. message_content: the bot has that intent.

    missed_events: edits and deletions since the last session of the gateway were not told.
    """

    rest: Rest
    places: Places
    host: Host
    message_content: bool = False
    missed_events: bool = False
    _forms: FormHost | None = None

    @property
    def forms(self) -> FormHost:
        """What buttons and forms ask, once it was offered."""
        if self._forms is None:
            raise LookupError("this adapter was offered no forms")
        return self._forms

    @forms.setter
    def forms(self, forms: FormHost) -> None:
        self._forms = forms
