"""What the tests of the suite do again and again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from adapters.contract.adapter import Adapter
from adapters.contract.reading import Known, Page, Reply, Watched, WatchedPost
from adapters.contract.sending import Draft, Part, Poll, Reference
from adapters.testing.host import RecordingHost

SLUG = "slug"
"""Of a reference to nothing that was posted: the name by which what comes in is watched."""


def make_text(about: str = "Which habit made you better at your trade?") -> str:
    """A text that no other test posts, for platforms that refuse duplicates."""
    return f"{about} {uuid4().hex[:12]}"


def make_key() -> str:
    """A key that no other test uses."""
    return uuid4().hex


def make_poll(adapter: Adapter, host: RecordingHost, options: int | None = None) -> Poll:
    """A poll that the platform takes, unless `options` is beyond its limits."""
    limits = adapter.capabilities.poll
    assert limits is not None
    duration = max(limits.shortest, -(-timedelta(hours=1) // limits.step) * limits.step)
    names = tuple(f"choice {number}" for number in range(options or limits.fewest_options))
    return Poll(names, host.now() + duration)


def store_and_load(part: Part) -> Part:
    """The part as another process reads it from its row."""
    return Part(part.key, part.role, json.loads(json.dumps(part.payload)))


async def publish(adapter: Adapter, host: RecordingHost, draft: Draft, key: str = "") -> tuple[Reference, ...]:
    """Prepare and publish all parts. Where there are none, as answers only come in, what people answer to is a name."""
    references: list[Reference] = []
    for part in await adapter.prepare(draft, key or make_key(), host.now()):
        references.append(await adapter.publish(part, tuple(references)))
    name = make_key()
    return tuple(references) or (Reference(name, extra={SLUG: name}),)


def watch(
    host: RecordingHost,
    *parts: Reference,
    post_id: int = 1,
    counted: int | None = None,
    stored: int = 0,
    thorough: bool = False,
) -> WatchedPost:
    """A post that was opened now."""
    slug = next((part.extra[SLUG] for part in parts if SLUG in part.extra), "")
    return WatchedPost(post_id, () if slug else parts, host.now(), stored, counted, thorough, slug=slug)


@dataclass
class CommittedPages:
    """What a bot holds after committing pages."""

    replies: dict[str, Reply] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    marks: dict[str, str] = field(default_factory=dict)

    def commit(self, page: Page) -> None:
        """One transaction: replies, tombstones and marks."""
        self.replies.update((reply.remote_id, reply) for reply in page.replies)
        self.gone.update(page.gone)
        self.marks.update(page.marks)


async def collect(adapter: Adapter, posts: Sequence[WatchedPost], into: CommittedPages | None = None) -> CommittedPages:
    """Read all pages, starting from the marks that were committed."""
    collection = into or CommittedPages()
    async for page in adapter.collect(Watched(tuple(posts), dict(collection.marks))):
        collection.commit(page)
    return collection


async def collect_pages(adapter: Adapter, posts: Sequence[WatchedPost], marks: Mapping[str, str]) -> list[Page]:
    """The pages of one run."""
    return [page async for page in adapter.collect(Watched(tuple(posts), marks))]


def know(reply: Reply) -> Known:
    """A stored reply, to be read again."""
    return Known(Reference(reply.remote_id, reply.link, reply.extra), reply.post_id, reply.version, reply.text)
