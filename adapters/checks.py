"""What our platforms check alike: an address of a config, a text before it is sent, one that is looked for."""

import errno
import re
import socket
import ssl
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Annotated, Protocol, runtime_checkable
from urllib.parse import urlsplit

from pydantic import AfterValidator

from adapters.contract.adapter import Host
from adapters.contract.capabilities import Limit
from adapters.contract.errors import Rejected

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _check_address(address: str, secure: str, plain: str) -> str:
    """Encrypted, or plain on this machine alone (a password or a token goes there)."""
    parts = urlsplit(address)
    if parts.scheme == secure or (parts.scheme == plain and parts.hostname in _LOOPBACK):
        return address.rstrip("/")
    raise ValueError(f"must begin with {secure}:// ({plain}:// only for localhost)")


ServerUrl = Annotated[str, AfterValidator(partial(_check_address, secure="https", plain="http"))]
GatewayUrl = Annotated[str, AfterValidator(partial(_check_address, secure="wss", plain="ws"))]


def check_text(text: str, which: str, limits: Iterable[Limit], network: str) -> None:
    """Raises Rejected where a text is blank or longer than any limit."""
    if not text.strip():
        raise Rejected(f"{which} is empty")
    for limit in limits:
        if (length := limit.measure(text)) > limit.maximum:
            raise Rejected(f"{which} has {length} {limit.unit}; {network} takes {limit.maximum}")


_NUMBERS = re.compile(r"\d+")


def says_the_same(text: str, other: str) -> bool:
    """Whether two texts differ in nothing but blanks, spelling of accents, and numbers.

    What was posted by a database that was lost may have said another hour or day than is reckoned now.
    """
    first, second = (" ".join(_NUMBERS.sub("0", unicodedata.normalize("NFC", each)).split()) for each in (text, other))
    return first == second


def read_date(headers: Mapping[str, str]) -> datetime | None:
    """What time it is at a server as it answers; a cache says how old its copy is (RFC 9110 6.6.1, RFC 9111 5.1)."""
    try:
        moment = parsedate_to_datetime(headers["Date"]) + timedelta(seconds=int(headers.get("Age") or 0))
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@runtime_checkable
class HearsTime(Protocol):
    # Of a Host, beside the contract: a network says in an answer what time it is; where ours is another, it is told.
    def note_time(self, theirs: datetime) -> None: ...


@runtime_checkable
class HearsNews(Protocol):
    # Of a Host, beside the contract: what came in for a post and is no answer, once for each `kind` and `name`.
    async def tell(self, kind: str, name: str, post_id: int, message: str) -> None: ...


def note_date(host: Host, headers: Mapping[str, str]) -> None:
    """Tell a Host that hears it what time it is at a server, where that says it."""
    if isinstance(host, HearsTime) and (theirs := read_date(headers)) is not None:
        host.note_time(theirs)


NO_NETWORK = "no network"
_FARAWAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}


def describe_failure(error: BaseException) -> str:
    """Why a call had no answer that can be used, in words: an SDK wraps what it raises several times."""
    chain = list(_list_causes(error))
    if any(isinstance(each, socket.gaierror) or getattr(each, "errno", None) in _FARAWAY for each in chain):
        return NO_NETWORK
    if any(isinstance(each, ConnectionRefusedError) for each in chain):
        return "nothing listens there"
    if any(isinstance(each, ssl.SSLError) for each in chain):
        return "no safe connection: its certificate does not hold"
    if any(isinstance(each, TimeoutError) or "Timeout" in type(each).__name__ for each in chain):
        return "no answer in time"
    if any(isinstance(each, OSError) or "Connect" in type(each).__name__ for each in chain):
        return "the connection broke"
    return "no usable answer"


def _list_causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(10):
        if error is None:
            return
        yield error
        if isinstance(inner := getattr(error, "os_error", None), BaseException):  # as aiohttp wraps it
            yield inner
        error = error.__cause__ or error.__context__
