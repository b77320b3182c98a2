"""The step that runs the filter over one question and writes down what it says.

Nothing of it holds the event loop: replies go to the worker as they are read, judgements come back a batch at a time.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from functools import partial

from bot.context import Context
from bot.filter import hash_asked
from bot.filter.values import JudgedQuestion, JudgedWording, Wording
from bot.questions.content import Content
from bot.quotes import SAID_IN_REPLY, find_wish
from bot.replies.prints import add_near, look_around, note_prints
from bot.steps import report_event
from storage.engine import Session
from storage.models import Question
from storage.questions import questions
from storage.replies import consents, judging
from storage.replies.judging import RulesVerdict
from storage.replies.verdicts import add_editors
from storage.states import ConsentState, VerdictValue

BATCH = 500
EDITED_SINCE = "edited_since_editor"
"""The reason of a verdict that stands in for an editor's: the words were changed after it."""


async def judge_question(context: Context, question_id: int) -> int:
    """Judge all answers of a question; answers how many verdicts are new. Repeating it changes nothing.

    `judged_at` comes last, so that a kill repeats the step, and is the change that was known at the start, so that
    what arrives meanwhile is judged again.
    """
    await note_prints(context, question_id)
    async with context.store.read() as session:
        question, version = await questions.load_question(session, question_id)
        changed_at = question.changed_at or context.now()
    asked = find_asked(question, Content.model_validate(version.content))
    judged_by = context.rules_hash + hash_asked(asked)
    new = 0
    judged = context.judges.judge(asked, partial(_read, context, question_id))
    async with aclosing(judged):
        async for batch in judged:
            new += await _write(context, batch, judged_by)
            await _tell_faults(context, batch)
    async with context.store.write() as session:
        await _note_superseded(context, session, question_id)
        new += await _write_edited_since(context, session, question_id)
        await questions.mark_judged(session, question_id, changed_at, judged_by)
    return new


def find_asked(question: Question, content: Content) -> JudgedQuestion:
    """What the filter reads of a question; its decoys are those of the config and those that editors added."""
    added = (str(each["text"]) for each in question.decoys)
    decoys = tuple(dict.fromkeys((*content.decoys, *added)))
    return JudgedQuestion(content.text, content.options, content.language, decoys)


async def _read(context: Context, question_id: int) -> AsyncGenerator[list[Wording], None]:
    around = await look_around(context, question_id)
    async with context.store.read() as session:
        async for rows in judging.stream_wordings(session, question_id, BATCH):
            yield await add_near(context, around, [Wording(*row) for row in rows])


async def _write(context: Context, batch: Sequence[JudgedWording], judged_by: str) -> int:
    """A batch is a transaction: a writer never holds the database for long. What somebody wishes about being quoted
    stays, even when those words are edited away.
    """
    found = [
        RulesVerdict(each.revision_id, VerdictValue(each.verdict), each.score, each.reasons, judged_by, each.quotable)
        for each in batch
    ]
    wishes = {each.revision_id: ConsentState(each.wish) for each in batch if each.wish}
    async with context.store.write() as session:
        await consents.note_wishes(session, wishes, SAID_IN_REPLY, context.now())
        return await judging.record_rules_verdicts(session, found, context.now())


async def _tell_faults(context: Context, batch: Sequence[JudgedWording]) -> None:
    """Own rules that went wrong; each fault is told once."""
    faults = sorted({fault for each in batch for fault in each.faults})
    if faults:
        async with context.store.write() as session:
            for fault in faults:
                message = f"the filter rule {fault}; replies are judged without it: mend the package, or uninstall it"
                await report_event(session, "filter rule", fault, message, now=context.now())


async def _note_superseded(context: Context, session: Session, question_id: int) -> None:
    """A wish that was edited away before the filter saw it stands all the same."""
    superseded = await judging.load_superseded(session, question_id)
    found = ((revision_id, find_wish(text)) for revision_id, text in superseded)
    wishes = {revision_id: wish for revision_id, wish in found if wish is not None}
    await consents.note_wishes(session, wishes, SAID_IN_REPLY, context.now())


async def _write_edited_since(context: Context, session: Session, question_id: int) -> int:
    """An editor's verdict does not hold for other words: the new wording is `maybe` until the editor looks again."""
    edited = await judging.find_edited_since_editor(session, question_id)
    for revision_id, editor in edited:
        reasons = [{"rule": EDITED_SINCE, "weight": 0.0, "detail": editor}]
        await add_editors(session, [revision_id], VerdictValue.MAYBE, editor=editor, now=context.now(), reasons=reasons)
    return len(edited)
