"""The client of the gateway: what happens is a hint to collect. What is pressed or handed in goes to the commands."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import discord
from discord import app_commands

from adapters.contract.errors import Unauthorized
from adapters.contract.reading import WatchedPost
from adapters.contract.sending import Reference
from adapters.discord.gateway.tree import make_known
from adapters.discord.wire import Install, Wire

_GUILDS = "guilds"
"""Under this name the servers are saved that the bot was in when it was last connected."""

_MAKING_KNOWN_SECONDS = 2.0
"""How long an end waits for commands that are being made known."""

log = logging.getLogger(__name__)


class ListeningClient(discord.Client):
    """Lives once, see `gateway.listen`. It keeps nothing of what it hears: every fact is read over HTTP.

    Its intents are the least: servers (channels and threads that go), and messages in them. Votes in polls are counted
    over HTTP, and the end of a poll comes as a message.
    """

    def __init__(
        self,
        wire: Wire,
        watched: Callable[[], Sequence[WatchedPost]],
        install: Install | None,
        *,
        silence: float,
        proxy: str | None,
    ) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, message_content=wire.message_content)
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            heartbeat_timeout=silence,
            proxy=proxy,
        )
        self.wire = wire
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)
        self._watched = watched
        self._install = install
        self._making_known: asyncio.Task[None] | None = None
        self._is_ending = False

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """A client that ends hears nothing more; the library's wait for the servers after READY may outlive it."""
        if not self._is_ending and not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    def stop_hearing(self) -> None:
        """What happens from now on is for the next client: nothing begins that nobody waits for."""
        self._is_ending = True

    async def setup_hook(self) -> None:
        """After the login and before the gateway: what the portal says of the intents, then commands and buttons."""
        self._check_intents()
        if self._install is not None:
            await self._install(self, self.tree)
        # not awaited: where Discord wants to be asked later, that may take minutes, and nothing else needs it
        self._making_known = asyncio.create_task(make_known(self.tree, self.wire.host), name="make commands known")

    async def close(self) -> None:
        """Disconnect; commands that are not known yet are made known by the next client."""
        if self._making_known is not None:
            await asyncio.wait([self._making_known], timeout=_MAKING_KNOWN_SECONDS)
            self._making_known.cancel()
            await asyncio.gather(self._making_known, return_exceptions=True)
        await super().close()

    def _check_intents(self) -> None:
        flags = self.application_flags
        is_on = flags.gateway_message_content or flags.gateway_message_content_limited
        if self.wire.message_content and not is_on:
            raise Unauthorized(
                "message_content = true, but the Message Content Intent is not switched on: do so in the developer "
                "portal, page Bot, or set message_content = false"
            )
        if not self.wire.message_content:
            log.info(
                "without the message content intent: replies to the bot, forms, votes and saved messages are read; "
                "other words come as unreadable"
            )

    # ------------------------------------------------------------ what happens

    async def on_ready(self) -> None:
        """A new session. What happened before it is not told: it is read, and what is stored is read again."""
        self.wire.missed_events = True
        self.wire.host.hint()
        await self._note_guilds({str(guild.id) for guild in self.guilds})

    async def on_resumed(self) -> None:
        """The session goes on, and what was missed is told again; whether all of it was, is not known."""
        self.wire.host.hint()

    async def on_message(self, message: discord.Message) -> None:
        """An answer, or the result of a poll; with the content of everything, whatever is said."""
        is_result = message.type is discord.MessageType.poll_result
        if self.user is not None and message.author.id == self.user.id and not is_result:
            return
        wanted = is_result or message.reference is not None or self.wire.message_content
        if wanted and self._may_concern(message.channel.id):
            self.wire.host.hint()

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Words were changed. (A link that got its preview is an update too, without a time of editing.) What we change
        ourselves, as the number on a button, says nothing of the replies to it.
        """
        is_own = self.user is not None and (payload.data.get("author") or {}).get("id") == str(self.user.id)
        if payload.data.get("edited_timestamp") and not is_own:
            self._reread(payload.channel_id, [payload.message_id])

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Deleted by its author or by a moderator: both count."""
        self._reread(payload.channel_id, [payload.message_id])

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Up to a hundred at once."""
        self._reread(payload.channel_id, payload.message_ids)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread with all that was written in it."""
        self._reread_posts(str(payload.thread_id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel with all that was written in it."""
        self._reread_posts(str(channel.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited."""
        await self._note_guilds(await self._load_guilds() | {str(guild.id)})

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """An outage is over, or (where Discord says so of a server that is new) the bot was invited."""
        await self.on_guild_join(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Thrown out, or the server is gone."""
        await self._note_guilds(await self._load_guilds() - {str(guild.id)})

    # ------------------------------------------------------------ what follows from it

    def _may_concern(self, channel_id: int) -> bool:
        """Whether something of ours is asked in this channel or thread; before the first collection it may be."""
        watched = self._watched()
        places = {post.parts[0].extra.get("channel") for post in watched} | {p.parts[0].remote_id for p in watched}
        return not watched or str(channel_id) in places

    def _reread(self, channel_id: int, message_ids: Iterable[int]) -> None:
        if self._may_concern(channel_id):
            extra = {"channel": str(channel_id)}
            self.wire.host.hint([Reference(str(message_id), extra=extra) for message_id in sorted(message_ids)])

    def _reread_posts(self, place: str) -> None:
        """Read again all that was said to the posts whose channel or thread is gone."""
        roots = [post.parts[0] for post in self._watched()]
        gone = [root for root in roots if place in (root.remote_id, root.extra.get("channel"))]
        if gone:
            self.wire.host.hint(gone)

    async def _load_guilds(self) -> set[str]:
        return set(json.loads(await self.wire.host.load(_GUILDS) or "[]"))

    async def _note_guilds(self, now: set[str]) -> None:
        """Tell which servers the bot has left and which it is in, also while it was not connected."""
        before = await self._load_guilds()
        for guild in sorted(before - now):
            await self.wire.forms.inbox.left(guild)
        for guild in sorted(now):
            await self.wire.forms.inbox.joined(guild)
        if now != before:
            await self.wire.host.save(_GUILDS, json.dumps(sorted(now)))
