"""From what tweepy and aiohttp raise to the contract's errors, where the class is the decision."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import tweepy

from adapters.checks import describe_failure, read_date
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
_LATER = timedelta(minutes=30)  # the daily limit is counted in parts of half an hour (help.x.com, "About X limits")

# Refusals that are no judgement on the post. Codes: "Response codes" of developer.x.com; types: "Error handling" there.
# Words: what users of other tools were told: grammar-nazi-bot #75 and twitter-winner #11 (326), TeleTweet #3 (185),
# twitter-api-client #238 (226, 344); spend cap: "Pricing" of docs.x.com.
_PAUSING_CODES = frozenset({32, 64, 89, 99, 215, 220, 231, 261, 326, 415, 416, 453})
_PAUSING_TYPES = frozenset(
    {
        "oauth1-permissions",
        "client-forbidden",
        "unsupported-authentication",
        "usage-capped",
        "credits",
        "client-disabled",
    }
)
_PAUSING_WORDS = re.compile(
    r"account\b.*\b(?:locked|suspended|deactivated|disabled)\b|\b(?:locked|suspended|unlock)\b.*\baccount"
    r"|\bunlock\b|suspended|spend(?:ing)? (?:cap|limit)|billing cycle|\bcredits\b"
    r"|access level|access to a subset|attached to a project|read[- ]only app|oauth1 app permissions"
    r"|\b(?:verify|confirm) your (?:account|phone|email|identity|login)|must verify",
    re.IGNORECASE,
)
"""Waits for a person: locked, suspended, shut out, out of money."""
_WAITING_CODES = frozenset({88, 130, 131, 185, 205, 226, 344})
_WAITING_WORDS = re.compile(
    r"daily\b.*\blimit|over (?:the|your)\b.*\blimit|limit (?:exceeded|reached)|rate limit|too many|over capacity"
    r"|try again|might be automated|temporarily unavailable",
    re.IGNORECASE,
)
"""Passes by itself."""


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
    def code(self) -> int:
        """The number of the older API, 0 where there is none."""
        codes = (each.get("code") for each in (self.problem or {}).get("errors") or () if isinstance(each, dict))
        return next((code for code in codes if isinstance(code, int)), 0)

    @property
    def words(self) -> str:
        """All that may say why."""
        return f"{self.detail} {(self.problem or {}).get('title') or ''}"

    @property
    def kind(self) -> str:
        """The last part of the problem's type, such as `client-forbidden`."""
        return str((self.problem or {}).get("type") or "").rpartition("/")[2]


def translate_error(  # noqa: PLR0911  # one line a status: the table is the point
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
        case 429 if not _is_monthly(answer):
            return RateLimited(f"{message}; too many requests", find_retry_at(answer.headers, now), _calls(writes))
        case 408 | 425:  # it did not take the request (RFC 9110, RFC 8470)
            return Unavailable(message)
        case status if 400 <= status < 500:
            return _explain_refusal(answer, status, message, now, writes=writes)
        case _:
            return Uncertain(f"{message}; it may have been posted") if writes else Unavailable(message)


def _calls(writes: bool) -> Calls:
    return Calls.WRITES if writes else Calls.READS  # its limits are by endpoint


def _is_monthly(answer: FailedResponse) -> bool:
    """A cap that is no matter of minutes: it holds until the month is over, or somebody raises it."""
    period = str((answer.problem or {}).get("period") or "")
    return (answer.kind == "usage-capped" and period != "Daily") or _spells_money(answer)


def _spells_money(answer: FailedResponse) -> bool:
    return bool(re.search(r"spend(?:ing)? (?:cap|limit)|\bcredits\b", answer.words, re.IGNORECASE))


def _explain_refusal(answer: FailedResponse, status: int, message: str, now: datetime, *, writes: bool) -> AdapterError:
    """The account is locked, or has to wait, or this one call is refused; the tables above tell them apart."""
    if status == 403 and writes and "duplicate" in answer.detail.lower():
        return Uncertain(f"{message}; X has a post with this text already: is it ours?")
    if status in (403, 429) and _is_named(answer, _PAUSING_CODES, _PAUSING_WORDS):
        return Unauthorized(f"{message}; look at the account at x.com and at its app in the developer console")
    if status == 403 and _is_named(answer, _WAITING_CODES, _WAITING_WORDS):
        return RateLimited(f"{message}; it is tried again later", now + _LATER, _calls(writes))
    return XRefused(message, status, answer.detail)


def _is_named(answer: FailedResponse, codes: frozenset[int], words: re.Pattern[str]) -> bool:
    """By type or code where there is one in the tables, else by the words."""
    if answer.kind in _PAUSING_TYPES or answer.code in _PAUSING_CODES | _WAITING_CODES:
        return answer.code in codes or (codes is _PAUSING_CODES and answer.kind in _PAUSING_TYPES)
    return bool(words.search(answer.words))


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
            return max(now + timedelta(seconds=1), now + (reset - (read_date(headers) or now)))
    return now + _WITHOUT_RESET


def _find_skew(answer: FailedResponse, now: datetime) -> str:
    """A sentence where this machine's clock is wrong: then signatures are, though the keys are right."""
    theirs = read_date(answer.headers)
    if theirs is None or abs(now - theirs) <= _TOLERATED_SKEW:
        return ""
    minutes = round(abs(now - theirs) / timedelta(minutes=1))
    way = "ahead of" if now > theirs else "behind"
    return f"this machine's clock is {minutes} min {way} X's, and X refuses signatures for it: set the clock right"


def _describe(error: Exception, answer: FailedResponse) -> str:
    """What a person may read: never a token, never a whole body."""
    if answer.status is None:
        return describe_failure(error)
    return f"status {answer.status}{f': {answer.detail}' if answer.detail else ''}"
