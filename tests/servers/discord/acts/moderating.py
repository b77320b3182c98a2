"""What moderators do."""

from datetime import timedelta
from typing import Any

from tests.servers.discord import messages, moderation, threads
from tests.servers.discord.control import act, find_channel, find_guild, find_member, find_message, find_user, require
from tests.servers.discord.errors import Refused
from tests.servers.discord.world import JSON, Guild


def _require_in_guild(state: Any, person: str, guild: Guild, name: str) -> None:
    find_member(state, guild, person)
    require(state, person, next(iter(guild.channels.values())), name)


@act
def delete_many(state: Any, person: str, channel: str, ids: list[str]) -> None:
    """MESSAGE_DELETE_BULK."""
    there = find_channel(state, channel)
    require(state, person, there, "manage_messages")
    found = [there.messages[id_] for id_ in ids]
    if any(messages.too_old_for_bulk(state, message) for message in found):
        raise Refused("messages older than 14 days cannot be deleted at once")
    messages.delete(state, there, found)


@act
def open_thread(state: Any, person: str, channel: str, message: str, name: str) -> JSON:
    there = find_channel(state, channel)
    require(state, person, there, "create_public_threads")
    under = find_message(state, person, channel, message)
    if under.id in state.world.channels:
        raise Refused("there is a thread already")
    thread = threads.open_thread(state, there, name, person, under=under)
    return {"id": thread.id, "guild_id": thread.guild_id, "name": name}


@act
def archive(state: Any, person: str, channel: str, *, locked: bool) -> None:
    thread = find_channel(state, channel)
    if thread.owner_id != person or locked:
        require(state, person, thread, "manage_threads")
    threads.set_archived(state, thread, archived=True, locked=locked)


@act
def delete_channel(state: Any, person: str, channel: str) -> None:
    there = find_channel(state, channel)
    require(state, person, there, "manage_threads" if there.is_thread else "manage_channels")
    moderation.delete_channel(state, there)


@act
def ban(state: Any, person: str, guild: str, whom: str, delete_seconds: float) -> None:
    there = find_guild(state, guild)
    _require_in_guild(state, person, there, "ban_members")
    moderation.ban(state, there, find_user(state, whom), timedelta(seconds=delete_seconds))


@act
def unban(state: Any, person: str, guild: str, whom: str) -> None:
    there = find_guild(state, guild)
    _require_in_guild(state, person, there, "ban_members")
    moderation.unban(state, there, find_user(state, whom))


@act
def time_out(state: Any, person: str, guild: str, whom: str, seconds: float) -> None:
    there = find_guild(state, guild)
    _require_in_guild(state, person, there, "moderate_members")
    member = find_member(state, there, whom)
    member.timed_out_until = state.now() + timedelta(seconds=seconds)
    moderation.change(state, there, member)


@act
def kick(state: Any, person: str, guild: str, whom: str) -> None:
    there = find_guild(state, guild)
    _require_in_guild(state, person, there, "kick_members")
    moderation.remove(state, there, find_member(state, there, whom).user.id)


@act
def leave(state: Any, person: str, guild: str) -> None:
    there = find_guild(state, guild)
    moderation.remove(state, there, find_member(state, there, person).user.id)
