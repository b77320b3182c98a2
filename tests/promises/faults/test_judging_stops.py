"""Judging that stops anywhere, as a kill does, is made up for by the next: the same verdicts, the same prints."""

from contextlib import suppress

import pytest
from sqlalchemy import select, update

from bot.replies.judge import judge_question
from storage.models import Fingerprint, Question, Verdict
from storage.replies.current import load_current_verdicts
from tests.promises.faults.test_nth_call import fail_nth

SAME = (
    "We cut our onboarding from nine days to three in 2021 by dropping the welcome call, and churn in the first "
    "quarter fell by a fifth because nobody had to wait for a slot in somebody's calendar."
)
ROAD = "In 2018 the council closed the road at our school gate, and the number of cars fell by 340 a day within weeks."


@pytest.fixture
async def asked(open_bot):
    """Two questions; who answers the one that is judged first, answers what somebody said to the other."""
    bot = await open_bot(
        questions={"one": {"at": "2026-11-16T08:01"}, "two": {"at": "2026-11-16T08:01", "text": "Which tool, and why?"}}
    )
    await bot.tick(minutes=2)
    one, two = (post for post in bot.network().by_author("pullquote") if post.parent is None)
    for who, text, root in (("ada", SAME, two), ("alan", SAME, one), ("grace", ROAD, one), ("ada", ROAD, two)):
        bot.clock.advance(minutes=1)
        bot.reply(who, text, to=root)
    for _ in range(3):
        await bot.tick(minutes=5)
    return bot


async def read_judged(bot):
    """What stands on each wording and what it is found again by, to the last bit."""
    verdicts = {}
    async with bot.context.store.read() as session:
        for question_id in (1, 2):
            held = await load_current_verdicts(session, question_id)
            verdicts |= {id_: (verdict.value, verdict.score, verdict.reasons) for id_, verdict in held.items()}
        rows = await session.execute(select(Fingerprint.revision_id, Fingerprint.kind, Fingerprint.hash))
        return verdicts, {tuple(row) for row in rows}


async def forget_judging(bot):
    async with bot.context.store.write() as session:
        await session.execute(Fingerprint.__table__.delete())
        await session.execute(Verdict.__table__.delete())
        await session.execute(update(Question).values(judged_by="", judged_at=None))


async def test_whatever_statement_fails_the_next_ticks_judge_the_same(asked):
    expected = await read_judged(asked)
    lowered = [verdict for verdict in expected[0].values() if any("_elsewhere" in each["rule"] for each in verdict[2])]
    assert len(lowered) == 2
    assert expected[1]
    nth, stopped = 1, 0
    while True:
        await forget_judging(asked)
        with fail_nth(asked.context.store, nth) as call, suppress(Exception):
            for question_id in (1, 2):
                await judge_question(asked.context, question_id)
        if not call.struck:
            break
        for _ in range(3):
            await asked.tick(minutes=1)
        assert await read_judged(asked) == expected, nth
        stopped, nth = stopped + 1, nth + 1
    assert stopped > 20
