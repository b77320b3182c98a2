"""Fail the Nth statement while a request for leave or a delivery goes out: nothing double, nothing lost."""

from contextlib import suppress
from itertools import count

import pytest

from bot.config.communities import Guild
from bot.delivery.messages import send_due_messages
from bot.desk import ask_consent, choose_passage, find_guild
from storage.digests import outgoings
from storage.models import Consent, Outgoing
from storage.states import CONFIG_WORKSPACE
from tests.promises.faults.test_nth_call import fail_nth
from tests.running import ANSWERS


@pytest.fixture
async def by_text(open_bot):
    """A network without keys, where a repeat is a double; three answers wait for leave."""
    bot = await open_bot(
        accounts={"square": {"repeats_safely": False, "consent_first": True}},
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "9d"}},
        guilds={"g1": {"leave_a_day": 1000}},
    )
    await bot.tick(minutes=1)
    for who in ANSWERS:
        bot.reply(who)
    await bot.tick(minutes=5)
    return bot


def standing(bot, words):
    return [post for post in bot.network().by_author("pullquote") if words in post.text]


async def settle(bot):
    """The lease lapses, what is unclear is looked for."""
    for _ in range(3):
        bot.clock.advance(minutes=6)
        with suppress(Exception):
            await send_due_messages(bot.context)


async def plan_line(bot, number):
    async with bot.context.store.write() as session:
        await outgoings.plan(
            session,
            "log",
            subject=f"line {number}",
            places=["log"],
            payload={"text": f"This is line {number}."},
            now=bot.clock(),
            account_id=1,
        )


async def test_whichever_statement_fails_a_delivery_stands_once(by_text):
    for nth in count(1):
        await plan_line(by_text, nth)
        with fail_nth(by_text.context.store, nth) as call, suppress(Exception):
            await send_due_messages(by_text.context)
        await settle(by_text)
        assert len(standing(by_text, f"This is line {nth}.")) == 1, f"statement {nth} failed"
        if not call.struck:
            break
    assert nth > 8
    assert {row.state.value for row in await by_text.rows(Outgoing)} == {"sent"}


async def test_whichever_call_gets_no_answer_a_delivery_stands_once(by_text):
    for number, after_effect in enumerate([False, True] * 3):
        await plan_line(by_text, number)
        by_text.fail("publish", after_effect=after_effect)
        with suppress(Exception):
            await send_due_messages(by_text.context)
        by_text.fail("find", times=number % 3)
        await settle(by_text)
        by_text.mend()
        await settle(by_text)
        assert len(standing(by_text, f"This is line {number}.")) == 1, (number, after_effect)


async def test_whichever_statement_fails_an_author_is_asked_once(by_text):
    guild: Guild = find_guild(by_text.context, "g1")
    passages = {1: "nobody used it", 2: "nothing moved at all", 3: "saved two days a month"}
    for reply_id, nth in zip(passages, (5, 7, 9), strict=True):
        await choose_passage(by_text.context, CONFIG_WORKSPACE, reply_id, passages[reply_id], by="Mara")
        await ask_consent(by_text.context, CONFIG_WORKSPACE, reply_id, by="Mara", guild=guild)
        with fail_nth(by_text.context.store, nth), suppress(Exception):
            await send_due_messages(by_text.context)
        await settle(by_text)
        assert len(standing(by_text, f"“{passages[reply_id]}”")) == 1, f"statement {nth} failed"
    assert [entry.state.value for entry in await by_text.rows(Consent)] == ["asked"] * 3
