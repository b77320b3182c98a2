"""The step that runs the filter over what is new of a question and writes down what it says.

A reply that has an outline is judged (`storage.fingerprints.outlines`). What is new is judged some at a time, with
those whose judgement it changes; each verdict is written together with the outline that says what it was made from. So
a stop on any line loses nothing but the work of one batch, and the next judging goes on where it was.

Nothing of it holds the event loop: replies go to the worker as they are read, judgements come back a batch at a time.
"""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

from bot.context import Context
from bot.filter import hash_asked
from bot.filter.values import JudgedQuestion, JudgedWording, StoredThread, ThreadMoved, Wording
from bot.questions.content import Content
from bot.quotes import SAID_IN_REPLY, find_wish
from bot.replies.prints import add_near, note_prints
from bot.steps import report_event
from storage.engine import Session
from storage.fingerprints import outlines, prints
from storage.fingerprints.outlines import Unjudged
from storage.models import Question
from storage.questions import questions
from storage.replies import consents, judging
from storage.replies.judging import RulesVerdict
from storage.replies.verdicts import add_editors
from storage.sql.chunks import chunked
from storage.states import ConsentState, VerdictValue

FEWEST, SHARE = 1_000, 0.25
"""Judged at once: so many replies, or this share of what is judged already, so that all outlines are read few times."""
BATCH = 500
OUTLINES = 2_000  # are read at once
EDITED_SINCE = "edited_since_editor"
"""The reason of a verdict that stands in for an editor's: the words were changed after it."""

Tell = Callable[[int], None]
"""Is told of each batch that is written how many replies are in it."""


def tell_nobody(_: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Judging:
    """One question that is judged. judged_by: the hash of the rules, and that of what is asked."""

    context: Context
    question_id: int
    asked: JudgedQuestion
    judged_by: str
    tell: Tell


async def judge_question(context: Context, question_id: int, tell: Tell = tell_nobody) -> int:
    """Judge what is new of a question; answers how many verdicts are. Where nothing changed, nothing is done.

    `judged_at` comes last, and is the change that was known at the start, so that what arrives meanwhile is judged.
    """
    async with context.store.read() as session:
        question, version = await questions.load_question(session, question_id)
        asked = find_asked(question, Content.model_validate(version.content))
        thread = _Judging(context, question_id, asked, context.rules_hash + hash_asked(asked), tell)
        is_known = question.judged_by == thread.judged_by
        if is_known and question.changed_at in (None, question.judged_at):
            return 0
        wanted = await outlines.list_unjudged(session, question_id, FEWEST)
    if not is_known:
        wanted = await _begin(thread)
    new = await _judge_all(thread, wanted)
    async with context.store.write() as session:
        await questions.mark_judged(session, question_id, question.changed_at or context.now())
    return new


async def _judge_all(thread: _Judging, wanted: Sequence[Unjudged]) -> int:
    """Judge these replies and all further ones, some at a time."""
    new, judged, most, has_moved = 0, 0, FEWEST, False
    while True:
        try:
            new += await _judge_some(thread, wanted)
        except ThreadMoved:
            if has_moved:  # twice in a row is no chance: what is kept is not what stands in the store
                await _begin(thread)
            has_moved = not has_moved
        else:
            has_moved = False
            judged += len(wanted)
            if len(wanted) < most:
                return new
            most = max(FEWEST, round(SHARE * judged))
        async with thread.context.store.read() as session:
            wanted = await outlines.list_unjudged(session, thread.question_id, most)


async def _begin(thread: _Judging) -> list[Unjudged]:
    """Other rules than before, or another question: all of it is to be judged, and prints are made by these rules."""
    context, question_id = thread.context, thread.question_id
    async with context.store.write() as session:
        question, _ = await questions.load_question(session, question_id)
        await outlines.forget_all_judged(session, question_id)
        if not question.judged_by.startswith(context.rules_hash):
            await prints.drop_prints_of_question(session, question_id, context.now())
        await questions.begin_judging(session, question_id, thread.judged_by)
        return await outlines.list_unjudged(session, question_id, FEWEST)


async def _judge_some(thread: _Judging, wanted: Sequence[Unjudged]) -> int:
    """Judge these replies, and whom they change: also where there are none, as what is gone changes others too."""
    context, question_id = thread.context, thread.question_id
    new = await _note_edited(context, [each.reply_id for each in wanted if each.is_edited])
    await note_prints(context, [each.reply_id for each in wanted])
    authors = sorted({each.author_id for each in wanted})
    stored = StoredThread(partial(_read_outlines, context, question_id), partial(_read_judged, context, question_id))
    read = partial(_read_wordings, context, question_id, authors)
    async with aclosing(context.judges.judge(thread.asked, read, stored)) as judged:
        async for batch in judged:
            new += await _write(context, question_id, batch, thread.judged_by)
            await _tell_faults(context, batch)
            thread.tell(len(batch))
    return new


async def _note_edited(context: Context, reply_ids: Sequence[int]) -> int:
    """What follows from other words alone: before the verdicts, as a reply that is judged is not read again."""
    new = 0
    for some in chunked(reply_ids):
        async with context.store.write() as session:
            await prints.drop_superseded(session, some, context.now())
            await _note_superseded(context, session, some)
            new += await _write_edited_since(context, session, some)
    return new


def find_asked(question: Question, content: Content) -> JudgedQuestion:
    """What the filter reads of a question; its decoys are those of the config and those that editors added."""
    added = (str(each["text"]) for each in question.decoys)
    decoys = tuple(dict.fromkeys((*content.decoys, *added)))
    return JudgedQuestion(content.text, content.options, content.language, decoys)


async def _read_wordings(
    context: Context, question_id: int, authors: Sequence[int], *, judged: bool = False
) -> AsyncGenerator[list[Wording], None]:
    """All that some authors wrote, with what is near it; judged: without what is new."""
    async with context.store.read() as session:
        async for rows in judging.stream_wordings(session, question_id, authors, judged=judged):
            for some in chunked([Wording(*row[:12], reply_id=row[12]) for row in rows], BATCH):
                yield await add_near(context, question_id, some)


async def _read_judged(
    context: Context, question_id: int, reply_ids: Sequence[int]
) -> AsyncGenerator[list[Wording], None]:
    """What the authors of these replies wrote that is judged."""
    async with context.store.read() as session:
        authors = await judging.list_authors(session, reply_ids)
    async for wordings in _read_wordings(context, question_id, authors, judged=True):
        yield wordings


async def _read_outlines(context: Context, question_id: int) -> AsyncGenerator[list[tuple[int, bytes]], None]:
    async with context.store.read() as session:
        async for some in outlines.stream_outlines(session, question_id, OUTLINES):
            yield some


async def _write(context: Context, question_id: int, batch: Sequence[JudgedWording], judged_by: str) -> int:
    """A batch is a transaction: a writer never holds the database for long. What somebody wishes about being quoted
    stays, even when those words are edited away.
    """
    found = [
        RulesVerdict(
            each.revision_id,
            VerdictValue(each.verdict),
            each.score,
            each.reasons,
            judged_by,
            each.quotable,
            each.beside,
        )
        for each in batch
    ]
    wishes = {each.revision_id: ConsentState(each.wish) for each in batch if each.wish}
    answers: list[list[tuple[int, int, bytes]]] = []
    for each in batch:
        if each.outline:
            answers.append([])
        answers[-1].append((each.reply_id, each.revision_id, each.outline))
    async with context.store.write() as session:
        await consents.note_wishes(session, wishes, SAID_IN_REPLY, context.now())
        new = await judging.record_rules_verdicts(session, found, context.now())
        await outlines.write_outlines(session, question_id, answers)
    return new


async def _tell_faults(context: Context, batch: Sequence[JudgedWording]) -> None:
    """Own rules that went wrong; each fault is told once."""
    faults = sorted({fault for each in batch for fault in each.faults})
    if faults:
        async with context.store.write() as session:
            for fault in faults:
                message = f"the filter rule {fault}; replies are judged without it: mend the package, or uninstall it"
                await report_event(session, "filter rule", fault, message, now=context.now())


async def _note_superseded(context: Context, session: Session, reply_ids: Sequence[int]) -> None:
    """A wish that was edited away before the filter saw it stands all the same."""
    superseded = await judging.load_superseded(session, reply_ids)
    found = ((revision_id, find_wish(text)) for revision_id, text in superseded)
    wishes = {revision_id: wish for revision_id, wish in found if wish is not None}
    await consents.note_wishes(session, wishes, SAID_IN_REPLY, context.now())


async def _write_edited_since(context: Context, session: Session, reply_ids: Sequence[int]) -> int:
    """An editor's verdict does not hold for other words: the new wording is `maybe` until the editor looks again."""
    edited = await judging.find_edited_since_editor(session, reply_ids)
    for revision_id, editor in edited:
        reasons = [{"rule": EDITED_SINCE, "weight": 0.0, "detail": editor}]
        await add_editors(session, [revision_id], VerdictValue.MAYBE, editor=editor, now=context.now(), reasons=reasons)
    return len(edited)
