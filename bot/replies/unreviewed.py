"""Answers that wait for an editor's look. What is computed over all of a question is left to a thread."""

import asyncio
from collections.abc import Mapping, Sequence

from adapters.contract.capabilities import Capabilities
from bot.context import Context
from bot.digest.garbage import without_cycle_search
from bot.digest.selection.block import Material, list_answers
from bot.digest.selection.gather import gather_material, gather_rounds
from bot.digest.selection.select import Answer, find_barriers, form_answers
from bot.quotes import Barrier, Edition
from storage.engine import Session
from storage.models import Reply
from storage.questions import questions
from storage.replies.current import load_current_replies, load_current_verdicts, load_ledgers
from storage.states import Origin, QuestionState, VerdictValue


@without_cycle_search
async def list_unreviewed(context: Context, workspace: str, slug: str | None = None) -> list[tuple[str, Answer]]:
    """(question's slug, answer) of all that wait for a look, the best of the newest question first."""
    found: list[tuple[str, Answer]] = []
    async with context.store.read() as session:
        known = [row[0] for row in await questions.list_questions(session, workspace)]
        for each in reversed(known):
            if each.state is not QuestionState.WITHDRAWN and slug in (None, each.slug):
                materials = await _gather(session, each.id)
                waiting = await asyncio.to_thread(_find_unreviewed, materials, context.capabilities)
                found += [(each.slug, answer) for answer in waiting]
    return found


async def load_answer(context: Context, session: Session, reply: Reply) -> Answer:
    """The answer that a reply is a part of, with its verdict and what bars it."""
    stored = await load_current_replies(session, reply.question_id, author_id=reply.author_id)
    parts = find_barriers(stored, await load_ledgers(session, stored), context.capabilities)
    verdicts = await load_current_verdicts(session, reply.question_id, author_id=reply.author_id)
    answers = form_answers(parts, verdicts)
    return next(answer for answer in answers if any(part.reply.id == reply.id for part in answer.parts))


async def _gather(session: Session, question_id: int) -> list[Material]:
    return await gather_material(session, question_id, *await gather_rounds(session, question_id))


def _find_unreviewed(materials: Sequence[Material], capabilities: Mapping[str, Capabilities]) -> list[Answer]:
    answers = (answer for material in materials for answer in list_answers(material, capabilities))
    return sorted(filter(_needs_review, answers), key=_rank)


def _needs_review(answer: Answer) -> bool:
    """Not decided, or kept while its author must be asked first and was not: then a passage is to be chosen."""
    barrier, verdict = find_bar(answer), answer.verdict
    if barrier not in (None, Barrier.WAITING):
        return False
    if verdict is None or (verdict.value is VerdictValue.MAYBE and verdict.editor is None):
        return True
    return verdict.value is VerdictValue.KEEP and barrier is Barrier.WAITING and _can_be_asked(answer)


def _can_be_asked(answer: Answer) -> bool:
    """Not the author of an answer by form: the form asked for consent already."""
    is_form = all(part.reply.origin is Origin.SUBMITTED for part in answer.parts)
    return not is_form and all(part.consent is None for part in answer.parts)


def find_bar(answer: Answer) -> Barrier | None:
    """What forbids quoting any of it; nothing where one part may be quoted."""
    barriers = [part.barriers[Edition.PUBLIC] for part in answer.parts]
    return None if None in barriers else barriers[0]


def _rank(answer: Answer) -> tuple[bool, float, int]:
    """Undecided answers first, then kept ones that wait for consent."""
    is_decided = answer.verdict is not None and answer.verdict.editor is not None
    return is_decided, -(answer.verdict.score if answer.verdict else 0.0), answer.id
