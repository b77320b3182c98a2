"""Never kept for nothing: texts that are neither quoted nor waiting are purged some time after the close."""

from datetime import timedelta

import pytest

from bot.desk import add_reply
from bot.desk.answers.imports import ImportDefaults
from storage.models import Question, Reply, Revision
from storage.replies.consents import add_consent
from storage.states import ConsentState


@pytest.fixture
async def closed(open_bot):
    """A question that closed with an answer that is quoted (1) and one that is not (2)."""
    bot = await open_bot(
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "1h"}}, retention=timedelta(days=30)
    )
    await bot.tick(minutes=1)
    bot.reply("ada")
    bot.reply("grace", "Great question!")
    await bot.tick(hours=1)
    assert await bot.states() == ["closed"]
    return bot


async def states(bot):
    return [reply.state.value for reply in await bot.rows(Reply)]


async def test_what_nobody_quoted_is_purged_after_the_retention_and_told(closed):
    await closed.tick(days=29)
    assert await states(closed) == ["standing", "standing"]
    await closed.tick(days=1, hours=1)
    assert await states(closed) == ["standing", "purged"]
    assert [revision.text is None for revision in await closed.rows(Revision)] == [False, True]
    assert ["purged the texts of 1 replies" in message for message in await closed.told("purged")] == [True]


async def ask_leave(bot, state):
    async with bot.context.store.write() as session:
        await add_consent(session, [2], state, bot.clock())


async def test_what_waits_for_its_author_is_kept(closed):
    await ask_leave(closed, ConsentState.ASKED)
    await closed.tick(days=31)
    assert await states(closed) == ["standing", "standing"]


async def test_what_its_author_refused_waits_no_longer(closed):
    await ask_leave(closed, ConsentState.ASKED)
    await ask_leave(closed, ConsentState.REFUSED)
    await closed.tick(days=31)
    assert await states(closed) == ["standing", "purged"]


async def test_a_purged_reply_is_not_filled_again_by_a_late_page(closed):
    await closed.tick(days=31)
    async with closed.context.store.write() as session:
        from sqlalchemy import update

        from storage.models import Post

        await session.execute(update(Post).values(counted_at=None))
    await closed.tick(days=1)
    assert await states(closed) == ["standing", "purged"]


async def test_an_open_question_is_never_purged(open_bot):
    bot = await open_bot(
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "100d"}}, retention=timedelta(days=1)
    )
    await bot.tick(minutes=1)
    bot.reply("grace", "Great question!")
    await bot.tick(days=90)
    assert await states(bot) == ["standing"]


async def test_a_request_that_nobody_answers_does_not_keep_words_for_ever(closed):
    await ask_leave(closed, ConsentState.ASKED)
    await closed.tick(days=59)
    assert await states(closed) == ["standing", "standing"]
    await closed.tick(days=2)
    assert await states(closed) == ["standing", "purged"]


async def bring_in(bot, text):
    """A reply without a post."""
    question = await bot.row(Question)
    given = {"text": text, "author": "Olga", "handle": "", "link": "", "at": ""}
    await add_reply(bot.context, question, given, ImportDefaults(consent="yes"))


async def test_what_was_imported_is_purged_too_once_it_is_as_old_as_the_retention(closed):
    await closed.tick(days=10)
    await bring_in(closed, "Me too")
    await closed.tick(days=25)
    assert await states(closed) == ["standing", "purged", "standing"]
    await closed.tick(days=6)
    assert await states(closed) == ["standing", "purged", "purged"]


async def test_what_was_imported_for_a_question_that_is_open_is_kept(open_bot):
    bot = await open_bot(
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "60d"}}, retention=timedelta(days=30)
    )
    await bot.tick(minutes=1)
    await bring_in(bot, "Great question!")
    await bot.tick(days=40)
    assert await states(bot) == ["standing"]
    await bot.tick(days=21)
    await bot.tick(days=31)
    assert await states(bot) == ["purged"]
