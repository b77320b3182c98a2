"""Each gets its turn: one that fails does not stop the others."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import structlog

Item = TypeVar("Item")

log = structlog.get_logger()


async def for_each(items: Iterable[Item], work: Callable[[Item], Awaitable[None]]) -> None:
    """Do `work` for every item; the first error goes up when all had their turn, the others are logged."""
    first: Exception | None = None
    for item in items:
        try:
            await work(item)
        except Exception as error:
            if first is None:
                first = error
            else:
                log.exception("failed too", item=item)
    if first is not None:
        raise first
