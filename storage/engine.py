"""Opening the database: SQLite in write-ahead mode, or PostgreSQL, by one URL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.ext.asyncio import AsyncSession as Session

BUSY_TIMEOUT_MS = 30_000


class StoreError(Exception):
    """The database cannot be used; the text says why and what to do."""


def resolve_url(text: str, folder: Path) -> URL:
    """`sqlite:///pullquote.db` (relative to `folder`) or `postgresql://...` with the async driver filled in."""
    try:
        url = make_url(text)
    except Exception as error:
        raise StoreError(f"database.url is no database URL: {error}") from error
    if url.get_backend_name() == "sqlite":
        path = url.database or ""
        if path != ":memory:":
            path = str((folder / path).resolve())
        return url.set(drivername="sqlite+aiosqlite", database=path)
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(f"database.url: {url.get_backend_name()} is not supported; use sqlite:/// or postgresql://")


class Store:
    """The database and its sessions. Reads run in `read()`, writes in `write()`; neither spans the network."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine: AsyncEngine = _create_engine(url)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        """A session that changes nothing."""
        async with self._sessions() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """A transaction: committed at the end, rolled back on any error.

        On SQLite it begins IMMEDIATE, so that it waits for the other writer instead of failing with
        BUSY_SNAPSHOT, which ignores busy_timeout.
        """
        async with self._sessions() as session:
            await session.connection(execution_options={"pullquote_write": True})
            async with session.begin_nested() if False else _committing(session):
                yield session

    async def close(self) -> None:
        """Release all connections."""
        await self.engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
