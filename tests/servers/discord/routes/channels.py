"""Channels and threads."""

from datetime import datetime

from tests.servers.discord import moderation, show, threads
from tests.servers.discord.errors import ApiError, missing_permissions
from tests.servers.discord.requests import Asked, Body, route
from tests.servers.discord.world import THREAD, Channel


@route("GET", "/channels/{channel_id}")
async def get_channel(asked: Asked) -> tuple[int, Body]:
    return 200, show.show_channel(asked.channel(), asked.state.world)


@route("PATCH", "/channels/{channel_id}")
async def update_channel(asked: Asked) -> tuple[int, Body]:
    """Of a thread: name, archived, locked."""
    channel = asked.channel()
    if not channel.is_thread:
        raise missing_permissions()
    own = channel.owner_id == asked.application.user.id
    locks = asked.body.get("locked") is not None
    if not asked.state.may(asked.application.user.id, channel, "manage_threads") and (locks or not own):
        raise missing_permissions()
    channel.name = asked.body.get("name") or channel.name
    archived = asked.body.get("archived")
    locked = asked.body.get("locked")
    threads.set_archived(
        asked.state, channel, archived=channel.archived if archived is None else archived, locked=locked
    )
    return 200, threads.show(asked.state, channel)


@route("DELETE", "/channels/{channel_id}")
async def delete_channel(asked: Asked) -> tuple[int, Body]:
    channel = asked.channel()
    needed = "manage_threads" if channel.is_thread else "manage_channels"
    if not asked.state.may(asked.application.user.id, channel, needed):
        raise missing_permissions()
    shown = show.show_channel(channel, asked.state.world)
    moderation.delete_channel(asked.state, channel)
    return 200, shown


@route("POST", "/channels/{channel_id}/threads")
async def create_thread(asked: Asked) -> tuple[int, Body]:
    """One that hangs on no message."""
    channel = asked.channel()
    if asked.body.get("type", 12) != THREAD:
        raise ApiError(400, 50024, "Cannot execute action on this channel type: only public threads are served here")
    if not asked.state.may(asked.application.user.id, channel, "create_public_threads"):
        raise missing_permissions()
    archive = asked.body.get("auto_archive_duration") or 1440
    me = asked.application.user.id
    thread = threads.open_thread(asked.state, channel, asked.body["name"], me, archive=archive)
    return 201, threads.show(asked.state, thread)


@route("GET", "/channels/{channel_id}/threads/archived/public")
async def list_public_archived_threads(asked: Asked) -> tuple[int, Body]:
    channel = asked.channel("read_message_history")
    return 200, _page(asked, channel, threads.list_archived(_below(asked, channel)))


@route("GET", "/channels/{channel_id}/threads/archived/private")
async def list_private_archived_threads(asked: Asked) -> tuple[int, Body]:
    channel = asked.channel("read_message_history", "manage_threads")
    return 200, _page(asked, channel, [])


def _below(asked: Asked, channel: Channel) -> list[Channel]:
    guild = asked.state.world.guild_of(channel)
    return [] if guild is None else list(guild.threads(channel.id))


def _page(asked: Asked, channel: Channel, archived: list[Channel]) -> Body:
    before = asked.query.get("before")
    if before is not None:
        moment = datetime.fromisoformat(before)
        archived = [thread for thread in archived if thread.archived_at and thread.archived_at < moment]
    limit = asked.limit(50, 100)
    return threads.show_list(asked.state, archived[:limit], asked.application) | {"has_more": len(archived) > limit}


@route("GET", "/guilds/{guild_id}/threads/active")
async def get_active_guild_threads(asked: Asked) -> tuple[int, Body]:
    me = asked.application.user.id
    active = [
        thread
        for thread in asked.guild().threads()
        if not thread.archived and asked.state.may(me, thread, "view_channel")
    ]
    active.sort(key=lambda thread: int(thread.id), reverse=True)
    return 200, threads.show_list(asked.state, active, asked.application) | {"has_more": False}


@route("PUT", "/channels/{channel_id}/thread-members/@me")
async def join_thread(asked: Asked) -> tuple[int, Body]:
    thread = asked.channel()
    thread.joined.setdefault(asked.application.user.id, asked.state.now())
    return 204, None


@route("DELETE", "/channels/{channel_id}/thread-members/@me")
async def leave_thread(asked: Asked) -> tuple[int, Body]:
    asked.channel().joined.pop(asked.application.user.id, None)
    return 204, None
