"""What a tick asks before it does anything: is there work for a step? Each kind of work is seeded, found and done, and
is not done where its step is not asked.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from bot.articles import Paragraph
from bot.articles.check import check_article
from bot.desk import watch_draft
from bot.scheduler import tick as ticking
from bot.scheduler.due import look
from bot.scheduler.tick import STEPS
from storage.accounts.accounts import set_control
from storage.models import (
    Activity,
    Control,
    Digest,
    Outgoing,
    Post,
    Question,
    Reply,
    Revision,
    StaleReply,
    Target,
    Verdict,
    WatchedDraft,
    WatchedQuote,
)
from storage.replies.replies import empty_replies
from storage.replies.stale import note_stale
from storage.search.taken import note_taken
from storage.states import CONFIG_WORKSPACE, OutgoingState, PostState

HABITS = {"habits": {"at": "2026-11-16T08:01", "closes_after": "3d", "enough": 2}}
CHANNELS = {"editors_channel": "desk", "log_channel": "log", "digest_channel": "news"}


@pytest.fixture
def doing(monkeypatch):
    """The steps of a tick from now on: all, `only` these, or all `but` one, which is never due."""

    def doing(*, only=None, but=None):
        steps = [step for step in STEPS if only is None or step.name in only]
        steps = [replace(step, due=lambda _: None) if step.name == but else step for step in steps]
        monkeypatch.setattr(ticking, "STEPS", tuple(steps))

    return doing


@pytest.fixture
async def bot(open_bot):
    return await open_bot(
        accounts={"square": {"text_limit": 2000}}, questions=HABITS, public=("json",), guilds={"g1": CHANNELS}
    )


async def write(bot, work):
    async with bot.context.store.write() as session:
        return await work(session)


# ---------------------------------------------------------------- how work comes to be


async def is_asked(bot, doing):
    await bot.tick()
    bot.clock.advance(minutes=1)


async def waits(bot, doing):
    await is_asked(bot, doing)
    doing(only={"plan"})
    await bot.tick()


async def waits_too_long(bot, doing):
    await waits(bot, doing)
    await write(bot, lambda session: session.execute(update(Question).values(state="paused")))
    bot.clock.advance(days=1)


async def is_dropped(bot, doing):
    """The process that sent it was killed."""
    await waits(bot, doing)
    claimed = {"state": PostState.PUBLISHING, "holder": "killed", "lease_until": bot.clock() + timedelta(minutes=5)}
    await write(bot, lambda session: session.execute(update(Post).values(claimed)))
    bot.clock.advance(minutes=5)


async def is_answered(bot, doing):
    await is_asked(bot, doing)
    await bot.tick()
    await bot.tick(minutes=5)
    bot.reply("ada")
    bot.clock.advance(minutes=5)


async def is_hinted(bot, doing):
    await is_answered(bot, doing)
    bot.clock.advance(minutes=-4)
    bot.context.hints.update(bot.context.accounts.ids)


async def is_edited(bot, doing):
    await is_asked(bot, doing)
    await bot.tick()
    reply = bot.reply("ada")
    await bot.tick(minutes=5)
    bot.edit(reply, "We dropped AMP in April.")
    (account_id,) = bot.context.accounts.ids
    bot.context.rereads.add((account_id, reply.id))


async def is_collected(bot, doing):
    await is_answered(bot, doing)
    doing(but="filter")
    await bot.tick()


async def has_other_rules(bot, doing):
    await is_answered(bot, doing)
    await bot.tick()
    bot.context.rules_hash = "others"


async def is_over(bot, doing):
    await is_answered(bot, doing)
    await bot.tick()
    bot.clock.advance(days=3)


async def is_closed(bot, doing):
    await is_over(bot, doing)
    doing(but="digest")
    await bot.tick()


async def is_sunday(bot, doing):
    await bot.restart(weekly="0 8 * * 1", guilds={})
    await bot.tick()
    bot.clock.advance(days=7)


async def is_told(bot, doing):
    await bot.tick()
    bot.clock.advance(minutes=1)
    doing(but="tell guilds")
    await bot.tick()
    await bot.tick(days=3)


async def is_day(bot, doing):
    await bot.tick()
    bot.clock.advance(hours=1)


async def is_planned(bot, doing):
    await is_told(bot, doing)
    doing(only={"tell guilds"})
    await bot.tick()


async def was_sent_and_purged(bot, doing):
    """A request stands under a message whose words are gone."""
    await is_answered(bot, doing)
    await bot.tick()
    (reply,) = await bot.rows(Reply)
    row = Outgoing(
        kind="leave",
        subject="a wording",
        place="desk",
        account_id=reply.account_id,
        reply_id=reply.id,
        payload={"revision": 1},
        state=OutgoingState.SENT,
        due_at=bot.clock(),
        remote_id="square-1000",
    )

    async def work(session):
        session.add(row)
        await session.execute(update(Reply).values(state="deleted"))

    await write(bot, work)


async def is_watched(bot, doing):
    """A draft quotes an answer, which is to be read again."""
    await is_answered(bot, doing)
    await bot.tick()
    (answer,) = await bot.rows(Revision)
    report = await check_article(bot.context, CONFIG_WORKSPACE, [Paragraph(f"“{answer.text}” said Ada.", 1)])
    await watch_draft(bot.context, CONFIG_WORKSPACE, report)
    bot.clock.advance(minutes=15)


async def loses_a_quote(bot, doing):
    """It was read by another way than the watching of drafts."""
    await is_watched(bot, doing)
    bot.clock.advance(minutes=-14)
    (reply,) = await bot.rows(Reply)
    await write(bot, lambda session: empty_replies(session, [reply.id], bot.clock()))


async def is_printed(bot, doing):
    await is_watched(bot, doing)
    bot.clock.advance(days=14)


async def is_tomorrow(bot, doing):
    await bot.tick()
    bot.clock.advance(days=1)


async def is_taken_back(bot, doing):
    await is_answered(bot, doing)
    await bot.tick()
    (reply,) = await bot.rows(Reply)
    await write(bot, lambda session: note_stale(session, [reply.id]))


async def words_were_taken(bot, doing):
    """By an erasure that was killed before it wrote the indexes anew."""
    await bot.tick()
    await write(bot, lambda session: note_taken(session, bot.clock()))


# ---------------------------------------------------------------- what shows that it was done


def count(table, *columns):
    async def count(bot):
        return [[getattr(row, column) for column in columns] for row in await bot.rows(table)]

    return count


async def sent(bot):
    return [post.text for post in bot.network().by_author("pullquote") if post.place]


async def purged(bot):
    return [each.succeeded_at for each in await bot.rows(Activity) if each.name == "purge"]


async def judged(bot):
    return [each.judged_by for each in await bot.rows(Question)]


async def looked_what_waits(bot):
    return [each.succeeded_at for each in await bot.rows(Activity) if each.name == "reminder g1"]


@dataclass(frozen=True)
class Work:
    """How work for a step comes to be, and what differs once it is done."""

    step: str
    comes: Callable[[Any, Any], Awaitable[None]]
    shows: Callable[[Any], Awaitable[Any]]


WORK = (
    Work("plan", is_asked, count(Post)),
    Work("publish", waits, count(Post, "state")),
    Work("publish", waits_too_long, count(Post, "state")),
    Work("publish", is_dropped, count(Post, "state")),
    Work("collect", is_answered, count(Reply)),
    Work("collect", is_hinted, count(Reply)),
    Work("collect", is_edited, count(Reply, "checked_at")),
    Work("filter", is_collected, count(Verdict)),
    Work("filter", has_other_rules, judged),
    Work("close", is_over, count(Post, "closed_at")),
    Work("digest", is_closed, count(Digest)),
    Work("digest", is_sunday, count(Digest)),
    Work("watch", is_watched, count(WatchedDraft, "check_at")),
    Work("watch", loses_a_quote, count(WatchedQuote, "state")),
    Work("watch", is_printed, count(WatchedDraft)),
    Work("tell guilds", is_told, count(Outgoing)),
    Work("tell guilds", is_day, looked_what_waits),
    Work("deliver", is_planned, sent),
    Work("deliver", was_sent_and_purged, count(Outgoing, "state", "retry_at")),
    Work("purge", is_tomorrow, purged),
    Work("rewrite", is_taken_back, count(StaleReply)),
    Work("rewrite", words_were_taken, count(Control, "name")),
)


@pytest.mark.parametrize("work", WORK, ids=lambda work: f"{work.step}: {work.comes.__name__}")
async def test_work_is_done_where_its_step_is_asked_and_only_there(bot, doing, work):
    await work.comes(bot, doing)
    before = await work.shows(bot)
    doing(but=work.step)
    await bot.tick()
    assert await work.shows(bot) == before
    doing(only={work.step})
    await bot.tick()
    assert await work.shows(bot) != before


def test_work_of_every_step_is_tried():
    assert {work.step for work in WORK} == {step.name for step in STEPS}


async def test_a_mail_is_due_when_it_is_planned_and_again_when_it_is_to_be_tried_again(open_bot, doing):
    bot = await open_bot(
        questions={}, mail={"host": "127.0.0.1", "port": 9, "sender": "a@example.org", "to": ("b@example.org",)}
    )
    await bot.tick()
    row = Outgoing(kind="mail", subject="digest 1", place="b@example.org", payload={"digests": []}, due_at=bot.clock())

    async def work(session):
        session.add(row)

    await write(bot, work)
    assert (await look(bot.context)).stored.mails == bot.clock()
    retry_at = bot.clock() + timedelta(minutes=5)
    waiting = {"state": OutgoingState.RETRY, "retry_at": retry_at}
    await write(bot, lambda session: session.execute(update(Outgoing).values(waiting)))
    assert (await look(bot.context)).stored.mails == retry_at


# ---------------------------------------------------------------- and where there is none


@pytest.mark.parametrize("work", WORK, ids=lambda work: f"{work.step}: {work.comes.__name__}")
async def test_when_all_is_done_the_next_work_lies_ahead(bot, doing, work):
    await work.comes(bot, doing)
    doing()
    for _ in range(3):
        done = await bot.tick()
    assert done.errors == []
    assert done.next_at > bot.clock()


async def test_a_tick_without_work_asks_the_database_twice(bot):
    for _ in range(2):
        await bot.tick(minutes=1)
    asked = []
    engine = bot.context.store.engine.sync_engine

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    await bot.tick(seconds=5)
    event.remove(engine, "before_cursor_execute", note)
    assert len([each for each in asked if not each.startswith("BEGIN")]) == 2


async def test_a_post_that_waits_for_its_next_try_is_due_then_and_not_before(bot):
    await bot.tick()
    bot.fail("publish", times=1000, status=429)
    done = await bot.tick(minutes=1)
    (post,) = await bot.rows(Post)
    assert bot.clock() < done.next_at <= post.retry_at
    assert (await look(bot.context)).stored.publish == post.retry_at


async def test_while_all_posting_is_paused_only_the_end_of_the_grace_is_waited_for(bot, doing):
    await waits(bot, doing)
    now = bot.clock()
    await write(bot, lambda session: set_control(session, CONFIG_WORKSPACE, "paused", "yes", by="mara", now=now))
    (post,) = await bot.rows(Post)
    assert (await look(bot.context)).stored.publish == post.expires_at


async def test_the_next_post_of_a_cron_is_known_without_reading_what_is_asked(open_bot):
    bot = await open_bot(questions={"habits": {"cron": "0 9 * * *", "zone": "Europe/Berlin"}})
    await bot.tick()
    (target,) = await bot.rows(Target)
    assert target.plan_at == bot.clock() + timedelta(days=1)  # it is nine o'clock there, and was asked for too late
    await bot.tick(days=1)
    (target,) = await bot.rows(Target)
    assert (target.plan_at, len(await bot.rows(Post))) == (bot.clock() + timedelta(days=1), 1)


async def test_what_is_asked_once_is_not_looked_at_again_once_it_is_out(bot):
    await bot.tick(minutes=1)
    (target,) = await bot.rows(Target)
    assert target.plan_at is None


async def test_a_question_that_was_changed_is_planned_anew(open_bot):
    bot = await open_bot(questions={"habits": {"cron": "0 9 * * *"}})
    await bot.tick()
    await bot.restart(questions={"habits": {"cron": "30 8 * * *"}})
    await bot.tick(minutes=30)
    assert [post.occurrence for post in await bot.rows(Post)] == ["2026-11-16T08:30"]


async def test_a_clock_that_steps_back_loses_no_post(open_bot):
    bot = await open_bot(questions={"habits": {"cron": "0 9 * * *"}})
    await bot.tick()
    await bot.tick(minutes=-30)
    await bot.tick(hours=2)
    assert [post.occurrence for post in await bot.rows(Post)] == ["2026-11-16T09:00"]
