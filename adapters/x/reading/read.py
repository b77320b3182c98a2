"""The reads that are needed, each counted before it is made and settled after it. X's JSON is returned as it is."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol

from adapters.contract.adapter import Host
from adapters.contract.errors import OverBudget
from adapters.contract.reading import Freshness
from adapters.contract.sending import Payload
from adapters.x.errors import XRefused
from adapters.x.prices import POST_READ, USER_READ, name_own_read
from adapters.x.session import SignedClient
from adapters.x.settings import XSettings
from adapters.x.spelling import list_posts, write_fields

BATCH = 100
_FIRST_PAGE = 10
"""Mostly nothing is new, and what a page could cost is counted before it is read."""
_FIELDS = (
    "attachments",
    "author_id",
    "conversation_id",
    "created_at",
    "display_text_range",
    "edit_history_post_ids",
    "entities",
    "lang",
    "note_post",
    "public_metrics",
    "referenced_posts",
    "withheld",
)
_PROFILE = {"user.fields": "created_at,description,protected,verified_type"}
_POLLS = {"expansions": "attachments.poll_ids", "poll.fields": "options,voting_status"}


class _Bill(Protocol):
    def read(self, things: Iterable[Payload]) -> None: ...


class _Counted:
    """Ids of what a call returned."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def read(self, things: Iterable[Payload]) -> None:
        self.ids += [thing["id"] for thing in things]


class XReader:
    """Reads as one account."""

    def __init__(self, caller: SignedClient, settings: XSettings, host: Host) -> None:
        self.own_id = settings.owner_id
        self.handle = settings.handle or ""
        self.own_unit = name_own_read(settings)
        self.host = host
        self._caller = caller
        self._new_spelling = False

    # ------------------------------------------------------------ lists, newest first

    def list_mentions(self, since_id: int | None, until_id: int | None = None) -> AsyncIterator[list[Payload]]:
        """Pages of posts that name the account; X keeps the newest 800."""
        between = ({"since_id": str(since_id)} if since_id else {}) | ({"until_id": str(until_id)} if until_id else {})
        return self._list_posts("reading mentions", f"/2/users/{self.own_id}/mentions", between, self.own_unit)

    def search(self, query: str, since_id: int, until_id: int | None = None) -> AsyncIterator[list[Payload]]:
        """Pages of posts of the last seven days."""
        params = {"query": query, "since_id": str(since_id)} | ({"until_id": str(until_id)} if until_id else {})
        return self._list_posts("searching", "/2/tweets/search/recent", params, POST_READ)

    async def list_own_posts(
        self, since: datetime, expected: int
    ) -> AsyncIterator[tuple[list[Payload], Mapping[str, Payload]]]:
        """Pages of (own posts since `since`, their polls by id). expected: how many it will be."""
        params = {"start_time": f"{since:%Y-%m-%dT%H:%M:%SZ}", **_POLLS}
        route = f"/2/users/{self.own_id}/tweets"
        async for answer in self._pages("reading the own timeline", route, params, self.own_unit, expected):
            yield list_posts(answer), _read_polls(answer)

    async def _list_posts(
        self, doing: str, route: str, params: Mapping[str, str], unit: str
    ) -> AsyncIterator[list[Payload]]:
        async for answer in self._pages(doing, route, params, unit, _FIRST_PAGE):
            yield list_posts(answer)

    async def _pages(
        self, doing: str, route: str, params: Mapping[str, str], unit: str, first: int
    ) -> AsyncIterator[Payload]:
        """Only a missing token is the end: a page may be empty while more follow."""
        size, token = min(max(first, _FIRST_PAGE), BATCH), ""
        while True:
            async with self._paying(unit, size, smaller=_FIRST_PAGE) as (counted, bill):
                page = {"max_results": str(counted)} | ({"pagination_token": token} if token else {})
                answer = await self._ask(doing, route, {**params, **page})
                bill.read(list_posts(answer))
            yield answer
            following = (answer.get("meta") or {}).get("next_token") or ""
            if not following or following == token:
                return
            token, size = following, BATCH

    # ------------------------------------------------------------ by id

    async def get_posts(self, ids: Iterable[str]) -> tuple[dict[str, Payload], dict[str, Freshness]]:
        """(the posts that are shown, why the others are not), by the id that was asked for."""
        posts: dict[str, Payload] = {}
        absent: dict[str, Freshness] = {}
        async for answer in self._look_up(ids, {}):
            posts |= {post["id"]: post for post in list_posts(answer)}
            absent |= dict(map(_read_problem, answer.get("errors") or ()))
        return posts, absent

    async def count_posts(self, ids: Iterable[str]) -> tuple[dict[str, Payload], dict[str, Payload]]:
        """(the posts that are shown, their polls), by id."""
        posts: dict[str, Payload] = {}
        polls: dict[str, Payload] = {}
        async for answer in self._look_up(ids, _POLLS):
            posts |= {post["id"]: post for post in list_posts(answer)}
            polls |= _read_polls(answer)
        return posts, polls

    async def _look_up(self, ids: Iterable[str], params: Mapping[str, str]) -> AsyncIterator[Payload]:
        for batch in _batches(ids):
            async with self._paying(POST_READ, len(batch)) as (_, bill):
                answer = await self._ask("reading posts", "/2/tweets", {"ids": ",".join(batch), **params})
                bill.read(list_posts(answer))
            yield answer

    async def get_users(self, ids: Iterable[str]) -> dict[str, Payload]:
        """The profiles of those who are there, by id."""
        users: dict[str, Payload] = {}
        for batch in _batches(ids):
            async with self._paying(USER_READ, len(batch)) as (_, bill):
                answer = await self._caller.read("reading authors", "/2/users", {"ids": ",".join(batch), **_PROFILE})
                bill.read(list_posts(answer))
            users |= {user["id"]: user for user in list_posts(answer)}
        return users

    async def get_me(self) -> Payload:
        """Whose tokens these are."""
        async with self._paying(USER_READ, 1) as (_, bill):
            answer = await self._caller.read("logging in", "/2/users/me", {})
            bill.read(list_posts(answer))
        user: Payload = answer["data"]
        return user

    # ------------------------------------------------------------

    @asynccontextmanager
    async def _paying(self, unit: str, amount: int, smaller: int | None = None) -> AsyncIterator[tuple[int, _Bill]]:
        """Count `amount` (where the budget forbids it, `smaller`), and after the call what was read.

        A call that failed is free. Raises OverBudget.
        """
        try:
            await self.host.spend(unit, amount)
        except OverBudget:
            if smaller is None or smaller >= amount:
                raise
            await self.host.spend(unit, amount := smaller)
        counted = _Counted()
        try:
            yield amount, counted
        finally:
            await self.host.settle(unit, amount, counted.ids)

    async def _ask(self, doing: str, route: str, params: Mapping[str, str]) -> Payload:
        """One call for posts, in the spelling of the fields that X takes; what it refuses in both was wrong before."""
        try:
            return await self._ask_in(self._new_spelling, doing, route, params)
        except XRefused as refusal:
            if refusal.status != 400:
                raise
            try:
                answer = await self._ask_in(not self._new_spelling, doing, route, params)
            except XRefused:
                raise refusal from None
        self._new_spelling = not self._new_spelling
        return answer

    async def _ask_in(self, new: bool, doing: str, route: str, params: Mapping[str, str]) -> Payload:
        return await self._caller.read(doing, route, {**params, **write_fields(_FIELDS, new=new)})


def _batches(ids: Iterable[str]) -> Iterator[Sequence[str]]:
    unique = list(dict.fromkeys(ids))
    return (unique[start : start + BATCH] for start in range(0, len(unique), BATCH))


def _read_problem(problem: Payload) -> tuple[str, Freshness]:
    """(the id, why it is not shown): deleted, or by somebody who is protected or suspended."""
    kind = str(problem.get("type") or "").rpartition("/")[2]
    freshness = {"resource-not-found": Freshness.GONE, "not-authorized-for-resource": Freshness.HIDDEN}
    return str(problem.get("resource_id") or problem.get("value") or ""), freshness.get(kind, Freshness.UNKNOWN)


def _read_polls(answer: Payload) -> dict[str, Payload]:
    return {poll["id"]: poll for poll in (answer.get("includes") or {}).get("polls") or ()}
