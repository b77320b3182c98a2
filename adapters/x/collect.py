"""Collecting in the order of cost: mentions for all posts at once, then searches where the counts show a gap."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence

from adapters.base import Page, Reply, Watched
from adapters.x.read import Reader
from adapters.x.watch import Watching

MOST_MENTIONS = 800
"""So many X keeps; what is older is reached by searching, for seven days."""
LONGEST_QUERY = 512
_TERM, _OR = "conversation_id:", " OR "


async def collect(reader: Reader, watched: Watched) -> AsyncIterator[Page]:
    """Pages of all watched posts. X answers newest first, so a mark comes with the last page of each source alone."""
    watching = Watching(watched.posts, watched.marks, reader.own_id, reader.host.now())
    direct: dict[int, int] = {post.id: post.direct for post in watching.own}
    if watching.own:
        async for page in _read_mentions(reader, watching):
            _count_direct(page.replies, watching, direct)
            yield page
    gaps = [post for post in watching.own if post.thorough or (post.counted or 0) > direct[post.id]]
    async for page in _search(reader, watching, watching.start_searches(gaps), without=reader.handle):
        yield page
    async for page in _search(reader, watching, watching.start_searches(watching.others)):
        yield page


async def _read_mentions(reader: Reader, watching: Watching) -> AsyncIterator[Page]:
    """Every mention since the mark, a reply where it belongs to a watched post."""
    since = watching.find_start_of_mentions()
    is_too_old = watching.is_too_old(since)
    seen: list[int] = []
    async for posts in reader.list_mentions(None if is_too_old else since):
        seen += [int(post["id"]) for post in posts]
        yield Page(tuple(watching.translate(post for post in posts if int(post["id"]) > since)))
        if is_too_old and seen and min(seen) <= since:
            break
    if len(seen) >= MOST_MENTIONS and min(seen) > since:
        async for page in _search(reader, watching, watching.start_below(since), until=min(seen)):
            yield page
    yield Page(marks=watching.mark_mentions(max(seen, default=0)))


def _count_direct(replies: Sequence[Reply], watching: Watching, direct: dict[int, int]) -> None:
    """Add what is new and answers a part itself; what lies below the mark is stored and counted already."""
    parts = {part.remote_id for post in watching.own for part in post.parts}
    for reply in replies:
        if reply.parent_remote_id in parts and int(reply.version) > watching.read_until and reply.edited_at is None:
            direct[reply.post_id] += 1


async def _search(
    reader: Reader, watching: Watching, starts: Mapping[int, int], *, without: str = "", until: int | None = None
) -> AsyncIterator[Page]:
    """Replies in the conversations of these roots, each from an id on.

    without: but for those that name a handle, which mentions have brought. until: only those below an id.
    """
    ending = f" -@{without}" if without else ""
    for batch in _batch(sorted(starts, key=lambda root: starts[root]), LONGEST_QUERY - len(f"(){ending}")):
        terms = _OR.join(f"{_TERM}{root}" for root in batch)
        found: list[Reply] = []
        async for posts in reader.search(f"({terms}){ending}", min(starts[root] for root in batch), until):
            replies = tuple(watching.translate(posts))
            found += replies
            yield Page(replies)
        if until is None:
            yield Page(marks=watching.mark_search(found))


def _batch(roots: Iterable[int], room: int) -> Iterator[list[int]]:
    """As many a query as X's length allows."""
    batch: list[int] = []
    for root in roots:
        if len(_OR.join(f"{_TERM}{each}" for each in (*batch, root))) > room:
            yield batch
            batch = []
        batch.append(root)
    if batch:
        yield batch
