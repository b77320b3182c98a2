"""Writing many rows at the speed of the driver.

SQLAlchemy's own executemany spends ten times what SQLite does on a row: it converts each value through its column
type. Here the rows are tuples already in the driver's own terms, and the statement is text with `?` marks.
"""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession


class Dialect:
    """How values are handed to SQLite's driver; the formats are those of `storage.types` and SQLAlchemy's JSON."""

    mark = "?"

    def moment(self, value: datetime) -> Any:
        """An aware moment."""
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return utc.isoformat(" ", "microseconds")[:26]

    def document(self, value: Any) -> str:
        """A JSON value."""
        return json.dumps(value) if value else "[]" if isinstance(value, list | tuple) else "{}"


class PostgreSQL(Dialect):
    """How values are handed to psycopg."""

    mark = "%s"

    def moment(self, value: datetime) -> Any:
        """As it is: the driver knows moments."""
        return value


_SQLITE, _POSTGRESQL = Dialect(), PostgreSQL()


def dialect_of(session: AsyncSession) -> Dialect:
    """The terms of the session's driver."""
    return _SQLITE if session.get_bind().dialect.name == "sqlite" else _POSTGRESQL


async def execute_many(session: AsyncSession, statement: str, rows: list[tuple[Any, ...]]) -> int:
    """Run a statement with `?` marks for each row, in the session's transaction; answers how many rows it changed."""
    if not rows:
        return 0
    connection = await session.connection()
    done = await connection.exec_driver_sql(statement.replace("?", dialect_of(session).mark), rows)
    return done.rowcount
