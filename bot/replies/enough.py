"""Events: a question has its usable answers, and how many it had at its close; each once."""

from dataclasses import dataclass
from datetime import datetime

from bot.context import Context
from bot.digest.selection.gather import gather_rounds
from bot.replies.counting import count_anew
from bot.steps import report_question
from storage.questions.questions import load_question
from storage.search.counted import count_outcomes
from storage.states import Outcome

NOT_ENOUGH = "extend it, remind once, or ask on another account"


@dataclass(frozen=True, slots=True)
class _Reached:
    """What a round has. round: its name, "" where the question is asked once. closes_at: None where it has no end."""

    slug: str
    round: str
    target: int
    answers: int
    closes_at: datetime | None

    @property
    def is_enough(self) -> bool:
        return self.answers >= self.target


async def _count(context: Context, question_id: int) -> list[_Reached]:
    """Each round of a question, the earliest first."""
    await count_anew(context)
    async with context.store.read() as session:
        slug, content, rounds = await gather_rounds(session, question_id)
        outcomes = (await count_outcomes(session, [question_id])).get(question_id, {})
    ends = {each.name: each.closes_at for each in rounds} or {"": None}
    return [
        _Reached(slug, name, content.enough, outcomes.get(name, {}).get(Outcome.USABLE, 0), closes_at)
        for name, closes_at in ends.items()
    ]


async def report_enough(context: Context, question_id: int) -> None:
    """Report each round that has reached its target, once."""
    for usable in await _count(context, question_id):
        if usable.is_enough:
            message = f"{usable.slug} has enough: {usable.answers} may be quoted, {usable.target} were wanted"
            await _report(context, "enough", usable, question_id, message)


async def report_close(context: Context, question_id: int) -> None:
    """Report how a question ended that closes now: its last round that has begun."""
    ended = [
        usable
        for usable in await _count(context, question_id)
        if usable.closes_at is not None and usable.closes_at <= context.now()
    ]
    for usable in ended[-1:]:
        message = f"{usable.slug} has closed: {usable.answers} may be quoted, {usable.target} were wanted"
        if not usable.is_enough:
            message += f", which is too few: {NOT_ENOUGH}"
        await _report(context, "closed", usable, question_id, message)


async def _report(context: Context, kind: str, usable: _Reached, question_id: int, message: str) -> None:
    async with context.store.write() as session:
        question, _ = await load_question(session, question_id)
        subject = f"{usable.slug}@{usable.round}" if usable.round else usable.slug
        closes = f" {usable.closes_at:%Y-%m-%dT%H:%M}" if kind == "closed" and usable.closes_at else ""
        await report_question(session, question, kind, f"{subject}{closes}", message, now=context.now())
