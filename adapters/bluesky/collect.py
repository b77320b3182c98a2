"""Collecting: notifications and counts say where to look, threads and quotes say what is there."""

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime

from adapters.base import Page, Payload, Reply, Standing, Watched, WatchedPost
from adapters.bluesky.links import parse_uri
from adapters.bluesky.notifications import News, read_news
from adapters.bluesky.read import Reader, get_posts, get_profiles, get_thread, list_quotes
from adapters.bluesky.thread import Walk, walk_thread
from adapters.bluesky.translate import (
    count_answers,
    find_hidden,
    is_detached,
    judge_standing,
    parse_moment,
    to_reply,
)

_NEWS_MARK = "notifications"
_COUNT_MARK = "count "  # and the URI of a root: what the platform counted before its thread was read
_MOST_BRANCHES = 200
"""Calls for what one thread view left out, a post and collection."""
_PAGE = 100


async def collect(reader: Reader, watched: Watched, *, told: bool) -> AsyncIterator[Page]:
    """Pages of all watched posts; the mark comes with the last one. told: the reader has notifications."""
    if not watched.posts:
        return
    news = await read_news(reader, _find_start(watched)) if told else News()
    views = await get_posts(reader, (part.remote_id for post in watched.posts for part in post.parts))
    for post in watched.posts:
        if not _is_due(post, views, news, watched.marks):
            continue
        replies = await _read_post(reader, post, views, news, told=told)
        for start in range(0, len(replies), _PAGE):
            yield Page(replies=tuple(replies[start : start + _PAGE]))
        yield Page(marks={_name_count(post): str(count_post(post, views))})
    if news.mark is not None:
        yield Page(marks={_NEWS_MARK: news.mark.isoformat()})


def count_post(post: WatchedPost, views: dict[str, Payload]) -> int | None:
    """Direct replies and quotes to all parts of a post, without its own self-replies; None where one is not seen."""
    seen = [views[part.remote_id] for part in post.parts if part.remote_id in views]
    if not seen or len(seen) < len(_posts_of(post)):
        return None
    own = len(seen) - 1
    return max(0, sum(count_answers(view) for view in seen) - own)


def _find_start(watched: Watched) -> datetime:
    """From where notifications are wanted."""
    mark = watched.marks.get(_NEWS_MARK)
    return parse_moment(mark) if mark else min(post.opened_at for post in watched.posts)


def _posts_of(post: WatchedPost) -> list[str]:
    """The URIs of the parts that are posts (a gate is none)."""
    return [part.remote_id for part in post.parts if "/app.bsky.feed.post/" in part.remote_id]


def _name_count(post: WatchedPost) -> str:
    return _COUNT_MARK + post.parts[0].remote_id


def _is_due(post: WatchedPost, views: dict[str, Payload], news: News, marks: Mapping[str, str]) -> bool:
    """Whether something may have happened to a post.

    The count is compared with the one of the last collection, not with a later `Tally`, which may know replies
    that no collection has read.
    """
    if post.parts[0].remote_id not in views:
        return False  # not indexed yet, or removed: either way there is no thread to read
    named = any(uri in news.replies or uri in news.quotes for uri in _posts_of(post))
    return post.thorough or named or marks.get(_name_count(post)) != str(count_post(post, views))


async def _read_post(
    reader: Reader, post: WatchedPost, views: dict[str, Payload], news: News, *, told: bool
) -> list[Reply]:
    """All replies to a post: what its thread shows, its quotes, and what notifications know beyond that."""
    root = views[post.parts[0].remote_id]
    hidden = find_hidden(root)
    walk = await read_thread(reader, root["uri"], hidden)
    found = dict(walk.seen)
    uris = _posts_of(post)
    if post.thorough or not told or any(uri in news.quotes for uri in uris):
        for uri in uris:
            _add(found, (view for view in await list_quotes(reader, uri) if not is_detached(view)), hidden)
    named = {name for uri in uris for by in (news.replies, news.quotes) for name in by.get(uri, ())}
    beyond = await get_posts(reader, sorted(named - found.keys()))
    _add(found, (view for view in beyond.values() if not is_detached(view)), hidden)
    asker = parse_uri(root["uri"])
    others = [item for item in found.values() if asker is None or item[0]["author"]["did"] != asker.repo]
    profiles = await get_profiles(reader, (view["author"]["did"] for view, _ in others))
    return [
        to_reply(view, post.id, standing, profiles.get(view["author"]["did"]))
        for view, standing in sorted(others, key=lambda item: (item[0]["indexedAt"], item[0]["uri"]))
    ]


async def read_thread(reader: Reader, uri: str, hidden: frozenset[str]) -> Walk:
    """A thread as far as the platform gives it: where a view is cut, by depth or number, it is asked for again there.

    Production stops at depth 10 and about 200 posts, whatever is asked.
    """
    walk = Walk()
    top = await get_thread(reader, uri)
    if top is not None:
        walk_thread(top, hidden, walk)
    asked = 0
    while walk.cut and asked < _MOST_BRANCHES:
        branch = walk.cut.pop()
        asked += 1
        below = await get_thread(reader, branch)
        if below is not None:
            _graft(below, hidden, walk)
    return walk


def _graft(top: Payload, hidden: frozenset[str], walk: Walk) -> None:
    """Add a branch; a post that was cut before and is seen again is not cut again."""
    already = set(walk.seen)
    waiting = list(walk.cut)
    walk_thread(top, hidden, walk, under=walk.seen[top["post"]["uri"]][1])
    walk.cut = waiting + [uri for uri in walk.cut[len(waiting) :] if uri not in already]


def _add(found: dict[str, tuple[Payload, Standing]], views: Iterable[Payload], hidden: frozenset[str]) -> None:
    for view in views:
        found.setdefault(view["uri"], (view, judge_standing(view, hidden)))
