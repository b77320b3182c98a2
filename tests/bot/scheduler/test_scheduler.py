"""A tick does all that is due, and a step that fails is told and does not stop the others."""

from datetime import timedelta
from itertools import pairwise

import pytest

from storage.models import Activity, Digest, Event, Mark, Reply


class Faulty:
    """A part of the context that has a mistake in it."""

    def __getattr__(self, name):
        raise KeyError("a mistake")


async def test_a_step_that_fails_is_written_down_until_it_succeeds_again(bot):
    await bot.tick()
    sound, bot.context.judges = bot.context.judges, Faulty()
    bot.reply("ada")
    done = await bot.tick(minutes=5)
    assert done.errors == ["filter: KeyError: 'a mistake'"]
    assert [each.added for each in done.collected] == [1]
    failed = {activity.name: activity.error for activity in await bot.rows(Activity)}
    assert failed["filter"] == "KeyError: 'a mistake'"
    bot.context.judges = sound
    done = await bot.tick(minutes=5)
    assert (done.errors, done.judged) == ([], 1)
    (activity,) = [activity for activity in await bot.rows(Activity) if activity.name == "filter"]
    assert (activity.error, activity.succeeded_at) == ("", bot.clock())


async def test_a_tick_in_which_nothing_is_due_asks_nobody_and_tells_nothing(bot):
    await bot.tick()
    before = len(bot.calls())
    done = await bot.tick(seconds=5)
    assert (done.published, done.collected, done.judged, done.closed, done.errors) == (0, [], 0, [], [])
    assert len(bot.calls()) == before
    assert await bot.rows(Event) == []


async def test_a_question_runs_from_its_post_over_its_answers_to_its_digest(open_bot):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "2h"}})
    await bot.tick(minutes=1)
    for who in ("ada", "grace", "alan"):
        bot.reply(who)
        for _ in range(6):
            await bot.tick(minutes=5)
    for _ in range(6):
        await bot.tick(minutes=5)
    assert await bot.states() == ["closed"]
    assert [reply.remote_id for reply in await bot.rows(Reply)] == ["square-2", "square-3", "square-4"]
    assert (await bot.row(Mark)).value == str(len(bot.network().events))
    assert len(await bot.rows(Digest)) == 1


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
async def test_the_weekly_digest_is_written_once_at_its_time_in_the_zone_of_the_config(open_bot, zone):
    bot = await open_bot(weekly="0 8 * * 1", zone=zone, questions={})
    await bot.tick()
    written = []
    for _ in range(15 * 2):
        done = await bot.tick(hours=12)
        written += [bot.clock() for each in done.written]
    assert len(written) == len(await bot.rows(Digest)) == (3 if zone == "America/New_York" else 2)
    assert all(later - earlier == timedelta(days=7) for earlier, later in pairwise(written))
