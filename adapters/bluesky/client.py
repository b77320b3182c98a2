"""One client on what the atproto SDK sends requests with, and the tokens of a login.

The SDK's own clients have a class for every call of every lexicon: 27 MiB that stay in memory. Two calls are enough,
invoke_query and invoke_procedure, and their base has these.
"""

from dataclasses import dataclass

import httpx
from atproto_client.client.base import AsyncClientBase
from atproto_client.request import AsyncRequest

from adapters.checks import note_date
from adapters.contract.adapter import Host
from adapters.contract.sending import Payload
from adapters.proxies import find_proxy

_SEPARATOR = ":::"
_DATA_ID, _DATA_SERVER = "#atproto_pds", "AtprotoPersonalDataServer"
_TIMEOUT_SECONDS = 30  # the SDK's default of 5 is too short for long threads


@dataclass(slots=True)
class BlueskySession:
    """The tokens of a login. host: where the account's data is. Kept in the form of the SDK's session strings."""

    handle: str
    did: str
    access_jwt: str
    refresh_jwt: str
    host: str

    def encode(self) -> str:
        return _SEPARATOR.join((self.handle, self.did, self.access_jwt, self.refresh_jwt, self.host))

    @classmethod
    def decode(cls, text: str) -> "BlueskySession":
        """Raises TypeError where it is no such string."""
        return cls(*text.split(_SEPARATOR))

    def __repr__(self) -> str:
        return f"BlueskySession({self.handle!r}, {self.did!r})"  # tokens stand in no log


def find_data_host(document: object) -> str | None:
    """Where an account's data is, by its DID document; None where that names no server."""
    services = document.get("service") if isinstance(document, dict) else None
    for service in services if isinstance(services, list) else ():
        if isinstance(service, dict) and service.get("type") == _DATA_SERVER:
            url = str(service.get("serviceEndpoint"))
            if str(service.get("id")).endswith(_DATA_ID) and url.startswith(("https://", "http://")):
                return url.rstrip("/")
    return None


class ProxyTransport(httpx.AsyncBaseTransport):
    """Reaches each host through the proxy that the environment names for it, if any."""

    def __init__(self) -> None:
        self._ways: dict[str | None, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        proxy = find_proxy(str(request.url))
        if proxy not in self._ways:
            self._ways[proxy] = httpx.AsyncHTTPTransport(proxy=proxy, trust_env=False)
        return await self._ways[proxy].handle_async_request(request)

    async def aclose(self) -> None:
        for way in self._ways.values():
            await way.aclose()


class SdkClient(AsyncClientBase):
    """Calls to one server, as nobody or with a session."""

    def __init__(self, server: str, host: Host) -> None:
        async def note(response: httpx.Response) -> None:
            note_date(host, response.headers)

        request = AsyncRequest(
            timeout=_TIMEOUT_SECONDS, event_hooks={"response": [note]}, trust_env=False, transport=ProxyTransport()
        )
        super().__init__(server, request=request)
        self._session: BlueskySession | None = None
        self.request.add_additional_headers_source(self._write_headers)

    def use(self, session: BlueskySession) -> None:
        """From now on calls go to the host of the account's data, with its token."""
        self._session = session
        self.update_base_url(session.host)

    def _write_headers(self) -> Payload:
        return {"Authorization": f"Bearer {self._session.access_jwt}"} if self._session else {}
