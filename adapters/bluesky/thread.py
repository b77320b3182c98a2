"""What a thread view holds. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.base import Payload, Standing
from adapters.bluesky.read import THREAD_VIEW
from adapters.bluesky.translate import judge_standing


@dataclass
class Walk:
    """The posts of a thread with their standing, and the posts below which the platform left something out."""

    seen: dict[str, tuple[Payload, Standing]] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)


def walk_thread(top: Payload, hidden: frozenset[str], walk: Walk, *, under: Standing = Standing.VISIBLE) -> None:
    """Add everything below the thread view `top` to `walk`.

    Blocked, deleted and not found nodes are no thread views and are passed by. What hangs below a hidden reply is
    hidden with it, as in the app.
    """
    waiting = [(node, under) for node in _children(top)]
    while waiting:
        node, above = waiting.pop()
        view = node["post"]
        own = judge_standing(view, hidden)
        standing = above if own is Standing.VISIBLE else own
        walk.seen[view["uri"]] = (view, standing)
        waiting += [(child, standing) for child in _children(node)]
        if int(view.get("replyCount") or 0) > len(node.get("replies") or ()):
            walk.cut.append(view["uri"])


def _children(node: Payload) -> Iterator[Payload]:
    return (child for child in node.get("replies") or () if child.get("$type") == THREAD_VIEW)
