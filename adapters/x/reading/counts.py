"""X's own counts and votes, read the more rarely the older a post is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from adapters.contract.reading import Freshness, Tally, WatchedPost
from adapters.contract.sending import Payload
from adapters.x.ids import moment_of
from adapters.x.prices import POST_READ
from adapters.x.reading.read import XReader
from adapters.x.reading.watch import is_own
from adapters.x.translate import to_tally

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_RHYTHM = ((2 * _DAY, _HOUR), (7 * _DAY, 6 * _HOUR), (14 * _DAY, 2 * _DAY), (30 * _DAY, 5 * _DAY))
"""(until which age, how often): within a UTC day a post is billed once, however often it is read."""
_RARELY = 6 * _DAY
"""Less than the seven days that a search reaches back: a count that shows a gap comes early enough to fill it."""
_TRY_AGAIN = 7 * _DAY


class Counts:
    """Counts posts by the own timeline, or by id where the account posts so much else that this is cheaper.

    prices: by unit, in any money.
    """

    def __init__(self, reader: XReader, prices: Mapping[str, int]) -> None:
        self._reader = reader
        self._prices = prices
        self._crowded_until: datetime | None = None
        self._unseen: set[str] = set()
        self._gone: set[str] = set()

    async def tally(self, posts: Sequence[WatchedPost]) -> dict[int, Tally]:
        """The counts of those that are due; one that X does not show is left out."""
        now = self._reader.host.now()
        standing = (post for post in posts if post.parts[0].remote_id not in self._gone)
        due = [post for post in standing if is_due(post, now, own=is_own(post, self._reader.own_id))]
        own = [post for post in due if is_own(post, self._reader.own_id)]
        shown: dict[str, Payload] = {}
        polls: dict[str, Payload] = {}
        if own and not self._is_crowded(now):
            shown, polls = await self._read_timeline(own, now)
        elif own:
            shown, polls = await self._reader.count_posts(_list_ids(own))
        foreign = _list_ids(post for post in due if post not in own)
        shown |= (await self._reader.count_posts(foreign))[0]
        self._unseen |= {post.parts[0].remote_id for post in due} - shown.keys()
        parts = {post.id: [shown.get(part.remote_id) for part in post.parts] for post in due}
        return {id_: to_tally([part for part in found if part], polls) for id_, found in parts.items() if all(found)}

    async def find_gone(self, posts: Sequence[WatchedPost]) -> tuple[str, ...]:
        """Roots of these that were missed when they were counted, and are deleted. To ask for what is gone is free."""
        asked = self._unseen & {post.parts[0].remote_id for post in posts}
        if not asked:
            return ()
        _, absent = await self._reader.get_posts(sorted(asked))
        self._unseen -= asked
        gone = {id_ for id_ in asked if absent.get(id_) is Freshness.GONE}
        self._gone |= gone
        return tuple(sorted(gone))

    def _is_crowded(self, now: datetime) -> bool:
        return self._crowded_until is not None and now < self._crowded_until

    async def _read_timeline(
        self, own: Sequence[WatchedPost], now: datetime
    ) -> tuple[dict[str, Payload], dict[str, Payload]]:
        """The wanted posts of the own timeline. It ends with the oldest of them."""
        wanted = set(_list_ids(own))
        since = moment_of(min(map(int, wanted))).replace(microsecond=0)
        shown: dict[str, Payload] = {}
        polls: dict[str, Payload] = {}
        read = 0
        async for page, with_polls in self._reader.list_own_posts(since, len(wanted) + 1):
            read += len(page)
            shown |= {post["id"]: post for post in page if post["id"] in wanted}
            polls |= with_polls
            if shown.keys() == wanted:
                break
        if read * self._prices[self._reader.own_unit] > len(wanted) * self._prices[POST_READ]:
            self._crowded_until = now + _TRY_AGAIN
        return shown, polls


def is_due(post: WatchedPost, now: datetime, *, own: bool) -> bool:
    """Whether a post is to be counted now. One of somebody else costs five times as much: once a day at most."""
    if post.thorough or post.counted_at is None:
        return True
    age = now - post.opened_at
    every = next((every for until, every in _RHYTHM if age < until), _RARELY)
    return now - post.counted_at >= (every if own else max(every, _DAY))


def _list_ids(posts: Iterable[WatchedPost]) -> list[str]:
    return [part.remote_id for post in posts for part in post.parts]
