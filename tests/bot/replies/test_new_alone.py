"""What is new alone is judged; and whatever comes in whatever order, the store holds what one judging of all gives."""

import random

import pytest
from sqlalchemy import delete, update

from bot.replies.judge import judge_question
from storage.models import Fingerprint, Outline, Question, Reply, Revision, Verdict

WORDS = """
    we stopped sending quarterly reports because nobody opened them and our managers complained about spreadsheets
    until somebody measured how many customers answered surveys after holidays without promised discounts
""".split()  # noqa: SIM905  # a list of thirty words is no easier to read
PITCH = "I moved our whole team from Berlin to {} in {} and we never looked back since then, and nobody else did."
PEOPLE = ("ada", "grace", "alan")


@pytest.fixture
async def asked(bot):
    await bot.tick()
    return bot


async def read_standing(bot):
    """The last verdict of the rules on each newest wording, to the last bit."""
    newest = {revision.reply_id: revision.id for revision in await bot.rows(Revision) if revision.text is not None}
    last = {each.revision_id: each for each in await bot.rows(Verdict) if each.editor is None}
    found = {id_: last.get(revision_id) for id_, revision_id in newest.items()}
    return {id_: each and (each.value, each.score, each.quotable, each.reasons) for id_, each in found.items()}


async def judge_anew(bot):
    async with bot.context.store.write() as session:
        for table in (Outline, Fingerprint, Verdict):
            await session.execute(delete(table))
        await session.execute(update(Question).values(judged_by="", judged_at=None))
    for _ in range(3):
        await bot.tick(minutes=1)
    return await read_standing(bot)


def count_read(bot):
    """How many wordings the filter is given from now on."""
    usual, read = bot.context.judges, []

    class Counting:
        make_prints = usual.make_prints

        async def judge(self, asked, new, stored):
            async def count(batches):
                async for batch in batches:
                    read.extend(each.reply_id for each in batch)
                    yield batch

            words = stored.words
            counted = type(stored)(stored.outlines, lambda ids: count(words(ids)))
            async for batch in usual.judge(asked, lambda: count(new()), counted):
                yield batch

    bot.context.judges = Counting()
    return read


def make_text(dice, said):
    if said and dice.random() < 0.5:
        words = dice.choice(said).split()
        words[dice.randrange(len(words))] = dice.choice((*WORDS, "2012", "not"))
        return " ".join(words)
    pitch = PITCH.format(dice.choice(("Oslo", "Rome")), dice.randint(1990, 2020)) if dice.random() < 0.3 else ""
    return f"{pitch} {' '.join(dice.choices(WORDS, k=dice.randint(8, 30)))}".strip()


@pytest.mark.parametrize("seed", range(4))
async def test_answers_edits_and_deletions_as_they_come_are_judged_as_all_at_once(asked, seed):
    dice, written, said = random.Random(seed), [], []
    for _ in range(12):
        for _ in range(dice.randint(1, 4)):
            said.append(make_text(dice, said))
            to = dice.choice(written) if written and dice.random() < 0.3 else None
            written.append(asked.reply(dice.choice(PEOPLE), said[-1], to=to))
            asked.clock.advance(seconds=dice.randint(1, 9))
        if dice.random() < 0.3:
            asked.edit(dice.choice(written), make_text(dice, said))
        if dice.random() < 0.2:
            asked.delete(written.pop(dice.randrange(len(written))))
        await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    found = await read_standing(asked)
    assert any("copy_of_reply" in str(each) for each in found.values())
    assert found == await judge_anew(asked)


async def test_one_more_answer_reads_no_other_that_is_unlike_it(asked):
    asked.reply("ada")
    asked.reply("grace")
    await asked.tick(minutes=5)
    read = count_read(asked)
    asked.reply("alan")
    await asked.tick(minutes=5)
    assert read == [3]


async def test_who_is_copied_is_judged_again_and_nobody_else(asked):
    first = asked.reply("ada")
    asked.reply("grace")
    await asked.tick(minutes=5)
    read = count_read(asked)
    asked.reply("alan", first.text)
    await asked.tick(minutes=5)
    assert sorted(read) == [1, 3]
    reasons = {
        id_: {each["rule"]: each["detail"] for each in found[3]} for id_, found in (await read_standing(asked)).items()
    }
    assert reasons[1]["copied_by_others"] == "1"
    assert "copy_of_reply" in reasons[3]


async def test_nothing_is_read_where_nothing_changed(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    read = count_read(asked)
    assert await judge_question(asked.context, 1) == 0
    await asked.tick(minutes=5)
    assert read == []


async def test_what_answers_are_compared_by_goes_with_their_words(asked):
    gone = asked.reply("ada")
    asked.reply("grace")
    await asked.tick(minutes=5)
    assert {each.reply_id for each in await asked.rows(Outline)} == {1, 2}
    asked.delete(gone)
    await asked.tick(minutes=5)
    (deleted, _) = await asked.rows(Reply)
    assert deleted.state == "deleted"
    assert {each.reply_id for each in await asked.rows(Outline)} == {2}
