"""What an adapter may raise. The class of the error is the decision; nobody parses a message.

AdapterError
├── Unavailable          nothing was posted; try again later
│   └── RateLimited      ... not before `retry_at`
├── Rejected             this draft or link will never be accepted
├── Unauthorized         the account pauses until a person mends it; other accounts go on
├── OverBudget           the spending limit is reached; the account waits
└── Uncertain            it may have been posted: `find` it, never send it again blindly
"""

from datetime import datetime


class AdapterError(Exception):
    """The base of all; its text is for a person: what is wrong and what to do. It never holds a secret."""


class Unavailable(AdapterError):
    """Nothing was posted or read: the platform cannot be reached or answers with an error of its own."""


class RateLimited(Unavailable):
    """Nothing was posted or read, and the platform wants no call before `retry_at` (aware UTC)."""

    def __init__(self, message: str, retry_at: datetime) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class Rejected(AdapterError):
    """The platform will never take this: too long, malformed, forbidden, a link that is no post."""


class Unauthorized(AdapterError):
    """The login is missing, wrong or revoked."""


class OverBudget(AdapterError):
    """`Host.spend` refused: a ceiling of the account is reached, until `retry_at` (aware UTC) where that is known."""

    def __init__(self, message: str, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class Uncertain(AdapterError):
    """The call went out and no answer came back (timeout, connection lost, 5xx after sending)."""
