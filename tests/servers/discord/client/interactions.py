"""What a person did with a bot, and what the bot showed them for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.servers.discord.client.control import Control
from tests.servers.discord.client.messages import Message, _walk


@dataclass(frozen=True)
class Modal:
    """A form on a person's screen; `Person.submit` sends it."""

    interaction_id: str
    raw: dict[str, Any]

    @property
    def title(self) -> str:
        return self.raw["title"]

    @property
    def custom_id(self) -> str:
        return self.raw["custom_id"]

    def components(self) -> Iterator[dict[str, Any]]:
        """Every component, however deep."""
        yield from _walk(self.raw["components"])

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """What can be filled in, by custom id."""
        return {component["custom_id"]: component for component in self.components() if "custom_id" in component}

    @property
    def text(self) -> str:
        """All words on it: title, labels, descriptions, texts, choices."""
        words = [self.title]
        for component in self.components():
            words += [
                component[key] for key in ("label", "description", "content", "placeholder") if component.get(key)
            ]
            for option in component.get("options", []):
                words += [option[key] for key in ("label", "description") if option.get(key)]
        return "\n".join(words)


@dataclass(frozen=True)
class Interaction:
    """One use of a command, button, form or menu."""

    control: Control
    id: str

    async def acknowledged(self, timeout: float = 60) -> int:
        """Wait for the callback; its type (4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal).

        Raises TimeoutError where the bot does not acknowledge it.
        """
        return (await self.control.wait("acknowledged", timeout, interaction=self.id))["type"]

    async def response(self, timeout: float = 60) -> Message:
        """Wait until a message is shown for it (after a deferral the filled one)."""
        return Message(self.control, await self.control.wait("response", timeout, interaction=self.id))

    async def modal(self, timeout: float = 60) -> Modal:
        """Wait until a form is shown for it."""
        return Modal(self.id, await self.control.wait("modal", timeout, interaction=self.id))

    async def choices(self, timeout: float = 60) -> dict[str, Any]:
        """Wait for the answer to an autocomplete: {name: value}."""
        told = await self.control.wait("choices", timeout, interaction=self.id)
        return {choice["name"]: choice["value"] for choice in told}

    async def updated(self, timeout: float = 60) -> Message:
        """Wait until the message that its button stands on was changed through it."""
        return Message(self.control, await self.control.wait("updated", timeout, interaction=self.id))

    def shown(self) -> list[Message]:
        """Every message that stands for it now, followups too, oldest first."""
        return [Message(self.control, raw) for raw in self.control.act("shown", interaction=self.id)]

    @property
    def failed(self) -> bool:
        """ "This interaction failed": nobody acknowledged it within 3 s of the server's clock."""
        return self.control.act("failed", interaction=self.id)

    @property
    def acknowledged_after(self) -> float | None:
        """Real seconds between its dispatch and its acknowledgement."""
        return self.control.act("acknowledged_after", interaction=self.id)

    def repeat(self) -> None:
        """Deliver it to the bot once more: the same id, token and data."""
        self.control.act("repeat", interaction=self.id)

    async def settled(self, timeout: float = 60) -> "Interaction":
        """Wait until it was acknowledged and, where deferred with a message, filled. Returns itself."""
        await self.control.wait("settled", timeout, interaction=self.id)
        return self
