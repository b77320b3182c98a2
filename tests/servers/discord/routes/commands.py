"""Application commands, global and of a guild."""

from tests.servers.discord import commands
from tests.servers.discord.errors import ApiError, unknown
from tests.servers.discord.requests import Asked, Body, route
from tests.servers.discord.world import JSON


def _own(asked: Asked) -> None:
    if asked.params["application_id"] != asked.application.id:
        raise ApiError(403, 50001, "Missing Access")


def _guild_id(asked: Asked) -> str:
    return asked.guild().id if "guild_id" in asked.params else ""


def _one(asked: Asked) -> JSON:
    _own(asked)
    found = asked.application.commands.get(_guild_id(asked), {}).get(asked.params["command_id"])
    if found is None:
        raise unknown("application command", 10063)
    return found


@route("GET", "/applications/{application_id}/commands")
@route("GET", "/applications/{application_id}/guilds/{guild_id}/commands")
async def list_commands(asked: Asked) -> tuple[int, Body]:
    _own(asked)
    return 200, list(asked.application.commands.get(_guild_id(asked), {}).values())


@route("PUT", "/applications/{application_id}/commands")
@route("PUT", "/applications/{application_id}/guilds/{guild_id}/commands")
async def overwrite_commands(asked: Asked) -> tuple[int, Body]:
    _own(asked)
    return 200, [*commands.overwrite(asked.state, asked.application, _guild_id(asked), asked.body or [])]


@route("POST", "/applications/{application_id}/commands")
@route("POST", "/applications/{application_id}/guilds/{guild_id}/commands")
async def create_command(asked: Asked) -> tuple[int, Body]:
    _own(asked)
    guild_id = _guild_id(asked)
    before = len(asked.application.commands.get(guild_id, {}))
    command = commands.register(asked.state, asked.application, guild_id, asked.body)
    return (201 if len(asked.application.commands[guild_id]) > before else 200), command


@route("GET", "/applications/{application_id}/commands/{command_id}")
@route("GET", "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}")
async def get_command(asked: Asked) -> tuple[int, Body]:
    return 200, _one(asked)


@route("DELETE", "/applications/{application_id}/commands/{command_id}")
@route("DELETE", "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}")
async def delete_command(asked: Asked) -> tuple[int, Body]:
    command = _one(asked)
    del asked.application.commands[_guild_id(asked)][command["id"]]
    return 204, None
