"""A statement of SQLite in one trip to the thread of its connection.

aiosqlite goes there and back to make a cursor, to execute, to fetch and to close it; each trip costs more than a short
statement.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

from aiosqlite import Connection

FIRST = 250
"""Rows that come with the first trip; a larger result is fetched as it is asked for."""


def save_trips(connection: Connection) -> None:
    """Let its cursors be those of this module."""
    connection.cursor = lambda: TripCursor(connection)  # type: ignore[method-assign,assignment,return-value]


class TripCursor:
    """What SQLAlchemy needs of a cursor. Of a short result nothing is left open in the thread."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._open: sqlite3.Cursor | None = None
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> Self:
        """Run it, with its first rows. Raises sqlite3.Error."""
        await self._go(self._execute, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Any]) -> Self:
        """Run it for each. Raises sqlite3.Error."""
        await self._go(self._execute_many, statement, parameters)
        return self

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """The next rows."""
        wanted = size or self.arraysize
        if self._open is not None and len(self._rows) < wanted:
            await self._go(self._fetch, wanted - len(self._rows))
        found, self._rows = self._rows[:wanted], self._rows[wanted:]
        return found

    async def fetchall(self) -> list[Any]:
        """All that are left."""
        if self._open is not None:
            await self._go(self._fetch, None)
        found, self._rows = self._rows, []
        return found

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        if not self._rows and self._open is not None:
            await self._go(self._fetch, FIRST)
        if not self._rows:
            raise StopAsyncIteration
        return self._rows.pop(0)

    async def close(self) -> None:
        """Leave nothing open."""
        if self._open is not None:
            await self._go(self._close)

    async def _go(self, work: Callable[..., None], *arguments: Any) -> None:
        # it offers nothing else that runs in its thread
        await self._connection._execute(work, *arguments)  # type: ignore[no-untyped-call]  # noqa: SLF001

    # ------------------------------------------------------------ in the thread

    def _execute(self, statement: str, parameters: Any) -> None:
        self._close()
        self._open = self._connection._conn.execute(statement, parameters)  # noqa: SLF001
        self._rows = []
        self.description = self._open.description
        if self.description:
            self._fetch(FIRST)
        else:
            self._close()

    def _execute_many(self, statement: str, parameters: Iterable[Any]) -> None:
        self._close()
        self._open = self._connection._conn.executemany(statement, parameters)  # noqa: SLF001
        self.description = None
        self._close()

    def _fetch(self, size: int | None) -> None:
        assert self._open is not None
        found = self._open.fetchall() if size is None else self._open.fetchmany(size)
        self._rows += found
        if size is None or len(found) < size:
            self._close()

    def _close(self) -> None:
        if self._open is not None:
            self.rowcount, self.lastrowid = self._open.rowcount, self._open.lastrowid
            self._open.close()
            self._open = None
