"""Reading stored replies again: messages by the page, and the authors of forms by asking after them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from adapters.contract.reading import Freshness, Known, Reread
from adapters.contract.sending import Payload
from adapters.discord.errors import UNKNOWN_BAN, UNKNOWN_CHANNEL, UNKNOWN_MEMBER, UNKNOWN_USER, DiscordRefused
from adapters.discord.links import parse_link
from adapters.discord.reading.history import PAGE, check_readable
from adapters.discord.rest import Rest
from adapters.discord.translate import may_read, parse_moment, to_reply
from adapters.discord.wire import Wire

_FORM = re.compile(r"form:\d+:(?P<user>\d+)")


async def refresh(wire: Wire, known: Sequence[Known]) -> list[Reread]:
    """One answer for each. Raises Unavailable where Discord cannot be asked."""
    forms = [each for each in known if _FORM.fullmatch(each.reference.remote_id)]
    messages: dict[str, list[Known]] = defaultdict(list)
    for each in known:
        if each not in forms:
            messages[_find_channel(each)].append(each)
    rereads = [Reread(each.reference.remote_id, await _check_author(wire, each)) for each in forms]
    for channel, group in messages.items():
        rereads += await _reread_channel(wire, channel, group)
    return rereads


def _find_channel(known: Known) -> str:
    return known.reference.extra.get("channel") or parse_link(known.reference.link).channel


async def _reread_channel(wire: Wire, channel: str, known: Sequence[Known]) -> list[Reread]:
    try:
        shown = await _read_messages(wire.rest, channel, sorted(int(each.reference.remote_id) for each in known))
        guild = await wire.places.find_guild(channel)
    except DiscordRefused as refusal:
        freshness = Freshness.GONE if refusal.code == UNKNOWN_CHANNEL else Freshness.UNKNOWN
        return [Reread(each.reference.remote_id, freshness) for each in known]
    me = (await wire.places.identify()).remote_id
    return [
        _compare(each, shown.get(int(each.reference.remote_id)), guild, me, message_content=wire.message_content)
        for each in known
    ]


async def _read_messages(rest: Rest, channel: str, ids: Sequence[int]) -> dict[int, Payload]:
    """Those that still stand. A page tells about every id up to its last message, whether it is there or not."""
    shown: dict[int, Payload] = {}
    left = list(ids)
    while left:
        page = await rest.get(f"/channels/{channel}/messages", after=left[0] - 1, limit=PAGE)
        if not page:
            await check_readable(rest, channel, left[0])
            break
        found = {int(message["id"]): message for message in page}
        shown |= found
        last = max(found) if len(page) == PAGE else left[-1]
        left = [id_ for id_ in left if id_ > last]
    return shown


def _compare(known: Known, message: Payload | None, guild: str, me: str, *, message_content: bool) -> Reread:
    if message is None:
        return Reread(known.reference.remote_id, Freshness.GONE)
    readable = may_read(message, me, message_content=message_content)
    reply = to_reply(message, known.post_id, guild, readable=readable)
    if reply.version == known.version and (reply.text is None or reply.text == known.text):
        return Reread(reply.remote_id, Freshness.SAME)
    if reply.text is None:  # edited, and its new words are withheld
        return Reread(reply.remote_id, Freshness.UNKNOWN)
    return Reread(reply.remote_id, Freshness.EDITED, reply)


async def _check_author(wire: Wire, known: Known) -> Freshness:
    """Whether the author of a form's answer may still be heard.

    Who left by themselves cannot be told from who was banned without the permission Ban Members, which a bot that asks
    questions should not have: without it an author who is no longer there is left out.
    """
    match = _FORM.fullmatch(known.reference.remote_id)
    guild = known.reference.extra.get("guild")
    if match is None or guild is None:
        return Freshness.SAME  # nothing to ask about
    try:
        member = await wire.rest.get(f"/guilds/{guild}/members/{match['user']}")
    except DiscordRefused as refusal:
        if refusal.code in (UNKNOWN_MEMBER, UNKNOWN_USER):
            return await _look_for_ban(wire.rest, guild, match["user"])
        return Freshness.UNKNOWN
    return Freshness.HIDDEN if is_timed_out(member, wire.host.now()) else Freshness.SAME


async def _look_for_ban(rest: Rest, guild: str, user: str) -> Freshness:
    try:
        await rest.get(f"/guilds/{guild}/bans/{user}")
    except DiscordRefused as refusal:
        return Freshness.SAME if refusal.code == UNKNOWN_BAN else Freshness.HIDDEN
    return Freshness.HIDDEN


def is_timed_out(member: Payload, now: datetime) -> bool:
    """Whether a moderator has silenced a member for the moment."""
    until = member.get("communication_disabled_until")
    return until is not None and parse_moment(until) > now
