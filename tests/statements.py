"""Statements that are compiled once in a process of tests, as in a process that runs for weeks.

Every test opens stores of its own, and each engine would compile the same statements: a quarter of the time of a test.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

import storage.engine
from storage.types import _REDACTORS

MOST = 5_000
"""Statements that are remembered; all of pullquote's are fewer."""


def share_compiled_statements() -> None:
    """Give engines that are made from now on one dialect, and with it one cache, for each kind of database."""
    make: Callable[..., AsyncEngine] = storage.engine.create_async_engine
    first: dict[str, AsyncEngine] = {}

    def create_async_engine(url: Any, **given: Any) -> AsyncEngine:
        engine = make(url, query_cache_size=MOST, **given)
        if engine.url.port is not None:
            return engine  # a pooler: how it connects is heard at its own dialect
        known = first.setdefault(engine.name, engine).sync_engine
        ours = engine.sync_engine
        ours.dialect = ours.pool._dialect = known.dialect
        ours._compiled_cache = known._compiled_cache
        _REDACTORS.pop(known.dialect, None)
        return engine

    storage.engine.create_async_engine = create_async_engine  # type: ignore[assignment]
