"""Guilds: channels, roles, members, bans."""

from tests.servers.discord import moderation, show
from tests.servers.discord.errors import ApiError, missing_permissions, unknown
from tests.servers.discord.requests import Asked, Body, route
from tests.servers.discord.world import Guild


def _check(asked: Asked, guild: Guild, name: str) -> None:
    me = asked.application.user.id
    anywhere = next(channel for channel in guild.channels.values() if not channel.is_thread)
    if not asked.state.may(me, anywhere, name):
        raise missing_permissions()


@route("GET", "/guilds/{guild_id}")
async def get_guild(asked: Asked) -> tuple[int, Body]:
    return 200, show.show_guild(asked.guild())


@route("GET", "/guilds/{guild_id}/channels")
async def list_guild_channels(asked: Asked) -> tuple[int, Body]:
    channels = asked.guild().channels.values()
    return 200, [show.show_channel(channel, asked.state.world) for channel in channels if not channel.is_thread]


@route("GET", "/guilds/{guild_id}/roles")
async def list_guild_roles(asked: Asked) -> tuple[int, Body]:
    return 200, [show.show_role(role) for role in asked.guild().roles.values()]


@route("GET", "/guilds/{guild_id}/members")
async def list_guild_members(asked: Asked) -> tuple[int, Body]:
    """Only with the privileged intent."""
    if not asked.application.members:
        raise ApiError(403, 50001, "Missing Access")
    after, limit = int(asked.query.get("after", "0")), asked.limit(1, 1000)
    members = sorted(asked.guild().members.values(), key=lambda member: int(member.user.id))
    return 200, [show.show_member(member) for member in members if int(member.user.id) > after][:limit]


@route("GET", "/guilds/{guild_id}/members/{user_id}")
async def get_guild_member(asked: Asked) -> tuple[int, Body]:
    member = asked.guild().members.get(asked.params["user_id"])
    if member is None:
        raise unknown("Member", 10007)
    return 200, show.show_member(member)


@route("GET", "/guilds/{guild_id}/bans")
async def list_guild_bans(asked: Asked) -> tuple[int, Body]:
    guild = asked.guild()
    _check(asked, guild, "ban_members")
    return 200, [{"user": show.show_user(user), "reason": None} for user in guild.bans.values()]


@route("GET", "/guilds/{guild_id}/bans/{user_id}")
async def get_guild_ban(asked: Asked) -> tuple[int, Body]:
    guild = asked.guild()
    _check(asked, guild, "ban_members")
    user = guild.bans.get(asked.params["user_id"])
    if user is None:
        raise unknown("Ban", 10026)
    return 200, {"user": show.show_user(user), "reason": None}


@route("DELETE", "/users/@me/guilds/{guild_id}")
async def leave_guild(asked: Asked) -> tuple[int, Body]:
    moderation.remove(asked.state, asked.guild(), asked.application.user.id)
    return 204, None
