"""The markup that a wording was made of: kept beside it, and emptied with it, to the last byte."""

import pytest
from sqlalchemy import select

from storage.erasing.people import erase_person
from storage.models import Base, Revision
from storage.models import Reply as Stored
from storage.replies.replies import empty_replies
from tests.bot.posts.test_other_networks import AT, Letters, connect_by

FIRST = "<p>We dropped AMP last March because nobody used it."
SECOND = "<p>We dropped AMP last April because two people used it."
MARK = "<p>"


@pytest.fixture
async def letters(open_bot):
    """One letter, which its author changed."""
    bot = await open_bot(questions={"habits": {"at": AT, "closes_after": "5h"}})
    connect_by(bot, Letters)
    await bot.tick(minutes=1)
    letter = bot.network().post("ada", FIRST, bot.clock())
    await bot.tick(minutes=5)
    bot.edit(letter, SECOND)
    await bot.tick(minutes=5)
    return bot


async def dump(bot):
    """Every value of every table."""
    async with bot.context.store.read() as session:
        return [
            str(tuple(row)) for table in Base.metadata.sorted_tables for row in await session.execute(select(table))
        ]


async def test_every_wording_keeps_its_own(letters):
    wordings = await letters.rows(Revision)
    assert [each.original for each in wordings] == [FIRST, SECOND]
    assert [each.text for each in wordings] == [FIRST.removeprefix(MARK), SECOND.removeprefix(MARK)]
    assert len([row for row in await dump(letters) if MARK in row]) == 2


async def delete(bot, session):
    await empty_replies(session, [(await bot.row(Stored)).id], bot.clock())


async def purge(bot, session):
    await empty_replies(session, [(await bot.row(Stored)).id], bot.clock(), purged=True)


async def forget(bot, session):
    await erase_person(session, "sandbox", "ada", bot.clock())


@pytest.mark.parametrize("emptying", [delete, purge, forget])
async def test_it_goes_with_the_words_and_no_later_page_brings_it_back(letters, emptying):
    async with letters.context.store.write() as session:
        await emptying(letters, session)
    assert [row for row in await dump(letters) if MARK in row] == []
    for _ in range(2):
        await letters.tick(minutes=6)
    assert [row for row in await dump(letters) if MARK in row] == []


async def test_it_is_purged_after_the_retention(letters):
    await letters.tick(hours=5)
    await letters.tick(days=400)
    assert [row for row in await dump(letters) if MARK in row] == []


async def test_what_a_database_refuses_is_replaced_in_it_too(letters):
    letters.network().post("grace", "<p>half of a pair: \ud83d, and \0.", letters.clock())
    await letters.tick(minutes=5)
    assert (await letters.rows(Revision))[-1].original == "<p>half of a pair: \ufffd, and \ufffd."
