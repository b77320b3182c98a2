"""Opening the database: SQLite in write-ahead mode, or PostgreSQL, by one URL."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event, make_url, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from storage.types import redact_reasons

BUSY_TIMEOUT_MS = 30_000
CHANNEL = "pullquote"
"""On which PostgreSQL tells that something was written (see storage/commits.py)."""
LOG_TRIES, LOG_AGAIN = 20, 0.2  # s
BARRED_KEY = "barred key"
"""Under this name a session knows the file of the key of `storage.erasing.barred`."""

_WITHOUT_JIT = "-c jit=off"
"""Our statements are short: compiling them took a quarter of the time of an ingest."""
_POOLER_SAYS = "unsupported startup parameter"

LOCKED = "database is locked"
TOO_LARGE = "too large to convert to SQLite"
"""What SQLite and its driver say."""


class StoreError(Exception):
    """The database cannot be used; the text says why and what to do."""


class LostClaim(Exception):
    """The lease lapsed and the row is somebody else's now: stop, write nothing."""


def resolve_url(text: str, folder: Path) -> URL:
    """The URL of the config with its async driver: `sqlite:///pullquote.db` is relative to `folder`."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise StoreError(f"database.url {text!r} is no database URL; write sqlite:/// or postgresql://") from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        path = url.database or ":memory:"
        return url.set(
            drivername="sqlite+aiosqlite", database=path if path == ":memory:" else str((folder / path).resolve())
        )
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(f"database.url: {backend} is not supported; write sqlite:/// or postgresql://")


Session = AsyncSession
"""One unit of work; see Store.read and Store.write."""


def once_committed(session: Session, act: Callable[[], object]) -> None:
    """Do something when what the session wrote stands; not at all where it does not come to that."""
    event.listen(session.sync_session, "after_commit", lambda _: act(), once=True)


class Store:
    """The database. Reads run in `read()`, writes in `write()`; neither is ever open across the network."""

    def __init__(self, url: URL, redact: Callable[[str], str] | None = None, barred_key: Path | None = None) -> None:
        """redact: takes secrets out of whatever is stored as a reason.

        barred_key: the file of the key for the names of who is barred; without one they are hashed without a key.
        """
        self.url = url
        self.is_pooled = False
        """Whether a PgBouncer stands between, as far as is known: then nobody is told of what others write."""
        if url.get_backend_name() == "sqlite":
            # parameters are what people wrote: an error that is logged must not repeat them
            self.engine = create_async_engine(
                url,
                hide_parameters=True,
                json_deserializer=_read_document,
                connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
            )
            event.listen(self.engine.sync_engine, "connect", _set_up_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
        else:
            self.engine = create_async_engine(
                url, hide_parameters=True, pool_pre_ping=True, connect_args={"options": _WITHOUT_JIT}
            )
            event.listen(self.engine.sync_engine, "do_connect", self._connect)
        info = {BARRED_KEY: barred_key}
        self._reads = async_sessionmaker(self.engine, expire_on_commit=False, info=info)
        self._writes = async_sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False, info=info)
        if redact is not None:
            redact_reasons(self.engine.dialect, redact)

    def _connect(self, dialect: Any, _record: object, args: Sequence[Any], keys: dict[str, Any]) -> Any:
        """A connection to PostgreSQL, or to a PgBouncer before it, which by its defaults takes no options, and in whose
        transactions neither a prepared statement nor LISTEN outlives them. keys: kept for the next connections.
        """
        try:
            return dialect.connect(*args, **keys)
        except dialect.loaded_dbapi.OperationalError as error:
            if _POOLER_SAYS not in str(error):
                raise
        self.is_pooled = True
        keys.pop("options", None)
        keys["prepare_threshold"] = None
        connection = dialect.connect(*args, **keys)
        connection.autocommit = True
        connection.cursor().execute("SET jit = off")
        connection.autocommit = False
        return connection

    @property
    def is_sqlite(self) -> bool:
        """Whether one file on one machine holds everything."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def sqlite_path(self) -> Path | None:
        """The database file; None on PostgreSQL and in memory."""
        return Path(self.url.database) if self.is_sqlite and self.url.database not in (None, ":memory:") else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        """A session that changes nothing. Raises StoreError as `write` does."""
        with self._explain():
            async with self._reads() as session:
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """A transaction: committed at the end, rolled back on any error.

        Raises StoreError where another program holds the file, or a number is larger than any that it holds.
        """
        with self._explain():
            async with self._writes() as session, session.begin():
                yield session
                if not self.is_sqlite:
                    await session.execute(text(f"NOTIFY {CHANNEL}"))

    @contextmanager
    def _explain(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if LOCKED not in str(error.orig):
                raise
            raise StoreError(self.describe_lock()) from error
        except OverflowError as error:
            if TOO_LARGE not in str(error):
                raise
            raise StoreError("a number was given that is larger than the database holds: look at it again") from None

    def describe_lock(self) -> str:
        """What is wrong and what to do where SQLite says `LOCKED`."""
        return (
            f"the database {self.sqlite_path} was held by another program for {BUSY_TIMEOUT_MS // 1000} s: "
            "end that program, or wait, and try again"
        )

    async def empty_log(self) -> bool:
        """Move SQLite's log into the database and cut it off, so that what was erased stands in neither.

        False where somebody reads from it for longer than `LOG_TRIES` tries. PostgreSQL's log is its administrator's.
        """
        if self.sqlite_path is None:
            return True
        for attempt in range(LOG_TRIES):
            if attempt:
                await asyncio.sleep(LOG_AGAIN)
            # a writer would wait as long as this waits for readers
            (busy, *_), *_ = await self._run_outside("PRAGMA busy_timeout=100", "PRAGMA wal_checkpoint(TRUNCATE)")
            if not busy:
                return True
        return False

    async def rebuild(self) -> None:
        """Write SQLite's file anew, without what was deleted while that was not overwritten. Raises DBAPIError."""
        if self.sqlite_path is not None:
            await self._run_outside("VACUUM")

    async def copy_into(self, path: Path) -> None:
        """Write SQLite's file, as of one moment, into an empty one; nobody waits for it. Raises sqlite3.Error."""
        await self._run_outside(f"VACUUM INTO '{str(path).replace(chr(39), chr(39) * 2)}'")

    async def end_log(self) -> None:
        """Give the file a form in which nothing lies beside it, and which can be read from where nobody may write."""
        await self._run_outside("PRAGMA journal_mode=DELETE")

    async def _run_outside(self, *statements: str) -> list[Any]:
        """What no transaction may surround: the rows of the last statement."""
        async with self.engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            for statement in statements:
                rows = list(await (await driver.execute(statement)).fetchall())
            await driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            return rows

    async def close(self) -> None:
        """Release all connections."""
        await self.engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _read_document(text: str) -> Any:
    """A JSON value; most are empty, which the decoder takes twenty times as long to find out."""
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours: see _begin_sqlite
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # an intent must survive a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten; not every SQLite is built to do so
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at BEGIN and waits for it; a read that becomes a write would fail with BUSY_SNAPSHOT,
    which ignores busy_timeout.
    """
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
