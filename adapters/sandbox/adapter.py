"""The account of a bot on a sandbox network."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Self

from adapters.contract.adapter import Host
from adapters.contract.capabilities import Capabilities
from adapters.contract.errors import Rejected
from adapters.contract.reading import (
    FoundPost,
    Freshness,
    Identity,
    Known,
    Page,
    Reply,
    Reread,
    Tally,
    Watched,
    WatchedPost,
)
from adapters.contract.sending import Absent, Draft, Found, NotYet, Part, Reference
from adapters.sandbox.check import check_draft
from adapters.sandbox.network import read_link
from adapters.sandbox.service import JSON, SandboxService
from adapters.sandbox.settings import SandboxSettings
from adapters.sandbox.translate import (
    make_parts,
    read_found,
    read_reference,
    read_reply,
    read_tally,
)
from adapters.sandbox.transport import InProcess, OverHTTP, Transport

MARK = "events"


def connect(settings: SandboxSettings, host: Host) -> "SandboxAdapter":
    """The adapter of one account; sends nothing."""
    transport: Transport
    if settings.url:
        transport = OverHTTP(settings.url, settings.timeout)
    else:
        transport = InProcess(settings.service or SandboxService(), settings.file)
    return SandboxAdapter(settings, host, transport)


class SandboxAdapter:
    """One account; also `FindsWords`, `Retracts`, `ClosesPolls`, `AsksAuthor` and `Delivers`."""

    def __init__(self, settings: SandboxSettings, host: Host, transport: Transport) -> None:
        self._settings = settings
        self._host = host
        self._transport = transport
        self._capabilities = settings.capabilities()

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.close()

    async def identify(self) -> Identity:
        answer = await self._call("identify")
        return Identity(answer["id"], answer["handle"])

    # ------------------------------------------------------------ writing

    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
        check_draft(draft, self._capabilities, at)
        return make_parts(draft, key, at)

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:
        below = {"parent": parents[-1].remote_id} if parents else {}
        return read_reference(await self._call("publish", **part.payload, **self._key(part), **below))

    async def find(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        below = parents[-1].remote_id if parents else None
        how: JSON = self._key(part) or {"text": part.payload["text"], "parent": below}
        return await self._find(since, how)

    async def find_words(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        below = parents[-1].remote_id if parents else None
        return await self._find(since, {"text": part.payload["text"], "parent": below, "roughly": True})

    async def _find(self, since: datetime, how: JSON) -> Found:
        answer = await self._call("find", **how, since=since.isoformat())
        if answer["post"]:
            return read_reference(answer["post"])
        return Absent() if self._capabilities.settle_after is None else NotYet()

    async def retract(self, reference: Reference) -> None:
        await self._call("retract", id=reference.remote_id)

    async def close_poll(self, reference: Reference) -> None:
        await self._call("close_poll", id=reference.remote_id)

    async def ask_author(self, reply: Reference, wording: str, key: str, since: datetime | None = None) -> Reference:
        return await self._send_once({"text": wording, "parent": reply.remote_id}, key, since)

    async def deliver(
        self, place: str, text: str, files: Mapping[str, bytes], key: str, since: datetime | None = None
    ) -> Reference:
        named = {name: content.hex() for name, content in files.items()}
        return await self._send_once({"text": text, "place": place, "files": named}, key, since)

    async def _send_once(self, content: JSON, key: str, since: datetime | None) -> Reference:
        how: JSON = {"key": key} if self._capabilities.repeats_safely else {}
        if since is not None:
            looked = how or {"text": content["text"], "parent": content.get("parent")}
            found = (await self._call("find", **looked, since=since.isoformat()))["post"]
            if found:
                return read_reference(found)
        return read_reference(await self._call("publish", **content, **how, at=self._host.now().isoformat()))

    # ------------------------------------------------------------ reading

    async def collect(self, watched: Watched) -> AsyncIterator[Page]:
        """Whole threads where everything is wanted, then what changed since the mark, in one run for all posts."""
        for post in watched.posts:
            if post.thorough or post.counted is None:
                async for page in self._read_thread(post):
                    yield page
        read = self._read_downward if self._settings.newest_first else self._read_upward
        async for page in read(watched):
            yield page

    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]:
        ids = [part.remote_id for post in posts for part in post.parts]
        shown = {post["id"]: post for post in (await self._call("posts", ids=ids))["posts"]}
        return {post.id: self._count(post, shown) for post in posts if post.parts[0].remote_id in shown}

    async def refresh(self, known: Sequence[Known]) -> Sequence[Reread]:
        answer = await self._call("posts", ids=[one.reference.remote_id for one in known])
        shown = {post["id"]: post for post in answer["posts"]}
        return [_reread(one, shown.get(one.reference.remote_id)) for one in known]

    async def look_up(self, link: str) -> FoundPost:
        post_id = read_link(link)
        if post_id is None:
            raise Rejected(
                f"{link} is no link to a post of the sandbox, such as https://sandbox.example/post/sandbox-1"
            )
        found = (await self._call("posts", ids=[post_id]))["posts"]
        if not found:
            raise Rejected(f"{link} leads to no post: it was deleted or never there")
        return read_found(found[0])

    # ------------------------------------------------------------ within

    async def _call(self, operation: str, **arguments: object) -> JSON:
        now = self._host.now().isoformat()
        return await self._transport.call(operation, {"as": self._settings.handle, "now": now, **arguments})

    def _key(self, part: Part) -> dict[str, str]:
        """Nothing where the platform does not repeat safely, like X."""
        return {"key": part.key} if self._capabilities.repeats_safely else {}

    async def _read_thread(self, post: WatchedPost) -> AsyncIterator[Page]:
        before: int | None = None
        while True:
            root = post.parts[0].remote_id
            answer = await self._call("thread", root=root, before=before)
            yield _read_page(answer, Watched((post,)))
            before = answer["next"]
            if before is None:
                return

    async def _read_upward(self, watched: Watched) -> AsyncIterator[Page]:
        """Oldest first: after each page everything up to its end is known."""
        after: int | None = self._start(watched)
        while after is not None:
            answer = await self._call("events", roots=_roots(watched), after=after)
            after = answer["next"]
            yield _read_page(answer, watched, mark=answer["end"] if after is None else after)

    async def _read_downward(self, watched: Watched) -> AsyncIterator[Page]:
        """Newest first: nothing is safe before the last page, and then only what the first page had seen."""
        newest: int | None = None
        before: int | None = None
        while True:
            answer = await self._call(
                "events", roots=_roots(watched), after=self._start(watched), before=before, newest_first=True
            )
            before = answer["next"]
            newest = answer["end"] if newest is None else newest
            yield _read_page(answer, watched, mark=newest if before is None else None)
            if before is None:
                return

    def _start(self, watched: Watched) -> int:
        return int(watched.marks.get(MARK, "0"))

    def _count(self, post: WatchedPost, shown: Mapping[str, JSON]) -> Tally:
        """The network counts our own self-replies too; they are no answers."""
        own = sum(part.remote_id in shown for part in post.parts[1:])
        return read_tally(shown[post.parts[0].remote_id], self._host.now(), own, named=self._settings.votes_are_named)


def _roots(watched: Watched) -> list[str]:
    return [post.parts[0].remote_id for post in watched.posts]


def _read_page(answer: JSON, watched: Watched, mark: int | None = None) -> Page:
    """The entries of one answer, without our own parts."""
    ids = {post.parts[0].remote_id: post.id for post in watched.posts}
    own = {part.remote_id for post in watched.posts for part in post.parts}
    replies: dict[str, Reply] = {}
    gone: dict[str, None] = {}
    for entry in answer["entries"]:
        if "gone" in entry:
            gone[entry["gone"]] = None
        elif entry["post"]["id"] not in own:
            replies[entry["post"]["id"]] = read_reply(entry["post"], ids[entry["post"]["root"]])
    return Page(tuple(replies.values()), tuple(gone), {} if mark is None else {MARK: str(mark)})


def _reread(known: Known, post: JSON | None) -> Reread:
    """What became of a stored reply."""
    remote_id = known.reference.remote_id
    if remote_id.startswith("form:"):  # handed in: the network never had it
        return Reread(remote_id, Freshness.SAME)
    if post is None:
        return Reread(remote_id, Freshness.GONE)
    reply = read_reply(post, known.post_id)
    if reply.version != known.version:
        return Reread(remote_id, Freshness.EDITED, reply)
    return Reread(remote_id, Freshness.HIDDEN if post["hidden"] else Freshness.SAME)
