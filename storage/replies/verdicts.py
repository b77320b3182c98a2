"""Verdicts: which one stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from storage.models import Reply, Revision, Verdict
from storage.states import VerdictValue


async def load_verdicts(session: AsyncSession, question_id: int, *, revision_id: int | None = None) -> list[Verdict]:
    """All verdicts of a question, or those of one revision, oldest first, each with its revision."""
    query = (
        select(Verdict)
        .join(Revision, Revision.id == Verdict.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.question_id == question_id)
        .options(joinedload(Verdict.revision))
        .order_by(Verdict.id)
        .execution_options(populate_existing=True)
    )
    if revision_id is not None:
        query = query.where(Verdict.revision_id == revision_id)
    return list(await session.scalars(query))


def choose_current(held: Iterable[Verdict]) -> dict[int, Verdict]:
    """The verdict that stands, by revision id: the last one of an editor, else the last one of the rules."""
    standing: dict[int, Verdict] = {}
    for verdict in held:
        if verdict.restored_at is not None:
            continue
        before = standing.get(verdict.revision_id)
        if before is None or verdict.editor is not None or before.editor is None:
            standing[verdict.revision_id] = verdict
    return standing


def last_by_rules(held: Iterable[Verdict]) -> dict[int, Verdict]:
    """The last verdict of the rules, by revision id."""
    return {verdict.revision_id: verdict for verdict in held if verdict.editor is None}


def add_editors(
    session: AsyncSession,
    revision_ids: Sequence[int],
    value: VerdictValue,
    *,
    editor: str,
    now: datetime,
    note: str = "",
) -> None:
    """An editor's verdict on these wordings; it stands over the rules."""
    score = {VerdictValue.KEEP: 1.0, VerdictValue.MAYBE: 0.5, VerdictValue.ASIDE: 0.0}[value]
    session.add_all(
        Verdict(
            revision_id=revision_id,
            value=value,
            score=score,
            reasons=[],
            rules_hash="",
            editor=editor,
            note=note,
            judged_at=now,
        )
        for revision_id in revision_ids
    )


async def restore_verdicts(session: AsyncSession, revision_ids: Sequence[int], now: datetime) -> int:
    """Take the editors' verdicts of these revisions back, so that the rules' stand again; answers how many."""
    restored = await session.execute(
        update(Verdict)
        .where(Verdict.revision_id.in_(revision_ids), Verdict.editor.is_not(None), Verdict.restored_at.is_(None))
        .values(restored_at=now)
        .returning(Verdict.id)
    )
    return len(restored.all())


async def load_current(session: AsyncSession, question_id: int) -> dict[int, Verdict]:
    """The standing verdicts of all revisions of a question, by revision id."""
    return choose_current(await load_verdicts(session, question_id))
