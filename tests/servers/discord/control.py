"""The control API of tests: `POST /control/ACT` with a JSON object, answered with {"value": …} or 409 and a reason."""

import inspect
import json
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.servers.discord import polls
from tests.servers.discord.errors import ApiError, Refused
from tests.servers.discord.world import Application, Channel, Guild, Member, Message, User

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback

ACTS: dict[str, Callable[..., Any]] = {}
"""Filled by the modules of `acts`."""


def act(function: Callable[..., Any]) -> Callable[..., Any]:
    """Serve this function under its name; it is given the state, then what is told by name."""
    name = function.__name__.rstrip("_")
    assert name not in ACTS, name
    ACTS[name] = function
    return function


async def handle(state: "Loopback", request: web.Request) -> web.Response:
    """Do one act."""
    name = request.match_info["act"]
    told = json.loads(await request.read() or b"{}")
    try:
        polls.expire_due(state)
        value = ACTS[name](state, **told)
        if inspect.isawaitable(value):
            value = await value
    except (Refused, ApiError, ValueError) as refusal:
        return web.json_response({"message": str(refusal)}, status=409)
    except Exception:  # noqa: BLE001  # a test must see it
        return web.json_response({"message": traceback.format_exc()}, status=500)
    state.touch()
    return web.json_response({"value": value})


# ---------------------------------------------------------------- finding what is named


def find_user(state: "Loopback", user_id: str) -> User:
    return state.world.users[user_id]


def find_application(state: "Loopback", application_id: str) -> Application:
    return state.world.applications[application_id]


def find_guild(state: "Loopback", guild_id: str) -> Guild:
    return state.world.guilds[guild_id]


def find_channel(state: "Loopback", channel_id: str) -> Channel:
    channel = state.world.channels.get(channel_id)
    if channel is None:
        raise Refused(f"there is no channel {channel_id} any more")
    return channel


def find_member(state: "Loopback", guild: Guild, user_id: str) -> Member:
    """Raises Refused where they are none (left, kicked, banned)."""
    member = guild.members.get(user_id)
    if member is None:
        raise Refused(f"{state.world.users[user_id].name} is no member of {guild.name}")
    return member


def find_message(state: "Loopback", viewer: str, channel_id: str, message_id: str) -> Message:
    """A message that this person sees. Raises Refused."""
    channel = find_channel(state, channel_id)
    message = state.world.message(channel_id, message_id)
    if message is None:
        raise Refused(f"the message {message_id} is gone")
    if message.ephemeral and state.world.ephemeral[message_id][1] != viewer:
        raise Refused(f"the message {message_id} is shown to somebody else")
    require(state, viewer, channel, "view_channel")
    return message


def require(state: "Loopback", user_id: str, channel: Channel, *names: str) -> None:
    """Raises Refused where a user may not."""
    for name in names:
        if not state.may(user_id, channel, name):
            raise Refused(f"{state.world.users[user_id].name} may not {name} in #{channel.name}")
