"""Collecting: each channel's history is read on from its mark, once for all of its posts."""

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from adapters.contract.errors import AdapterError, RateLimited, Unavailable
from adapters.contract.reading import Page, Reply, Watched, WatchedPost
from adapters.contract.sending import Payload, Reference
from adapters.discord.errors import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, DiscordRefused
from adapters.discord.links import first_id, read_moment
from adapters.discord.reading.history import check_readable, read_after
from adapters.discord.reading.lineage import Lineage
from adapters.discord.rest import Rest
from adapters.discord.translate import ANSWERS, find_parent, may_read, to_reply
from adapters.discord.wire import Wire

_OVERLAP = timedelta(seconds=10)
"""Ids are made on many machines: a message may become visible a little after one with a greater id."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DiscordSources:
    """What a collection reads from. collects: as in `Settings.collect`. gone: roots that were found deleted."""

    wire: Wire
    collects: str
    lineage: Lineage = field(default_factory=Lineage)
    gone: set[str] = field(default_factory=set)


async def collect(sources: DiscordSources, watched: Watched) -> AsyncIterator[Page]:
    """Pages of all watched posts, each with the marks that it makes safe: oldest first, every page is.

    A channel that cannot be read does not keep the others from being read; its error is raised after them. Where the
    bot was only shut out, that is an error for a post that has to be read completely, and a warning for others.
    """
    failure: AdapterError | None = None
    for channel, posts in _group(watched.posts).items():
        for place in _list_places(sources, channel, posts):
            try:
                async for page in _read_place(sources, place, watched.marks):
                    yield page
            except RateLimited:
                raise
            except Unavailable as error:
                failure = failure or error
            except DiscordRefused as refusal:
                if refusal.code == UNKNOWN_CHANNEL:
                    continue  # the channel or the thread is gone, or no thread was ever opened
                log.warning("not collected: %s", refusal)
                if any(post.thorough for post in posts):
                    failure = failure or Unavailable(str(refusal))
    if failure is not None:
        raise failure


async def find_gone(sources: DiscordSources, posts: Sequence[WatchedPost]) -> tuple[str, ...]:
    """Roots that were deleted by then, or whose channel was. Each is told once."""
    gone = []
    for root in (post.parts[0] for post in posts):
        if root.remote_id in sources.gone:
            continue
        try:
            await sources.wire.rest.get(f"/channels/{root.extra['channel']}/messages/{root.remote_id}")
        except DiscordRefused as refusal:
            if refusal.code in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL):
                gone.append(root.remote_id)
        except RateLimited:
            raise
        except Unavailable as error:
            log.warning("not looked for: %s", error)
    sources.gone.update(gone)
    return tuple(gone)


@dataclass(frozen=True)
class _ReplyPlace:
    """A channel, or the thread of a post, with the posts whose answers stand there."""

    channel: str
    posts: Sequence[WatchedPost]
    is_thread: bool = False

    def scope(self, post: WatchedPost) -> str:
        """The mark of a post in this place: the id up to which it is read there."""
        return f"thread {post.parts[0].remote_id}" if self.is_thread else post.parts[0].remote_id


def list_messages(post: WatchedPost) -> list[Reference]:
    """The parts of a post that are messages: a thread is none."""
    return [part for part in post.parts if part.remote_id.isdecimal()]


def _group(posts: Sequence[WatchedPost]) -> dict[str, list[WatchedPost]]:
    by_channel: dict[str, list[WatchedPost]] = defaultdict(list)
    for post in posts:
        by_channel[post.parts[0].extra["channel"]].append(post)
    return by_channel


def _list_places(sources: DiscordSources, channel: str, posts: Sequence[WatchedPost]) -> list[_ReplyPlace]:
    """The channel and, where they are collected, the threads below its posts, whose ids are those of the posts."""
    places = [_ReplyPlace(channel, posts)]
    if sources.collects != "replies":
        places += [_ReplyPlace(post.parts[0].remote_id, [post], is_thread=True) for post in posts]
    return places


async def _read_place(sources: DiscordSources, place: _ReplyPlace, marks: Mapping[str, str]) -> AsyncIterator[Page]:
    me = (await sources.wire.places.identify()).remote_id
    guild = place.posts[0].parts[0].extra.get("guild") or await sources.wire.places.find_guild(place.channel)
    start = min(_find_start(place, post, marks) for post in place.posts)
    is_empty = True
    async for messages in read_after(sources.wire.rest, place.channel, start):
        is_empty = False
        for message in messages:
            sources.lineage.note(message)
        replies = [
            _translate(sources, place, message, post_id, me=me, guild=guild)
            for message in messages
            if (post_id := await _find_post(sources, place, message)) is not None
        ]
        yield Page(replies=tuple(replies), marks=_advance(place, int(messages[-1]["id"]), marks))
    if is_empty:
        await check_readable(sources.wire.rest, place.channel, start)


def _find_start(place: _ReplyPlace, post: WatchedPost, marks: Mapping[str, str]) -> int:
    root = int(post.parts[0].remote_id)
    mark = marks.get(place.scope(post))
    if post.thorough or mark is None:
        return root
    return max(root, first_id(read_moment(mark) - _OVERLAP))


def _advance(place: _ReplyPlace, last: int, marks: Mapping[str, str]) -> dict[str, str]:
    """Marks only go on: a post that is read again from its root has been read further before."""
    return {place.scope(post): str(max(last, int(marks.get(place.scope(post), "0")))) for post in place.posts}


async def _find_post(sources: DiscordSources, place: _ReplyPlace, message: Payload) -> int | None:
    """The post that a message answers, None for a part of ours, for what Discord tells, and for other talk."""
    roots = {part.remote_id: post.id for post in place.posts for part in list_messages(post)}
    if message.get("type", 0) not in ANSWERS or str(message["id"]) in roots:
        return None
    if place.is_thread:
        return place.posts[0].id
    found = await sources.lineage.find_post(message, roots, _MessageReader(sources.wire.rest).read)
    if found is None and sources.collects == "channel":
        return _find_newest(place.posts, int(message["id"]))
    return found


def _find_newest(posts: Sequence[WatchedPost], message_id: int) -> int | None:
    """Where a whole channel is collected, what is written in it belongs to the question that was asked last."""
    asked = [(int(post.parts[0].remote_id), post.id) for post in posts if int(post.parts[0].remote_id) < message_id]
    return max(asked)[1] if asked else None


def _translate(
    sources: DiscordSources, place: _ReplyPlace, message: Payload, post_id: int, *, me: str, guild: str
) -> Reply:
    readable = may_read(message, me, message_content=sources.wire.message_content)
    reply = to_reply(message, post_id, guild, readable=readable)
    if find_parent(message) is not None:
        return reply
    return replace(reply, parent_remote_id=place.posts[0].parts[0].remote_id) if place.is_thread else reply


@dataclass(frozen=True)
class _MessageReader:
    """Reads one message."""

    rest: Rest

    async def read(self, channel: str, message_id: str) -> Payload | None:
        """None where it is gone."""
        try:
            message: Payload = await self.rest.get(f"/channels/{channel}/messages/{message_id}")
        except DiscordRefused as refusal:
            if refusal.code == UNKNOWN_MESSAGE:
                return None
            raise
        return message
