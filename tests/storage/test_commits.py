"""Whether anybody wrote is known without asking what."""

import asyncio
from datetime import UTC, datetime

import pytest

from storage.accounts.accounts import load_activities, record_activity
from storage.commits import Commits
from storage.engine import Store

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture
async def commits(store):
    commits = Commits(store)
    yield commits
    await commits.close()


async def write(store, name="a step"):
    async with store.write() as session:
        await record_activity(session, name, NOW)


async def come_soon(commits):
    """PostgreSQL tells of a commit a moment after it: whoever asks at once may be too early."""
    for _ in range(500):
        if await commits.have_come():
            return True
        await asyncio.sleep(0.01)
    return False


async def test_what_another_process_commits_is_noticed_once(store, commits):
    assert await commits.have_come()  # of the time before nothing is known
    assert not await commits.have_come()
    async with Store(store.url) as other:
        await write(other)
    assert await come_soon(commits)
    assert not await commits.have_come()
    await write(store, "another step")
    assert await come_soon(commits)
    assert not await commits.have_come()


async def fail(store):
    async with store.write() as session:
        await record_activity(session, "a step", NOW)
        raise LookupError


async def test_what_is_read_or_rolled_back_is_no_commit(store, commits):
    await commits.have_come()
    async with store.read() as session:
        await load_activities(session)
    with pytest.raises(LookupError):
        await fail(store)
    assert not await commits.have_come()


async def test_a_connection_that_breaks_is_opened_again(store, commits):
    await commits.have_come()
    await commits._driver.close()
    assert await commits.have_come()  # not known
    assert await commits.have_come()  # opened anew, as at the first time
    assert not await commits.have_come()


async def test_what_was_erased_is_cut_off_the_log_while_it_is_watched(store, commits):
    await write(store)
    await commits.have_come()
    assert await store.empty_log()
