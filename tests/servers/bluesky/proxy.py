"""A server of our own before a PDS: it counts calls and breaks them, everything else is the real server's."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

_PASSED_ON = ("authorization", "content-type")


@dataclass
class Answer:
    """What the proxy says instead of the server. body: JSON, or text as it is."""

    status: int
    body: Any
    headers: dict[str, str] | None = None


LOST = Answer(0, None)
"""The server gets the call and does it; its answer never arrives."""


class Proxy:
    """calls: how often each method was called. Break the next call of a method with `breaks[nsid] = [answer, …]`."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.url = ""
        self.calls: Counter[str] = Counter()
        self.breaks: dict[str, list[Answer]] = {}
        self._http = httpx.AsyncClient(timeout=30)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one call."""
        try:
            answer = await self._answer(await self._read(reader))
            if answer is not LOST:
                writer.write(_write(answer))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def _read(self, reader: asyncio.StreamReader) -> httpx.Request:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = dict(
            line.lower().split(": ", 1)
            if not line.lower().startswith("authorization")
            else ("authorization", line.split(": ", 1)[1])
            for line in head[1:]
            if line
        )
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        kept = {name: headers[name] for name in _PASSED_ON if name in headers}
        return httpx.Request(method, self.server + path, headers=kept, content=body or None)

    async def _answer(self, request: httpx.Request) -> Answer:
        nsid = request.url.path.rsplit("/", 1)[1]
        self.calls[nsid] += 1
        broken = self.breaks.get(nsid)
        planned = broken.pop(0) if broken else None
        if planned is not None and planned is not LOST:
            return planned
        answer = await self._http.send(request)
        if planned is LOST:
            return LOST
        body = answer.text.replace(self.server, self.url)  # the login names the PDS's own address
        return Answer(answer.status_code, body, {"content-type": answer.headers.get("content-type", "text/plain")})


@asynccontextmanager
async def run_proxy(server: str) -> AsyncIterator[Proxy]:
    """A proxy before `server` for as long as the block."""
    proxy = Proxy(server)
    listening = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.url = f"http://localhost:{listening.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        listening.close()
        await listening.wait_closed()
        await proxy.close()


def _write(answer: Answer) -> bytes:
    text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
    kind = "text/html" if isinstance(answer.body, str) else "application/json"
    body = text.encode()
    headers = {"content-type": kind, **(answer.headers or {}), "content-length": str(len(body)), "connection": "close"}
    lines = [f"HTTP/1.1 {answer.status} Said", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
