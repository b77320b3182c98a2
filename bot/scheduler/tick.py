"""tick: all that is due now, in its order. APScheduler calls it in `run`; the demo and tests call it themselves."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module

from bot.context import Context, Doing
from bot.delivery.digests import Written, digest_due_week, digest_question
from bot.delivery.mails import send_due_mails
from bot.delivery.messages import retract_orphans, send_due_messages
from bot.delivery.notices import plan_notices, send_due_notices
from bot.delivery.read_backs import send_due_read_backs
from bot.delivery.reminders import plan_guild_messages
from bot.digest.rewrite import rewrite_stale
from bot.log import get_logger
from bot.posts.publish import publish_next
from bot.replies.close import close_due
from bot.replies.collect import Collected, collect_account
from bot.replies.enough import report_enough
from bot.replies.judge import judge_question
from bot.replies.reread import refresh_hinted
from bot.replies.retention import purge
from bot.scheduler.due import (
    Outlook,
    due_collection,
    due_delivery,
    due_digest,
    due_guild_messages,
    due_purge,
    due_rewriting,
    first,
    look,
)
from bot.scheduler.failures import log_failure
from bot.scheduler.plan import expire, is_paused, plan
from bot.steps import for_each
from storage.accounts import accounts
from storage.models import AT_ONCE
from storage.questions import open_posts, posts, questions

MOST_POSTS = 100
"""Most posts a tick, so that collecting and closing are not held up."""

NOTE_EVERY = timedelta(seconds=30)
"""How often it is written down that the loop runs: a tick every 5 s need not write each time."""

log = get_logger(__name__)


@dataclass(slots=True)
class Ticked:
    """What one tick did. next_at: when there is work next, if nothing changes; None where that is not known."""

    planned: int = 0
    published: int = 0
    collected: list[Collected] = field(default_factory=list)
    judged: int = 0
    closed: list[str] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    mailed: int = 0
    delivered: int = 0
    errors: list[str] = field(default_factory=list)
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step. due: when it has work next; None: not before something changes."""

    name: str
    work: Callable[[Context, Ticked], Awaitable[object]]
    due: Callable[[Outlook], datetime | None]


async def tick(context: Context) -> Ticked:
    """Do all that is due at `context.now()`. A step that fails is shown in `status`; the others go on.

    Nothing is asked of a step that has no work. After one that had, it is looked again: it may have made work for
    those that follow.
    """
    done, failed, ran = Ticked(), dict[str, str](), list[str]()
    try:
        seen = await look(context)
        for step in STEPS:
            if _is_due(step, seen):
                ran.append(step.name)
                await _work(context, step, done, failed)
                await plan_notices(context)  # of what the step told
                seen = await look(context)
        done.next_at = await _note(context, ran, failed, seen)
    except Exception as error:  # noqa: BLE001  # the loop goes on
        log_failure(context, error, "cannot read what is due")
        failed["tick"] = f"{type(error).__name__}: {error}"
    done.errors = [f"{name}: {error}" for name, error in failed.items()]
    return done


def _is_due(step: Step, seen: Outlook) -> bool:
    """What failed is tried again, so that it is told when it no longer does."""
    moment = first(step.due(seen), seen.failed(step.name))
    return moment is not None and moment <= seen.now


async def _work(context: Context, step: Step, done: Ticked, failed: dict[str, str]) -> None:
    context.doing = Doing(step.name, context.now())
    try:
        await step.work(context, done)
    except Exception as error:  # noqa: BLE001  # the other steps go on
        log_failure(context, error, "step failed", step=step.name)
        failed[step.name] = f"{type(error).__name__}: {error}"
    finally:
        context.doing = None


async def _note(context: Context, ran: list[str], failed: Mapping[str, str], seen: Outlook) -> datetime | None:
    """Write down what failed, what no longer fails, and now and then that the loop runs; answers when there is work
    next.

    Not even a full disk may end the loop: then the log is all there is.
    """
    now, last = seen.now, seen.last("tick")
    mended = [name for name in ran if name not in failed and seen.failed(name)]
    if failed or mended or last is None or not timedelta() <= now - last < NOTE_EVERY:
        last = now
        try:
            async with context.store.write() as session:
                for name, error in failed.items():
                    await accounts.record_activity(session, name, now, error)
                for name in (*mended, "tick"):
                    await accounts.record_activity(session, name, now)
        except Exception as error:  # noqa: BLE001  # the loop goes on
            log_failure(context, error, "cannot write to the database")
    moments = (AT_ONCE if step.name in failed else step.due(seen) for step in STEPS)
    return first(last + NOTE_EVERY, *moments)


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


async def _watch(context: Context, _: Ticked) -> None:
    watch = await asyncio.to_thread(import_module, "bot.articles.drafts.watch")  # 7 MiB, and few watch a draft
    await watch.look_at_watched(context)


async def _deliver(context: Context, done: Ticked) -> None:
    done.mailed = await send_due_mails(context)
    await send_due_read_backs(context)
    await send_due_notices(context)
    done.delivered = await send_due_messages(context)
    await retract_orphans(context)


STEPS = (
    Step("plan", _plan, lambda seen: seen.stored.plan),
    Step("publish", _publish, lambda seen: seen.stored.publish),
    Step("collect", _collect, due_collection),
    Step("filter", _filter, lambda seen: seen.stored.filter),
    Step("close", _close, lambda seen: seen.stored.close),
    Step("digest", _digest, due_digest),
    Step("watch", _watch, lambda seen: seen.stored.watch),
    Step("tell guilds", lambda context, _: plan_guild_messages(context), due_guild_messages),
    Step("deliver", _deliver, due_delivery),
    Step("purge", lambda context, _: purge(context), due_purge),
    Step("rewrite", lambda context, _: rewrite_stale(context), due_rewriting),
)
"""All that a tick does, in its order."""
