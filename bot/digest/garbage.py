"""Python's search for cycles of garbage: it stops everything while it walks over all that is in memory."""

import gc
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_working = 0


def without_cycle_search(work: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Let no search begin while `work` reads all answers of a question: none of them is part of a cycle.

    With 5,000 answers one search held the event loop for 80 ms, with 100,000 for 500 ms (bench/loop_lag.py). What
    `work` has read is freed when it returns, before the next search.
    """

    @wraps(work)
    async def rested(*args: P.args, **kwargs: P.kwargs) -> T:
        global _working  # noqa: PLW0603  # the collector is one for the whole process too
        _working += 1
        gc.disable()
        try:
            return await work(*args, **kwargs)
        finally:
            _working -= 1
            if _working == 0:
                gc.enable()

    return rested
