"""Collect as the bot does: pages in order, marks kept with their page."""

from dataclasses import dataclass, field
from datetime import timedelta

from adapters.bluesky.reading.notifications import _OVERLAP
from adapters.contract.adapter import Adapter
from adapters.contract.reading import Reply, Watched, WatchedPost
from adapters.contract.sending import Reference
from tests.servers.bluesky.network import read_clock


def watch(*parts: Reference, post_id: int = 1, thorough: bool = False) -> WatchedPost:
    """A post of a minute ago."""
    return WatchedPost(post_id, parts, read_clock() - timedelta(minutes=1), thorough=thorough)


@dataclass
class Collection:
    """What was committed: replies by URI, marks by scope."""

    replies: dict[str, Reply] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    async def run(self, adapter: Adapter, *posts: WatchedPost) -> list[str | None]:
        """One collection; answers the texts it brought, sorted."""
        brought = []
        async for page in adapter.collect(Watched(posts, dict(self.marks))):
            self.replies |= {reply.remote_id: reply for reply in page.replies}
            self.marks |= page.marks
            brought += [reply.text for reply in page.replies]
        return sorted(brought, key=str)

    def let_time_pass(self) -> None:
        """What was told until now lies below the part of the list that is always read again."""
        self.marks["notifications"] = (read_clock() + _OVERLAP).isoformat(timespec="milliseconds")

    def find(self, reference: Reference) -> Reply:
        return self.replies[reference.remote_id]
