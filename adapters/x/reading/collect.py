"""Collecting in the order of cost: mentions for all posts at once; a search where counts show a gap, and once a day."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence

from adapters.contract.reading import Page, Reply, Watched, WatchedPost
from adapters.contract.sending import Payload
from adapters.x.reading.read import XReader
from adapters.x.reading.watch import MENTIONS, Watching, root_id

MOST_MENTIONS = 800
"""So many X keeps; what is older is reached by searching, for seven days."""
LONGEST_QUERY = 512
_TERM, _OR = "conversation_id:", " OR "


async def collect(reader: XReader, watched: Watched) -> AsyncIterator[Page]:
    """Pages of all watched posts. X answers newest first: the marks say what was read and what is left further down."""
    watching = Watching(watched.posts, watched.marks, reader.own_id, reader.host.now())
    direct: dict[int, int] = {post.id: post.direct for post in watching.own}
    if watching.own:
        async for page in _read_mentions(reader, watching):
            _count_direct(page.replies, watching, direct)
            yield page
    gaps = [
        post
        for post in watching.own
        # a reply to a reply that leaves our handle out is in no count of ours; to find none costs nothing
        if post.thorough or (post.counted or 0) > direct[post.id] or watching.is_unsearched(post)
    ]
    async for page in _search(reader, watching, watching.start_searches(gaps), without=reader.handle):
        yield page
    for post in watching.others:
        async for page in _read_conversation(reader, watching, post):
            yield page


async def _read_mentions(reader: XReader, watching: Watching) -> AsyncIterator[Page]:
    """Every mention since the mark, a reply where it belongs to a watched post."""
    descent = watching.descend(MENTIONS)
    begun = watching.mark_begun()

    async def ask(since: int, until: int | None) -> AsyncIterator[list[Payload]]:
        is_too_old = watching.is_too_old(since)  # X refuses it: then it is left out, and the end is found here
        async for posts in reader.list_mentions(None if is_too_old else since, until):
            wanted = [post for post in posts if int(post["id"]) > since]
            yield wanted
            if len(wanted) < len(posts):
                return

    async for posts, marks in descent.run(ask, watching.find_start_of_mentions(), MOST_MENTIONS):
        yield Page(tuple(watching.translate(posts)), marks=marks | begun)
    if descent.above >= MOST_MENTIONS and descent.low > descent.floor:
        async for page in _search(reader, watching, watching.start_below(descent.floor), until=descent.low):
            yield page
    # where nobody wrote, the mark goes on with time, as X refuses old ones
    yield Page(marks=descent.finish(watching.quiet_until) | begun)


async def _read_conversation(reader: XReader, watching: Watching, post: WatchedPost) -> AsyncIterator[Page]:
    """Replies to somebody else's post, for seven days back."""
    root = root_id(post)
    descent = watching.descend(f"conversation {root}")

    def ask(since: int, until: int | None) -> AsyncIterator[list[Payload]]:
        return reader.search(f"{_TERM}{root}", watching.clamp(since), until)

    since = max(root, min(descent.read_until, watching.settled_until))
    async for posts, marks in descent.run(ask, since):
        yield Page(tuple(watching.translate(posts)), marks=marks)
    yield Page(marks=descent.finish())


def _count_direct(replies: Sequence[Reply], watching: Watching, direct: dict[int, int]) -> None:
    """Add what is new and answers a part itself; what lies below the mark is stored and counted already."""
    parts = {part.remote_id for post in watching.own for part in post.parts}
    for reply in replies:
        if reply.parent_remote_id in parts and int(reply.version) > watching.read_until and reply.edited_at is None:
            direct[reply.post_id] += 1


async def _search(
    reader: XReader, watching: Watching, starts: Mapping[int, int], *, without: str = "", until: int | None = None
) -> AsyncIterator[Page]:
    """Replies in the conversations of these roots, each from an id on.

    without: but for those that name a handle, which mentions have brought. until: only those below an id.
    """
    ending = f" is:reply -@{without}" if without else " is:reply"  # roots need not be paid for
    for batch in _batch(sorted(starts, key=lambda root: starts[root]), LONGEST_QUERY - len(f"(){ending}")):
        terms = _OR.join(f"{_TERM}{root}" for root in batch)
        found: list[Reply] = []
        async for posts in reader.search(f"({terms}){ending}", min(starts[root] for root in batch), until):
            replies = tuple(watching.translate(posts))
            found += replies
            yield Page(replies)
        if until is None:
            yield Page(marks=watching.mark_search(batch, found))


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
