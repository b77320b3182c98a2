"""Which bots hear of what, through which intent."""

from typing import TYPE_CHECKING, Any

from tests.servers.discord import gateway, show
from tests.servers.discord.gateway import Session
from tests.servers.discord.world import DIRECT, JSON, Application, Channel, Guild, Member, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.servers.discord.state import Loopback


def tell_guild(state: "Loopback", guild: Guild, event: str, data: Any, intent: int = gateway.GUILDS) -> None:
    """Every bot of a guild."""
    state.gateway.tell(event, data, to=lambda bot: bot.user.id in guild.members, intent=intent)


def tell_channel(state: "Loopback", channel: Channel, event: str, data: Any, intent: int) -> None:
    """Every bot that can see a channel."""
    state.gateway.tell(event, data, to=_sees(state, channel), intent=intent)


def tell_message(state: "Loopback", message: Message, event: str) -> None:
    """A new or changed message. Words are withheld from sessions without the intent."""
    channel = state.world.channels[message.channel_id]

    def show_to(session: Session) -> JSON:
        reads = bool(session.intents & gateway.MESSAGE_CONTENT)
        shown = state.show(message, session.application, reads_content=reads)
        if message.nonce is not None and event == "MESSAGE_CREATE" and message.author is session.application.user:
            shown["nonce"] = message.nonce
        shown["channel_type"] = channel.type
        guild = state.world.guild_of(channel)
        if guild is not None:
            shown["guild_id"] = guild.id
            member = guild.members.get(message.author.id)
            if member is not None:
                shown["member"] = show.show_member(member, with_user=False)
        return shown

    tell_channel(state, channel, event, show_to, _messages_intent(channel))


def tell_deleted(state: "Loopback", channel: Channel, ids: list[str]) -> None:
    """One message is gone, or several at once."""
    data: JSON = {"channel_id": channel.id}
    if channel.guild_id:
        data["guild_id"] = channel.guild_id
    event, named = ("MESSAGE_DELETE", {"id": ids[0]}) if len(ids) == 1 else ("MESSAGE_DELETE_BULK", {"ids": ids})
    tell_channel(state, channel, event, data | named, _messages_intent(channel))


def tell_vote(state: "Loopback", message: Message, voter: str, answer: int, *, added: bool) -> None:
    """`answer` counts from 0."""
    channel = state.world.channels[message.channel_id]
    data: JSON = {
        "user_id": voter,
        "channel_id": channel.id,
        "message_id": message.id,
        "answer_id": answer + 1,
        "guild_id": channel.guild_id,
    }
    event = "MESSAGE_POLL_VOTE_ADD" if added else "MESSAGE_POLL_VOTE_REMOVE"
    tell_channel(state, channel, event, data, gateway.POLLS)


def tell_thread(state: "Loopback", thread: Channel, event: str, **more: Any) -> None:
    """A thread began, changed or is gone."""
    data = show.show_channel(thread, state.world) | more
    if event == "THREAD_DELETE":
        data = {key: data[key] for key in ("id", "guild_id", "parent_id", "type")}
    tell_channel(state, thread, event, data, gateway.GUILDS)


def tell_member(state: "Loopback", guild: Guild, member: Member, event: str) -> None:
    """Somebody came, changed or went; only with the intent of members."""
    data: JSON = {"guild_id": guild.id, "user": show.show_user(member.user)}
    if event != "GUILD_MEMBER_REMOVE":
        data |= show.show_member(member)
    tell_guild(state, guild, event, data, gateway.MEMBERS)


def _sees(state: "Loopback", channel: Channel) -> "Callable[[Application], bool]":
    return lambda bot: state.may(bot.user.id, channel, "view_channel")


def _messages_intent(channel: Channel) -> int:
    return gateway.DIRECT_MESSAGES if channel.type == DIRECT else gateway.MESSAGES
