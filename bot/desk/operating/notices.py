"""Where notices go, and trying whether they arrive."""

from bot.context import Context
from bot.delivery import notices
from bot.desk.errors import refuse


def list_notices(context: Context) -> list[str]:
    """The ways that `[notices]` sets: `webhook`, `ntfy` and mail addresses; a secret address is not shown."""
    return notices.list_places(context)


async def try_notice(context: Context, place: str) -> None:
    """Send one now that says what it is. Raises DeskError, and AdapterError where it does not go through."""
    if place not in notices.list_places(context):
        raise refuse("no_notice_way")
    await notices.try_notice(context, place)
