"""To which watched post a message belongs: what it replies to, and what that replies to, up to a post."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping

from adapters.contract.sending import Payload
from adapters.discord.translate import find_parent

_REMEMBERED = 50_000
_DEEPEST = 50

ReadMessage = Callable[[str, str], Awaitable[Payload | None]]
"""Channel and id to a message, None where it is gone."""


class Lineage:
    """Remembers for each message what it replies to; what is not remembered is read, so that a restart in the middle
    of a conversation loses no branch of it.
    """

    def __init__(self) -> None:
        self._parents: OrderedDict[str, str | None] = OrderedDict()

    def note(self, message: Payload) -> None:
        """Remember what a message replies to, and what the message above it does."""
        self._remember(str(message["id"]), find_parent(message))
        above = message.get("referenced_message")
        if above:
            self._remember(str(above["id"]), find_parent(above))

    async def find_post(self, message: Payload, roots: Mapping[str, int], read: ReadMessage) -> int | None:
        """The post that a message answers. roots: our posts' ids by the ids of their messages, in one channel."""
        oldest = min(map(int, roots), default=0)
        channel, above = str(message["channel_id"]), find_parent(message)
        for _ in range(_DEEPEST):
            if above is None or int(above) < oldest:  # older than every question: it answers none
                return None
            if above in roots:
                return roots[above]
            if above not in self._parents:
                found = await read(channel, above)
                self._remember(above, find_parent(found) if found else None)
            above = self._parents[above]
        return None

    def _remember(self, message_id: str, parent: str | None) -> None:
        self._parents[message_id] = parent
        self._parents.move_to_end(message_id)
        while len(self._parents) > _REMEMBERED:
            self._parents.popitem(last=False)
