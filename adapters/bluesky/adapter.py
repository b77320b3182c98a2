"""One account on Bluesky, or a reader without one."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Self

from adapters.bluesky.capabilities import CAPABILITIES
from adapters.bluesky.compose import check_draft, complete_body, compose_parts
from adapters.bluesky.errors import BlueskyRefused
from adapters.bluesky.facets import find_mentions
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
from adapters.contract.sending import Absent, Draft, Found, Part, Reference


class BlueskyAdapter:
    """Posts and collects as the account of `settings`; without one it reads what is public."""

    def __init__(self, settings: BlueskySettings, host: Host) -> None:
        self._settings = settings
        self._public = PublicReader(settings.appview, host)
        self._login: AccountClient | None = None
        if settings.handle is not None and settings.password is not None:
            self._login = AccountClient(settings.handle, settings.password, settings.service, host)
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

    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
        check_draft(draft)
        repo = self._account.handle  # no DID: that would take a login
        return compose_parts(draft, key, at, repo, await self._resolve_mentions((draft.root, *draft.thread)))

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:
        self._check_owner(part)
        body = complete_body(part, parents)
        return to_reference(await self._account.send("com.atproto.repo.putRecord", body, writes=True))

    async def find(
        self,
        part: Part,
        parents: Sequence[Reference],  # noqa: ARG002 (the record key is enough)
        since: datetime,  # noqa: ARG002
    ) -> Found:
        self._check_owner(part)
        where = {name: part.payload[name] for name in ("repo", "collection", "rkey")}
        try:
            return to_reference(await self._account.query("com.atproto.repo.getRecord", **where))
        except BlueskyRefused as refusal:
            if refusal.name != "RecordNotFound":
                raise
        return Absent()

    async def find_words(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        found = await self.find(part, parents, since)
        return found if isinstance(found, Reference) else await find_words(self._account, part, parents, since)

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

    def _check_owner(self, part: Part) -> None:
        """Another account's record would be looked for, and missed, in the wrong repository."""
        owner = part.payload["repo"]
        if owner != self._account.handle:
            raise Rejected(f"part {part.key} was prepared for {owner}, not for {self._account.handle}")

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
