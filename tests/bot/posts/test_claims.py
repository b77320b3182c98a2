"""Several at once: each post is taken by one, each account is collected by one."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.posts.publish import publish_next
from bot.posts.send import LEASE
from bot.replies.collect import collect_account
from bot.scheduler.plan import plan
from storage.engine import LostClaim, Store, resolve_url
from storage.models import Reply
from storage.questions.posts import claim_post, move_post, release_lapsed
from storage.states import PostState

EIGHT = range(8)


@pytest.fixture
async def asked(open_bot):
    """Twenty questions that are due, on a platform where a repeat is a double."""
    bot = await open_bot(
        accounts={"square": {"repeats_safely": False}},
        questions={
            f"question-{number}": {"text": f"Question {number}?", "at": "2026-11-16T08:01"} for number in range(20)
        },
    )
    bot.clock.advance(minutes=1)
    await plan(bot.context, paused=False)
    return bot


@pytest.fixture
async def processes(asked):
    """Eight of them, each with a database connection and a name of its own."""
    async with AsyncExitStack() as stack:
        stores = [await stack.enter_async_context(Store(resolve_url(asked.database, Path()))) for _ in EIGHT]
        yield [replace(asked.context, store=store, holder=f"process {number}") for number, store in enumerate(stores)]


async def test_eight_publishers_never_take_the_same_post(asked, processes):
    async def work(context):
        count = 0
        while await publish_next(context):
            count += 1
        return count

    counts = await asyncio.gather(*(work(context) for context in processes))
    assert await asked.states() == ["published"] * 20
    assert sorted(text.splitlines()[0] for text in asked.visible()) == sorted(f"Question {n}?" for n in range(20))
    assert sum(counts) == asked.calls().count("publish") == 20


async def test_one_account_is_collected_by_one_of_eight(asked, processes):
    while await publish_next(asked.context):
        pass
    asked.reply("ada")
    before = asked.calls().count("posts")
    done = await asyncio.gather(*(collect_account(context, 1) for context in processes))
    collected = [each for each in done if each is not None]
    assert sum(each.added for each in collected) == len(await asked.rows(Reply)) == 1
    assert asked.calls().count("posts") - before == len(collected)


async def claim(bot, holder, now):
    async with bot.context.store.write() as session:
        return await claim_post(session, holder=holder, now=now, lease=LEASE, accounts=[1])


async def test_a_claimed_post_is_nobody_elses_until_its_lease_ends_and_then_it_is_uncertain(asked):
    now = asked.clock()
    taken = await claim(asked, "one", now)
    others = {(await claim(asked, "two", now)).post.id for _ in range(19)}
    assert taken.post.id not in others
    assert await claim(asked, "two", now + timedelta(minutes=4)) is None
    async with asked.context.store.write() as session:
        assert len(await release_lapsed(session, now + LEASE)) == 20
    assert set(await asked.states()) == {"uncertain"}


async def test_whoever_lost_the_claim_cannot_end_it(asked):
    taken = await claim(asked, "one", asked.clock())
    async with asked.context.store.write() as session:
        await release_lapsed(session, asked.clock() + LEASE)

    async def end():
        async with asked.context.store.write() as session:
            await move_post(session, taken.post.id, "one", PostState.PUBLISHED)

    with pytest.raises(LostClaim):
        await end()


async def test_an_uncertain_post_that_is_being_looked_for_is_nobody_elses(asked):
    later = asked.clock() + LEASE
    while await claim(asked, "one", asked.clock()) is not None:
        pass
    async with asked.context.store.write() as session:
        await release_lapsed(session, later)
    taken = [(await claim(asked, holder, later)).post.id for holder in ("one", "two") * 10]
    assert len(set(taken)) == 20
    assert await claim(asked, "two", later) is None
    assert (await claim(asked, "two", later + LEASE)) is not None
