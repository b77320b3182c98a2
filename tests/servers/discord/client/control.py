"""The line to the loopback Discord's control API."""

import asyncio
import json
import threading
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

_SECONDS = 60


class Refused(Exception):
    """Discord, or the person's own client, would not let them do this."""


class Control:
    """One call an act; blocks until the server has done it. Each thread has a connection of its own."""

    def __init__(self, url: str) -> None:
        self._address = urlsplit(url).netloc
        self._own = threading.local()
        self._connections: list[HTTPConnection] = []

    def act(self, name: str, /, **told: Any) -> Any:
        """Do it now. Raises Refused."""
        status, answer = self._call(name, told)
        if status == 409:
            raise Refused(answer["message"])
        if status != 200:
            raise RuntimeError(f"the loopback Discord failed to {name} with {told}: {answer}")
        return answer["value"]

    async def wait(self, name: str, /, timeout: float = _SECONDS, **told: Any) -> Any:
        """Wait, without blocking the loop, until the server answers what is asked. Raises TimeoutError."""
        return await asyncio.to_thread(self.wait_blocking, name, timeout, **told)

    def wait_blocking(self, name: str, /, timeout: float = _SECONDS, **told: Any) -> Any:
        """The same for a test without a loop."""
        answer = self.act(name, timeout=timeout, **told)
        if answer is None:
            raise TimeoutError(f"{timeout:g} s passed before: {name} {told}")
        return answer

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    def _call(self, name: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        connection: HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = HTTPConnection(self._address, timeout=_SECONDS * 3)
            self._connections.append(connection)
        connection.request("POST", f"/control/{name}", json.dumps(told), {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
