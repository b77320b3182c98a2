"""The adapter: a note's id is the hash of its key, so that pinning it twice is pinning it once."""

import hashlib
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel, ConfigDict

from adapters.contract.adapter import Host
from adapters.contract.capabilities import Capabilities, Limit
from adapters.contract.errors import Rejected, Unavailable
from adapters.contract.platform import Platform
from adapters.contract.reading import (
    Author,
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
from adapters.contract.sending import Absent, Draft, Found, Part, Reference, Role
from pullquote_noticeboard.board import Board, Note, make_note

CAPABILITIES = Capabilities(limits=(Limit("characters", 500, len),), repeats_safely=True)
LINK = re.compile(r"https://noticeboard\.example/([0-9a-z-]+)")


class NoticeBoardSettings(BaseModel):
    """folder: where the notes are. signature: how the bot signs."""

    model_config = ConfigDict(extra="forbid")

    folder: Path = Path("noticeboard")
    signature: str = "pullquote"


class NoticeBoardAdapter:
    """One who pins and reads notes; can take them down again."""

    def __init__(self, settings: NoticeBoardSettings, host: Host) -> None:
        self._board = Board(settings.folder)
        self._signature = settings.signature
        self._host = host

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held."""

    async def identify(self) -> Identity:
        with reachable():
            self._board.read("")
        return Identity(self._signature, self._signature)

    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
        if draft.poll:
            raise Rejected("a notice board has no polls; print the options")
        return tuple(make_part(f"{key}-{number}", text, at) for number, text in enumerate((draft.root, *draft.thread)))

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:
        note_id = make_id(part)
        at = datetime.fromisoformat(part.payload["written_at"])
        with reachable():
            self._board.pin(
                make_note(note_id, self._signature, part.payload["text"], at, parents[-1].remote_id if parents else "")
            )
        return point_at(note_id)

    async def find(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        with reachable():
            note = self._board.read(make_id(part))
        return point_at(note.id) if note else Absent()

    async def retract(self, reference: Reference) -> None:
        with reachable():
            self._board.take_down(reference.remote_id)

    async def collect(self, watched: Watched) -> AsyncIterator[Page]:
        """The whole board on one page: reading a folder is cheap, so no marks are needed."""
        posts = {post.parts[0].remote_id: post.id for post in watched.posts}
        own = {part.remote_id for post in watched.posts for part in post.parts}
        with reachable():
            below = self._board.below(frozenset(posts))
        yield Page(tuple(read_reply(note, posts[root]) for root, note in below if note.id not in own))

    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]:
        counts = {}
        for post in posts:
            own = {part.remote_id for part in post.parts}
            with reachable():
                below = self._board.below(frozenset({post.parts[0].remote_id}))
            counts[post.id] = Tally(replies=sum(note.id not in own for _, note in below))
        return counts

    async def refresh(self, known: Sequence[Known]) -> Sequence[Reread]:
        with reachable():
            return [reread(one, self._board.read(one.reference.remote_id)) for one in known]

    async def look_up(self, link: str) -> FoundPost:
        match = LINK.fullmatch(link)
        with reachable():
            note = self._board.read(match[1]) if match else None
        if note is None:
            raise Rejected(f"{link} leads to no note of the board")
        return FoundPost(point_at(note.id), sign(note), note.text, datetime.fromisoformat(note.written_at))


@contextmanager
def reachable() -> Iterator[None]:
    """A folder that is missing or locked is a platform that is down."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"the notice board cannot be reached: {error}") from error


def make_part(key: str, text: str, at: datetime) -> Part:
    """One note to be pinned."""
    if not text.strip():
        raise Rejected("a note needs words")
    if len(text) > 500:
        raise Rejected(f"a note has {len(text)} characters; 500 fit")
    role = Role.ROOT if key.endswith("-0") else Role.THREAD
    return Part(key, role, {"text": text, "written_at": at.isoformat()})


def make_id(part: Part) -> str:
    """The same key gives the same file."""
    return hashlib.sha256(part.key.encode()).hexdigest()[:16]


def point_at(note_id: str) -> Reference:
    """How a note is found again."""
    return Reference(note_id, f"https://noticeboard.example/{note_id}")


def sign(note: Note) -> Author:
    """Who signed a note; on a board the signature is all there is."""
    return Author(note.author, note.author)


def read_reply(note: Note, post_id: int) -> Reply:
    """A note under one of ours."""
    return Reply(
        remote_id=note.id,
        post_id=post_id,
        author=sign(note),
        text=note.text,
        posted_at=datetime.fromisoformat(note.written_at),
        link=point_at(note.id).link,
        parent_remote_id=note.below,
        version=str(note.edition),
    )


def reread(known: Known, note: Note | None) -> Reread:
    """What became of a note."""
    if note is None:
        return Reread(known.reference.remote_id, Freshness.GONE)
    reply = read_reply(note, known.post_id)
    if reply.version != known.version:
        return Reread(note.id, Freshness.EDITED, reply)
    return Reread(note.id, Freshness.SAME)


platform = Platform(
    name="noticeboard",
    title="Notice board",
    settings=NoticeBoardSettings,
    capabilities=CAPABILITIES,
    connect=NoticeBoardAdapter,
    recognises=lambda link: LINK.fullmatch(link) is not None,
    reads_without_account=True,
)
