"""Collecting: notifications and counts say where to look, threads and quotes say what is there."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.bluesky.errors import BlueskyRefused
from adapters.bluesky.links import POST, parse_uri
from adapters.bluesky.reading.notifications import News, read_news
from adapters.bluesky.reading.read import Profiles, Reader, get_posts, list_quotes, read_hidden
from adapters.bluesky.reading.thread import read_thread
from adapters.bluesky.translate import (
    count_answers,
    find_detached,
    judge_standing,
    parse_moment,
    to_reply,
)
from adapters.contract.errors import AdapterError, RateLimited, Rejected, Unavailable
from adapters.contract.reading import Page, Reply, Standing, Watched, WatchedPost
from adapters.contract.sending import Payload

_NEWS_MARK = "notifications"
_COUNT_MARK = "count "  # and the URI of a root: what the platform counted before its thread was read
_PAGE = 100


@dataclass(frozen=True)
class BlueskySources:
    """What a collection reads from. has_notifications: the reader is an account. find_own_repo: its DID, else ""."""

    reader: Reader
    profiles: Profiles
    has_notifications: bool
    find_own_repo: Callable[[], Awaitable[str]]


async def collect(sources: BlueskySources, watched: Watched) -> AsyncIterator[Page]:
    """Pages of all watched posts. A post's count comes as a mark with its last page, the news' mark at the very end.

    A post that cannot be read does not keep the others from being read; its error is raised after them.
    """
    if not watched.posts:
        return
    news = await read_news(sources.reader, _find_start(watched)) if sources.has_notifications else News()
    views = await get_posts(sources.reader, (part.remote_id for post in watched.posts for part in post.parts))
    yield Page(gone=await _find_gone(sources, watched.posts, views))
    failure: AdapterError | None = None
    for post in watched.posts:
        if not _is_due(post, views, news, watched.marks):
            continue
        try:
            replies = await _read_post(sources, post, views, news)
        except RateLimited:
            raise
        except (Unavailable, Rejected) as error:
            if failure is not None:
                raise
            failure = error
            continue
        for start in range(0, len(replies), _PAGE):
            yield Page(replies=tuple(replies[start : start + _PAGE]))
        yield Page(marks={_name_count(post): str(count_post(post, views))})
    if failure is not None:
        raise failure
    if news.mark is not None:
        yield Page(marks={_NEWS_MARK: news.mark.isoformat()})


def count_post(post: WatchedPost, views: Mapping[str, Payload]) -> int | None:
    """Direct replies and quotes to all parts of a post, without its own self-replies; None where one is not seen."""
    uris = _name_posts(post)
    if not all(uri in views for uri in uris):
        return None
    return max(0, sum(count_answers(views[uri]) for uri in uris) - (len(uris) - 1))


def _find_start(watched: Watched) -> datetime:
    """From where notifications are wanted."""
    mark = watched.marks.get(_NEWS_MARK)
    return parse_moment(mark) if mark else min(post.opened_at for post in watched.posts)


def _name_posts(post: WatchedPost) -> list[str]:
    """The URIs of the parts that are posts (a gate is none)."""
    return [part.remote_id for part in post.parts if f"/{POST}/" in part.remote_id]


def _name_count(post: WatchedPost) -> str:
    return _COUNT_MARK + post.parts[0].remote_id


def _is_due(post: WatchedPost, views: Mapping[str, Payload], news: News, marks: Mapping[str, str]) -> bool:
    """Whether something may have happened to a post.

    The count is compared with the one of the last collection, not with a later `Tally`, which may know replies
    that no collection has read. A root that is not shown is not indexed yet, or removed: there is no thread.
    """
    if post.parts[0].remote_id not in views:
        return False
    named = any(uri in news.replies or uri in news.quotes for uri in _name_posts(post))
    return post.thorough or named or marks.get(_name_count(post)) != str(count_post(post, views))


async def _find_gone(
    sources: BlueskySources, posts: Sequence[WatchedPost], views: Mapping[str, Payload]
) -> tuple[str, ...]:
    """Own roots that are in their repository no more. What is only not shown may be new, or behind a block; of other
    people's roots no more can be known.
    """
    gone = []
    for root in (post.parts[0].remote_id for post in posts):
        address = parse_uri(root)
        if root in views or address is None or address.repo != await sources.find_own_repo():
            continue
        try:
            await sources.reader.query("com.atproto.repo.getRecord", **address._asdict())
        except BlueskyRefused as refusal:
            if refusal.name == "RecordNotFound":
                gone.append(root)
    return tuple(gone)


async def _read_post(
    sources: BlueskySources, post: WatchedPost, views: Mapping[str, Payload], news: News
) -> list[Reply]:
    """All replies to a post: what its thread shows, its quotes, and what notifications know beyond that."""
    uris = _name_posts(post)
    hidden = await read_hidden(sources.reader, views[uris[0]])
    found = await read_thread(sources.reader, uris[0], hidden)
    if post.thorough or not sources.has_notifications or any(uri in news.quotes for uri in uris):
        for uri in uris:
            _add(found, await list_quotes(sources.reader, uri), uris, hidden)
    named = {name for uri in uris for by in (news.replies, news.quotes) for name in by.get(uri, ())}
    beyond = await get_posts(sources.reader, sorted(named - found.keys()))
    _add(found, beyond.values(), uris, hidden)
    return await _translate(sources.profiles, post, found)


async def _translate(
    profiles: Profiles, post: WatchedPost, found: Mapping[str, tuple[Payload, Standing]]
) -> list[Reply]:
    """All but the post's own parts, in the order in which it was seen."""
    parts = {part.remote_id for part in post.parts}
    others = [item for item in found.values() if item[0]["uri"] not in parts]
    bios = await profiles.get(view["author"]["did"] for view, _ in others)
    others.sort(key=lambda item: (item[0]["indexedAt"], item[0]["uri"]))
    return [to_reply(view, post.id, standing, bios.get(view["author"]["did"])) for view, standing in others]


def _add(
    found: dict[str, tuple[Payload, Standing]], views: Iterable[Payload], parts: Sequence[str], hidden: frozenset[str]
) -> None:
    """Add what is not found yet; a quote that was taken off a part is not shown with it and is left out."""
    for view in views:
        if find_detached(view) not in parts:
            found.setdefault(view["uri"], (view, judge_standing(view, hidden)))
