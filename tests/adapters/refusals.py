"""One table: what a network refuses a post with, and what becomes of the post, its account and the next question.

Two questions are due at once on one account. Each network's test plays its rows on its loopback server.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

LOCKED = (
    "To protect our users from spam and other malicious activity, this account is temporarily locked. Please log in to "
    "https://x.com to unlock your account."
)
SUBSET = "You currently have access to a subset of X API V2 endpoints and limited v1.1 endpoints only."
DAILY = "You have reached your daily limit for sending Tweets and messages. Please try again later."
AUTOMATED = (
    "This request looks like it might be automated. To protect our users from spam and other malicious activity, we "
    "can't complete this action right now. Please try again later."
)
SPENT = "Your enrolled account has reached its billing cycle spend cap."
CAPPED = "Usage cap exceeded: Monthly product cap"


@dataclass(frozen=True)
class Row:
    """status and body: the answer. fate: see `play`."""

    network: str
    name: str
    status: int
    body: dict[str, Any]
    fate: str


def x(name: str, status: int, fate: str, message: str, code: int = 0, kind: str = "about:blank", **more: str) -> Row:
    """An answer of X: with a code of the older API, or a problem of the newer."""
    problem = {"title": "Forbidden", "detail": message, "type": kind, "status": status, **more}
    return Row("x", name, status, {"errors": [{"code": code, "message": message}]} if code else problem, fate)


def discord(name: str, status: int, fate: str, code: int) -> Row:
    return Row("discord", name, status, {"code": code, "message": name}, fate)


def bluesky(name: str, status: int, fate: str, message: str = "") -> Row:
    return Row("bluesky", name, status, {"error": name, "message": message}, fate)


PROBLEMS = "https://api.twitter.com/2/problems/"
TABLE = (
    x("good keys are refused", 401, "pauses", "Unauthorized"),
    x("no credits", 402, "pauses", "Your enrolled account does not have any credits to fulfill this request."),
    x("locked, by code", 403, "pauses", LOCKED, 326),
    x("locked, by words", 403, "pauses", "Your account is temporarily locked."),
    x("suspended", 403, "pauses", "Your account is suspended and is not permitted to access this feature.", 64),
    x("access level", 403, "pauses", SUBSET, 453),
    x("may only read", 403, "pauses", "Your client app is not configured", kind=f"{PROBLEMS}oauth1-permissions"),
    x("spend cap", 403, "pauses", SPENT, kind=f"{PROBLEMS}credits"),
    x("usage cap of the month", 429, "pauses", CAPPED, kind=f"{PROBLEMS}usage-capped", period="Monthly"),
    x("daily limit, by code", 403, "waits", "User is over daily status update limit.", 185),
    x("daily limit, by words", 403, "waits", DAILY),
    x("automated", 403, "waits", AUTOMATED, 226),
    x("too many requests", 429, "waits", "Too Many Requests"),
    x("not summoned", 403, "refused", "Reply to this conversation is not allowed because you have not been mentioned."),
    x("not permitted", 403, "refused", "You are not permitted to perform this action."),
    x("malformed", 400, "refused", "One or more parameters to your request was invalid."),
    discord("401: Unauthorized", 401, "pauses", 0),
    discord("You need to verify your account in order to perform this action", 403, "pauses", 40002),
    discord("Send messages has been temporarily disabled", 403, "waits", 40004),
    discord("This feature has been temporarily disabled server-side", 403, "waits", 40006),
    discord("API resource is currently overloaded. Try again a little later", 400, "waits", 130000),
    discord("internal network error", 403, "waits", 40333),
    discord("The channel you are writing has hit the write rate limit", 403, "waits", 20028),
    discord("Missing Permissions", 403, "refused", 50013),
    discord("Invalid Form Body", 400, "refused", 50035),
    bluesky("AuthenticationRequired", 401, "pauses", "Invalid identifier or password"),
    bluesky("AccountTakedown", 401, "pauses", "Account has been taken down"),
    bluesky("AccountDeactivated", 401, "pauses", "Account is deactivated"),
    bluesky("RepoSuspended", 400, "pauses", "Repo has been suspended"),
    bluesky("RepoDeactivated", 400, "pauses", "Repo has been deactivated"),
    bluesky("InvalidRequest", 400, "pauses", "Could not find repo: did:plc:abc"),
    bluesky("RateLimitExceeded", 429, "waits", "Rate Limit Exceeded"),
    bluesky("InvalidRecord", 400, "refused", "Record/text must not be longer than 300 graphemes"),
)


def rows(network: str) -> pytest.MarkDecorator:
    """Play each row of a network."""
    chosen = [row for row in TABLE if row.network == network]
    return pytest.mark.parametrize("row", chosen, ids=[row.name for row in chosen])


@dataclass
class Player:
    """A pullquote with two questions that are due, and the server of its account.

    fail: let so many of its posts be refused as the row says. tick: so many minutes later. look: the posts' states in
    order, the account's row, and how many questions stand.
    """

    fail: Callable[[Row, int], None]
    mend: Callable[[], None]
    tick: Callable[[float], Awaitable[object]]
    look: Callable[[], Awaitable[tuple[list[str], Any, int]]]
    resume: Callable[[], Awaitable[object]]
    calls: Callable[[], int]


async def play(row: Row, player: Player) -> None:
    """`pauses`: asked again three times, then the account pauses and both questions wait. `waits`: the account waits
    for what the network needs, and both questions with it. `refused`: that post failed, the next one stands.
    """
    player.fail(row, 1 if row.fate == "refused" else 99)
    await player.tick(1)
    states, account, standing = await player.look()
    if row.fate == "refused":
        assert (states, account.state, standing) == (["failed", "published"], "active", 1)
        return
    assert (states, account.state, standing, player.calls()) == (["retry", "due"], "active", 0, 1)
    assert account.retry_at is not None
    if row.fate == "pauses":
        for minutes in (1, 2, 5):
            await player.tick(minutes)
        states, account, standing = await player.look()
        assert (states, account.state, standing, player.calls()) == (["retry", "due"], "unauthorized", 0, 4)
        assert account.state_reason
        await player.tick(20)
        assert player.calls() == 4
        player.mend()
        await player.resume()
        await player.tick(5)
    else:
        player.mend()
        await player.tick(45)
    states, account, standing = await player.look()
    assert (states, account.state, standing) == (["published", "published"], "active", 2)
