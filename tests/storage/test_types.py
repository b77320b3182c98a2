"""Moments are aware, and the same moment wherever they are stored."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from storage.accounts import events
from storage.accounts.accounts import load_activity, record_account, record_activity
from storage.engine import Store, resolve_url
from storage.models import Account, Base
from storage.states import CONFIG_WORKSPACE
from storage.types import StoredReason

AT = datetime(2026, 11, 16, 9, tzinfo=UTC)


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


async def test_whatever_is_stored_as_a_reason_goes_through_the_redactor(database):
    async with Store(resolve_url(database, Path()), lambda text: text.replace("canary", "[secret]")) as store:
        async with store.write() as session:
            await events.record_event(session, "x", "y", "says canary", now=AT)
            await record_activity(session, "tick", AT, error="says canary")
            account = await record_account(session, "square", "sandbox")
            account.state_reason = "says canary"
        async with store.read() as session:
            shown = [(await events.recent_events(session, CONFIG_WORKSPACE, AT))[0].message]
            shown.append((await load_activity(session, "tick")).error)
            shown += await session.scalars(select(Account.state_reason))
    assert shown == ["says [secret]"] * 3


@pytest.mark.parametrize(
    "column",
    [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in {"error", "message"} or column.name.endswith("reason")
    ],
    ids=str,
)
def test_each_column_of_a_servers_words_is_a_reason(column):
    assert isinstance(column.type, StoredReason)
