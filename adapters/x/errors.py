"""From what tweepy and aiohttp raise to the contract's errors, where the class is the decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
import tweepy

from adapters.contract.errors import AdapterError, Calls, RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from adapters.contract.sending import Payload

RAISED = (tweepy.TweepyException, aiohttp.ClientError, OSError, ValueError, TypeError, AttributeError, KeyError)
"""Everything a call through the SDK may raise; the last four are bodies that are not what was promised."""

_NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)
_WITHOUT_RESET = timedelta(minutes=15)  # the window of X's limits, for a 429 that names no time
_TOLERATED_SKEW = timedelta(minutes=4)  # signatures are refused beyond five
_LONGEST_MESSAGE = 200
_OF_THE_APP = ("oauth1-permissions", "client-forbidden", "unsupported-authentication", "usage-capped")


class XRefused(Rejected):
    """A 4xx. `detail` is what X says about it."""

    def __init__(self, message: str, status: int, detail: str) -> None:
        super().__init__(message)
        self.status = status
        self.detail = detail


class OutOfCredits(Unauthorized):
    """A 402: nothing goes on until somebody buys credits."""


@dataclass(frozen=True)
class FailedResponse:
    """What came back of a call that failed. status None: nothing did."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    problem: Payload | None = None

    @property
    def detail(self) -> str:
        """X's own words about it."""
        problem = self.problem or {}
        first = next((each for each in problem.get("errors") or () if isinstance(each, dict)), {})
        detail = first.get("message") or problem.get("detail") or first.get("detail") or problem.get("title") or ""
        return " ".join(str(detail).split())[:_LONGEST_MESSAGE]

    @property
    def kind(self) -> str:
        """The last part of the problem's type, such as `client-forbidden`."""
        return str((self.problem or {}).get("type") or "").rpartition("/")[2]


def translate_error(
    error: Exception, answer: FailedResponse, doing: str, now: datetime, *, writes: bool
) -> AdapterError:
    """The contract's error. doing: the call. writes: it would have posted something."""
    message = f"{doing} at X: {_describe(error, answer)}"
    match answer.status:
        case None:
            return _explain_silence(error, message, writes=writes)
        case 401:
            return Unauthorized(f"{message}; {_find_skew(answer, now) or 'check the four keys and tokens'}")
        case 402:
            return OutOfCredits(
                f"{message}; X is out of credits: buy some in its developer console, then: pullquote resume"
            )
        case 429:
            calls = Calls.WRITES if writes else Calls.READS  # its limits are by endpoint
            return RateLimited(f"{message}; too many requests", find_retry_at(answer.headers, now), calls)
        case status if 400 <= status < 500:
            return _explain_refusal(answer, status, message, writes=writes)
        case _:
            return Uncertain(f"{message}; it may have been posted") if writes else Unavailable(message)


def _explain_refusal(answer: FailedResponse, status: int, message: str, *, writes: bool) -> AdapterError:
    if status == 403 and writes and "duplicate" in answer.detail.lower():
        return Uncertain(f"{message}; X has a post with this text already: is it ours?")
    if status == 403 and (answer.kind in _OF_THE_APP or "suspended" in answer.detail.lower()):
        return Unauthorized(f"{message}; check the account, and that the app may read and write")
    return XRefused(message, status, answer.detail)


def _explain_silence(error: Exception, message: str, *, writes: bool) -> AdapterError:
    if writes and not isinstance(error, _NOT_SENT):
        return Uncertain(f"{message}; it may have been posted")
    return Unavailable(message)


def find_retry_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """When the limit is over by our clock: X names it by its own, whose present is in Date."""
    over = (headers.get(f"x-{kind}-limit-24hour-remaining") == "0" for kind in ("user", "app"))
    daily = [f"x-{kind}-limit-24hour-reset" for kind, is_over in zip(("user", "app"), over, strict=True) if is_over]
    for name in (*daily, "x-rate-limit-reset"):
        if (headers.get(name) or "").isdecimal():
            reset = datetime.fromtimestamp(int(headers[name]), UTC)
            return max(now + timedelta(seconds=1), now + (reset - (_read_date(headers) or now)))
    return now + _WITHOUT_RESET


def _find_skew(answer: FailedResponse, now: datetime) -> str:
    """A sentence where this machine's clock is wrong: then signatures are, though the keys are right."""
    theirs = _read_date(answer.headers)
    if theirs is None or abs(now - theirs) <= _TOLERATED_SKEW:
        return ""
    minutes = round(abs(now - theirs) / timedelta(minutes=1))
    way = "ahead of" if now > theirs else "behind"
    return f"this machine's clock is {minutes} min {way} X's, and X refuses signatures for it: set the clock right"


def _read_date(headers: Mapping[str, str]) -> datetime | None:
    try:
        moment = parsedate_to_datetime(headers["Date"])
    except (KeyError, ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _describe(error: Exception, answer: FailedResponse) -> str:
    """What a person may read: never a token, never a whole body."""
    if answer.status is None:
        return f"no usable answer ({type(error).__name__})"
    return f"status {answer.status}{f': {answer.detail}' if answer.detail else ''}"
