"""Restored from a copy of any moment: no post is sent twice without having been looked for, nobody who left is back."""

import os
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from adapters.sandbox.conduct import NO_ANSWER
from bot import desk
from bot.questions.clock import due_between
from storage.models import Revision
from storage.states import CONFIG_WORKSPACE
from tests.running import ANSWERS, START

EVERY = {"hourly": "0 * * * *", "halves": "30 * * * *"}
QUESTIONS = {
    slug: {"text": f"What of {slug}?", "cron": cron, "grace": "59m", "closes_after": "3d"}
    for slug, cron in EVERY.items()
}
DOSE = max(1, round(200 * float(os.environ.get("SOAK", "1"))))

LATE, LATE_WORDS = "linus", "We closed our forum in 2020, since 80% of it was spam by then; support mails fell by half."
"""Answered and refused after the copy was made: a collection brings the words again, the refusal must come with them."""

ACCOUNTS = [
    {"repeats_safely": False},
    {"repeats_safely": True},
    {"repeats_safely": False, "settle_after": timedelta(minutes=15)},
]


class Life:
    """A pullquote and its people, five minutes at a time; what it posts on its network stays, whatever becomes of it."""

    def __init__(self, bot, clock, dice):
        self.bot, self.clock, self.dice = bot, clock, dice
        self.left, self.refused = set(), set()

    async def ticks(self, number):
        for _ in range(number):
            await self.bot.tick(minutes=5)
            if self.dice.random() < 0.15:
                status, after_effect = self.dice.choice([(NO_ANSWER, True), (503, False)])
                self.bot.fail("publish", status=status, after_effect=after_effect)

    async def people_answer(self):
        for who in ANSWERS:
            self.bot.reply(who, to=self.dice.choice(self.roots()))
        await self.ticks(2)

    async def somebody_leaves(self):
        """One has themselves erased, another refuses, a third is not to be quoted; each only where they are known."""
        context = self.bot.context
        for who, act in [("ada", self.forget), ("grace", self.refuse), ("alan", self.list)]:
            try:
                await act(context, who)
            except desk.DeskError:
                continue

    async def forget(self, context, who):
        await desk.forget_author(context, CONFIG_WORKSPACE, who)
        self.left.add(who)

    async def refuse(self, context, who):
        reply_id = await desk.name_reply(context, CONFIG_WORKSPACE, who)
        await desk.record_consent(context, CONFIG_WORKSPACE, reply_id, "refused")
        self.refused.add(who)

    async def list(self, context, who):
        await desk.mark_do_not_quote(context, CONFIG_WORKSPACE, who, on=True)
        self.refused.add(who)

    async def lose_and_restore(self, copy):
        """The machine is lost at once: what is on the network is all that shows what was sent."""
        await self.bot.close()
        if self.dice.random() < 0.5:  # the state folder is on another disk
            for path in self.bot.folder.glob("pullquote.db*"):
                path.unlink()
        self.clock.advance(minutes=self.dice.randrange(40))
        async with desk.prepare_restore(self.bot.config, copy, self.clock()) as prepared:
            await desk.put_back(self.bot.config, prepared)
        await self.bot.open()
        await desk.finish_restore(self.bot.context)

    def roots(self):
        return [post for post in self.bot.network().by_author("pullquote") if post.parent is None]


def find_doubles(life):
    """A question is out at most once an occurrence: each post belongs to the last one that had come due."""
    times = Counter()
    for post in life.roots():
        slug = next(slug for slug in QUESTIONS if f"What of {slug}?" in post.text)
        content = life.bot.config.questions[slug]
        due = due_between(content, START - timedelta(days=1), post.received_at)
        times[slug, due[-1].nominal] += 1
    return {name: number for name, number in times.items() if number > 1}


async def live(open_bot, clock, seed):
    dice = Random(seed)
    bot = await open_bot(questions=QUESTIONS, accounts={"square": dice.choice(ACCOUNTS)}, formats=("json",))
    life = Life(bot, clock, dice)
    await life.ticks(dice.randrange(13, 20))
    await life.people_answer()
    await life.ticks(dice.randrange(8))
    copy = bot.folder / "copy.db"
    await desk.back_up(bot.context, copy)
    if dice.random() < 0.8:
        await life.somebody_leaves()
    if dice.random() < 0.5:
        bot.reply(LATE, LATE_WORDS, to=dice.choice(life.roots()))
        await life.ticks(2)
        await life.refuse(bot.context, LATE)
    await life.ticks(dice.randrange(15))
    await life.lose_and_restore(copy)
    await life.ticks(dice.randrange(8, 14))
    return life


async def check(life):
    assert find_doubles(life) == {}
    words = {row.text for row in await life.bot.rows(Revision)}
    for who in life.left:
        assert ANSWERS[who] not in words
    for who in life.refused:
        found = await desk.search(life.bot.context, CONFIG_WORKSPACE, words=(ANSWERS | {LATE: LATE_WORDS})[who])
        assert not any(each.may_be_quoted for each in found.replies)


@pytest.mark.parametrize("seed", range(6))
async def test_nothing_is_sent_twice_and_nobody_is_back(open_bot, clock, seed):
    await check(await live(open_bot, clock, seed))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 100 + DOSE))
async def test_restores_at_random_moments(open_bot, clock, seed):
    await check(await live(open_bot, clock, seed))
