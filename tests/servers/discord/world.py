"""What exists on this Discord."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

JSON = dict[str, Any]

TEXT, DIRECT, THREAD = 0, 1, 11
"""Types of channels."""
EPHEMERAL, LOADING, COMPONENTS_V2, HAS_THREAD = 1 << 6, 1 << 7, 1 << 15, 1 << 5
"""Flags of messages."""
SAID, REPLY, SLASH_COMMAND, CONTEXT_COMMAND, POLL_RESULT = 0, 19, 20, 23, 46
"""Types of messages."""


@dataclass
class User:
    id: str
    name: str
    display_name: str = ""
    bot: bool = False


@dataclass
class Role:
    id: str
    name: str
    permissions: int
    position: int
    bot_id: str = ""


@dataclass
class Member:
    user: User
    joined_at: datetime
    roles: list[str] = field(default_factory=list)
    nick: str = ""
    timed_out_until: datetime | None = None


@dataclass
class Attachment:
    id: str
    name: str
    content: bytes
    description: str = ""
    content_type: str = "application/octet-stream"


@dataclass
class Poll:
    """votes: {voter: indexes of answers}, in the order of voting."""

    question: str
    answers: list[str]
    expires_at: datetime
    multiple: bool
    votes: dict[str, list[int]] = field(default_factory=dict)
    final: bool = False

    def count(self, index: int) -> int:
        return sum(index in chosen for chosen in self.votes.values())

    def voters(self, index: int) -> list[str]:
        return [voter for voter, chosen in self.votes.items() if index in chosen]


@dataclass
class Message:
    """metadata: of the interaction that made it. nonce: as sent; history does not show it."""

    id: str
    channel_id: str
    author: User
    at: datetime
    content: str = ""
    type: int = SAID
    flags: int = 0
    embeds: list[JSON] = field(default_factory=list)
    components: list[JSON] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    mention_roles: list[str] = field(default_factory=list)
    mention_everyone: bool = False
    reply_to: str | None = None
    poll: Poll | None = None
    nonce: str | int | None = None
    edited_at: datetime | None = None
    application_id: str = ""
    metadata: JSON | None = None

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)


@dataclass
class Channel:
    """Of a guild, a thread (`parent_id`), or direct (`recipients`). overwrites: {role or user: (allow, deny)}."""

    id: str
    guild_id: str
    name: str
    type: int = TEXT
    parent_id: str | None = None
    position: int = 0
    messages: dict[str, Message] = field(default_factory=dict)
    overwrites: dict[str, tuple[int, int]] = field(default_factory=dict)
    user_overwrites: set[str] = field(default_factory=set)
    recipients: list[str] = field(default_factory=list)
    owner_id: str = ""
    created_at: datetime | None = None
    archived_at: datetime | None = None
    archived: bool = False
    locked: bool = False
    auto_archive: int = 1440
    joined: dict[str, datetime] = field(default_factory=dict)
    nonces: dict[tuple[str, str], Message] = field(default_factory=dict)

    @property
    def is_thread(self) -> bool:
        return self.type == THREAD

    def in_order(self) -> list[Message]:
        """Oldest first. The clock of a test may step back, so this is by id."""
        return sorted(self.messages.values(), key=lambda message: int(message.id))


@dataclass
class Guild:
    id: str
    name: str
    owner_id: str
    roles: dict[str, Role] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    bans: dict[str, User] = field(default_factory=dict)
    available: bool = True

    def threads(self, parent_id: str | None = None) -> Iterator[Channel]:
        """Its threads, or those of one channel."""
        for channel in self.channels.values():
            if channel.is_thread and parent_id in (None, channel.parent_id):
                yield channel


@dataclass
class Application:
    """commands: {guild id or "" for global: {command id: command}}."""

    id: str
    user: User
    token: str
    name: str
    owner: User
    message_content: bool = False
    members: bool = False
    revoked: bool = False
    commands: dict[str, dict[str, JSON]] = field(default_factory=lambda: {"": {}})
    commands_made: int = 0


@dataclass
class World:
    """Everything by id. ephemeral: messages that one person sees, and their viewer."""

    users: dict[str, User] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    ephemeral: dict[str, tuple[Message, str]] = field(default_factory=dict)
    open_polls: dict[str, Message] = field(default_factory=dict)

    def guild_of(self, channel: Channel) -> Guild | None:
        return self.guilds.get(channel.guild_id)

    def by_token(self, token: str) -> Application | None:
        return next((app for app in self.applications.values() if app.token == token), None)

    def by_bot(self, user_id: str) -> Application | None:
        return next((app for app in self.applications.values() if app.user.id == user_id), None)

    def bots_in(self, guild: Guild) -> list[Application]:
        return [app for app in self.applications.values() if app.user.id in guild.members]

    def message(self, channel_id: str, message_id: str) -> Message | None:
        """What stands there, ephemeral or not."""
        channel = self.channels.get(channel_id)
        found = channel.messages.get(message_id) if channel else None
        if found is None and message_id in self.ephemeral:
            found = self.ephemeral[message_id][0]
        return found

    def direct_channel(self, first: str, second: str) -> Channel | None:
        both = {first, second}
        return next((c for c in self.channels.values() if c.type == DIRECT and set(c.recipients) == both), None)
