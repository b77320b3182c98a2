"""Sending a message once, however often it is tried, and finding out whether it was sent."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from adapters.checks import says_the_same
from adapters.contract.errors import AdapterError, Unavailable, Uncertain
from adapters.contract.sending import Absent, Found, NotYet, Part, Payload, Reference, Role
from adapters.discord.errors import THREAD_EXISTS, UNKNOWN_CHANNEL, DiscordRefused
from adapters.discord.links import MessageAddress, first_id
from adapters.discord.reading.history import check_readable, read_back
from adapters.discord.rest import TIMEOUT, TIMEOUT_WITH_FILES, Rest
from adapters.discord.sending.compose import complete_body
from adapters.discord.sending.keys import list_custom_ids
from adapters.discord.wire import Wire

PROVEN_AFTER = TIMEOUT + 2 * TIMEOUT_WITH_FILES + timedelta(seconds=61)
"""So long after the intent nothing of it is on its way any more: the channel's read, two tries, a minute."""

_SKEW = timedelta(minutes=15)
"""How far our clock may have been ahead of Discord's when the intent was noted."""
LONGEST_SKEW = timedelta(hours=3)
"""The same where buttons name our post, so that no other message can be meant."""
_PAUSE = 1.0
_NO_FILES: Mapping[str, bytes] = MappingProxyType({})


async def send_message(wire: Wire, channel: str, body: Payload, files: Mapping[str, bytes] = _NO_FILES) -> Reference:
    """Post a message whose body has a nonce. Where the outcome is unclear it is sent once more: for some minutes
    Discord answers the same nonce with the message that stands. Raises Uncertain where that is unclear too.
    """
    guild = await wire.places.find_guild(channel)  # before anything is sent: a link needs it
    path = f"/channels/{channel}/messages"
    try:
        message = await wire.rest.post(path, body, files)
    except Uncertain:
        await asyncio.sleep(_PAUSE)
        message = await _post_again(wire.rest, path, body, files)
    return point_at(message, guild)


async def _post_again(rest: Rest, path: str, body: Payload, files: Mapping[str, bytes]) -> Payload:
    """The second try. Only a message tells what became of the first: no other answer takes its doubt away."""
    try:
        message: Payload = await rest.post(path, body, files)
    except AdapterError as error:
        raise Uncertain(f"{error}; an earlier try may have been posted") from None
    return message


async def open_thread(wire: Wire, part: Part, root: Reference) -> Reference:
    """Open the thread under the root. A message has at most one, whose id is its own: opened before is opened."""
    channel = part.payload["channel"]
    try:
        await wire.rest.post(f"/channels/{channel}/messages/{root.remote_id}/threads", part.payload["thread"])
    except DiscordRefused as refusal:
        if refusal.code != THREAD_EXISTS:
            raise
    return point_at_thread(root, await wire.places.find_guild(channel))


def point_at(message: Payload, guild: str) -> Reference:
    """The reference of a message. `guild` is not in what Discord answers."""
    channel, id_ = str(message["channel_id"]), str(message["id"])
    return Reference(id_, MessageAddress(guild, channel, id_).link, {"channel": channel, "guild": guild})


def point_at_thread(root: Reference, guild: str) -> Reference:
    """The reference of the thread under a message."""
    link = f"https://discord.com/channels/{guild}/{root.remote_id}"
    return Reference(f"thread:{root.remote_id}", link, {"channel": root.remote_id, "guild": guild})


async def find_part(wire: Wire, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
    """Whether a part, whose intent was noted at `since`, stands in its channel."""
    if part.role is Role.GATE:
        return await _find_thread(wire, part, parents)
    me = (await wire.places.identify()).remote_id
    body = complete_body(part, parents)
    skew = LONGEST_SKEW if list_custom_ids(body) else _SKEW
    return await seek(wire, part.payload["channel"], since, lambda message: is_same(message, body, me), skew)


async def find_words(wire: Wire, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
    """The same by its words alone."""
    if part.role is Role.GATE:
        return await _find_thread(wire, part, parents)
    me, body = (await wire.places.identify()).remote_id, complete_body(part, parents)
    return await seek(wire, part.payload["channel"], since, lambda message: _says_same(message, body, me))


async def seek(
    wire: Wire,
    channel: str,
    since: datetime,
    matches: Callable[[Payload], bool],
    skew: timedelta = _SKEW,
) -> Reference | Absent | NotYet:
    """The newest message after `since` that matches. `Absent` is answered where the history was read back past that
    moment, when nothing could be on its way any more.
    """
    now = wire.host.now()
    start = first_id(min(since, now) - skew)
    is_empty = True
    try:
        guild = await wire.places.find_guild(channel)
        async for message in read_back(wire.rest, channel, start):
            is_empty = False
            if matches(message):
                return point_at(message, guild)
        if is_empty:
            await check_readable(wire.rest, channel, start)
    except DiscordRefused as refusal:
        if refusal.code == UNKNOWN_CHANNEL:
            return Absent()
        raise Unavailable(f"whether it was posted cannot be seen: {refusal}") from None
    return Absent() if now >= since + PROVEN_AFTER else NotYet()


def is_same(message: Payload, body: Payload, me: str) -> bool:
    """Whether a message is what we sent as `body`, read back. Discord gives no nonce back, and may trim blanks; a
    label of a button may have been changed since.
    """
    return (
        _says_same(message, body, me)
        and _squeeze(message.get("content")) == _squeeze(body.get("content"))
        and list_custom_ids(message) == list_custom_ids(body)
    )


def _says_same(message: Payload, body: Payload, me: str) -> bool:
    """Whether a message of ours has these words, below the same one; its buttons name a post that may be lost."""
    sent, shown = (each.get("message_reference") or {} for each in (body, message))
    return (
        str(message["author"]["id"]) == me
        and says_the_same(str(message.get("content") or ""), str(body.get("content") or ""))
        and str(sent.get("message_id")) == str(shown.get("message_id"))
        and _read_poll(message) == _read_poll(body)
    )


async def _find_thread(wire: Wire, part: Part, parents: Sequence[Reference]) -> Found:
    root = parents[0]
    try:
        await wire.rest.get(f"/channels/{root.remote_id}")
    except DiscordRefused as refusal:
        if refusal.code == UNKNOWN_CHANNEL:
            return Absent()
        raise Unavailable(f"whether the thread is open cannot be seen: {refusal}") from None
    return point_at_thread(root, await wire.places.find_guild(part.payload["channel"]))


def _squeeze(text: object) -> str:
    return " ".join(str(text or "").split())


def _read_poll(message: Payload) -> list[str]:
    """The question and the answers of a message's poll."""
    poll = message.get("poll")
    if not poll:
        return []
    answers = [_squeeze(answer["poll_media"].get("text")) for answer in poll["answers"]]
    return [_squeeze(poll["question"].get("text")), *answers]
