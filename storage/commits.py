"""Whether anybody wrote to the database: cheaper than to look what."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import CHANNEL, Store


class Commits:
    """One connection that is kept: SQLite counts on it what others commit, PostgreSQL hands it what was notified."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: AsyncConnection | None = None
        self._driver: Any = None
        self._version: int | None = None

    async def have_come(self) -> bool:
        """Whether anything was committed since this was last asked, by us too. True where that is not known."""
        if self._store.is_sqlite and self._store.sqlite_path is None:
            return True  # in memory there is one connection
        if self._store.is_pooled:
            return True  # PgBouncer hands on no notification
        try:
            if self._connection is None:
                await self._open()
                return True
            return await (self._count() if self._store.is_sqlite else self._receive())
        except Exception:  # noqa: BLE001  # of the driver or of the engine: whoever works with the database tells it
            await self.close()
            return True

    async def _open(self) -> None:
        engine = self._store.engine
        self._connection = await engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        self._driver = (await self._connection.get_raw_connection()).driver_connection
        if self._store.is_sqlite:
            await self._count()
        else:
            await self._connection.execute(text(f"LISTEN {CHANNEL}"))

    async def _count(self) -> bool:
        before = self._version
        ((self._version,),) = await self._driver.execute_fetchall("PRAGMA data_version")
        return self._version != before

    async def _receive(self) -> bool:
        return any([True async for _ in self._driver.notifies(timeout=0)])

    async def close(self) -> None:
        """Give the connection up."""
        connection, self._connection, self._version = self._connection, None, None
        if connection is not None:
            await connection.invalidate()  # it listens: nobody else is to get it
            await connection.close()
