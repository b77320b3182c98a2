"""tweepy as it is, but for the address that its calls go to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession, ClientTimeout
from tweepy.asynchronous import AsyncClient
from yarl import URL

from tests.servers.x.network import Network, Person

ORIGIN = "https://api.twitter.com"


class Redirected:
    """A session whose requests to X reach `url`; what was signed stays signed for X."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    def request(self, method: str, url: Any, **how: Any) -> Any:
        return self._session.request(method, URL(str(url).replace(ORIGIN, self._url, 1), encoded=True), **how)


@asynccontextmanager
async def open_tweepy(network: Network, person: Person, return_type: Any = dict) -> AsyncIterator[AsyncClient]:
    """tweepy's client for an account; pass `user_auth=True` to its calls."""
    async with ClientSession(timeout=ClientTimeout(total=30)) as session:
        client = AsyncClient(
            None,
            person.consumer_key,
            person.consumer_secret,
            person.access_token,
            person.access_token_secret,
            return_type=return_type,
        )
        client.session = Redirected(session, network.url)
        yield client
