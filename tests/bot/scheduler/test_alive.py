"""What a killed process held is free at once, not after the minutes of its lease."""

import subprocess
import sys
from datetime import timedelta

import pytest

from bot.replies.collect import collect_account
from bot.scheduler import alive
from storage.accounts import holders
from storage.accounts.accounts import take_lease
from storage.lock import hold_name, is_dead
from storage.models import Lease, Post
from storage.states import PostState

HOLD = """
import sys, time
from pathlib import Path
from storage.lock import hold_name
with hold_name(Path(sys.argv[1]), "there:1:abcd"):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def other(tmp_path):
    """Another process that holds a name; killed by the test, or at its end."""
    folder = tmp_path / "state" / "holders"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_process_is_dead_once_it_is_killed(other, tmp_path):
    folder = tmp_path / "state" / "holders"
    assert not is_dead(folder, "there:1:abcd")
    other.kill()
    other.wait()
    assert is_dead(folder, "there:1:abcd")
    assert list(folder.iterdir()) == []


def test_of_whom_there_is_no_file_nobody_can_say(tmp_path):
    assert not is_dead(tmp_path, "elsewhere:1:ffff")


def test_a_name_is_gone_when_its_holder_ends_in_order(tmp_path):
    with hold_name(tmp_path, "here:1:beef"):
        assert [path.name for path in tmp_path.iterdir()] == ["beef.lock"]
    assert list(tmp_path.iterdir()) == []


async def test_an_account_is_collected_at_once_after_a_kill(bot, other):
    await bot.tick()
    account = await bot.account()
    async with bot.context.store.write() as session:
        await take_lease(session, f"collect:{account.id}", "there:1:abcd", bot.clock(), timedelta(minutes=5))
    assert await alive.bury_dead(bot.context) == []
    assert await collect_account(bot.context, account.id) is None
    other.kill()
    other.wait()
    assert await alive.bury_dead(bot.context) == ["there:1:abcd"]
    assert await collect_account(bot.context, account.id) is not None


async def test_a_post_that_a_dead_process_was_sending_is_unclear_at_once(bot, other):
    other.kill()
    other.wait()
    await bot.tick()
    async with bot.context.store.write() as session:
        post = await session.get_one(Post, 1)
        post.state, post.holder = PostState.PUBLISHING, "there:1:abcd"
        post.lease_until = bot.clock() + timedelta(minutes=5)
    await alive.bury_dead(bot.context)
    await bot.tick()
    assert len(bot.visible()) == 1
    assert await bot.states() == ["published"]


async def test_on_other_machines_a_heartbeat_decides(bot):
    now = bot.clock()
    async with bot.context.store.write() as session:
        await holders.beat(session, "elsewhere:1:ffff", now, alive.SILENT)
        await take_lease(session, "listen:1", "elsewhere:1:ffff", now, timedelta(minutes=1))
        assert await holders.find_silent(session, now + timedelta(seconds=19)) == []
        silent = await holders.find_silent(session, now + timedelta(seconds=20))
        assert silent == ["elsewhere:1:ffff"]
        await holders.free_what_they_hold(session, silent, now)
    assert await bot.rows(Lease) == []
