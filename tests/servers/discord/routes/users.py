"""Who the bot is."""

from tests.servers.discord import permissions, show
from tests.servers.discord.errors import unknown
from tests.servers.discord.requests import Asked, Body, route
from tests.servers.discord.world import DIRECT, Channel


@route("GET", "/users/@me")
async def get_my_user(asked: Asked) -> tuple[int, Body]:
    return 200, show.show_me(asked.application.user)


@route("GET", "/users/{user_id}")
async def get_user(asked: Asked) -> tuple[int, Body]:
    user = asked.state.world.users.get(asked.params["user_id"])
    if user is None:
        raise unknown("User", 10013)
    return 200, show.show_user(user)


@route("GET", "/users/@me/guilds")
async def list_my_guilds(asked: Asked) -> tuple[int, Body]:
    me = asked.application.user.id
    return 200, [
        {
            "id": guild.id,
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(permissions.compute(guild, guild.members[me], None, asked.state.now())),
            "features": [],
        }
        for guild in asked.state.world.guilds.values()
        if me in guild.members
    ]


@route("POST", "/users/@me/channels")
async def create_dm(asked: Asked) -> tuple[int, Body]:
    """A direct channel, old or new."""
    world, me = asked.state.world, asked.application.user.id
    other = str(asked.body["recipient_id"])
    if other not in world.users:
        raise unknown("User", 10013)
    channel = world.direct_channel(me, other)
    if channel is None:
        channel = Channel(asked.state.ids.make(), "", "", DIRECT, recipients=[me, other])
        world.channels[channel.id] = channel
    return 200, show.show_channel(channel, world)


@route("GET", "/applications/@me")
async def get_my_application(asked: Asked) -> tuple[int, Body]:
    return 200, show.show_application(asked.application)


@route("GET", "/oauth2/applications/@me")
async def get_my_oauth2_application(asked: Asked) -> tuple[int, Body]:
    return 200, show.show_application(asked.application)


@route("GET", "/gateway")
async def get_gateway(asked: Asked) -> tuple[int, Body]:
    return 200, {"url": f"ws{asked.state.base.removeprefix('http')}/gateway"}


@route("GET", "/gateway/bot")
async def get_bot_gateway(asked: Asked) -> tuple[int, Body]:
    url = f"ws{asked.state.base.removeprefix('http')}/gateway"
    left = {"total": 1000, "remaining": 999, "reset_after": 3_600_000, "max_concurrency": 1}
    return 200, {"url": url, "shards": 1, "session_start_limit": left}
