"""What an adapter may raise, for whoever writes one (see `adapters.contract.errors`)."""

from adapters.contract.errors import (
    AdapterError,
    Calls,
    OverBudget,
    RateLimited,
    Rejected,
    Unauthorized,
    Unavailable,
    Uncertain,
)

__all__ = [
    "AdapterError",
    "Calls",
    "OverBudget",
    "RateLimited",
    "Rejected",
    "Unauthorized",
    "Unavailable",
    "Uncertain",
]
