"""Members and channels come and go."""

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.servers.discord import gateway, messages, show, telling, threads
from tests.servers.discord.world import Channel, Guild, Member, User

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback


def join(state: "Loopback", guild: Guild, user: User, roles: list[str], nick: str = "") -> Member:
    """A person or a bot becomes a member. Raises nothing: who is there already stays."""
    member = Member(user, state.now(), list(roles), nick)
    guild.members[user.id] = member
    telling.tell_member(state, guild, member, "GUILD_MEMBER_ADD")
    application = state.world.by_bot(user.id)
    if application is not None:
        shown = show.show_guild_to(guild, application, state.world)
        state.gateway.tell("GUILD_CREATE", shown, to=lambda bot: bot is application, intent=gateway.GUILDS)
    return member


def remove(state: "Loopback", guild: Guild, user_id: str) -> None:
    """Kicked or gone. For a bot that is GUILD_DELETE."""
    member = guild.members.pop(user_id)
    telling.tell_member(state, guild, member, "GUILD_MEMBER_REMOVE")
    application = state.world.by_bot(user_id)
    if application is not None:
        data = {"id": guild.id}
        state.gateway.tell("GUILD_DELETE", data, to=lambda bot: bot is application, intent=gateway.GUILDS)


def ban(state: "Loopback", guild: Guild, user: User, delete_within: timedelta) -> None:
    """Out, and not back in; what was written lately may be deleted with it, channel by channel."""
    guild.bans[user.id] = user
    data = {"guild_id": guild.id, "user": show.show_user(user)}
    telling.tell_guild(state, guild, "GUILD_BAN_ADD", data, gateway.MODERATION)
    if user.id in guild.members:
        remove(state, guild, user.id)
    oldest = state.now() - delete_within
    for channel in list(guild.channels.values()):
        written = [message for message in channel.in_order() if message.author is user and message.at > oldest]
        if written and delete_within:
            messages.delete(state, channel, written)


def unban(state: "Loopback", guild: Guild, user: User) -> None:
    guild.bans.pop(user.id, None)
    data = {"guild_id": guild.id, "user": show.show_user(user)}
    telling.tell_guild(state, guild, "GUILD_BAN_REMOVE", data, gateway.MODERATION)


def change(state: "Loopback", guild: Guild, member: Member) -> None:
    """Tell of new roles or a time-out."""
    telling.tell_member(state, guild, member, "GUILD_MEMBER_UPDATE")


def delete_channel(state: "Loopback", channel: Channel) -> None:
    """A channel with its threads, or one thread; Discord tells of the channel alone."""
    guild = state.world.guild_of(channel)
    assert guild is not None
    if channel.is_thread:
        threads.delete(state, channel)
        return
    shown = show.show_channel(channel, state.world)
    telling.tell_channel(state, channel, "CHANNEL_DELETE", shown, gateway.GUILDS)
    for thread in list(guild.threads(channel.id)):
        threads.forget(state, thread)
    threads.forget(state, channel)


def set_available(state: "Loopback", guild: Guild, *, available: bool) -> None:
    """An outage begins or is over."""
    guild.available = available
    for application in state.world.bots_in(guild):
        if available:
            event, data = "GUILD_CREATE", show.show_guild_to(guild, application, state.world)
        else:
            event, data = "GUILD_DELETE", {"id": guild.id, "unavailable": True}
        state.gateway.tell(event, data, to=lambda bot, a=application: bot is a, intent=gateway.GUILDS)
