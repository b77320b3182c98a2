"""A channel's messages, page by page."""

from collections.abc import AsyncIterator

from adapters.contract.sending import Payload
from adapters.discord.errors import MISSING_PERMISSIONS, UNKNOWN_MESSAGE, DiscordRefused
from adapters.discord.rest import Rest

PAGE = 100


async def read_after(rest: Rest, channel: str, message_id: int) -> AsyncIterator[list[Payload]]:
    """What was written after `message_id`, oldest first. Discord gives each page newest first."""
    while True:
        page = await rest.get(f"/channels/{channel}/messages", after=message_id, limit=PAGE)
        page.sort(key=_number)
        if page:
            yield page
            message_id = _number(page[-1])
        if len(page) < PAGE:
            return


async def read_back(rest: Rest, channel: str, message_id: int) -> AsyncIterator[Payload]:
    """What was written after `message_id`, newest first."""
    before: dict[str, int] = {}
    while True:
        page = await rest.get(f"/channels/{channel}/messages", limit=PAGE, **before)
        for message in sorted(page, key=_number, reverse=True):
            if _number(message) <= message_id:
                return
            yield message
        if len(page) < PAGE:
            return
        before = {"before": min(map(_number, page))}


async def check_readable(rest: Rest, channel: str, message_id: int) -> None:
    """Raise Refused where the history is closed to the bot: Discord then gives an empty one, which proves nothing.

    A single message is refused openly. Whether there is a message with this id does not matter.
    """
    try:
        await rest.get(f"/channels/{channel}/messages/{message_id}")
    except DiscordRefused as refusal:
        if refusal.code != UNKNOWN_MESSAGE:
            raise _name_permission(refusal) from None


def _name_permission(refusal: DiscordRefused) -> DiscordRefused:
    if refusal.code != MISSING_PERMISSIONS:
        return refusal
    return DiscordRefused(f"{refusal} (Read Message History)", refusal.status, refusal.code)


def _number(message: Payload) -> int:
    return int(message["id"])
