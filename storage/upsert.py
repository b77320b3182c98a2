"""INSERT ... ON CONFLICT for both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base

Insert = sqlite.Insert | postgresql.Insert


def insert(session: AsyncSession, table: type[Base]) -> Any:
    """An insert with `on_conflict_do_nothing` and `on_conflict_do_update`, alike in both dialects."""
    dialect = session.get_bind().dialect.name
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)
