"""What people write, change, delete and vote."""

from typing import Any

from tests.servers.discord import messages, polls
from tests.servers.discord.control import act, find_channel, find_message, find_user, require
from tests.servers.discord.errors import Refused
from tests.servers.discord.world import DIRECT, JSON, Attachment, Channel


def _require_writing(state: Any, person: str, channel: Channel) -> None:
    require(state, person, channel, "view_channel")
    require(state, person, channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
    if channel.locked:
        raise Refused(f"#{channel.name} is locked")


@act
def say(
    state: Any,
    person: str,
    channel: str,
    text: str,
    reply_to: str | None = None,
    files: list[list[str]] | None = None,
    *,
    ping: bool = True,
) -> JSON:
    """Write, or reply."""
    there = find_channel(state, channel)
    _require_writing(state, person, there)
    if reply_to is not None and reply_to not in there.messages:
        raise Refused(f"the message {reply_to} is gone")
    attachments = [Attachment(state.ids.make(), name, bytes.fromhex(content)) for name, content in files or []]
    draft = messages.Draft(content=text.strip(), reply_to=reply_to, ping=ping, attachments=attachments)
    if not draft.content and not attachments:
        raise Refused("nothing is written")
    messages.check_words(draft)
    return state.show(messages.post(state, there, find_user(state, person), draft))


@act
def direct(state: Any, person: str, to: str, text: str) -> JSON:
    """Write to a bot directly."""
    world = state.world
    channel = world.direct_channel(person, to)
    if channel is None:
        channel = Channel(state.ids.make(), "", "", DIRECT, recipients=[to, person])
        world.channels[channel.id] = channel
    return state.show(messages.post(state, channel, find_user(state, person), messages.Draft(content=text)))


@act
def edit(state: Any, person: str, channel: str, message: str, text: str) -> JSON:
    """One's own words. Attachments stay."""
    found = find_message(state, person, channel, message)
    if found.author.id != person:
        raise Refused("that is somebody else's message")
    messages.check_words(messages.Draft(content=text))
    messages.edit(state, found, {"content": text.strip()})
    return state.show(found)


@act
def delete(state: Any, person: str, channel: str, message: str) -> None:
    """One's own message, or as a moderator anybody's."""
    found = find_message(state, person, channel, message)
    there = find_channel(state, channel)
    if found.author.id != person:
        require(state, person, there, "manage_messages")
    messages.delete(state, there, [found])


@act
def vote(state: Any, person: str, channel: str, message: str, options: list[int]) -> None:
    found = find_message(state, person, channel, message)
    require(state, person, find_channel(state, channel), "read_message_history")
    if found.poll is None:
        raise Refused("that message has no poll")
    polls.vote(state, found, find_user(state, person).id, options)


@act
def direct_messages(state: Any, person: str) -> list[JSON]:
    """What bots wrote to somebody directly."""
    return [
        state.show(message)
        for channel in state.world.channels.values()
        if channel.type == DIRECT and person in channel.recipients
        for message in channel.in_order()
        if message.author.id != person
    ]
