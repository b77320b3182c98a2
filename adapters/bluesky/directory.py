"""On which server an account's data is: what its DID document says, which moves with the account.

The two methods of <https://atproto.com/specs/did>: documents of `did:plc` are in a directory, that of `did:web` is on
its own host.
"""

import json
import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import httpx

from adapters.bluesky.client import ProxyTransport, find_data_host
from adapters.contract.errors import AdapterError
from adapters.contract.sending import Payload

FindHome: TypeAlias = Callable[[str], Awaitable[str | None]]
"""The server of a handle or DID; None where nobody says."""

_WEB = re.compile(r"did:web:([A-Za-z0-9.-]+)")
_TIMEOUT_SECONDS = 10
_MOST_BYTES = 100_000


def find_homes(directory: str, query: Callable[..., Awaitable[Payload]]) -> FindHome:
    """Look homes up in a directory. query: asks the public AppView, which knows the handles."""

    async def find_home(name: str) -> str | None:
        try:
            did = name if name.startswith("did:") else str(await _resolve(name))
            return find_data_host(await _read_document(did))
        except (AdapterError, httpx.HTTPError, ValueError):
            return None

    async def _resolve(handle: str) -> object:
        return (await query("com.atproto.identity.resolveHandle", handle=handle))["did"]

    async def _read_document(did: str) -> object:
        own = _WEB.fullmatch(did)
        url = f"https://{own[1]}/.well-known/did.json" if own else f"{directory}/{did}"
        async with (
            httpx.AsyncClient(timeout=_TIMEOUT_SECONDS, trust_env=False, transport=ProxyTransport()) as client,
            client.stream("GET", url) as response,
        ):
            response.raise_for_status()
            read = b""
            async for chunk in response.aiter_bytes():
                read += chunk
                if len(read) > _MOST_BYTES:
                    raise ValueError("no DID document is that long")
        return json.loads(read)

    return find_home
