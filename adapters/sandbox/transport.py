"""The two ways to a sandbox network: in this process, or over HTTP to another one."""

from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from adapters.contract.errors import Calls, RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from adapters.sandbox.conduct import NoAnswer, StatusRefusal
from adapters.sandbox.memory import load_network, save_network
from adapters.sandbox.service import JSON, SandboxService

WRITES = frozenset({"publish"})
"""Operations that leave a doubt when no answer comes."""
CHANGING = WRITES | {"retract", "close_poll"}
"""Operations after which the network is another."""


class Transport(Protocol):
    """One call. Raises only `AdapterError`s."""

    async def call(self, operation: str, arguments: JSON) -> JSON:
        """The answer to `operation`."""

    async def close(self) -> None:
        """Release connections."""


class InProcess:
    """Straight to a service in this process. file: where its network is kept, which another process may write too."""

    def __init__(self, service: SandboxService, file: Path | None = None) -> None:
        self._service, self._file, self._read = service, file, -1

    async def call(self, operation: str, arguments: JSON) -> JSON:
        try:
            self._read_again()
            answer = self._service.answer(operation, arguments)
            if operation in CHANGING:
                self._write()
            return answer
        except StatusRefusal as refusal:
            raise judge(operation, refusal) from None
        except NoAnswer:
            raise lost(operation, "the sandbox gave no answer") from None

    def _read_again(self) -> None:
        """What another process wrote meanwhile. Raises Unavailable: without its file a network is not empty."""
        if self._file is None:
            return
        try:
            written = self._file.stat().st_mtime_ns
            if written != self._read:
                self._service.network, self._read = load_network(self._file), written
        except (OSError, ValueError) as error:
            raise Unavailable(f"the sandbox's network cannot be read: {error}") from None

    def _write(self) -> None:
        if self._file is not None:
            save_network(self._service.network, self._file)
            self._read = self._file.stat().st_mtime_ns

    async def close(self) -> None:
        """Nothing is held."""


class OverHTTP:
    """To `adapters.sandbox.serve` in another process. Connects at the first call."""

    def __init__(self, url: str, timeout: float) -> None:
        import httpx

        self._httpx = httpx
        # reading all root certificates takes 45 ms, and on loopback nobody asks for them
        verify = url.startswith("https:")
        self._client = httpx.AsyncClient(base_url=url, timeout=timeout, trust_env=False, verify=verify)

    async def call(self, operation: str, arguments: JSON) -> JSON:
        httpx = self._httpx
        try:
            response = await self._client.post(f"/{operation}", json=arguments)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Unavailable(f"the sandbox at {self._client.base_url} cannot be reached: {error}") from error
        except httpx.TransportError as error:
            raise lost(operation, f"the sandbox at {self._client.base_url} gave no answer: {error!r}") from error
        try:
            body: dict[str, Any] = response.json()
        except ValueError:
            body = {"message": "an answer that is no JSON"}
        if response.status_code == httpx.codes.OK:
            return body
        retry_at = datetime.fromisoformat(body["retry_at"]) if body.get("retry_at") else None
        raise judge(operation, StatusRefusal(response.status_code, str(body.get("message")), retry_at))

    async def close(self) -> None:
        await self._client.aclose()


def judge(operation: str, refusal: StatusRefusal) -> Exception:
    """The AdapterError for a status."""
    message = f"the sandbox refused to {operation} ({refusal.status}): {refusal.message}"
    if refusal.status == 429 and refusal.retry_at:
        return RateLimited(message, refusal.retry_at, Calls.WRITES if operation in WRITES else Calls.READS)
    if refusal.status == 401:
        return Unauthorized(message)
    if refusal.status == 429:
        return Unavailable(message)
    if refusal.status >= 500:
        return lost(operation, message)
    return Rejected(message)


def lost(operation: str, message: str) -> Exception:
    """The AdapterError for a call whose outcome is unknown."""
    return Uncertain(message) if operation in WRITES else Unavailable(message)
