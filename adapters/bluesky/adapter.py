"""One account on Bluesky, or a reader without one."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Self

from adapters.bluesky.capabilities import CAPABILITIES
from adapters.bluesky.compose import check_draft, complete_body, compose_parts
from adapters.bluesky.directory import find_homes
from adapters.bluesky.errors import BlueskyRefused
from adapters.bluesky.facets import find_mentions
from adapters.bluesky.label import advise_label
from adapters.bluesky.links import parse_link, parse_uri
from adapters.bluesky.reading.collect import BlueskySources, collect, count_post
from adapters.bluesky.reading.own import find_words
from adapters.bluesky.reading.read import Profiles, Reader, get_posts
from adapters.bluesky.reading.refresh import refresh
from adapters.bluesky.session import AccountClient, PublicReader
from adapters.bluesky.settings import BlueskySettings
from adapters.bluesky.translate import to_found_post, to_reference
from adapters.contract.adapter import Host
from adapters.contract.capabilities import Capabilities
from adapters.contract.errors import Rejected, Unauthorized
from adapters.contract.reading import FoundPost, Identity, Known, Page, Reread, Tally, Watched, WatchedPost
from adapters.contract.sending import Absent, Draft, Found, Part, Payload, Reference


class BlueskyAdapter:
    """Posts and collects as the account of `settings`; without one it reads what is public."""

    def __init__(self, settings: BlueskySettings, host: Host) -> None:
        self._settings = settings
        self._public = PublicReader(settings.appview, host)
        self._login: AccountClient | None = None
        if settings.handle is not None and settings.password is not None:
            find_home = find_homes(settings.directory, self._public.query)
            self._login = AccountClient(settings.handle, settings.password, settings.service, host, find_home)
        self._reader: Reader = self._login or self._public
        profiles = Profiles(self._reader, host)
        has_login = self._login is not None
        self._sources = BlueskySources(self._reader, profiles, has_login, self._find_own_repo)

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._public.close()
        if self._login is not None:
            await self._login.close()

    async def identify(self) -> Identity:
        return await self._account.verify()

    async def advise(self, places: Collection[str]) -> Sequence[str]:  # noqa: ARG002 (there are none)
        return await advise_label(self._account, sets=self._settings.label_bot) if self._login is not None else ()

    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
        check_draft(draft)
        return compose_parts(
            draft, key, at, await self._account.name_repo(), await self._resolve_mentions((draft.root, *draft.thread))
        )

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:
        own = await self._address(part)
        if not self._is_ours(part, own) and await self._read(own) is None:
            raise self._disown(part)
        body = complete_body(own, parents)
        return to_reference(await self._account.send("com.atproto.repo.putRecord", body, writes=True))

    async def find(
        self,
        part: Part,
        parents: Sequence[Reference],  # noqa: ARG002 (the record key is enough)
        since: datetime,  # noqa: ARG002
    ) -> Found:
        own = await self._address(part)
        if (record := await self._read(own)) is not None:
            return to_reference(record)
        if not self._is_ours(part, own):
            raise self._disown(part)
        return Absent()

    async def find_words(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        found = await self.find(part, parents, since)
        if isinstance(found, Reference):
            return found
        return await find_words(self._account, await self._address(part), parents, since)

    def collect(self, watched: Watched) -> AsyncIterator[Page]:
        return collect(self._sources, watched)

    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]:
        views = await get_posts(self._reader, (part.remote_id for post in posts for part in post.parts))
        counts = {post.id: count_post(post, views) for post in posts}
        return {post_id: Tally(replies=count) for post_id, count in counts.items() if count is not None}

    async def refresh(self, known: Sequence[Known]) -> Sequence[Reread]:
        return await refresh(self._reader, self._public, known)

    async def look_up(self, link: str) -> FoundPost:
        address = parse_link(link)
        if not address.repo.startswith("did:"):
            address = address._replace(repo=await self._resolve_handle(address.repo))
        views = await get_posts(self._public, [address.uri])
        if address.uri not in views:
            raise Rejected(f"there is no post at {link} (it may be deleted, or its author's account is closed)")
        return to_found_post(views[address.uri])

    async def retract(self, reference: Reference) -> None:
        address = parse_uri(reference.remote_id)
        if address is None or address.repo != (await self._account.identify()).remote_id:
            raise Rejected(f"{reference.remote_id} is not in the repository of this account")
        await self._account.send("com.atproto.repo.deleteRecord", address._asdict())

    @property
    def _account(self) -> AccountClient:
        if self._login is None:
            raise Unauthorized("no Bluesky account is configured: set handle and password to post")
        return self._login

    async def _find_own_repo(self) -> str:
        return "" if self._login is None else (await self._login.identify()).remote_id

    async def _address(self, part: Part) -> Part:
        """`part` in the repository of the account by its DID: a handle in stored bytes may be an old one."""
        repo = (await self._account.identify()).remote_id
        return replace(part, payload={**part.payload, "repo": repo})

    async def _read(self, own: Part) -> Payload | None:
        """The record under the key of `own`, None where there is none: it was never sent."""
        where = {name: own.payload[name] for name in ("repo", "collection", "rkey")}
        try:
            return await self._account.query("com.atproto.repo.getRecord", **where)
        except BlueskyRefused as refusal:
            if refusal.name != "RecordNotFound":
                raise
        return None

    def _is_ours(self, part: Part, own: Part) -> bool:
        """Whether `part` was prepared for this account, as far as its bytes say: another's would be missed here.

        What was prepared under a handle before the account had another is known by its record alone.
        """
        return part.payload["repo"] in (own.payload["repo"], self._account.handle)

    def _disown(self, part: Part) -> Rejected:
        return Rejected(f"part {part.key} was prepared for {part.payload['repo']}, not for {self._account.handle}")

    async def _resolve_mentions(self, texts: Sequence[str]) -> dict[str, str]:
        """The DIDs of the handles that somebody has; the others stay plain text."""
        dids = {}
        for handle in dict.fromkeys(handle for text in texts for handle in find_mentions(text)):
            try:
                dids[handle] = await self._resolve_handle(handle)
            except Rejected:
                continue
        return dids

    async def _resolve_handle(self, handle: str) -> str:
        try:
            answer = await self._public.query("com.atproto.identity.resolveHandle", handle=handle)
        except BlueskyRefused:
            raise Rejected(f"nobody on Bluesky has the handle {handle!r}") from None
        return str(answer["did"])
