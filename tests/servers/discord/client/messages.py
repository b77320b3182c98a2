"""What stands in a channel, as a person sees it: snapshots of messages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.servers.discord.client.control import Control


@dataclass(frozen=True)
class Button:
    """A button below a message."""

    custom_id: str
    label: str
    disabled: bool = False
    url: str = ""


@dataclass(frozen=True)
class File:
    """An attachment with its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Ballot:
    """A native poll as it stands. votes: one number an option; final: counted for good."""

    question: str
    options: tuple[str, ...]
    votes: tuple[int, ...]
    expires_at: datetime
    multiple: bool
    final: bool


@dataclass(frozen=True)
class Message:
    """A message at the moment it was read; `reload` reads it again. raw: the whole of it as Discord tells it."""

    control: Control
    raw: dict[str, Any]

    @property
    def id(self) -> str:
        return self.raw["id"]

    @property
    def channel_id(self) -> str:
        return self.raw["channel_id"]

    @property
    def guild_id(self) -> str:
        return self.raw.get("guild_id", "")

    @property
    def link(self) -> str:
        return f"https://discord.com/channels/{self.guild_id or '@me'}/{self.channel_id}/{self.id}"

    @property
    def type(self) -> int:
        """0 said, 19 a reply, 20 of a slash command, 46 a poll's result."""
        return self.raw["type"]

    @property
    def content(self) -> str:
        return self.raw["content"]

    @property
    def text(self) -> str:
        """Everything that can be read on it: content, text displays, embeds."""
        embeds = [
            part
            for embed in self.raw["embeds"]
            for part in (
                embed.get("title", ""),
                embed.get("description", ""),
                *(f"{entry['name']} {entry['value']}" for entry in embed.get("fields", [])),
                embed.get("footer", {}).get("text", ""),
            )
        ]
        shown = [component["content"] for component in self.components() if "content" in component]
        return "\n".join(part for part in (self.content, *shown, *embeds) if part)

    @property
    def author_id(self) -> str:
        return self.raw["author"]["id"]

    @property
    def author(self) -> str:
        """Their user name."""
        return self.raw["author"]["username"]

    @property
    def said_at(self) -> datetime:
        return datetime.fromisoformat(self.raw["timestamp"])

    @property
    def edited_at(self) -> datetime | None:
        moment = self.raw["edited_timestamp"]
        return datetime.fromisoformat(moment) if moment else None

    @property
    def ephemeral(self) -> bool:
        """Shown to one person only."""
        return bool(self.raw["flags"] & 64)

    @property
    def pings(self) -> frozenset[str]:
        """Ids of the users who are mentioned, with "everyone" where all are."""
        everyone = {"everyone"} if self.raw["mention_everyone"] else set()
        return frozenset(everyone | {user["id"] for user in self.raw["mentions"]} | set(self.raw["mention_roles"]))

    @property
    def answers(self) -> str | None:
        """The id of the message that this one replies to."""
        return (self.raw.get("message_reference") or {}).get("message_id")

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(
            Button(
                component.get("custom_id", ""),
                component.get("label", ""),
                component.get("disabled", False),
                component.get("url", ""),
            )
            for component in self.components()
            if component["type"] == 2
        )

    def button(self, label: str) -> str:
        """The custom id of the button whose label holds `label`."""
        found = [button.custom_id for button in self.buttons if label in button.label]
        if not found:
            raise LookupError(f"no button with {label!r} in {[button.label for button in self.buttons]}")
        return found[0]

    def components(self) -> Iterator[dict[str, Any]]:
        """Every component, however deep."""
        yield from _walk(self.raw["components"])

    @property
    def ballot(self) -> Ballot | None:
        poll = self.raw.get("poll")
        if poll is None:
            return None
        counts = {count["id"]: count["count"] for count in poll["results"]["answer_counts"]}
        return Ballot(
            poll["question"]["text"],
            tuple(answer["poll_media"]["text"] for answer in poll["answers"]),
            tuple(counts.get(answer["answer_id"], 0) for answer in poll["answers"]),
            datetime.fromisoformat(poll["expiry"]),
            poll["allow_multiselect"],
            poll["results"]["is_finalized"],
        )

    def files(self) -> tuple[File, ...]:
        """Its attachments, downloaded."""
        return tuple(
            File(told["name"], bytes.fromhex(told["content"]))
            for told in self.control.act("files", channel=self.channel_id, message=self.id)
        )

    def reload(self) -> "Message | None":
        """How it stands now; None where it is gone."""
        raw = self.control.act("message", channel=self.channel_id, message=self.id)
        return None if raw is None else Message(self.control, raw)


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))
        if isinstance(component.get("component"), dict):
            yield from _walk([component["component"]])
        if isinstance(component.get("accessory"), dict):
            yield from _walk([component["accessory"]])
