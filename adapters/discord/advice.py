"""What is to be done on Discord: the link that invites the bot, its switches, and the servers it is in."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from adapters.discord.errors import DiscordRefused
from adapters.discord.rest import Rest
from adapters.discord.settings import DiscordSettings

PERMISSIONS = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Attach Files": 1 << 15,  # the digest
    "Read Message History": 1 << 16,  # what was answered while the bot was away
    "Send Messages in Threads": 1 << 38,
    "Create Polls": 1 << 49,
}
"""The least that the bot needs, by Discord's names of them."""
WRITABLE = frozenset({0, 2, 5, 10, 11, 12})
"""Types of channels in which a message can be posted: text, voice, announcements, threads."""
THREADS = {"Create Public Threads": 1 << 35}
"""Needed where the config opens a thread under each question."""
MESSAGE_CONTENT = 1 << 18 | 1 << 19
"""Flags of an application whose Message Content Intent is on: for verified bots, and for others."""


async def advise(rest: Rest, settings: DiscordSettings, places: Collection[str]) -> list[str]:
    """Sentences for `pullquote check`. Raises AdapterError."""
    application = await rest.get("/applications/@me")
    guilds = await rest.get("/users/@me/guilds")
    return [
        *_say_invitation(application, settings),
        *_say_intents(application, settings),
        *_say_guilds(guilds),
        *[said for place in places if (said := await _say_place(rest, place))],
    ]


async def _say_place(rest: Rest, place: str) -> str:
    """Why nothing can be asked in a channel of the config, "" where it can, as far as can be seen without posting."""
    try:
        channel = await rest.get(f"/channels/{place}")
    except DiscordRefused as refusal:
        return f"the channel {place} of the config cannot be used: {refusal}"
    if channel.get("type", 0) not in WRITABLE:
        return f"the channel {place} of the config is no text channel (a forum, a category, a stage): name another one"
    return ""


def _say_invitation(application: Mapping[str, Any], settings: DiscordSettings) -> Iterator[str]:
    needed = PERMISSIONS | (THREADS if settings.open_thread else {})
    query = f"client_id={application['id']}&scope=bot+applications.commands&permissions={sum(needed.values())}"
    yield f"invite it: https://discord.com/oauth2/authorize?{query}"
    yield f"permissions in that link, all it needs: {', '.join(needed)}"


def _say_intents(application: Mapping[str, Any], settings: DiscordSettings) -> Iterator[str]:
    is_on = bool(int(application.get("flags") or 0) & MESSAGE_CONTENT)
    if settings.message_content and not is_on:
        yield (
            "the Message Content Intent is off, and the config needs it: developer portal, page Bot, switch it on, or "
            "set message_content = false"
        )
    elif is_on and not settings.message_content:
        yield "the Message Content Intent is on and not needed: developer portal, page Bot, switch it off"
    else:
        yield "intents: guilds, messages and polls" + (", and message content" if is_on else "; no privileged one")


def _say_guilds(guilds: list[Mapping[str, Any]]) -> Iterator[str]:
    if not guilds:
        yield "it is in no server yet: open the link above"
    for guild in guilds:
        yield f"it is in {guild['name']}: [guilds.{guild['id']}] in the config gives editors there its commands"
