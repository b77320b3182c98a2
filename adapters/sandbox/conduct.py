"""How the sandbox behaves and misbehaves: page sizes, lag, and calls that fail on purpose."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

ANY = "*"
NO_ANSWER = 0


class StatusRefusal(Exception):
    """The network's answer is an error. status: as in HTTP. retry_at: given with a 429."""

    def __init__(self, status: int, message: str, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.retry_at = retry_at


class NoAnswer(Exception):
    """The connection breaks before any answer; what was asked may have been done."""


@dataclass(slots=True)
class Failure:
    """The calls of `operation` number `nth` to `nth + times - 1` from now on fail.

    status: of HTTP, or NO_ANSWER. after_effect: what was asked is done nevertheless.
    """

    operation: str = ANY
    nth: int = 1
    times: int = 1
    status: int = NO_ANSWER
    after_effect: bool = False
    retry_at: datetime | None = None
    seen: int = 0

    def strikes(self, operation: str) -> bool:
        """Count this call; say whether it is one that fails."""
        if self.operation not in (ANY, operation):
            return False
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times

    def strike(self) -> None:
        """Raise what the caller sees."""
        if self.status == NO_ANSWER:
            raise NoAnswer
        raise StatusRefusal(self.status, "it fails on purpose", self.retry_at)


@dataclass(slots=True)
class Conduct:
    """How a network answers.

    page_size: entries on a page. overlap: how many entries of a page come again on the next one. shuffled: entries
    of one page come newest first. find_lag: how long a post stays out of its author's own timeline and key look-up.
    slow: seconds from what was done until it is answered, over HTTP alone. calls: the operations asked for, in order,
    failed ones too.
    """

    page_size: int = 50
    overlap: int = 0
    shuffled: bool = False
    find_lag: timedelta = timedelta()
    slow: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def strike(self, operation: str) -> Failure | None:
        """Record a call; the failure that is due for it, if any."""
        self.calls.append(operation)
        due = [failure for failure in self.failures if failure.strikes(operation)]
        return due[0] if due else None
