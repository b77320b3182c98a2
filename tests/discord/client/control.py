"""The line to the loopback Discord's control API."""

import asyncio
from typing import Any

import httpx

_SECONDS = 60


class Refused(Exception):
    """Discord, or the person's own client, would not let them do this."""


class Control:
    """One call an act; blocks until the server has done it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(base_url=f"{url}/control/", timeout=_SECONDS * 2, trust_env=False)

    def act(self, name: str, /, **told: Any) -> Any:
        """Do it now. Raises Refused."""
        answer = self._client.post(name, json=told)
        if answer.status_code == 409:
            raise Refused(answer.json()["message"])
        if answer.status_code != 200:
            raise RuntimeError(f"the loopback Discord failed to {name} with {told}: {answer.text}")
        return answer.json()["value"]

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
        self._client.close()
