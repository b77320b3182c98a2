"""The queries that are needed, in batches and to the last page. A view is the platform's JSON of one thing."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from adapters.bluesky.errors import BlueskyRefused
from adapters.bluesky.links import parse_uri
from adapters.bluesky.translate import find_hidden
from adapters.contract.adapter import Host
from adapters.contract.sending import Payload

_BATCH = 25  # getPosts and getProfiles
_PAGE = 100
_PROFILE_LASTS = timedelta(hours=1)

THREAD_VIEW = "app.bsky.feed.defs#threadViewPost"
"""A node that can be read; blocked, deleted and unknown posts are of other types."""

THREADGATE = "app.bsky.feed.threadgate"

DEPTH = 80
"""How deep a thread is asked for in one call. The SDK's JSON parser gives up at 200 levels, two a reply."""


class Reader(Protocol):
    """Something that can be asked: as an account, or the public AppView."""

    async def query(self, nsid: str, **params: object) -> Payload:
        """The JSON answer of one query; parameters that are None are left out."""


async def get_posts(reader: Reader, uris: Iterable[str]) -> dict[str, Payload]:
    """The views of those posts that the reader may see, by URI."""
    views: dict[str, Payload] = {}
    for batch in _batches(uris):
        answer = await reader.query("app.bsky.feed.getPosts", uris=batch)
        views |= {view["uri"]: view for view in answer["posts"]}
    return views


class Profiles:
    """Detailed profiles by DID: only these hold the bio. Each is read again after an hour."""

    def __init__(self, reader: Reader, host: Host) -> None:
        self._reader = reader
        self._host = host
        self._known: dict[str, tuple[datetime, Payload]] = {}

    async def get(self, dids: Iterable[str]) -> dict[str, Payload]:
        """The profiles of those who are there."""
        now = self._host.now()
        self._known = {did: (at, view) for did, (at, view) in self._known.items() if now - at < _PROFILE_LASTS}
        wanted = set(dids)
        for batch in _batches(sorted(wanted - self._known.keys())):
            answer = await self._reader.query("app.bsky.actor.getProfiles", actors=batch)
            self._known |= {view["did"]: (now, view) for view in answer["profiles"]}
        return {did: self._known[did][1] for did in wanted & self._known.keys()}


async def get_thread(reader: Reader, uri: str, depth: int = DEPTH) -> Payload | None:
    """The thread view of `uri`, None where the reader does not see the post (not yet, no longer, blocked)."""
    try:
        answer = await reader.query("app.bsky.feed.getPostThread", uri=uri, depth=depth, parentHeight=0)
    except BlueskyRefused as refusal:
        if refusal.name == "NotFound":
            return None
        raise
    thread: Payload = answer["thread"]
    return thread if thread.get("$type") == THREAD_VIEW else None


async def read_hidden(reader: Reader, root: Payload) -> frozenset[str]:
    """The URIs of the replies that the author of `root` (a post view) hid for everybody.

    A view may lack the threadgate that there is (atproto #3153): then its record is read, under the root's own key.
    """
    address = parse_uri(root["uri"])
    if root.get("threadgate") or address is None:
        return find_hidden(root)
    where = address._replace(collection=THREADGATE)
    try:
        record = (await reader.query("com.atproto.repo.getRecord", **where._asdict()))["value"]
    except BlueskyRefused:  # there is none, or nobody has its repository
        return frozenset()
    return find_hidden({"threadgate": {"record": record}})


async def list_quotes(reader: Reader, uri: str) -> list[Payload]:
    """The views of the posts that quote `uri`."""
    return [view async for page in _pages(reader, "app.bsky.feed.getQuotes", "posts", uri=uri) for view in page]


def list_notifications(reader: Reader) -> AsyncIterator[Sequence[Payload]]:
    """Pages of the account's notifications, newest first. `updateSeen` is never called: the mark is ours."""
    return _pages(reader, "app.bsky.notification.listNotifications", "notifications", priority=False)


async def _pages(reader: Reader, nsid: str, items: str, **params: object) -> AsyncIterator[Sequence[Payload]]:
    """A page may be empty while more follow: only a missing cursor is the end."""
    cursor: str | None = None
    while True:
        answer = await reader.query(nsid, limit=_PAGE, cursor=cursor, **params)
        yield answer[items]
        following = answer.get("cursor")
        if following is None or following == cursor:
            return
        cursor = following


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    unique = list(dict.fromkeys(names))
    return (unique[start : start + _BATCH] for start in range(0, len(unique), _BATCH))
