"""The account's notifications: they show which threads to read; what is in these, only the thread shows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.bluesky.reading.read import Reader, list_notifications
from adapters.bluesky.translate import find_quoted, find_root, parse_moment
from adapters.contract.sending import Payload

_REASONS = frozenset({"reply", "mention", "quote"})  # a reply that mentions the account comes as mention only
_OVERLAP = timedelta(minutes=10)
"""Read again below the mark: clients' clocks differ, and the AppView indexes side by side."""


@dataclass
class News:
    """replies: by root, the URIs that were named. quotes: by quoted post. mark: the newest moment in the list."""

    replies: dict[str, set[str]] = field(default_factory=dict)
    quotes: dict[str, set[str]] = field(default_factory=dict)
    mark: datetime | None = None

    def add(self, note: Payload) -> None:
        """Take in one notification."""
        listed_at = parse_moment(note["indexedAt"])
        self.mark = max(self.mark or listed_at, listed_at)
        if note["reason"] in _REASONS:
            _file(self.replies, find_root(note["record"]), note["uri"])
            _file(self.quotes, find_quoted(note["record"]), note["uri"])


async def read_news(reader: Reader, since: datetime) -> News:
    """What was listed since `since`, and a little before. Newest first, so all of it is read or it raises.

    The `indexedAt` of a notification is what the list is sorted by: the earlier of the client's own time and the
    time of indexing. It never lies ahead, so nobody can push the mark; but what is backdated below the mark is not
    found here. Its post's count finds it, or the next reading of its thread, at the latest at the close.
    """
    news = News(mark=since)
    until = since - _OVERLAP
    async for page in list_notifications(reader):
        for note in page:
            if parse_moment(note["indexedAt"]) < until:
                return news
            news.add(note)
    return news


def _file(by_subject: dict[str, set[str]], subject: str | None, uri: str) -> None:
    if subject is not None:
        by_subject.setdefault(subject, set()).add(uri)
