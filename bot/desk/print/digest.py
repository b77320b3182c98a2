"""A digest now: one pass over one question, from the platforms to the files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.context import Context
from bot.delivery.digests import Written, digest_question, digest_week, freshen_week
from bot.delivery.mails import send_due_mails
from bot.desk.operating.collect import collect_question
from bot.digest import load_model
from bot.digest.page.phrases import load_phrases
from bot.digest.page.report import summarise
from bot.digest.rewrite import rewrite_stale
from bot.replies.close import close_due, freshen
from bot.replies.collect import Collected
from bot.replies.enough import report_enough
from bot.replies.judge import judge_question
from storage.models import Question
from storage.questions import posts


@dataclass(slots=True)
class Digested:
    """What was made. collected: one an account; empty offline. summary: sentences in the digest's language.

    mailed: how many mails were taken.
    """

    final: bool
    as_of: datetime
    collected: list[Collected] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    summary: tuple[str, ...] = ()
    mailed: int = 0


async def digest_now(
    context: Context, question: Question, *, offline: bool = False, formats: Sequence[str] = ()
) -> Digested:
    """Collect, judge, read again what would be quoted, compile, write. Closed questions get their final digest.

    formats: of the files, where they are to be others than those of the config.

    A platform that cannot be reached does not stop it: the digest is made from what is stored.
    """
    collected = [] if offline else await collect_question(context, question)
    await judge_question(context, question.id)
    if not offline:
        await close_due(context, question.id)
        await freshen(context, question.id)
        await rewrite_stale(context)
    await report_enough(context, question.id)
    done = Digested(await _is_closed(context, question), context.now(), collected)
    done.written = await digest_question(context, question.id, final=done.final, formats=formats)
    done.summary = await _summarise(context, done.written)
    done.mailed = await send_due_mails(context)
    return done


async def digest_week_now(
    context: Context, monday: date, workspace: str, *, offline: bool = False, formats: Sequence[str] = ()
) -> Digested:
    """The digest of a week: what it would quote is read again, the rest is as it is stored."""
    if not offline:
        await freshen_week(context, monday, workspace)
        await rewrite_stale(context)
    written = await digest_week(context, monday, workspace, formats=formats)
    done = Digested(final=True, as_of=context.now(), written=written, summary=await _summarise(context, written))
    done.mailed = await send_due_mails(context)
    return done


async def _is_closed(context: Context, question: Question) -> bool:
    """Whether every post that went out is closed."""
    async with context.store.read() as session:
        found = await posts.posts_of_question(session, question.id)
    out = [post for post, _, _ in found if post.published_at is not None]
    return bool(out) and all(post.closed_at is not None for post in out)


async def _summarise(context: Context, written: list[Written]) -> tuple[str, ...]:
    if not written:
        return ()
    model = await load_model(context.store, written[0].id, capabilities=context.capabilities)
    return summarise(model, load_phrases(model.selection.language, model.zone))
