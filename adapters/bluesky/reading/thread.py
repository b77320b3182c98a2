"""Threads, read as far as the platform gives them."""

from collections.abc import Iterator

from adapters.bluesky.reading.read import THREAD_VIEW, Reader, get_thread
from adapters.bluesky.translate import judge_standing
from adapters.contract.errors import Unavailable
from adapters.contract.reading import Standing
from adapters.contract.sending import Payload

_MOST_CALLS = 200
"""A thread and collection; what a view left out beyond that is missing, as the counts show."""


async def read_thread(reader: Reader, uri: str, hidden: frozenset[str]) -> dict[str, tuple[Payload, Standing]]:
    """The views and standings of everything below `uri`, by URI.

    Production cuts a view at depth 10 and about 200 posts, whatever is asked: where a post counts more replies than
    it shows, its own thread is read. hidden: the URIs that the thread's author hid. Raises Unavailable where `uri`
    itself has no thread yet, so that nobody takes it for an empty one.
    """
    found: dict[str, tuple[Payload, Standing]] = {}
    waiting = [(uri, Standing.VISIBLE)]
    for _ in range(_MOST_CALLS):
        if not waiting:
            break
        top, standing = waiting.pop()
        view = await get_thread(reader, top)
        if view is None and top == uri:
            raise Unavailable(f"Bluesky shows {uri}, but not its thread")
        if view is not None:
            waiting += _walk(view, standing, hidden, found)
    return found


def _walk(
    top: Payload, above: Standing, hidden: frozenset[str], found: dict[str, tuple[Payload, Standing]]
) -> Iterator[tuple[str, Standing]]:
    """Add what is below the thread view `top` to `found`; yields the posts that were cut and not seen before.

    Blocked and deleted posts are nodes of other types and are passed by. What hangs below a hidden reply is hidden
    with it, as in the app.
    """
    nodes = [(node, above) for node in _children(top)]
    while nodes:
        node, over = nodes.pop()
        view = node["post"]
        own = judge_standing(view, hidden)
        standing = over if own is Standing.VISIBLE else own
        new = view["uri"] not in found
        found[view["uri"]] = (view, standing)
        nodes += [(child, standing) for child in _children(node)]
        if new and int(view.get("replyCount") or 0) > len(node.get("replies") or ()):
            yield view["uri"], standing


def _children(node: Payload) -> Iterator[Payload]:
    return (child for child in node.get("replies") or () if child.get("$type") == THREAD_VIEW)
