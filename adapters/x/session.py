"""Calls as one account: signed by tweepy, over a session of ours with timeouts and an address that can be set.

tweepy's host is hard-coded, and without a session of its own it opens one a request. It signs before it calls the
session, so the signature is for its own host, which X takes for both of its names.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import tweepy
from tweepy.asynchronous import AsyncClient
from yarl import URL

from adapters.checks import note_date
from adapters.contract.adapter import Host
from adapters.contract.sending import Payload
from adapters.proxies import find_proxy
from adapters.x.errors import RAISED, FailedResponse, translate_error
from adapters.x.settings import XSettings

_SIGNED_FOR = "https://api.twitter.com"


class TweepyTransport:
    """What tweepy takes for its aiohttp session. Opened at the first call, as it needs a running loop."""

    def __init__(self, api: str, timeout: float, host: Host) -> None:
        self._api = api
        self._host = host
        self._timeout = aiohttp.ClientTimeout(total=3 * timeout, sock_connect=timeout, sock_read=timeout)
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def request(
        self, method: str, url: URL | str, *, params: None = None, json: Any = None, headers: Mapping[str, str]
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """One request to our address. params: none, as they stand in the signed URL."""
        assert params is None
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())
        address = URL(str(url).replace(_SIGNED_FOR, self._api, 1), encoded=True)
        call = self._session.request(
            method, address, json=json, headers=headers, allow_redirects=False, proxy=find_proxy(self._api)
        )
        async with call as response:
            note_date(self._host, response.headers)
            yield response

    async def close(self) -> None:
        """Release the connections."""
        if self._session is not None:
            await self._session.close()


class SignedClient:
    """Makes calls and turns what goes wrong into the contract's errors. It waits for no limit and repeats nothing."""

    def __init__(self, settings: XSettings, host: Host) -> None:
        self._host = host
        self._transport = TweepyTransport(settings.api, settings.timeout, host)
        self._client = AsyncClient(
            consumer_key=settings.get_secret("consumer_key"),
            consumer_secret=settings.get_secret("consumer_secret"),
            access_token=settings.get_secret("access_token"),
            access_token_secret=settings.get_secret("access_token_secret"),
            wait_on_rate_limit=False,  # without a reset header it would spin
        )
        self._client.session = self._transport

    async def read(self, doing: str, route: str, params: Mapping[str, str]) -> Payload:
        """The JSON of a GET."""
        return await self._call(doing, "GET", route, params=params)

    async def write(self, doing: str, method: str, route: str, body: Payload | None = None) -> Payload:
        """The JSON of a call that changes something; a lost answer is Uncertain."""
        return await self._call(doing, method, route, body=body, writes=True)

    async def close(self) -> None:
        """Release the connections."""
        await self._transport.close()

    async def _call(
        self,
        doing: str,
        method: str,
        route: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Payload | None = None,
        writes: bool = False,
    ) -> Payload:
        try:
            response = await self._client.request(method, route, params=dict(params or {}), json=body, user_auth=True)
            answer = await response.json()
            if not isinstance(answer, dict):
                raise TypeError("the body is no JSON object")
        except RAISED as error:
            failed = await _read_answer(error)
            raise translate_error(error, failed, doing, self._host.now(), writes=writes) from None
        return answer


async def _read_answer(error: Exception) -> FailedResponse:
    """What X answered, as far as it can be read: tweepy keeps the response, aiohttp only status and headers."""
    if isinstance(error, tweepy.HTTPException):
        return FailedResponse(error.response.status, error.response.headers, await _read_problem(error.response))
    if isinstance(error, aiohttp.ContentTypeError):  # a page in place of JSON
        return FailedResponse(error.status, error.headers or {})
    return FailedResponse()


async def _read_problem(response: aiohttp.ClientResponse) -> Payload | None:
    try:
        problem = await response.json()
    except (aiohttp.ClientError, ValueError):
        return None
    return problem if isinstance(problem, dict) else None
