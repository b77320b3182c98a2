"""What the account was told. A trigger: it says which threads to read, the thread says what is in them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.base import Payload
from adapters.bluesky.read import Reader, list_notifications
from adapters.bluesky.translate import find_quoted, find_root, parse_moment

_REASONS = frozenset({"reply", "mention", "quote"})  # a reply that mentions the account comes as mention only
_OVERLAP = timedelta(minutes=10)
"""Read again below the mark: the list is sorted by what clients say, and the AppView indexes side by side."""


@dataclass
class News:
    """replies: by root, the URIs that were named. mark: the newest moment of indexing that was seen."""

    replies: dict[str, set[str]] = field(default_factory=dict)
    quotes: dict[str, set[str]] = field(default_factory=dict)
    mark: datetime | None = None

    def add(self, note: Payload) -> None:
        """Take in one notification."""
        indexed_at = parse_moment(note["indexedAt"])
        self.mark = max(self.mark or indexed_at, indexed_at)
        if note["reason"] in _REASONS:
            _file(self.replies, find_root(note["record"]), note["uri"])
            _file(self.quotes, find_quoted(note["record"]), note["uri"])


async def read_news(reader: Reader, since: datetime) -> News:
    """What was indexed since `since`, and a little before. Newest first, so all of it is read or it raises.

    The list is sorted by the earlier of a client's own time and the time of indexing. A reply that is backdated
    below `since` is not found here, but on the first page, which is always read to its end, or by its post's count.
    """
    news = News(mark=since)
    until = since - _OVERLAP
    async for page in list_notifications(reader):
        for note in page:
            if parse_moment(note["indexedAt"]) >= until:
                news.add(note)
        if any(_sorted_at(note) < until for note in page):
            break
    return news


def _sorted_at(note: Payload) -> datetime:
    indexed_at = parse_moment(note["indexedAt"])
    try:
        return min(indexed_at, parse_moment(note["record"]["createdAt"]))
    except (KeyError, TypeError, ValueError):
        return indexed_at


def _file(by_subject: dict[str, set[str]], subject: str | None, uri: str) -> None:
    if subject is not None:
        by_subject.setdefault(subject, set()).add(uri)
