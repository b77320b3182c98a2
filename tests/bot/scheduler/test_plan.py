"""What has come due becomes a row once; what is too late is missed and told."""

import asyncio
from datetime import timedelta

import pytest

from bot.desk import pause_all, pause_question, resume_all, resume_question, take_back
from storage.models import Event, Post, Question, QuestionVersion
from storage.questions.questions import load_scheduled, plan_anew, set_planned_until

DAILY = {"habits": {"cron": "0 9 * * *"}}


async def occurrences(bot):
    """Each row with its state, in the order of the occurrences."""
    return [
        (post.occurrence[5:], post.state.value) for post in sorted(await bot.rows(Post), key=lambda p: p.occurrence)
    ]


async def test_nothing_is_planned_into_the_past(open_bot):
    bot = await open_bot(questions={"habits": {"cron": "0 7 * * *"}, "once": {"at": "2026-11-16T07:59"}})
    await bot.tick(hours=1)
    assert await occurrences(bot) == []


async def test_an_occurrence_becomes_a_row_once_however_often_it_is_planned(open_bot):
    bot = await open_bot(questions=DAILY)
    for _ in range(3):
        await bot.tick(hours=1)
        await bot.tick()
    assert await occurrences(bot) == [("11-16T09:00", "published")]


async def test_three_days_of_downtime_are_one_post_and_the_rest_is_missed_and_told(open_bot):
    bot = await open_bot(questions=DAILY)
    await bot.tick(hours=1)
    await bot.close()
    bot.clock.advance(days=3, hours=2)
    await bot.open()
    await bot.tick()
    assert await occurrences(bot) == [
        ("11-16T09:00", "published"),
        ("11-17T09:00", "missed"),
        ("11-18T09:00", "missed"),
        ("11-19T09:00", "published"),
    ]
    assert len(bot.visible()) == 2
    assert [message.split(",")[1].strip() for message in await bot.told("missed")] == [
        "due 2026-11-17T09:00",
        "due 2026-11-18T09:00",
    ]
    assert len(await bot.told("late")) == 1


async def test_after_downtime_beyond_the_grace_nothing_goes_out(open_bot):
    bot = await open_bot(questions={"habits": {"cron": "0 9,15 * * *", "grace": "1h"}})
    await bot.tick()
    await bot.tick(days=3, hours=5)
    assert bot.visible() == []
    assert len(await bot.told("missed")) == len(await bot.rows(Post)) == 7


async def test_a_platform_that_was_down_gets_one_post_and_not_all_that_waited(open_bot):
    bot = await open_bot(questions={"habits": {"cron": "0 9,12,15 * * *"}})
    bot.fail("publish", times=1000, status=429)
    for _ in range(7):
        await bot.tick(hours=1)
    bot.mend()
    await bot.tick(hours=1)
    assert await occurrences(bot) == [
        ("11-16T09:00", "missed"),
        ("11-16T12:00", "missed"),
        ("11-16T15:00", "published"),
    ]
    assert len(bot.visible()) == 1
    assert ["the next one came due" in message for message in await bot.told("missed")] == [True, True]


# ---------------------------------------------------------------- changes of the config


async def test_a_cron_edited_five_minutes_after_it_fired_does_not_fire_again_for_what_has_passed(open_bot):
    bot = await open_bot(questions=DAILY)
    await bot.tick(hours=1)
    bot.clock.advance(minutes=5)
    await bot.restart(questions={"habits": {"cron": "0,3 9 * * *"}})
    await bot.tick()
    await bot.tick(hours=1)
    assert await occurrences(bot) == [("11-16T09:00", "published")]
    await bot.tick(hours=23)
    assert [each for each, _ in await occurrences(bot)] == ["11-16T09:00", "11-17T09:00", "11-17T09:03"]
    assert len(bot.visible()) == 2


async def test_a_post_keeps_the_version_that_it_sent(open_bot):
    bot = await open_bot(questions=DAILY)
    await bot.tick(hours=1)
    await bot.restart(questions={"habits": {"cron": "0 9 * * *", "text": "What did you begin?"}})
    await bot.tick(days=1)
    numbers = {version.id: version.number for version in await bot.rows(QuestionVersion)}
    assert [numbers[post.version_id] for post in await bot.rows(Post)] == [1, 2]
    assert [text.splitlines()[0] for text in bot.visible()] == [
        "What did you stop doing, and what happened?",
        "What did you begin?",
    ]


async def test_the_same_config_again_is_no_new_version(open_bot):
    bot = await open_bot(questions=DAILY)
    for _ in range(3):
        await bot.restart(questions=DAILY)
    assert len(await bot.rows(QuestionVersion)) == 1


async def test_what_came_due_before_an_edit_was_seen_does_not_vanish_in_silence(open_bot):
    """The machine slept over nine o'clock, and the text was changed before it was started again."""
    bot = await open_bot(questions=DAILY)
    await bot.tick()
    await bot.close()
    bot.clock.advance(hours=2)
    await bot.restart(questions={"habits": {"cron": "0 9 * * *", "text": "What did you begin?"}})
    await bot.tick()
    assert (await occurrences(bot), bot.visible()) == ([("11-16T09:00", "missed")], [])
    assert ["was changed before it went out" in message for message in await bot.told("missed")] == [True]


async def test_a_question_that_is_gone_from_the_config_is_paused_told_and_still_collected(open_bot):
    bot = await open_bot(questions=DAILY)
    await bot.tick(hours=1)
    await bot.restart(questions={})
    assert (await bot.row(Question)).state == "gone"
    assert ["no longer in the config" in message for message in await bot.told("gone")] == [True]
    bot.reply("ada")
    done = await bot.tick(days=1)
    assert (len(bot.visible()), [each.added for each in done.collected]) == (1, [1])


async def test_a_question_that_comes_back_is_active_again_and_posts_nothing_of_the_time_between(open_bot):
    bot = await open_bot(questions=DAILY)
    await bot.tick(hours=1)
    await bot.restart(questions={})
    await bot.tick(days=3, hours=1)
    await bot.restart(questions=DAILY)
    assert (await bot.row(Question)).state == "active"
    await bot.tick(minutes=1)
    assert (len(bot.visible()), await bot.told("missed")) == (1, [])
    await bot.tick(days=1)
    assert len(bot.visible()) == 2


async def test_an_account_that_comes_back_posts_nothing_of_the_time_between(open_bot):
    bot = await open_bot(questions=DAILY)
    await bot.tick(hours=1)
    await bot.restart(accounts={})
    await bot.tick(days=3, hours=1)
    await bot.restart(accounts=("square",))
    await bot.tick(minutes=1)
    assert (len(bot.visible()), await bot.told("missed")) == (1, [])


async def test_a_question_that_was_taken_back_stays_so_whatever_the_config_says(open_bot):
    bot = await open_bot(questions=DAILY)
    await take_back(bot.context, await bot.row(Question))
    await bot.restart(questions=DAILY)
    await bot.tick(days=1)
    assert (await bot.row(Question)).state == "withdrawn"
    assert bot.visible() == []


# ---------------------------------------------------------------- pauses


async def test_a_pause_of_everything_survives_a_restart_and_ends_with_resume(open_bot):
    bot = await open_bot(questions=DAILY)
    await pause_all(bot.context, "config", by="ada")
    await bot.restart()
    await bot.tick(hours=2)
    assert (await occurrences(bot), bot.visible()) == ([("11-16T09:00", "cancelled")], [])
    await resume_all(bot.context, "config", by="ada")
    await bot.tick(hours=1)
    assert bot.visible() == []
    await bot.tick(days=1)
    assert len(bot.visible()) == 1


async def test_a_pause_stops_what_is_planned_already(open_bot):
    bot = await open_bot(questions=DAILY)
    bot.fail("publish", status=429)
    await bot.tick(hours=1)
    await pause_all(bot.context, "config", by="ada")
    await bot.tick(hours=1)
    assert (await bot.states(), bot.visible()) == (["retry"], [])
    await resume_all(bot.context, "config", by="ada")
    await bot.tick(hours=1)
    assert (await bot.states(), len(bot.visible())) == (["published"], 1)


async def test_collecting_goes_on_while_posting_is_paused(bot):
    await bot.tick()
    await pause_all(bot.context, "config", by="ada")
    bot.reply("ada")
    done = await bot.tick(minutes=5)
    assert [each.added for each in done.collected] == [1]


async def test_a_pause_stands_when_a_question_leaves_the_config_and_comes_back(open_bot):
    bot = await open_bot(questions=DAILY)
    await pause_question(bot.context, await bot.row(Question), by="ada")
    await bot.restart(questions={})
    await bot.restart(questions=DAILY)
    question = await bot.row(Question)
    assert (question.state, question.state_reason) == ("paused", "paused by ada")
    await bot.tick(days=1, hours=1)
    assert bot.visible() == []
    await resume_question(bot.context, question)
    await bot.restart(questions={})
    await bot.restart(questions=DAILY)
    assert (await bot.row(Question)).state == "active"


async def test_one_question_is_paused_and_resumed_while_the_others_go_on(open_bot):
    bot = await open_bot(questions={"one": {"cron": "0 9 * * *"}, "two": {"cron": "0 9 * * *", "text": "Who?"}})
    one, _ = await bot.rows(Question)
    await pause_question(bot.context, one, by="ada")
    await bot.tick(hours=1)
    assert sorted(await bot.states()) == ["cancelled", "published"]
    await resume_question(bot.context, one)
    await bot.tick(days=1)
    assert sorted(await bot.states()) == ["cancelled", "published", "published", "published"]


# ---------------------------------------------------------------- the machine's clock


@pytest.mark.parametrize("step", [timedelta(hours=2), timedelta(hours=-2)], ids=["forward", "back"])
@pytest.mark.parametrize("minute", range(0, 240, 60))
async def test_a_step_of_the_clock_doubles_nothing_and_loses_nothing_in_silence(open_bot, step, minute):
    bot = await open_bot(questions={"habits": {"cron": "0 9,11 * * *"}})
    for each in range(0, 6 * 60, 20):
        if each == minute:
            bot.clock.moment += step
        await bot.tick(minutes=20)
    known = dict(await occurrences(bot))
    assert set(known) == {"11-16T09:00", "11-16T11:00"}
    assert len(bot.visible()) == list(known.values()).count("published")
    assert len(await bot.told("missed")) == list(known.values()).count("missed")
    assert list(known.values()).count("published") >= 1
    assert len(await bot.rows(Event)) == len(await bot.told("missed")) + len(await bot.told("late"))


async def test_a_step_back_while_the_bot_is_off_doubles_nothing(open_bot):
    bot = await open_bot(questions=DAILY)
    await bot.tick(hours=1, minutes=1)
    bot.clock.advance(hours=-2)
    await bot.restart()
    for _ in range(5):
        await bot.tick(hours=1)
    assert (await occurrences(bot), len(bot.visible())) == ([("11-16T09:00", "published")], 1)


async def test_replies_that_come_after_a_step_back_are_judged(bot):
    from storage.models import Verdict

    await bot.tick()
    bot.reply("ada")
    await bot.tick(hours=3)
    bot.reply("grace")
    await bot.tick(hours=-2)
    bot.context.hints.add(1)
    await bot.tick()
    assert {verdict.revision_id for verdict in await bot.rows(Verdict)} == {1, 2}


async def test_two_in_one_minute_of_the_doubled_hour_are_one_occurrence(open_bot, clock):
    clock.moment = clock.moment.replace(month=10, day=25, hour=0, minute=0)
    bot = await open_bot(questions={"habits": {"cron": "30 2 * * *", "zone": "Europe/Berlin"}}, zone="Europe/Berlin")
    for _ in range(10):
        await bot.tick(minutes=20)
    assert (await occurrences(bot), len(bot.visible())) == ([("10-25T02:30", "published")], 1)


async def test_a_run_that_starts_waits_for_one_that_plans(open_bot, clock):
    """On PostgreSQL each waited for a target of the other, and the one that started ended with "deadlock detected"."""
    asked = {f"question-{number}": {"cron": "0 * * * *"} for number in (1, 2)}
    bot = await open_bot(questions=asked)
    store = bot.context.store
    async with store.write() as session:
        await plan_anew(session)

    async def start():
        async with store.write() as session:
            await plan_anew(session)

    async with store.write() as session:
        first, second = [target.id for _, _, target in await load_scheduled(session, [1, 2], clock())]
        await set_planned_until(session, second, clock())
        starting = asyncio.create_task(start())
        await asyncio.sleep(0.3)  # it has reached what the other holds
        await set_planned_until(session, first, clock())
    await starting
