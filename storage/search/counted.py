"""What is counted of replies: noting it, and answering from it without reading a reply."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningDelete

from storage.models import AnswerCount, CountedReply, Post, Question, QuestionVersion, Reply, Target, Uncounted, Verdict
from storage.replies.current import VERDICT, CurrentReply, CurrentVerdict, add_notes, make_current, select_current
from storage.sql.bulk import BulkInsert, is_sqlite
from storage.sql.chunks import chunked
from storage.sql.newest import is_newest_version
from storage.states import Outcome, VerdictValue

COUNTING = 0x70756C63
"""The number of the lock that two who count share."""

_FIRST_HAND = ('%"first_hand"%', '%"rank_experience"%')
"""Reasons of verdicts that speak of it (`bot/words`, `[reasons]`)."""
_INSERT = BulkInsert(
    into="counted_replies (reply_id, question_id, author_id, revision_id, verdict, score, ranked_out, barrier, round, "
    "outcome, waits, rank, decided, first_hand)",
    values="?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
    types=(
        *("int", "int", "int", "int", "text", "float8", "bool", "text", "text", "text", "smallint", "float8"),
        *("text", "bool"),
    ),
    conflict="",
)


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One row of `counted_replies`, in the order of its columns."""

    reply_id: int
    question_id: int
    author_id: int
    revision_id: int
    verdict: VerdictValue | None
    score: float
    ranked_out: bool
    barrier: str
    round: str | None
    outcome: Outcome | None
    waits: int | None
    rank: float
    decided: VerdictValue | None
    first_hand: bool


# ---------------------------------------------------------------- what is to be counted


async def load_bases(session: AsyncSession) -> tuple[list[tuple[int, str, bool]], bool]:
    """(Id, by what it was counted last, whether it is asked anew each time) of every question; and whether anything
    changed since.
    """
    rows = (await session.execute(_bases())).all()
    return [(id_, by, bool(again)) for id_, by, again, _ in rows], any(changed for *_, changed in rows)


@cache
def _bases() -> Select[int, str, bool, bool]:
    repeats = QuestionVersion.content["cron"].as_string().is_not(None)
    return (
        select(Question.id, Question.counted_by, repeats, exists(select(Uncounted.id)))
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(is_newest_version())
    )


async def lock_counting(session: AsyncSession) -> None:
    """Until the transaction ends nobody else counts; on SQLite nobody else writes."""
    if not is_sqlite(session):
        await session.execute(select(func.pg_advisory_xact_lock(COUNTING)))


async def begin_anew(session: AsyncSession, question_id: int, counted_by: str) -> None:
    """All replies to a question are to be counted by other rules than before."""
    await session.execute(delete(CountedReply).where(CountedReply.question_id == question_id))
    await session.execute(delete(Uncounted).where(Uncounted.question_id == question_id))
    pairs = select(Reply.question_id, Reply.author_id).where(Reply.question_id == question_id).distinct()
    await session.execute(insert(Uncounted).from_select(["question_id", "author_id"], pairs))
    await session.execute(update(Question).where(Question.id == question_id).values(counted_by=counted_by))


async def drop_repeated(session: AsyncSession) -> None:
    """One note for each author and question: who said much is not counted as often."""
    first = select(func.min(Uncounted.id)).group_by(Uncounted.question_id, Uncounted.author_id)
    await session.execute(delete(Uncounted).where(Uncounted.id.not_in(first)))


async def take_uncounted(session: AsyncSession, most: int) -> tuple[int, dict[int, set[int]]]:
    """How many notes were taken, `most` of them at most; and ids of authors by question. They are dropped."""
    rows = (await session.execute(_take(), {"most": most})).all()
    taken: dict[int, set[int]] = {}
    for question_id, author_id in rows:
        taken.setdefault(question_id, set()).add(author_id)
    return len(rows), taken


@cache
def _take() -> ReturningDelete[int, int]:
    first = select(Uncounted.id).limit(bindparam("most", type_=Integer))
    return delete(Uncounted).where(Uncounted.id.in_(first)).returning(Uncounted.question_id, Uncounted.author_id)


async def load_said(session: AsyncSession, question_id: int, author_ids: Collection[int]) -> list[CurrentReply]:
    """All that these authors said to a question."""
    said: list[CurrentReply] = []
    for chunk in chunked(sorted(author_ids)):
        rows = await session.execute(_said(), {"question_id": question_id, "author_ids": chunk})
        said += [make_current(row) for row in rows]
    return said


@cache  # to make it takes longer than to run it
def _said() -> Select[*tuple[Any, ...]]:
    # SQLite would go through all replies to the question, not the authors'
    of_question = Reply.question_id + 0 == bindparam("question_id")
    return add_notes(select_current(of_question & Reply.author_id.in_(bindparam("author_ids", expanding=True))))


async def load_verdicts(
    session: AsyncSession, revision_ids: Sequence[int], rules_hash: str, *, reasons: bool = False
) -> tuple[dict[int, CurrentVerdict], set[int], set[int]]:
    """The verdicts that hold, by revision id; which revisions these rules have judged: what those wish is noted; and
    which are first-hand by the rules' last verdict.

    reasons: with those, which take long to read.
    """
    found: dict[int, CurrentVerdict] = {}
    judged: set[int] = set()
    first_hand: set[int] = set()
    for chunk in chunked(revision_ids):
        rows = await session.execute(_verdicts(rules_hash, reasons=reasons), {"revision_ids": chunk})
        for *row, is_by_these, is_first_hand in rows:
            verdict = CurrentVerdict(*row)
            found[verdict.revision_id] = verdict  # an editor's come last
            if is_by_these:
                judged.add(verdict.revision_id)
            if verdict.editor is None:
                (first_hand.add if is_first_hand else first_hand.discard)(verdict.revision_id)
    return found, judged, first_hand


@cache
def _verdicts(rules_hash: str, *, reasons: bool) -> Select[*tuple[Any, ...]]:
    by_these = Verdict.editor.is_(None) & Verdict.rules_hash.startswith(rules_hash)
    columns = [
        literal("").label("reasons") if column.key == "reasons" and not reasons else column for column in VERDICT
    ]
    return (
        select(*columns, by_these, or_(*(cast(Verdict.reasons, Text).like(pattern) for pattern in _FIRST_HAND)))
        .where(Verdict.revision_id.in_(bindparam("revision_ids", expanding=True)), Verdict.restored_at.is_(None))
        .order_by(Verdict.editor.is_not(None), Verdict.id)
    )


async def list_occurrences(session: AsyncSession, question_id: int) -> list[tuple[int, str, datetime]]:
    """(Id, occurrence, due at) of each post of a question."""
    rows = await session.execute(
        select(Post.id, Post.occurrence, Post.due_at)
        .join(Target, Target.id == Post.target_id)
        .where(Target.question_id == question_id)
    )
    return [(id_, name, due_at) for id_, name, due_at in rows]


async def replace_counted(
    session: AsyncSession, question_id: int, author_ids: Collection[int], rows: Sequence[CountedRow]
) -> None:
    """What stands of these authors' replies to a question is this."""
    # SQLite would go through all replies to the question, not the authors'
    of_them = (CountedReply.question_id + 0 == question_id) & CountedReply.author_id.in_(author_ids)
    first, *rest = list(chunked([row.reply_id for row in rows])) or [[]]
    await session.execute(delete(CountedReply).where(of_them | CountedReply.reply_id.in_(first)))  # whosever it was
    for chunk in rest:
        await session.execute(delete(CountedReply).where(CountedReply.reply_id.in_(chunk)))
    await _INSERT.run(
        session,
        [
            (
                *(row.reply_id, row.question_id, row.author_id, row.revision_id),
                *(row.verdict and row.verdict.value, row.score, row.ranked_out, row.barrier, row.round),
                *(row.outcome and row.outcome.value, row.waits, row.rank),
                *(row.decided and row.decided.value, row.first_hand),
            )
            for row in rows
        ],
    )


# ---------------------------------------------------------------- answering


async def count_outcomes(
    session: AsyncSession, question_ids: Collection[int]
) -> dict[int, dict[str, dict[Outcome, int]]]:
    """Answers by question id, round and outcome."""
    found: dict[int, dict[str, dict[Outcome, int]]] = {}
    summed = select(AnswerCount.question_id, AnswerCount.round, AnswerCount.outcome, func.sum(AnswerCount.number))
    for chunk in chunked(sorted(question_ids)):
        rows = await session.execute(
            summed.where(AnswerCount.question_id.in_(chunk), AnswerCount.number > 0).group_by(
                AnswerCount.question_id, AnswerCount.round, AnswerCount.outcome
            )
        )
        for question_id, round_, outcome, number in rows:
            found.setdefault(question_id, {}).setdefault(round_, {})[outcome] = number
    return found


async def list_authors(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, set[int]]:
    """Ids of who wrote these replies, by question."""
    found: dict[int, set[int]] = {}
    for chunk in chunked(sorted(reply_ids)):
        rows = await session.execute(select(Reply.question_id, Reply.author_id).where(Reply.id.in_(chunk)))
        for question_id, author_id in rows:
            found.setdefault(question_id, set()).add(author_id)
    return found
