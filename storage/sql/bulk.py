"""Writing many rows at the speed of the driver.

SQLAlchemy's own executemany spends ten times what SQLite does on a row: it converts each value through its column
type. Here rows are tuples in the driver's own terms. SQLite runs a statement for each of them, which costs nothing
in one process; PostgreSQL is given all of them by COPY, into a table of the connection's own, and merges them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession


@dataclass(frozen=True)
class BulkInsert:
    """INSERT INTO `into` VALUES (`values`) `conflict`, where `values` holds a `?` for each column of a row.

    types: PostgreSQL's type of each `?`. Each table of `into` has one BulkInsert.
    """

    into: str
    values: str
    types: tuple[str, ...]
    conflict: str

    @cached_property
    def for_each_row(self) -> str:
        """The statement for one row."""
        return f"INSERT INTO {self.into} VALUES ({self.values}) {self.conflict}"  # noqa: S608  # constants

    @cached_property
    def given(self) -> str:
        """The name of PostgreSQL's temporary table of rows: it outlives a transaction, its rows do not."""
        return f"given_{self.into.split()[0]}"

    @cached_property
    def for_given(self) -> str:
        """The statement for all rows of that table."""
        numbers = count()
        values = "".join(f"given.p{next(numbers)}" if char == "?" else char for char in self.values)
        return f"INSERT INTO {self.into} SELECT {values} FROM {self.given} AS given {self.conflict}"  # noqa: S608

    async def run(self, session: AsyncSession, rows: list[tuple[Any, ...]]) -> int:
        """Insert the rows in the session's transaction; answers how many rows it inserted or changed."""
        if not rows:
            return 0
        connection = await session.connection()
        if is_sqlite(session):
            done = await connection.exec_driver_sql(self.for_each_row, rows)
        else:
            await self._give(connection, rows)
            done = await connection.exec_driver_sql(self.for_given)
            await connection.exec_driver_sql(f"TRUNCATE {self.given}")  # for the next page of this transaction
        return done.rowcount

    async def _give(self, connection: AsyncConnection, rows: list[tuple[Any, ...]]) -> None:
        columns = ", ".join(f"p{number} {type_}" for number, type_ in enumerate(self.types))
        await connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {self.given} ({columns}) ON COMMIT DELETE ROWS"
        )
        driver: Any = (await connection.get_raw_connection()).driver_connection
        async with driver.cursor() as cursor, cursor.copy(f"COPY {self.given} FROM STDIN") as copy:
            for row in rows:
                await copy.write_row(row)


def is_sqlite(session: AsyncSession) -> bool:
    """Whether the session speaks to SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def moment_writer(session: AsyncSession) -> Callable[[datetime], Any]:
    """How moments are told to the session's driver: to SQLite as the text that SQLAlchemy's DateTime reads."""
    return _write_text if is_sqlite(session) else _keep_moment


def _write_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _keep_moment(value: datetime) -> datetime:
    return value


def write_document(value: Any) -> str:
    """A JSON value in either driver's terms."""
    return json.dumps(value) if value else "[]" if isinstance(value, list | tuple) else "{}"
