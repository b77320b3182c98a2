"""A bot that is killed while it judges 2,000 replies keeps what it wrote, and the next one goes on where it was."""

import random
from contextlib import suppress

import pytest
from sqlalchemy import delete, select, update

from bot.replies.judge import BATCH, judge_question
from storage.models import Fingerprint, Outline, Question, Verdict
from storage.replies.ingest import upsert_replies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import Origin

COUNT = 2_000
WORDS = """
    we they nobody stopped wrote measured reports surveys discounts since until because in march 2012 twice
""".split()  # noqa: SIM905  # a list of words is no easier to read


class Killed(BaseException):
    """The process dies here: nothing catches it."""


def make_rows(now):
    dice = random.Random(7)
    said = []
    for number in range(COUNT):
        text = dice.choice(said) if number % 20 == 7 else " ".join(dice.choices(WORDS, k=dice.randint(2, 30)))
        said.append(text)
        author = AuthorRow(f"person-{number % 700}", f"p{number % 700}", "", "")
        yield ReplyRow(
            question_id=1, platform="sandbox", remote_id=f"r{number:05}", author=author, text=text,
            posted_at=now, origin=Origin.IMPORTED, parent_remote_id="root",
        )  # fmt: skip


async def read_verdicts(bot):
    async with bot.context.store.read() as session:
        found = await session.execute(
            select(Verdict.revision_id, Verdict.value, Verdict.score, Verdict.reasons).order_by(Verdict.id)
        )
        return [tuple(row) for row in found]


def kill_after(bot, batches):
    """Judgements come in batches of BATCH; after so many the process is killed."""
    usual = bot.context.judges

    class Killing:
        make_prints = usual.make_prints

        async def judge(self, asked, read, stored):
            async for judged in usual.judge(asked, read, stored):
                for start in range(0, len(judged), BATCH):
                    nonlocal batches
                    if batches == 0:
                        raise Killed
                    batches -= 1
                    yield judged[start : start + BATCH]

    bot.context.judges = Killing()


@pytest.mark.parametrize("batches", [0, 1, 3])
async def test_what_was_written_stays_and_the_rest_follows(bot, batches):
    await bot.tick()
    async with bot.context.store.write() as session:
        await upsert_replies(session, make_rows(bot.clock()), bot.clock())
    kill_after(bot, batches)
    with suppress(Killed):
        await judge_question(bot.context, 1)
    await bot.restart()
    kept = await read_verdicts(bot)
    assert len(kept) == batches * BATCH
    assert await judge_question(bot.context, 1) >= COUNT - len(kept)
    resumed = await read_verdicts(bot)
    assert resumed[: len(kept)] == kept
    async with bot.context.store.write() as session:
        for table in (Outline, Fingerprint, Verdict):
            await session.execute(delete(table))
        await session.execute(update(Question).values(judged_by="", judged_at=None))
    await judge_question(bot.context, 1)
    assert {row[0]: row for row in resumed} == {row[0]: row for row in await read_verdicts(bot)}
