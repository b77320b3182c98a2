"""Calls to Discord's HTTP API, each of which ends soon and says whether something was posted.

discord.py has a client for this, made for bots that wait. It sends a call again up to five times after a 5xx, sleeping
up to 25 s in all; it waits out a 429 for as long as that says where a Via header is present, and fails where it is
not; and when a bucket is empty it sleeps *after* a call, with the answer in hand. A tick must not hang for that long,
and a publisher must know whether a call may have posted something. So the gateway and interactions are discord.py's,
and all that a step does goes through here: one try, a time limit of its own, and an error whose class is the decision.
What is taken over is the courtesy of buckets: a call waits for its bucket where that is soon, and is put off otherwise.
"""

import asyncio
import io
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Any

import aiohttp
from pydantic import SecretStr

from adapters.checks import describe_failure, note_date
from adapters.contract.adapter import Host
from adapters.contract.errors import Calls, RateLimited, Unavailable, Uncertain
from adapters.discord.errors import read_pause, translate_status
from adapters.proxies import find_proxy

HOME = "https://pullquote.invalid"
"""Discord may refuse a client that names no URL (40333); the project has no page of its own yet (RFC 2606)."""
TIMEOUT = timedelta(seconds=30)
"""The longest that a call takes, with all that it waits for."""
TIMEOUT_WITH_FILES = timedelta(seconds=60)
_ONE_TRY = 10.0
SOON = timedelta(seconds=5)
"""So long is waited for a bucket, or for the end of a 429, within a call."""

_NO_FILES: Mapping[str, bytes] = MappingProxyType({})
_MINOR_ID = re.compile(r"(?<=messages/)\d+|(?<=answers/)\d+|(?<=polls/)\d+|(?<=members/)\d+|(?<=bans/)\d+")


class Rest:
    """One bot's calls. Nothing is opened before the first one."""

    def __init__(self, token: SecretStr, api: str, host: Host) -> None:
        self._token = token
        self._api = api
        self._host = host
        self._session: aiohttp.ClientSession | None = None
        self._free_at: dict[str, float] = {}

    async def get(self, path: str, **query: str | int) -> Any:
        """What stands there. Raises every AdapterError but Uncertain and OverBudget."""
        return await self._call("GET", path, query=query)

    async def post(
        self, path: str, body: Mapping[str, Any] | None = None, files: Mapping[str, bytes] = _NO_FILES
    ) -> Any:
        """Post; Uncertain where it may have been done."""
        return await self._call("POST", path, body=body, files=files)

    async def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        """Change; Uncertain where it may have been done."""
        return await self._call("PATCH", path, body=body)

    async def delete(self, path: str) -> None:
        """Delete; Uncertain where it may have been done."""
        await self._call("DELETE", path)

    async def close(self) -> None:
        """Release connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Any = None,
        files: Mapping[str, bytes] = _NO_FILES,
    ) -> Any:
        """One call, and one more where a 429 ends soon: it says that nothing was done."""
        bucket = f"{method} {_MINOR_ID.sub('', path)}"
        await self._wait_for(bucket)
        for may_wait in (True, False):
            status, headers, answer = await self._send(method, path, query or {}, body, files)
            self._note_bucket(bucket, headers)
            if status == 204 or (200 <= status < 300 and answer is not None):
                return answer
            pause = read_pause(answer, _read_seconds(headers, "Retry-After"))
            if status == 429 and may_wait and pause is not None and pause <= SOON.total_seconds():
                await asyncio.sleep(pause)
                continue
            raise translate_status(
                status,
                answer,
                f"{method} {path}",
                self._host.now(),
                retry_after=_read_seconds(headers, "Retry-After"),
                writes=method != "GET",
            )
        raise AssertionError("the second try returns or raises")

    async def _send(
        self, method: str, path: str, query: Mapping[str, str | int], body: Any, files: Mapping[str, bytes]
    ) -> tuple[int, Mapping[str, str], Any]:
        """Status, headers and parsed JSON (None where the body is something else)."""
        limit = _ONE_TRY * (3 if files else 1)
        try:
            async with self._open().request(
                method,
                f"{self._api}{path}",
                params={key: str(value) for key, value in query.items()},
                data=_write(body, files),
                headers=_describe(body, files),
                timeout=aiohttp.ClientTimeout(total=limit, sock_connect=limit / 2),
                proxy=find_proxy(self._api),
            ) as response:
                note_date(self._host, response.headers)
                return response.status, response.headers, await _read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise Unavailable(f"{method} {path}: Discord cannot be reached: {describe_failure(error)}") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = f"{method} {path}: {describe_failure(error)}"
            if method == "GET":
                raise Unavailable(reason) from None
            raise Uncertain(f"{reason}; it may have been done") from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={
                    "Authorization": f"Bot {self._token.get_secret_value()}",
                    "User-Agent": f"DiscordBot ({HOME}, {_read_version()})",
                },
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    async def _wait_for(self, bucket: str) -> None:
        """Wait until the bucket is filled again. Raises RateLimited where that is not soon."""
        pause = self._free_at.get(bucket, 0.0) - asyncio.get_running_loop().time()
        if pause <= 0:
            return
        if pause > SOON.total_seconds():
            retry_at = self._host.now() + timedelta(seconds=pause)
            calls = Calls.READS if bucket.startswith("GET ") else Calls.WRITES
            raise RateLimited(f"{bucket}: this call has to wait for {pause:.0f} s", retry_at, calls)
        await asyncio.sleep(pause)

    def _note_bucket(self, bucket: str, headers: Mapping[str, str]) -> None:
        pause = _read_seconds(headers, "X-RateLimit-Reset-After")
        if headers.get("X-RateLimit-Remaining") == "0" and pause is not None:
            self._free_at[bucket] = asyncio.get_running_loop().time() + pause
        else:
            self._free_at.pop(bucket, None)


def _write(body: Any, files: Mapping[str, bytes]) -> aiohttp.FormData | bytes | None:
    if body is None:
        return None
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    if not files:
        return text.encode()
    form = aiohttp.FormData(quote_fields=False)  # Discord wants `files[0]` as it is
    form.add_field("payload_json", text, content_type="application/json")
    for number, (name, content) in enumerate(files.items()):
        form.add_field(f"files[{number}]", io.BytesIO(content), filename=name, content_type="application/octet-stream")
    return form


def _describe(body: Any, files: Mapping[str, bytes]) -> dict[str, str]:
    return {"Content-Type": "application/json"} if body is not None and not files else {}


async def _read(response: aiohttp.ClientResponse) -> Any:
    """The JSON of an answer. A page of Cloudflare's, or a body that only claims to be JSON, is None."""
    text = await response.text(errors="replace")
    if response.content_type != "application/json":
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _read_seconds(headers: Mapping[str, str], name: str) -> float | None:
    try:
        return float(headers[name])
    except (KeyError, ValueError):
        return None


def _read_version() -> str:
    try:
        return version("pullquote")
    except PackageNotFoundError:
        return "0"
