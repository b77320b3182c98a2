"""Answers that wait for an editor's look."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Context
from bot.digest.block import list_answers
from bot.digest.gather import gather_material, gather_rounds
from bot.digest.select import Answer
from bot.quotes import Barrier, Edition
from storage import questions
from storage.states import Origin, QuestionState, VerdictValue


async def list_waiting(context: Context, workspace: str, slug: str | None = None) -> list[tuple[str, Answer]]:
    """(question's slug, answer) of all that wait for a look, the best of the newest question first."""
    found: list[tuple[str, Answer]] = []
    async with context.store.read() as session:
        known = [row[0] for row in await questions.list_questions(session, workspace)]
        for each in reversed(known):
            if each.state is not QuestionState.WITHDRAWN and slug in (None, each.slug):
                waiting = [one for one in await load_answers(context, session, each.id) if _waits(one)]
                found += [(each.slug, answer) for answer in sorted(waiting, key=_rank)]
    return found


async def load_answers(context: Context, session: AsyncSession, question_id: int) -> list[Answer]:
    """All answers to a question with their verdicts and what bars them."""
    slug, content, rounds = await gather_rounds(session, question_id)
    materials = await gather_material(session, question_id, slug, content, rounds)
    return [answer for material in materials for answer in list_answers(material, context.capabilities)]


def _waits(answer: Answer) -> bool:
    """Not decided, or kept while its author must be asked first and was not: then a passage is to be chosen."""
    barrier, verdict = find_bar(answer), answer.verdict
    if barrier not in (None, Barrier.WAITING):
        return False
    if verdict is None or (verdict.value is VerdictValue.MAYBE and verdict.editor is None):
        return True
    return verdict.value is VerdictValue.KEEP and barrier is Barrier.WAITING and _can_be_asked(answer)


def _can_be_asked(answer: Answer) -> bool:
    """Who handed in a form decided there."""
    is_form = all(part.reply.origin is Origin.SUBMITTED for part in answer.parts)
    return not is_form and all(part.consent is None for part in answer.parts)


def find_bar(answer: Answer) -> Barrier | None:
    """What forbids quoting any of it; nothing where one part may be quoted."""
    barriers = [part.barriers[Edition.PUBLIC] for part in answer.parts]
    return None if None in barriers else barriers[0]


def _rank(answer: Answer) -> tuple[bool, float, int]:
    """What nobody has decided comes first: what was kept waits for nothing but its author's leave."""
    is_decided = answer.verdict is not None and answer.verdict.editor is not None
    return is_decided, -(answer.verdict.score if answer.verdict else 0.0), answer.id
