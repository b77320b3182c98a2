"""Bots, guilds, channels, roles, members."""

import secrets
from typing import Any

from tests.servers.discord import gateway, moderation, show, telling
from tests.servers.discord.control import act, find_application, find_channel, find_guild, find_member, find_user
from tests.servers.discord.permissions import EVERYONE, add_up
from tests.servers.discord.world import Application, Channel, Guild, Role, User


def _make_user(state: Any, name: str, *, display_name: str = "", bot: bool = False) -> User:
    user = User(state.ids.make(), name, display_name, bot)
    state.world.users[user.id] = user
    return user


@act
def add_application(state: Any, name: str, *, message_content: bool, members: bool) -> dict[str, str]:
    user = _make_user(state, name, bot=True)
    owner = _make_user(state, f"{name}-developer")
    application = Application(
        id=state.ids.make(),
        user=user,
        token=f"{secrets.token_urlsafe(18)}.{secrets.token_urlsafe(6)}.{secrets.token_urlsafe(27)}",
        name=name,
        owner=owner,
        message_content=message_content,
        members=members,
    )
    state.world.applications[application.id] = application
    return {"id": application.id, "user_id": user.id, "token": application.token}


@act
def remove_application(state: Any, application: str) -> None:
    """Its bot is in no guild any more, and nothing of it is kept."""
    gone = state.world.applications.pop(application)
    state.gateway.forget(application)
    state.faults.mend(application)
    for guild in state.world.guilds.values():
        guild.members.pop(gone.user.id, None)


@act
def add_guild(state: Any, name: str, bots: list[str], permissions: list[str]) -> dict[str, str]:
    owner = _make_user(state, f"owner-of-{name.replace(' ', '-')}")
    guild = Guild(state.ids.make(), name, owner.id)
    guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE, 0)
    state.world.guilds[guild.id] = guild
    moderation.join(state, guild, owner, [])
    channel = _add_channel(state, guild, "general")
    for bot in bots:
        add_bot(state, guild.id, bot, permissions)
    return {
        "id": guild.id,
        "name": name,
        "owner_id": owner.id,
        "owner": owner.name,
        "channel_id": channel.id,
    }


@act
def add_bot(state: Any, guild: str, application: str, permissions: list[str]) -> None:
    """It joins with a managed role of its own."""
    there, bot = find_guild(state, guild), find_application(state, application)
    role = Role(state.ids.make(), bot.name, add_up(permissions), len(there.roles), bot_id=bot.user.id)
    there.roles[role.id] = role
    moderation.join(state, there, bot.user, [role.id])


def _add_channel(state: Any, guild: Guild, name: str) -> Channel:
    channel = Channel(state.ids.make(), guild.id, name, position=len(guild.channels), created_at=state.now())
    guild.channels[channel.id] = state.world.channels[channel.id] = channel
    return channel


@act
def add_channel(state: Any, guild: str, name: str) -> dict[str, str]:
    channel = _add_channel(state, find_guild(state, guild), name)
    shown = show.show_channel(channel, state.world)
    telling.tell_channel(state, channel, "CHANNEL_CREATE", shown, gateway.GUILDS)
    return {"id": channel.id}


@act
def add_role(state: Any, guild: str, name: str, permissions: list[str]) -> dict[str, str]:
    there = find_guild(state, guild)
    role = Role(state.ids.make(), name, add_up(permissions), len(there.roles))
    there.roles[role.id] = role
    telling.tell_guild(state, there, "GUILD_ROLE_CREATE", {"guild_id": guild, "role": show.show_role(role)})
    return {"id": role.id}


@act
def add_member(state: Any, guild: str, name: str, display_name: str, nick: str, roles: list[str]) -> dict[str, str]:
    user = _make_user(state, name, display_name=display_name)
    moderation.join(state, find_guild(state, guild), user, roles, nick)
    return {"id": user.id}


@act
def join(state: Any, guild: str, person: str, roles: list[str]) -> None:
    there, user = find_guild(state, guild), find_user(state, person)
    if user.id in there.bans:
        raise ValueError(f"{user.name} is banned from {there.name}")
    moderation.join(state, there, user, roles)


@act
def give(state: Any, guild: str, whom: str, role: str) -> None:
    there = find_guild(state, guild)
    member = find_member(state, there, whom)
    member.roles = [*dict.fromkeys([*member.roles, role])]
    moderation.change(state, there, member)


@act
def take(state: Any, guild: str, whom: str, role: str) -> None:
    there = find_guild(state, guild)
    member = find_member(state, there, whom)
    member.roles.remove(role)
    moderation.change(state, there, member)


@act
def permit(state: Any, channel: str, target: str, *, is_role: bool, allow: list[str], deny: list[str]) -> None:
    there = find_channel(state, channel)
    there.overwrites[target] = (add_up(allow), add_up(deny))
    if not is_role:
        there.user_overwrites.add(target)
    telling.tell_channel(state, there, "CHANNEL_UPDATE", show.show_channel(there, state.world), gateway.GUILDS)


@act
def set_available(state: Any, guild: str, *, available: bool) -> None:
    moderation.set_available(state, find_guild(state, guild), available=available)
