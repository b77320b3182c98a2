"""Answers for a review, read one at a time: all that decides about one stands together."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import ChosenPassage, Consent, Question, QuestionVersion, Reply, Revision, Verdict
from storage.replies.current import (
    CONSENT,
    VERDICT,
    WITH_NOTES,
    ConsentEntry,
    CurrentReply,
    CurrentVerdict,
    add_notes,
    make_current,
    select_current,
)
from storage.sql.newest import is_newest_version


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """Where a question belongs, and its newest content as JSON."""

    workspace: str
    slug: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class JudgedReplies:
    """Replies by id, with their ledgers (by reply id, oldest entry first), the verdicts that hold (by revision id) and
    their questions (by id).
    """

    replies: dict[int, CurrentReply]
    ledgers: dict[int, list[ConsentEntry]]
    verdicts: dict[int, CurrentVerdict]
    questions: dict[int, ReviewedQuestion]


async def load_judged_replies(session: AsyncSession, workspaces: Collection[str], reply_id: int) -> JudgedReplies:
    """What the author of a reply said to its question; nothing where no such reply is in these workspaces."""
    rows = await session.execute(_judged(), {"reply_id": reply_id, "workspaces": list(workspaces)})
    judged = JudgedReplies({}, defaultdict(list), {}, {})
    for row in rows:
        asked, verdict = row[WITH_NOTES:][:3], row[WITH_NOTES + 3 :][: len(VERDICT)]
        entry = row[-len(CONSENT) :]
        if row.id not in judged.replies:
            judged.replies[row.id] = make_current(row)
            judged.questions[row.question_id] = ReviewedQuestion(*asked)
        if verdict[0] is not None:
            judged.verdicts[verdict[1]] = CurrentVerdict(*verdict)
        if entry[0] is not None:
            judged.ledgers[row.id].append(ConsentEntry(*entry))
    return judged


@cache  # to make it takes ten times as long as to run it
def _judged() -> Select[*tuple[Any, ...]]:
    """All that the author of the reply `reply_id` said to its question, in one of the `workspaces`."""
    named, worded = aliased(Reply), aliased(Revision)
    where = named.id == bindparam("reply_id")
    question_id, author_id = (
        select(column).where(where).scalar_subquery() for column in (named.question_id, named.author_id)
    )
    # SQLite would go through all replies to the question, not through the author's
    by_author = (Reply.question_id + 0 == question_id) & (Reply.author_id == author_id)
    return (
        add_notes(select_current(by_author))
        .add_columns(Question.workspace, Question.slug, QuestionVersion.content, *VERDICT, *CONSENT)
        .join(Question, Question.id == Reply.question_id)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .outerjoin(Verdict, Verdict.id == _current_verdict())
        .outerjoin(worded, worded.reply_id == Reply.id)
        .outerjoin(Consent, Consent.revision_id == worded.id)
        .where(is_newest_version(), Question.workspace.in_(bindparam("workspaces", expanding=True)))
        .order_by(Reply.id, Consent.id)
    )


def _current_verdict() -> ColumnElement[int]:
    """The id of the verdict that holds for `Revision`: the last one of an editor, else the last one of the rules."""
    given = aliased(Verdict)
    last = select(func.max(given.id)).where(given.revision_id == Revision.id, given.restored_at.is_(None))
    by_editor = last.where(given.editor.is_not(None)).correlate(Revision).scalar_subquery()
    return func.coalesce(by_editor, last.correlate(Revision).scalar_subquery())


async def add_passage(session: AsyncSession, passage: ChosenPassage) -> int:
    """The words that an editor wants to quote; the last ones of a wording count. Answers the id."""
    session.add(passage)
    await session.flush()
    return passage.id
