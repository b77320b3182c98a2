"""Enough or not, and the end of a question: a last collection, a freshness check, the final digest."""

from datetime import timedelta

import pytest

from bot.desk import DeskError, extend, pause_all, remind, take_back
from storage.models import Account, Digest, Post, PostPart, Question
from storage.models import Reply as Stored

HOUR = {"habits": {"at": "2026-11-16T08:01", "closes_after": "1h", "enough": 2}}


@pytest.fixture
async def asked(open_bot):
    """A question that is open for an hour and wants two answers."""
    bot = await open_bot(questions=HOUR, after_close=timedelta(hours=6))
    await bot.tick(minutes=1)
    return bot


# ---------------------------------------------------------------- enough


async def test_enough_is_told_once_when_it_is_reached(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    assert await asked.told("enough") == []
    asked.reply("grace")
    await asked.tick(minutes=5)
    assert await asked.told("enough") == ["habits has enough: 2 may be quoted, 2 were wanted"]
    asked.reply("alan")
    await asked.tick(minutes=5)
    assert len(await asked.told("enough")) == 1


async def test_too_few_is_told_at_the_close_with_what_to_do(asked):
    asked.reply("ada")
    await asked.tick(hours=1)
    (message,) = await asked.told("closed")
    assert message.startswith("habits has closed: 1 may be quoted, 2 were wanted, which is too few")
    assert "extend it, remind once" in message


# ---------------------------------------------------------------- the close


async def test_the_close_collects_once_more_and_writes_the_digest(asked):
    asked.clock.advance(minutes=59)
    asked.reply("ada")
    asked.reply("grace")
    done = await asked.tick(minutes=1)
    assert (done.closed, await asked.states()) == (["habits"], ["closed"])
    assert len(await asked.rows(Stored)) == 2
    digest = await asked.row(Digest)
    assert digest.final
    assert (await asked.row(Post)).digested_at == asked.clock()
    assert len(list((asked.folder / "digests").rglob("*.json"))) == 1
    await asked.tick(minutes=1)
    assert len(await asked.rows(Digest)) == 1


async def test_what_was_edited_or_deleted_just_before_the_close_is_read_again(asked):
    """The events of the sandbox would tell; here they are lost, and only the re-read finds it out."""
    kept, deleted = asked.reply("ada"), asked.reply("grace")
    await asked.tick(minutes=5)
    asked.edit(kept, "We never used AMP at all, and I would not begin with it now.")
    asked.delete(deleted)
    network = asked.network()
    lost = network.events[-2:]
    network.events[-2:] = []
    await asked.tick(hours=1)
    network.events += lost
    assert [reply.state.value for reply in await asked.rows(Stored)] == ["standing", "deleted"]
    assert "1 may be quoted" in (await asked.told("closed"))[0]


async def test_a_failed_last_collection_is_tried_again_before_the_post_is_closed(asked):
    asked.reply("ada")
    asked.clock.advance(minutes=59)
    asked.fail("events", status=503)
    await asked.tick(minutes=1)
    assert await asked.states() == ["published"]
    await asked.tick(minutes=5)
    assert await asked.states() == ["closed"]
    assert len(await asked.rows(Stored)) == 1


async def test_a_dead_account_does_not_keep_a_question_open_beyond_the_grace(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    asked.fail("events", times=1000, status=401)
    asked.fail("posts", times=1000, status=401)
    for _ in range(4):
        await asked.tick(minutes=30)
    assert (await asked.states(), (await asked.row(Account)).state) == (["published"], "unauthorized")
    await asked.tick(hours=3)
    assert await asked.states() == ["published"]
    await asked.tick(hours=3)
    assert await asked.states() == ["closed"]
    assert len(await asked.rows(Digest)) == 1


async def test_an_incomplete_post_is_closed_like_any_other_and_stays_incomplete(open_bot):
    text = " ".join(f"Sentence number {number} says a little more about it." for number in range(9))
    question = {"text": text, "thread": True, "at": "2026-11-16T08:01", "closes_after": "1h"}
    bot = await open_bot(questions={"long": question})
    bot.fail("publish", nth=2, status=400)
    await bot.tick(minutes=1)
    await bot.tick(hours=1)
    assert (await bot.states(), len(await bot.rows(Digest))) == (["incomplete"], 1)
    assert (await bot.row(Post)).closed_at == bot.clock()


async def test_a_question_that_closes_on_two_accounts_at_once_is_told_with_the_answers_of_both(open_bot):
    names = ("square", "forum")
    bot = await open_bot(accounts=names, questions={"habits": HOUR["habits"] | {"accounts": names}})
    await bot.tick(minutes=1)
    bot.reply("ada", account="square")
    bot.reply("grace", account="forum")
    await bot.tick(hours=1)
    assert await bot.told("closed") == ["habits has closed: 2 may be quoted, 2 were wanted"]


# ---------------------------------------------------------------- extend, remind


async def test_extending_opens_a_closed_question_again_and_closes_it_later(asked):
    await asked.tick(hours=1)
    closes_at = await extend(asked.context, await asked.row(Question), timedelta(days=1))
    assert closes_at == asked.clock() + timedelta(days=1)
    asked.reply("ada")
    await asked.tick()
    assert (await asked.states(), len(await asked.rows(Stored))) == (["published"], 1)
    await asked.tick(days=1)
    assert await asked.states() == ["closed"]
    assert (len(await asked.told("closed")), len(await asked.rows(Digest))) == (2, 2)


async def test_extending_an_open_question_adds_to_its_close(asked):
    before = (await asked.row(Post)).closes_at
    assert await extend(asked.context, await asked.row(Question), timedelta(days=1)) == before + timedelta(days=1)
    await asked.tick(hours=2)
    assert await asked.states() == ["published"]


async def test_what_was_never_posted_cannot_be_extended(open_bot):
    bot = await open_bot(questions={"later": {"at": "2026-12-01T08:00"}})
    with pytest.raises(DeskError, match="later has no post that could be extended"):
        await extend(bot.context, await bot.row(Question), timedelta(days=1))


async def test_a_reminder_goes_below_the_question_once_and_is_no_answer(asked):
    question = await asked.row(Question)
    assert await remind(asked.context, question) == ["square"]
    await asked.tick(minutes=1)
    root, reminder = asked.network().posts.values()
    assert (reminder.parent, reminder.author.handle) == (root.id, "pullquote")
    assert await asked.states() == ["published"]
    post = await asked.row(Post)
    assert post.published_at == asked.clock() - timedelta(minutes=1)
    with pytest.raises(DeskError, match="reminded already"):
        await remind(asked.context, question)
    await asked.tick(minutes=5)
    assert await asked.rows(Stored) == []


async def test_a_reminder_that_may_have_been_posted_is_looked_for(asked):
    await remind(asked.context, await asked.row(Question))
    asked.fail("publish", after_effect=True)
    await asked.tick(minutes=1)
    assert await asked.states() == ["uncertain"]
    await asked.tick(minutes=1)
    assert await asked.states() == ["published"]
    assert len(asked.visible()) == 2


async def test_a_reminder_that_cannot_go_out_does_not_keep_the_question_open(asked):
    await remind(asked.context, await asked.row(Question))
    asked.fail("publish", times=1000, status=429)
    asked.reply("ada")
    await asked.tick(minutes=5)
    assert (await asked.states(), len(await asked.rows(Stored))) == (["retry"], 1)
    await asked.tick(hours=1)
    await asked.tick(minutes=1)
    assert (await asked.states(), len(await asked.rows(Digest))) == (["closed"], 1)
    asked.mend()
    await asked.tick(hours=1)
    assert len(asked.visible()) == 1


async def test_a_refused_reminder_leaves_the_question_published_and_is_told(asked):
    await remind(asked.context, await asked.row(Question))
    asked.fail("publish", status=400)
    await asked.tick(minutes=1)
    assert await asked.states() == ["published"]
    assert ["refused to publish" in message for message in await asked.told("failed")] == [True]


async def test_a_reminder_on_one_account_is_no_reason_against_one_on_another(open_bot):
    names = ("square", "forum")
    bot = await open_bot(accounts=names, questions={"habits": HOUR["habits"] | {"accounts": names}})
    bot.fail("publish", account="forum", status=429)
    await bot.tick(minutes=1)
    question = await bot.row(Question)
    assert await remind(bot.context, question) == ["square"]
    await bot.tick(minutes=2)
    assert await remind(bot.context, question) == ["forum"]
    await bot.tick(minutes=1)
    assert [len(bot.visible(name)) for name in names] == [2, 2]


async def test_a_reminder_stands_in_the_place_of_its_question(open_bot):
    bot = await open_bot(
        accounts={"square": {"needs_place": True}},
        questions={"habits": HOUR["habits"] | {"accounts": ("square:general",)}},
    )
    await bot.tick(minutes=1)
    await remind(bot.context, await bot.row(Question))
    await bot.tick(minutes=1)
    assert [post.place for post in bot.network().posts.values()] == ["general", "general"]


async def test_a_reminder_is_refused_where_nothing_is_open(asked):
    await asked.tick(hours=1)
    with pytest.raises(DeskError, match="no open post of ours"):
        await remind(asked.context, await asked.row(Question))


# ---------------------------------------------------------------- take back


async def test_taking_back_removes_every_post_everywhere_and_reports_each(open_bot):
    names = ("square", "forum")
    text = " ".join(f"Sentence number {number} says a little more about it." for number in range(9))
    question = {"text": text, "thread": True, "cron": "1 8-23 * * *", "accounts": names}
    bot = await open_bot(accounts=names, questions={"long": question})
    await bot.tick(minutes=1)
    await bot.tick(hours=1)
    bot.fail("retract", account="forum", status=503)
    reports = await take_back(bot.context, await bot.row(Question))
    assert sorted((report.account, report.done) for report in reports) == [
        ("forum", False),
        ("forum", True),
        ("square", True),
        ("square", True),
    ]
    again = await take_back(bot.context, await bot.row(Question))
    assert [(report.account, report.done) for report in again] == [("forum", True)]
    assert await bot.states() == ["removed"] * 4
    assert (bot.visible("square"), bot.visible("forum")) == ([], [])
    await bot.tick(hours=1)
    assert (bot.visible("square"), len(await bot.rows(Post))) == ([], 4)


async def test_what_waits_is_cancelled_when_its_question_is_taken_back(bot):
    bot.fail("publish", status=429)
    await bot.tick()
    assert await take_back(bot.context, await bot.row(Question)) == []
    await bot.tick(hours=1)
    assert (await bot.states(), bot.visible()) == (["cancelled"], [])


@pytest.mark.parametrize("after_effect", [True, False])
async def test_an_unclear_post_is_reported_and_never_sent_again_when_its_question_is_taken_back(open_bot, after_effect):
    bot = await open_bot(accounts={"square": {"repeats_safely": False}}, questions=HOUR)
    bot.fail("publish", after_effect=after_effect)
    await bot.tick(minutes=1)
    (report,) = await take_back(bot.context, await bot.row(Question))
    assert (report.done, "again" in report.message) == (False, True)
    await bot.tick(minutes=1)
    assert len(bot.visible()) == after_effect
    assert bot.calls().count("publish") == 1
    await take_back(bot.context, await bot.row(Question))
    assert bot.visible() == []
    assert await bot.states() == ["removed" if after_effect else "cancelled"]


async def test_somebody_elses_post_is_never_touched(bot):
    from bot.desk import adopt

    theirs = bot.network().post("ada", "What do you read?", bot.clock())
    question, _, _ = await adopt(bot.context, theirs.link, workspace="config", zone="UTC")
    (report,) = await take_back(bot.context, question)
    assert (report.done, "left as it is" in report.message) == (True, True)
    assert bot.network().by_author("ada") == [theirs]
    adopted = next(post for post in await bot.rows(Post) if post.adopted)
    assert (adopted.state, adopted.closed_at) == ("closed", bot.clock())


async def test_a_pause_does_not_stop_the_close(asked):
    await pause_all(asked.context, "config", by="ada")
    await asked.tick(hours=1)
    assert await asked.states() == ["closed"]


async def test_a_part_that_was_removed_is_not_collected(asked):
    asked.reply("ada")
    await take_back(asked.context, await asked.row(Question))
    assert [part.state.value for part in await asked.rows(PostPart)] == ["removed"]
    before = len(asked.calls())
    await asked.tick(minutes=5)
    assert len(asked.calls()) == before
