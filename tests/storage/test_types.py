"""Moments are aware, and the same moment wherever they are stored."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from storage.accounts.accounts import load_activity, record_activity


async def test_a_moment_with_an_offset_comes_back_as_the_same_moment_in_utc(store):
    at = datetime(2026, 10, 25, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    async with store.write() as session:
        await record_activity(session, "tick", at)
    async with store.read() as session:
        found = (await load_activity(session, "tick")).succeeded_at
    assert (found, found.tzinfo) == (at, UTC)


async def test_a_moment_without_a_zone_is_refused(store):
    async with store.write() as session:
        with pytest.raises(StatementError, match="a moment without a zone cannot be stored"):
            await record_activity(session, "tick", datetime(2026, 10, 25))  # noqa: DTZ001
