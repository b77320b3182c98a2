"""What a monitor is to be woken by: only what fails now, or failed within a day."""

from collections.abc import Iterator
from datetime import timedelta

from bot.desk.operating.status import Status
from storage.states import AccountState, PostState

RECENT = timedelta(days=1)
FAILURES = (PostState.FAILED, PostState.MISSED, PostState.INCOMPLETE)
"""Kinds of events: a post did not go out as it should."""


def list_problems(found: Status) -> Iterator[str]:
    """A sentence each; none where all is well. What is paused by a person is no failure."""
    if not found.is_running:
        yield "pullquote run is not at work: nothing is posted or collected"
    for account in found.accounts:
        if account.configured and account.state is AccountState.UNAUTHORIZED:
            yield f"{account.name} waits for you: {account.reason}"
    for step in found.failing:
        yield f"{step.name} fails: {step.error}"
    for at, kind, message in found.told:
        if kind in FAILURES and found.now - at < RECENT:
            yield message
