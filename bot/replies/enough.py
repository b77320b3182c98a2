"""Events: a question has its usable answers, and how many it had at its close; each once."""

from bot.context import Context
from bot.digest.usable import Usable, count_usable
from bot.steps import report_question
from storage.questions.questions import load_question

NOT_ENOUGH = "extend it, remind once, or ask on another account"


async def report_enough(context: Context, question_id: int) -> None:
    """Report each round that has reached its target, once."""
    for usable in await count_usable(context.store, question_id, context.capabilities):
        if usable.is_enough:
            message = f"{usable.slug} has enough: {usable.answers} may be quoted, {usable.target} were wanted"
            await _report(context, "enough", usable, question_id, message)


async def report_close(context: Context, question_id: int) -> None:
    """Report how a question ended that closes now: its last round that has begun."""
    ended = [
        usable
        for usable in await count_usable(context.store, question_id, context.capabilities)
        if usable.closes_at is not None and usable.closes_at <= context.now()
    ]
    for usable in ended[-1:]:
        message = f"{usable.slug} has closed: {usable.answers} may be quoted, {usable.target} were wanted"
        if not usable.is_enough:
            message += f", which is too few: {NOT_ENOUGH}"
        await _report(context, "closed", usable, question_id, message)


async def _report(context: Context, kind: str, usable: Usable, question_id: int, message: str) -> None:
    async with context.store.write() as session:
        question, _ = await load_question(session, question_id)
        subject = f"{usable.slug}@{usable.round}" if usable.round else usable.slug
        closes = f" {usable.closes_at:%Y-%m-%dT%H:%M}" if kind == "closed" and usable.closes_at else ""
        await report_question(session, question, kind, f"{subject}{closes}", message, now=context.now())
