"""Column types."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import DateTime, Dialect, Enum, String
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC. SQLite drops offsets silently, so a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone cannot be stored: {value.isoformat()}")
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StoredReason(TypeDecorator[str]):
    """Why something is as it is, often in a server's words, which may repeat what we sent it: `redact_reasons` takes
    secrets out before they are stored. Every column of such words has this type.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        redact = _REDACTORS.get(dialect)
        return value if value is None or redact is None else redact(value)


_REDACTORS: "WeakKeyDictionary[Dialect, Callable[[str], str]]" = WeakKeyDictionary()


def redact_reasons(dialect: Dialect, redact: Callable[[str], str]) -> None:
    """From now on, what the engine of this dialect stores as a `StoredReason` goes through `redact`."""
    _REDACTORS[dialect] = redact


def string_enum(kind: type[StrEnum]) -> Any:
    """An enum stored as its value: readable in the database, no native type to migrate."""
    return Enum(kind, native_enum=False, length=32, values_callable=lambda members: [m.value for m in members])
