"""Fail the Nth call, for N = 1, 2, … until nothing fails any more: nothing double, nothing lost."""

from contextlib import contextmanager, suppress
from itertools import count

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.desk import ask
from bot.posts.publish import publish_next
from bot.questions.content import Content
from bot.replies.collect import collect_account
from storage.models import Mark, Post, PostPart, Reply, Revision
from storage.questions.posts import release_lapsed

LONG = " ".join(f"Sentence number {number} says a little more about it." for number in range(9))


class NthCall:
    """Counts statements and commits of a store; the Nth fails. `struck`: whether it did."""

    def __init__(self, nth) -> None:
        self._left = nth
        self.struck = False

    def before_cursor_execute(self, _connection, _cursor, statement, _parameters, _context, _many):
        self._count(statement)

    def commit(self, _connection):
        self._count("COMMIT")

    def _count(self, statement):
        self._left -= 1
        if self._left == 0:
            self.struck = True
            raise OperationalError(statement, {}, Exception("the disk is gone"))


@contextmanager
def fail_nth(store, nth):
    call, engine = NthCall(nth), store.engine.sync_engine
    for name in ("before_cursor_execute", "commit"):
        event.listen(engine, name, getattr(call, name))
    try:
        yield call
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(engine, name, getattr(call, name))


@pytest.fixture
async def by_text(open_bot):
    """A platform without keys: a repeat is a double."""
    return await open_bot(accounts={"square": {"repeats_safely": False}}, questions={})


async def post_question(bot, number):
    """Ask something in two parts; what of it stands in the end."""
    content = Content(
        text=f"Question {number}. {LONG}", thread=True, accounts=("square",), closes_after="30d", grace="30d"
    )
    await ask(bot.context, content, bot.app.account_ids, workspace="config", slug=f"question-{number}")


async def publish(bot):
    """What a tick does to publish, as often as it may want to; whatever fails is left to the next one."""
    with suppress(Exception):
        async with bot.context.store.write() as session:
            await release_lapsed(session, bot.clock())
        await publish_next(bot.context)


async def settle(bot):
    """Time passes, until nothing waits."""
    for _ in range(3):
        bot.clock.advance(minutes=6)
        await publish(bot)


async def collect(bot):
    with suppress(Exception):
        await collect_account(bot.context, 1)


async def check_posted_once(bot, numbers):
    assert set(await bot.states()) == {"published"}
    assert {part.state for part in await bot.rows(PostPart)} == {"sent"}
    roots = [post for post in bot.network().by_author("pullquote") if post.parent is None]
    assert [int(root.text.split(".")[0].split()[1]) for root in roots] == list(numbers)
    assert [len(bot.network().replies(root.id)) for root in roots] == [1] * len(roots)
    assert sorted(part.remote_id for part in await bot.rows(PostPart)) == sorted(
        post.id for post in bot.network().by_author("pullquote")
    )


async def test_publishing_survives_the_failure_of_any_statement(by_text):
    bot = by_text
    for nth in count(1):
        await post_question(bot, nth)
        with fail_nth(bot.context.store, nth) as call:
            await publish(bot)
        await settle(bot)
        await check_posted_once(bot, range(1, nth + 1))
        if not call.struck:
            break
    assert nth > 20


@pytest.mark.parametrize("after_effect", [False, True], ids=["undone", "done"])
@pytest.mark.parametrize("status", [0, 429, 503])
async def test_publishing_survives_the_failure_of_any_call(by_text, status, after_effect):
    if after_effect and status == 429:
        pytest.skip("a platform that limits does nothing")
    bot = by_text
    for nth in count(1):
        await post_question(bot, nth)
        before = len(bot.calls())
        bot.fail("*", nth=nth, status=status, after_effect=after_effect)
        await publish(bot)
        struck = len(bot.calls()) - before >= nth
        bot.mend()
        await settle(bot)
        await check_posted_once(bot, range(1, nth + 1))
        if not struck:
            break
    assert nth == 3


async def replies_by_now(bot):
    return sorted((revision.number, revision.text) for revision in await bot.rows(Revision))


async def test_collecting_survives_the_failure_of_any_statement(by_text):
    bot = by_text
    bot.services["square"].conduct.page_size = 2
    await post_question(bot, 1)
    await publish(bot)
    expected = []
    for nth in count(1):
        written = [bot.reply("ada", f"answer {nth}.{each}") for each in range(3)]
        expected += [(1, f"answer {nth}.{each}") for each in range(3)]
        with fail_nth(bot.context.store, nth) as call:
            await collect(bot)
        bot.clock.advance(minutes=6)  # a lease may be left behind
        await collect(bot)
        assert await replies_by_now(bot) == sorted(expected)
        bot.edit(written[0], f"edited {nth}")
        expected.append((2, f"edited {nth}"))
        await collect(bot)
        assert await replies_by_now(bot) == sorted(expected)
        assert [mark.value for mark in await bot.rows(Mark)] == [str(len(bot.network().events))]
        if not call.struck:
            break
    assert nth > 20
    assert (await bot.row(Post)).counted == len(await bot.rows(Reply)) == 3 * nth


async def test_collecting_survives_the_failure_of_any_call(by_text):
    bot = by_text
    bot.services["square"].conduct.page_size = 2
    await post_question(bot, 1)
    await publish(bot)
    for nth in count(1):
        for each in range(5):
            bot.reply("ada", f"answer {nth}.{each}")
        before = len(bot.calls())
        bot.fail("*", nth=nth)
        await collect(bot)
        struck = len(bot.calls()) - before >= nth
        bot.mend()
        await collect(bot)
        assert len(await bot.rows(Reply)) == len(await bot.rows(Revision)) == 5 * nth
        if not struck:
            break
    assert nth > 2
