"""One bot on Discord. What needs no gateway goes over HTTP alone; discord.py is imported when listening begins."""

import importlib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from typing import Self

from adapters.contract.adapter import Host
from adapters.contract.capabilities import Capabilities
from adapters.contract.errors import Rejected
from adapters.contract.forms import FormHost
from adapters.contract.reading import FoundPost, Identity, Known, Page, Reread, Tally, Watched, WatchedPost
from adapters.contract.sending import Draft, Found, Part, Reference, Role
from adapters.discord.advice import advise
from adapters.discord.capabilities import CAPABILITIES
from adapters.discord.errors import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, DiscordRefused
from adapters.discord.links import parse_link
from adapters.discord.places import Places
from adapters.discord.reading.collect import DiscordSources, collect, find_gone
from adapters.discord.reading.refresh import refresh
from adapters.discord.reading.votes import Votes, close_poll
from adapters.discord.rest import Rest
from adapters.discord.sending.compose import check_draft, complete_body, compose_parts
from adapters.discord.sending.consent import ask_author
from adapters.discord.sending.deliver import deliver
from adapters.discord.sending.keys import read_post_id
from adapters.discord.sending.publish import find_part, find_words, open_thread, send_message
from adapters.discord.settings import DiscordSettings
from adapters.discord.translate import to_found_post
from adapters.discord.wire import Install, Wire


class DiscordAdapter:
    """Asks, collects and listens as the bot of `settings`."""

    def __init__(self, settings: DiscordSettings, host: Host) -> None:
        self._settings = settings
        rest = Rest(settings.token, settings.api, host)
        self._wire = Wire(rest, Places(rest), host, settings.message_content)
        self._votes = Votes(rest)
        self._sources = DiscordSources(self._wire, settings.collect)
        self._watched: tuple[WatchedPost, ...] = ()
        self._install: Install | None = None

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._wire.rest.close()

    async def identify(self) -> Identity:
        return await self._wire.places.verify()

    async def advise(self, places: Collection[str]) -> Sequence[str]:
        return await advise(self._wire.rest, self._settings, places)

    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
        check_draft(draft, at)
        post_id = read_post_id(key)
        asked = None if post_id is None else await self._wire.forms.get_question(post_id)
        return compose_parts(draft, key, at, asked, open_thread=self._settings.open_thread)

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:
        if part.role is Role.GATE:
            return await open_thread(self._wire, part, parents[0])
        return await send_message(self._wire, part.payload["channel"], complete_body(part, parents))

    async def find(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        return await find_part(self._wire, part, parents, since)

    async def find_words(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        return await find_words(self._wire, part, parents, since)

    async def collect(self, watched: Watched) -> AsyncIterator[Page]:
        self._watched = watched.posts
        async for page in collect(self._sources, watched):
            yield page
        if gone := await find_gone(self._sources, watched.posts):
            yield Page(gone=gone)
        if self._wire.missed_events:
            self._wire.missed_events = False
            self._wire.host.hint([post.parts[0] for post in watched.posts])

    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]:
        return await self._votes.tally(posts)

    async def refresh(self, known: Sequence[Known]) -> Sequence[Reread]:
        return await refresh(self._wire, known)

    async def look_up(self, link: str) -> FoundPost:
        address = parse_link(link)
        try:
            message = await self._wire.rest.get(f"/channels/{address.channel}/messages/{address.message}")
            guild = await self._wire.places.find_guild(address.channel)
        except DiscordRefused as refusal:
            raise Rejected(f"there is no message at {link} that the bot can read: {refusal}") from None
        found = to_found_post(message, address._replace(guild=guild))
        if not found.text:
            raise Rejected(
                f"Discord withholds the words of {link}: adopt a message that mentions the bot, or switch on the "
                "message content intent (message_content = true)"
            )
        return found

    async def retract(self, reference: Reference) -> None:
        """A thread is left: to delete one, even one's own, takes the permission to manage those of others."""
        if not reference.remote_id.isdecimal():
            return
        try:
            await self._wire.rest.delete(f"/channels/{reference.extra['channel']}/messages/{reference.remote_id}")
        except DiscordRefused as refusal:
            if refusal.code not in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL):
                raise

    async def close_poll(self, reference: Reference) -> None:
        await close_poll(self._wire.rest, reference)

    async def ask_author(self, reply: Reference, wording: str, key: str, since: datetime | None = None) -> Reference:
        return await ask_author(self._wire, reply, wording, key, since)

    async def deliver(
        self, place: str, text: str, files: Mapping[str, bytes], key: str, since: datetime | None = None
    ) -> Reference:
        return await deliver(self._wire, place, text, files, key, since=since)

    def offer_forms(self, forms: FormHost) -> None:
        self._wire.forms = forms

    def offer_commands(self, install: Install) -> None:
        self._install = install

    async def listen(self) -> None:
        gateway = importlib.import_module("adapters.discord.gateway.listen")  # imports discord.py: 2 s
        await gateway.listen(self._settings, self._wire, lambda: self._watched, self._install)
