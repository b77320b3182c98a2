"""From Discord's answers to the contract's errors, where the class is the decision."""

import random
import re
from datetime import datetime, timedelta
from typing import Any

from adapters.contract.errors import AdapterError, Calls, RateLimited, Rejected, Unauthorized, Unavailable, Uncertain

UNKNOWN_CHANNEL = 10003
UNKNOWN_MEMBER = 10007
UNKNOWN_MESSAGE = 10008
UNKNOWN_USER = 10013
UNKNOWN_BAN = 10026
MISSING_PERMISSIONS = 50013
THREAD_EXISTS = 160004
POLL_EXPIRED = 520001

# Refusals that are no judgement on the message: "JSON error codes" of docs.discord.com/developers, page Opcodes and
# Status Codes. Those of one channel or server (50001, 50013) are: other questions go on.
_PAUSING = {
    40001: "the token is wrong or was revoked: reset it in the developer portal, page Bot",
    40002: "Discord wants the account verified: log in to the developer portal",
    40012: "Discord has cut the application off: look in the developer portal",
    50014: "the token is wrong or was revoked: reset it in the developer portal, page Bot",
}
"""Codes that wait for a person, and what to do."""
_LATER = {
    20016: timedelta(minutes=5),  # slowmode
    20022: timedelta(minutes=10),  # announcements
    20028: timedelta(minutes=5),  # writing into this channel
    20029: timedelta(minutes=5),  # writing in this server
    40004: timedelta(minutes=15),  # sending is switched off for the moment
    40006: timedelta(minutes=15),  # this feature is
    40062: timedelta(minutes=5),  # a resource behind it is limited
    40333: timedelta(minutes=10),  # Cloudflare stands before it
    110000: timedelta(minutes=1),  # an index is not made yet
    130000: timedelta(minutes=5),  # overloaded
}
"""Codes that pass by themselves, and when the next call of the kind is made."""

WITHOUT_RESET = timedelta(minutes=1)
"""How long after a 429 that names no time (Cloudflare's HTML page) the next call is made."""

_LONGEST_MESSAGE = 300
_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}")


class DiscordRefused(Rejected):
    """A 4xx. `code` is Discord's own number for the reason, 0 where it gave none."""

    def __init__(self, message: str, status: int, code: int) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def translate_status(  # noqa: PLR0911  # one refusal after the other: the order is the point
    status: int, body: Any, doing: str, now: datetime, *, retry_after: float | None, writes: bool
) -> AdapterError:
    """The error for an answer that is no success.

    body: the parsed JSON, None where the answer was none (a proxy's page). retry_after: seconds, as the header says.
    writes: the call would have posted something.
    """
    said = f"{doing}: {_describe(status, body)}"
    if status == 429:
        is_global = isinstance(body, dict) and bool(body.get("global"))
        calls = Calls.ALL if is_global else Calls.WRITES if writes else Calls.READS  # the others are by route
        return RateLimited(f"{said}; too many requests", now + _spread(_find_pause(body, retry_after)), calls)
    if status == 401 and isinstance(body, dict):
        return Unauthorized(f"{said}; the token is wrong or was revoked: reset it in the developer portal, page Bot")
    code = _read_code(body)
    if code in _PAUSING:
        return Unauthorized(f"{said}; {_PAUSING[code]}")
    if code in _LATER and status < 500:
        calls = Calls.WRITES if writes else Calls.READS
        return RateLimited(f"{said}; it is tried again later", now + _spread(_LATER[code]), calls)
    if 400 <= status < 500 and isinstance(body, dict):
        return DiscordRefused(said + _advise(body), status, code)
    if writes and status >= 500:
        return Uncertain(f"{said}; it may have been posted")
    return Unavailable(said)  # also a 4xx without JSON, which is a proxy's and not Discord's word


def _read_code(body: Any) -> int:
    code = body.get("code") if isinstance(body, dict) else 0
    return code if isinstance(code, int) else 0


def read_pause(body: Any, retry_after: float | None) -> float | None:
    """Seconds after which a 429 wants to be asked again; None where it does not say."""
    if isinstance(body, dict) and isinstance(body.get("retry_after"), int | float):
        return float(body["retry_after"])
    return retry_after


def _find_pause(body: Any, retry_after: float | None) -> timedelta:
    pause = read_pause(body, retry_after)
    return WITHOUT_RESET if pause is None else timedelta(seconds=pause)


def _spread(pause: timedelta) -> timedelta:
    """Up to a fifth longer, so that many who were sent away do not come back at the same moment."""
    return pause * random.uniform(1.0, 1.2)  # noqa: S311  # not a secret


def _advise(body: dict[str, Any]) -> str:
    match body.get("code"):
        case 50001:
            return "; the bot cannot see this channel: invite it, and give its role View Channel there"
        case 50013:
            return "; the bot lacks a permission there: see `pullquote check` for those that it needs"
        case 10003:
            return "; there is no such channel (any more)"
        case _:
            return ""


def _describe(status: int, body: Any) -> str:
    """What a person may read: Discord's own words for what is wrong, never a whole page."""
    if not isinstance(body, dict):
        return f"status {status}"
    words = [str(body.get("message") or ""), *_flatten(body.get("errors"), "")]
    said = _TOKEN.sub("[token]", "; ".join(word for word in words if word))[:_LONGEST_MESSAGE]
    return f"status {status} ({body.get('code', 0)}) {said}".rstrip()


def _flatten(errors: Any, where: str) -> list[str]:
    """Discord nests what is wrong by the key it concerns."""
    if not isinstance(errors, dict):
        return []
    found = [f"{where}: {each.get('message')}" for each in errors.get("_errors", ()) if isinstance(each, dict)]
    for key, below in errors.items():
        if key != "_errors":
            found += _flatten(below, f"{where}.{key}" if where else key)
    return found
