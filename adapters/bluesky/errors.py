"""From what the SDK raises to the contract's errors, where the class is the decision."""

import re
from datetime import datetime, timedelta

import httpx
from atproto_client.exceptions import (
    BadRequestError,
    RateLimitExceededError,
    RequestErrorBase,
    UnauthorizedError,
)
from atproto_client.models.common import XrpcError
from atproto_core.exceptions import AtProtocolError

from adapters.checks import describe_failure
from adapters.contract.errors import AdapterError, Calls, RateLimited, Rejected, Unauthorized, Unavailable, Uncertain

RAISED = (AtProtocolError, httpx.HTTPError, httpx.InvalidURL, ValueError)
"""Everything a call through the SDK may raise; ValueError is a body that is no JSON or not what was promised."""

_EXPIRED = frozenset({"ExpiredToken", "InvalidToken"})
_WITHOUT_RESET = timedelta(minutes=5)  # the shortest documented window, for a 429 that names no time
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
# Refusals that are no judgement on the record: lexicons of com.atproto.server and com.atproto.sync, and the PDS.
_PAUSING = {
    "AccountDeactivated": "the account is deactivated, or has moved to another host: activate it, or set service to it",
    "RepoDeactivated": "the account is deactivated, or has moved to another host: activate it, or set service to it",
    "AccountSuspended": "the account is suspended: its host tells why, by mail",
    "RepoSuspended": "the account is suspended: its host tells why, by mail",
    "AccountTakedown": "the account was taken down: its host tells why, by mail",
    "RepoTakendown": "the account was taken down: its host tells why, by mail",
    "AuthFactorTokenRequired": "the host wants a code by mail: make an app password, which needs none",
    "RepoNotFound": "the host does not know the account (any more): if it has moved, set service to its new host",
}
"""Names that wait for a person, and what to do."""
_PAUSING_WORDS = re.compile(
    r"\b(?:account|repo)\b.*\b(?:suspended|deactivated|taken ?down|migrated|moved|disabled)\b|could not find repo",
    re.IGNORECASE,
)
"""The same where the name is InvalidRequest or none."""
_OWN = (*(f"com.atproto.repo.{call}Record" for call in ("create", "put", "delete")), "com.atproto.server.")
"""Calls whose refusals are about ourselves; where records are read the same names are about somebody else."""

_TOKEN = re.compile(r"ey[\w-]{8,}\.[\w-]+\.[\w-]*")
_LONGEST_MESSAGE = 200


class BlueskyRefused(Rejected):
    """A 400. `name` is the server's name for the reason, such as RecordNotFound."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


def is_expired(error: Exception) -> bool:
    """Whether the access token is no longer good. Servers say so with a 400."""
    return isinstance(error, BadRequestError | UnauthorizedError) and name_of(error) in _EXPIRED


def name_of(error: Exception) -> str:
    """The server's name for an error, "" where it gave none."""
    content = error.response.content if isinstance(error, RequestErrorBase) and error.response else None
    return content.error if isinstance(content, XrpcError) else ""


def translate_error(  # noqa: PLR0911  # one refusal after the other: the order is the point
    error: Exception, doing: str, now: datetime, *, writes: bool = False
) -> AdapterError:
    """The contract's error for `error`. doing: the call and the server. writes: it would have posted something."""
    status = error.response.status_code if isinstance(error, RequestErrorBase) and error.response else None
    message = f"{doing}: {_describe(error, status)}"
    if isinstance(error, RateLimitExceededError):
        calls = Calls.WRITES if writes else Calls.READS
        if doing.startswith("com.atproto.server."):  # without a session nothing goes
            calls = Calls.ALL
        return RateLimited(f"{message}; too many requests", _find_retry_at(error, now), calls)
    if (advice := find_advice(error, doing)) is not None:
        return Unauthorized(f"{message}; {advice}")
    if isinstance(error, UnauthorizedError) and name_of(error):  # a nameless 403 is a proxy's, not the account's
        return Unauthorized(f"{message}; check handle and app password")
    if isinstance(error, BadRequestError):
        return BlueskyRefused(message, name_of(error))
    if status == 413:
        return Rejected(message)
    if not writes or _was_not_sent(error, status):
        return Unavailable(message)
    return Uncertain(f"{message}; it may have been posted")


def find_advice(error: Exception, doing: str) -> str | None:
    """What a person has to do about a refusal that is about the account, None for every other one."""
    if not isinstance(error, BadRequestError | UnauthorizedError) or not doing.startswith(_OWN):
        return None
    content = error.response.content if error.response else None
    words = (content.message or "") if isinstance(content, XrpcError) else ""
    if name_of(error) in _PAUSING:
        return _PAUSING[name_of(error)]
    return "look at the account on its host" if _PAUSING_WORDS.search(words) else None


def is_unreachable(error: Exception) -> bool:
    """Whether no connection to the host was made at all."""
    return isinstance(error, _NOT_SENT) or isinstance(error.__cause__, _NOT_SENT)


def _was_not_sent(error: Exception, status: int | None) -> bool:
    """Whether nothing can have been posted: no connection was made, or the server refused (4xx)."""
    if status is not None:
        return status < 500
    return is_unreachable(error)


def _find_retry_at(error: RateLimitExceededError, now: datetime) -> datetime:
    if error.reset_at is not None:
        return error.reset_at
    return now + (timedelta(seconds=error.retry_after) if error.retry_after is not None else _WITHOUT_RESET)


def _describe(error: Exception, status: int | None) -> str:
    """What a person may read: never a token, never a whole body."""
    if status is None:
        return describe_failure(error)
    assert isinstance(error, RequestErrorBase)
    assert error.response is not None
    content = error.response.content
    if not isinstance(content, XrpcError):
        return f"status {status}"
    message = _TOKEN.sub("[token]", content.message or "")[:_LONGEST_MESSAGE]
    return f"status {status} {content.error}: {message}" if message else f"status {status} {content.error}"
