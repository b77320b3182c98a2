"""Writing many rows at the speed of the driver.

SQLAlchemy's own executemany spends ten times what SQLite does on a row: it converts each value through its column
type. Here rows are tuples in the driver's own terms. SQLite runs a statement for each of them, which costs nothing
in one process; PostgreSQL is given the columns as arrays, since a round for each row would cost ten times the work.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class BulkInsert:
    """INSERT INTO `into` VALUES (`values`) `conflict`, where `values` holds a `?` for each column of a row.

    types: PostgreSQL's type of each `?`.
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
    def for_arrays(self) -> str:
        """The statement for all rows, given as one array a column."""
        numbers = count()
        values = "".join(f"given.p{next(numbers)}" if char == "?" else char for char in self.values)
        arrays = ", ".join(f"%s::{type_}[]" for type_ in self.types)
        names = ", ".join(f"p{number}" for number in range(len(self.types)))
        return f"INSERT INTO {self.into} SELECT {values} FROM unnest({arrays}) AS given({names}) {self.conflict}"  # noqa: S608

    async def run(self, session: AsyncSession, rows: list[tuple[Any, ...]]) -> int:
        """Insert the rows in the session's transaction; answers how many rows it inserted or changed."""
        if not rows:
            return 0
        connection = await session.connection()
        if is_sqlite(session):
            done = await connection.exec_driver_sql(self.for_each_row, rows)
        else:
            columns = tuple(list(column) for column in zip(*rows, strict=True))
            done = await connection.exec_driver_sql(self.for_arrays, columns)
        return done.rowcount


def is_sqlite(session: AsyncSession) -> bool:
    """Whether the session speaks to SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def moment_writer(session: AsyncSession) -> Callable[[datetime], Any]:
    """How moments are told to the session's driver: to SQLite as the text that SQLAlchemy's DateTime reads."""
    return _write_text if is_sqlite(session) else _leave


def _write_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _leave(value: datetime) -> datetime:
    return value


def write_document(value: Any) -> str:
    """A JSON value in either driver's terms."""
    return json.dumps(value) if value else "[]" if isinstance(value, list | tuple) else "{}"
