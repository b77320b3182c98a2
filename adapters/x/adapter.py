"""One account on X."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self

from adapters.contract.adapter import Host
from adapters.contract.capabilities import Capabilities
from adapters.contract.errors import AdapterError, Rejected, Unauthorized, Unavailable, Uncertain
from adapters.contract.reading import (
    FoundPost,
    Freshness,
    Identity,
    Known,
    Page,
    Reread,
    Tally,
    Watched,
    WatchedPost,
)
from adapters.contract.sending import Draft, Found, NotYet, Part, Reference
from adapters.x.capabilities import list_capabilities
from adapters.x.compose import check_draft, complete_body, compose_parts
from adapters.x.errors import XRefused
from adapters.x.links import make_link, parse_link
from adapters.x.match import is_part
from adapters.x.prices import POST_DELETE, make_tariff, name_creation
from adapters.x.reading.authors import Authors
from adapters.x.reading.collect import collect
from adapters.x.reading.counts import Counts
from adapters.x.reading.read import XReader
from adapters.x.reading.refresh import refresh
from adapters.x.session import SignedClient
from adapters.x.settings import XSettings
from adapters.x.translate import to_author, to_found_post, to_reference

_TRUSTED_CLOCK = timedelta(hours=6)
"""A post is looked for from so long before its intent: clocks differ, and are set."""


class XAdapter:
    """Posts and collects as the account of `settings`. It answers nobody: what it sends are roots and self-replies."""

    def __init__(self, settings: XSettings, host: Host) -> None:
        self._settings = settings
        self._host = host
        self._capabilities = list_capabilities(settings)
        self._caller = SignedClient(settings, host)
        self._reader = XReader(self._caller, settings, host)
        self._counts = Counts(self._reader, make_tariff(settings).prices)
        self._authors = Authors(self._reader, host)

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._caller.close()

    async def identify(self) -> Identity:
        me = await self._reader.get_me()
        if me["id"] != self._reader.own_id or me["username"].lower() != self._reader.handle.lower():
            raise Unauthorized(
                f"the tokens belong to @{me['username']} ({me['id']}), the config says @{self._reader.handle} "
                f"({self._reader.own_id}): correct handle and user_id, or make tokens for this account"
            )
        return Identity(me["id"], me["username"])

    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
        check_draft(draft, self._capabilities, at)
        return compose_parts(draft, key, at)

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:
        body = complete_body(part, parents)
        unit = name_creation(body["text"])
        await self._host.spend(unit, 1)
        try:
            answer = await self._caller.write("posting", "POST", "/2/tweets", body)
            post_id = str(answer["data"]["id"])
        except Uncertain:
            raise  # it may have been billed: it stays counted
        except AdapterError:
            await self._host.settle(unit, 1, ())
            raise
        except (KeyError, TypeError):
            raise Uncertain("posting at X: the answer names no post; it may have been posted") from None
        await self._host.settle(unit, 1, (post_id,))
        return Reference(post_id, make_link(post_id))

    async def find_words(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        return await self._find(part, parents, since, roughly=True)

    async def find(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        return await self._find(part, parents, since)

    async def _find(self, part: Part, parents: Sequence[Reference], since: datetime, *, roughly: bool = False) -> Found:
        async for posts, polls in self._reader.list_own_posts(since - _TRUSTED_CLOCK, 1):
            for post in posts:
                ids = (post.get("attachments") or {}).get("poll_ids") or [""]
                if is_part(post, polls.get(ids[0]), part, parents, roughly=roughly):
                    return to_reference(post)
        return NotYet()

    async def collect(self, watched: Watched) -> AsyncIterator[Page]:
        async for page in collect(self._reader, watched):
            yield page
        if gone := await self._counts.find_gone(watched.posts):
            yield Page(gone=gone)

    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]:
        return await self._counts.tally(posts)

    async def refresh(self, known: Sequence[Known]) -> Sequence[Reread]:
        return await refresh(self._reader, self._authors, known)

    async def look_up(self, link: str) -> FoundPost:
        post_id = parse_link(link)
        posts, absent = await self._reader.get_posts([post_id])
        if post_id not in posts:
            hidden = absent.get(post_id) is Freshness.HIDDEN
            why = "its author shows it to followers alone, or is suspended" if hidden else "it may be deleted"
            raise Rejected(f"X shows no post at {link} ({why})")
        post = posts[post_id]
        if (conversation := post.get("conversation_id") or post_id) != post_id:
            raise Rejected(
                f"{link} is itself a reply, and X does not say which replies are its own: "
                f"adopt the post that began the conversation, {make_link(conversation)}"
            )
        users = await self._reader.get_users([post["author_id"]])
        if post["author_id"] not in users:
            raise Unavailable(f"X shows {link}, but not who wrote it")
        return to_found_post(post, to_author(users[post["author_id"]]))

    async def retract(self, reference: Reference) -> None:
        await self._host.spend(POST_DELETE, 1)
        try:
            await self._caller.write("deleting", "DELETE", f"/2/tweets/{reference.remote_id}")
        except Uncertain as error:  # it may have been billed: it stays counted
            raise Unavailable(str(error)) from None
        except AdapterError as error:
            await self._host.settle(POST_DELETE, 1, ())
            if not (isinstance(error, XRefused) and error.status == 404):
                raise
            return
        await self._host.settle(POST_DELETE, 1, (reference.remote_id,))
