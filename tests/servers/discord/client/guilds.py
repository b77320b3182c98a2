"""Guilds, their channels and roles."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.servers.discord.client.control import Control
from tests.servers.discord.client.messages import Message
from tests.servers.discord.client.people import Person

if TYPE_CHECKING:
    from tests.servers.discord.client.applications import Application


@dataclass(frozen=True)
class Role:
    """A role; permissions are named as discord.py names them ("manage_messages")."""

    control: Control
    id: str
    name: str


@dataclass(frozen=True)
class Channel:
    """A text channel or a thread."""

    control: Control
    id: str
    guild_id: str
    name: str

    def messages(self) -> list[Message]:
        """All that stands in it, oldest first; nothing ephemeral."""
        return [Message(self.control, raw) for raw in self.control.act("messages", channel=self.id)]

    def message(self, message_id: str) -> Message:
        """One message by its id. Raises LookupError where it is gone."""
        raw = self.control.act("message", channel=self.id, message=message_id)
        if raw is None:
            raise LookupError(f"there is no message {message_id} in #{self.name}")
        return Message(self.control, raw)

    def by(self, author_id: str) -> list[Message]:
        """What stands of one author, oldest first."""
        return [message for message in self.messages() if message.author_id == author_id]

    def threads(self) -> list["Channel"]:
        """Its threads, archived ones too."""
        told = self.control.act("threads", channel=self.id)
        return [Channel(self.control, thread["id"], thread["guild_id"], thread["name"]) for thread in told]

    @property
    def exists(self) -> bool:
        return self.control.act("exists", channel=self.id)

    def permit(self, whom: "Role | Person | Application", *, allow: str = "", deny: str = "") -> None:
        """Overwrite permissions here: names separated by spaces ("send_messages embed_links"); "" clears them."""
        target = whom.id if isinstance(whom, Role | Person) else whom.user_id
        told = {"target": target, "is_role": isinstance(whom, Role), "allow": allow.split(), "deny": deny.split()}
        self.control.act("permit", channel=self.id, **told)

    async def next_message(self, after: Message | None = None, timeout: float = 60) -> Message:
        """Wait for the first message that is newer than `after` (by default: for any)."""
        told = {"channel": self.id, "after": after.id if after else "0"}
        return Message(self.control, await self.control.wait("next_message", timeout, **told))


@dataclass(frozen=True)
class Guild:
    """A guild. owner: an administrator of it. everyone: the role that all have. general: its first channel."""

    control: Control
    id: str
    name: str
    owner: Person
    everyone: Role
    general: Channel
    members: dict[str, Person] = field(default_factory=dict)

    def add_channel(self, name: str) -> Channel:
        told = self.control.act("add_channel", guild=self.id, name=name)
        return Channel(self.control, told["id"], self.id, name)

    def add_role(self, name: str, permissions: str = "") -> Role:
        """A role with permissions named as discord.py names them, separated by spaces."""
        told = self.control.act("add_role", guild=self.id, name=name, permissions=permissions.split())
        return Role(self.control, told["id"], name)

    def add_member(self, name: str, *roles: Role, display_name: str = "", nick: str = "") -> Person:
        """A new user who joins this guild."""
        told = self.control.act(
            "add_member",
            guild=self.id,
            name=name,
            display_name=display_name,
            nick=nick,
            roles=[role.id for role in roles],
        )
        person = Person(self.control, told["id"], name)
        self.members[name] = person
        return person

    def join(self, person: Person, *roles: Role) -> None:
        """A user of another guild joins this one too."""
        self.control.act("join", guild=self.id, person=person.id, roles=[role.id for role in roles])

    def add_bot(self, application: "Application", permissions: str | Sequence[str] = "") -> None:
        """Invite a bot again, or into a second guild; permissions as in `Discord.add_guild`."""
        names = permissions.split() if isinstance(permissions, str) else list(permissions)
        self.control.act("add_bot", guild=self.id, application=application.id, permissions=names)

    def set_available(self, *, available: bool) -> None:
        """False: an outage (GUILD_DELETE with `unavailable`); True: it is over (GUILD_CREATE)."""
        self.control.act("set_available", guild=self.id, available=available)
