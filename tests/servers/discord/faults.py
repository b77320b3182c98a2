"""What goes wrong for an application, told by tests beforehand."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from tests.servers.discord.errors import NoAnswer
from tests.servers.discord.world import JSON

_CLOUDFLARE = "<!DOCTYPE html><html><head><title>Error {status}</title></head><body>cloudflare</body></html>"


@dataclass
class Failure:
    """See `Application.fail` of the tests' client."""

    route: str
    status: int = 0
    times: int = 1
    after: int = 0
    after_effect: bool = False
    latency: float = 0
    via: bool = True
    retry_after: float = 1.0
    everywhere: bool = False
    html: bool = False
    code: int = 0
    message: str = ""


@dataclass
class Answer:
    """What goes over the line: JSON, text where `html`, or nothing where None."""

    status: int
    body: JSON | list[JSON] | None
    headers: dict[str, str]
    html: str = ""


class Faults:
    """Failures by application; the first that fits a request is spent on it."""

    def __init__(self) -> None:
        self.failures: defaultdict[str, list[Failure]] = defaultdict(list)
        self.cut_off: set[str] = set()

    def mend(self, application_id: str) -> None:
        self.failures.pop(application_id, None)
        self.cut_off.discard(application_id)

    def take(self, application_id: str, route: str) -> Failure | None:
        """The failure of this request, if it has one."""
        for failure in self.failures[application_id]:
            if failure.times == 0 or not route.startswith(failure.route):
                continue
            if failure.after > 0:
                failure.after -= 1
                continue
            failure.times -= 1
            return failure
        return None


async def answer(failure: Failure) -> Answer:
    """What a failing request is answered. Raises NoAnswer."""
    await asyncio.sleep(failure.latency)
    if failure.status == 0:
        raise NoAnswer
    headers = {"Via": "1.1 google"} if failure.via else {}
    if failure.status == 429:
        headers |= {"Retry-After": str(failure.retry_after), "X-RateLimit-Scope": "user"}
        if failure.everywhere:
            headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
        body = {
            "message": failure.message or "You are being rate limited.",
            "retry_after": failure.retry_after,
            "global": failure.everywhere,
            "code": failure.code,
        }
    else:
        body = {"message": failure.message or f"{failure.status}: failed on purpose", "code": failure.code}
    html = _CLOUDFLARE.format(status=failure.status) if failure.html else ""
    return Answer(failure.status, body, headers, html)
