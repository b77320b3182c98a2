"""Everything of one running server, wired."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.servers.discord import permissions, show
from tests.servers.discord.clock import Clock, Snowflakes
from tests.servers.discord.faults import Faults
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.spec import Spec
from tests.servers.discord.world import JSON, Application, Channel, Guild, Member, Message, World

if TYPE_CHECKING:
    from tests.servers.discord.interactions import Interaction


@dataclass
class Limits:
    """How long things hold, by the server's clock."""

    nonce: timedelta = timedelta(minutes=5)
    acknowledge: timedelta = timedelta(seconds=3)
    token: timedelta = timedelta(minutes=15)
    resume: timedelta = timedelta(minutes=2)


@dataclass
class Call:
    """One HTTP request, as it is told to tests."""

    application_id: str
    route: str
    path: str
    query: dict[str, str]
    body: Any
    files: list[str]
    at: float
    status: int = 0


class Loopback:
    """The server: its world and everything that acts on it. `base` is its URL, set when it listens."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.base = ""
        self.clock = Clock()
        self.ids = Snowflakes(self.clock)
        self.limits = Limits()
        self.world = World()
        self.gateway = Gateway(self)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.visible: list[JSON] = []
        self.interactions: dict[str, Interaction] = {}
        self.problems: defaultdict[str, list[str]] = defaultdict(list)
        self._changed = asyncio.Event()

    def now(self) -> datetime:
        return self.clock.now()

    # ------------------------------------------------------------ waiting

    def touch(self) -> None:
        """Something changed: whoever waits looks again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, look: Callable[[], Any], timeout: float) -> Any:
        """What `look` finds as soon as it is not None; None when the real seconds are over."""
        deadline = asyncio.get_running_loop().time() + timeout
        while (found := look()) is None:
            left = deadline - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                return look()
        return found

    # ------------------------------------------------------------ who may what

    def member(self, guild: Guild, user_id: str) -> Member | None:
        return guild.members.get(user_id)

    def may(self, user_id: str, channel: Channel, *names: str) -> bool:
        """Whether a user may do all of this in a channel; in a direct one everybody in it may."""
        guild = self.world.guild_of(channel)
        if guild is None:
            return user_id in channel.recipients
        member = guild.members.get(user_id)
        if member is None:
            return False
        wanted = permissions.add_up(list(names))
        return permissions.compute(guild, member, channel, self.now()) & wanted == wanted

    # ------------------------------------------------------------ what is told

    def show(self, message: Message, viewer: Application | None = None, *, reads_content: bool | None = None) -> JSON:
        """A message for an application (by the switch of its portal, as HTTP does it), or for the tests."""
        if reads_content is None:
            reads_content = viewer is None or viewer.message_content
        shown = show.show_message(message, self.world, self.base, viewer=viewer, reads_content=reads_content)
        channel = self.world.channels.get(message.channel_id)
        if viewer is None and channel is not None and channel.guild_id:
            shown["guild_id"] = channel.guild_id
        return shown

    def note(self, application: Application | None, problem: str) -> None:
        """Something broke Discord's rules: a test must hear of it."""
        self.problems[application.id if application else ""].append(problem)

    def log_visible(self, what: str, message: Message) -> None:
        """For audits: what everybody in the channel saw."""
        if not message.ephemeral:
            self.visible.append(
                {
                    "what": what,
                    "channel": message.channel_id,
                    "message": message.id,
                    "author": message.author.id,
                    "content": message.content,
                    "nonce": message.nonce,
                    "reply_to": message.reply_to,
                    "type": message.type,
                }
            )
