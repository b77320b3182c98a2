"""What an adapter may raise. The class of the error is the decision; nobody parses a message."""

from datetime import datetime
from enum import StrEnum


class Calls(StrEnum):  # which a limit holds for: it does not stop the others
    ALL = "all"
    READS = "reads"
    WRITES = "writes"


class AdapterError(Exception):
    """The base of all; its text is for a person: what is wrong and what to do. It never holds a secret."""


class Unavailable(AdapterError):
    """Nothing was posted or read: the platform cannot be reached or answers with an error of its own. Later."""


class RateLimited(Unavailable):
    """Nothing was posted or read, and the platform wants none of these calls before `retry_at` (aware UTC)."""

    def __init__(self, message: str, retry_at: datetime, calls: Calls = Calls.ALL) -> None:
        super().__init__(message)
        self.retry_at, self.calls = retry_at, calls


class Rejected(AdapterError):
    """The platform will never take this: too long, malformed, forbidden, a link that is no post."""


class Unauthorized(AdapterError):
    """The login is missing, wrong or revoked: the account pauses until a person mends it; other accounts go on."""


class OverBudget(AdapterError):
    """`Host.spend` refused: a ceiling of the account is reached, until `retry_at` (aware UTC) where that is known."""

    def __init__(self, message: str, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class Uncertain(AdapterError):
    """The call went out and no answer came back, so it may have been posted: `find` it, never send it again blindly."""
