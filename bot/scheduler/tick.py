"""tick: all that is due now, in its order. APScheduler calls it in `run`; the demo and tests call it themselves."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.context import Context
from bot.delivery.digests import Written, digest_due_week, digest_question
from bot.delivery.mails import send_due_mails
from bot.delivery.messages import retract_orphans, send_due_messages
from bot.delivery.notices import plan_notices, send_due_notices
from bot.delivery.reminders import plan_guild_messages
from bot.digest.rewrite import rewrite_stale
from bot.posts.publish import publish_next
from bot.replies.close import close_due
from bot.replies.collect import Collected, collect_account
from bot.replies.enough import report_enough
from bot.replies.judge import judge_question
from bot.replies.reread import refresh_hinted
from bot.replies.retention import purge
from bot.scheduler.plan import expire, is_paused, plan
from bot.steps import for_each
from storage.accounts import accounts
from storage.questions import open_posts, posts, questions

MOST_POSTS = 100
"""Most posts a tick, so that collecting and closing are not held up."""

NOTE_EVERY = timedelta(seconds=30)
"""How often it is written down that the loop runs: a tick every 5 s need not write each time."""

log = structlog.get_logger()


@dataclass(slots=True)
class Ticked:
    """What one tick did."""

    planned: int = 0
    published: int = 0
    collected: list[Collected] = field(default_factory=list)
    judged: int = 0
    closed: list[str] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    mailed: int = 0
    delivered: int = 0
    errors: list[str] = field(default_factory=list)


async def tick(context: Context) -> Ticked:
    """Do all that is due at `context.now()`. A step that fails is shown in `status`; the others go on."""
    done = Ticked()
    steps: list[tuple[str, Callable[[Context, Ticked], Awaitable[object]]]] = [
        ("plan", _plan),
        ("publish", _publish),
        ("collect", _collect),
        ("filter", _filter),
        ("close", _close),
        ("digest", _digest),
        ("tell guilds", lambda context, _: plan_guild_messages(context)),
        ("deliver", _deliver),
        ("purge", lambda context, _: purge(context)),
        ("rewrite", lambda context, _: rewrite_stale(context)),
    ]
    failed: dict[str, str] = {}
    for name, step in steps:
        try:
            await step(context, done)
        except Exception as error:
            log.exception("step failed", step=name)
            failed[name] = f"{type(error).__name__}: {error}"
    done.errors = [f"{name}: {error}" for name, error in failed.items()]
    await _note(context, [name for name, _ in steps], failed)
    return done


async def _note(context: Context, steps: list[str], failed: Mapping[str, str]) -> None:
    """Write down what failed, what no longer fails, and now and then that the loop runs.

    Not even a full disk may end the loop: then the log is all there is.
    """
    now = context.now()
    try:
        async with context.store.read() as session:
            known = await accounts.load_activities(session)
        mended = [name for name in steps if name not in failed and name in known and known[name].error]
        last = known["tick"].succeeded_at if "tick" in known else None
        if not failed and not mended and last is not None and now - last < NOTE_EVERY:
            return
        async with context.store.write() as session:
            for name, error in failed.items():
                await accounts.record_activity(session, name, now, error)
            for name in (*mended, "tick"):
                await accounts.record_activity(session, name, now)
    except Exception:
        log.exception("cannot write to the database")


async def _plan(context: Context, done: Ticked) -> None:
    done.planned = await plan(context, paused=await is_paused(context))


async def _publish(context: Context, done: Ticked) -> None:
    async with context.store.read() as session:
        if not await posts.has_waiting(session):
            return
    await expire(context)
    async with context.store.write() as session:
        await posts.release_lapsed(session, context.now())
    while done.published < MOST_POSTS and not await is_paused(context) and await publish_next(context):
        done.published += 1


async def _collect(context: Context, done: Ticked) -> None:
    now = context.now()
    async with context.store.read() as session:
        due = await open_posts.account_ids_with_work(session, now, context.hints)

    async def collect(account_id: int) -> None:
        if collected := await collect_account(context, account_id):
            done.collected.append(collected)

    await for_each([id_ for id_ in due if id_ in context.accounts.ids], collect)
    await refresh_hinted(context)


async def _filter(context: Context, done: Ticked) -> None:
    async with context.store.read() as session:
        changed = await questions.questions_to_judge(session, context.rules_hash)

    async def judge(question_id: int) -> None:
        done.judged += await judge_question(context, question_id)
        await report_enough(context, question_id)

    await for_each(changed, judge)


async def _close(context: Context, done: Ticked) -> None:
    closed = await close_due(context)
    async with context.store.read() as session:
        done.closed = await questions.slugs_of(session, closed) if closed else []


async def _digest(context: Context, done: Ticked) -> None:
    async with context.store.read() as session:
        closed = await open_posts.closed_without_digest(session)

    async def compile_final(question_id: int) -> None:
        done.written += await digest_question(context, question_id, final=True)
        async with context.store.write() as session:
            await open_posts.mark_digested(session, closed[question_id], context.now())

    await for_each(closed, compile_final)
    done.written += await digest_due_week(context)


async def _deliver(context: Context, done: Ticked) -> None:
    done.mailed = await send_due_mails(context)
    await plan_notices(context)
    await send_due_notices(context)
    done.delivered = await send_due_messages(context)
    await retract_orphans(context)
