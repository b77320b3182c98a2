"""Threads: opened under a message or alone, archived, listed."""

from typing import TYPE_CHECKING

from tests.servers.discord import telling
from tests.servers.discord.show import show_channel, show_thread_member
from tests.servers.discord.world import HAS_THREAD, JSON, THREAD, Application, Channel, Message

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback


def open_thread(
    state: "Loopback", parent: Channel, name: str, opener_id: str, *, under: Message | None = None, archive: int = 1440
) -> Channel:
    """A public thread; under a message it has that message's id."""
    guild = state.world.guild_of(parent)
    assert guild is not None
    now = state.now()
    thread = Channel(
        id=under.id if under else state.ids.make(),
        guild_id=guild.id,
        name=name,
        type=THREAD,
        parent_id=parent.id,
        owner_id=opener_id,
        created_at=now,
        archived_at=now,
        auto_archive=archive,
        joined={opener_id: now},
    )
    guild.channels[thread.id] = state.world.channels[thread.id] = thread
    telling.tell_thread(state, thread, "THREAD_CREATE", newly_created=True)
    if under is not None:
        under.flags |= HAS_THREAD
        telling.tell_message(state, under, "MESSAGE_UPDATE")
    return thread


def set_archived(state: "Loopback", thread: Channel, *, archived: bool, locked: bool | None = None) -> None:
    thread.archived = archived
    thread.archived_at = state.now()
    if locked is not None:
        thread.locked = locked
    telling.tell_thread(state, thread, "THREAD_UPDATE")


def list_archived(parent_threads: list[Channel]) -> list[Channel]:
    """The archived ones, last archived first."""
    archived = [thread for thread in parent_threads if thread.archived]
    return sorted(archived, key=lambda thread: (thread.archived_at, int(thread.id)), reverse=True)


def delete(state: "Loopback", thread: Channel) -> None:
    """Gone with everything in it; THREAD_DELETE is all that is told."""
    telling.tell_thread(state, thread, "THREAD_DELETE")
    forget(state, thread)


def forget(state: "Loopback", channel: Channel) -> None:
    """A channel or thread with its messages, untold."""
    for message in channel.in_order():
        state.log_visible("delete", message)
        state.world.open_polls.pop(message.id, None)
    state.world.channels.pop(channel.id, None)
    guild = state.world.guild_of(channel)
    if guild is not None:
        guild.channels.pop(channel.id, None)


def show(state: "Loopback", thread: Channel) -> JSON:
    return show_channel(thread, state.world)


def show_list(state: "Loopback", listed: list[Channel], viewer: Application) -> JSON:
    """Threads, and the memberships of the bot among them."""
    mine = [thread for thread in listed if viewer.user.id in thread.joined]
    return {
        "threads": [show(state, thread) for thread in listed],
        "members": [show_thread_member(thread, viewer.user.id) for thread in mine],
    }
