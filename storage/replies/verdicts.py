"""Verdicts of editors, and the reasons of the rules."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import PUBLIC, Author, Question, Reply, Revision, Verdict
from storage.states import VerdictValue


async def load_reasons(
    session: AsyncSession, reply_ids: Collection[int]
) -> tuple[dict[int, list[Any]], dict[int, str | None]]:
    """By revision id, for all wordings of these replies: the reasons of the rules' last verdict, and the words."""
    rows = await session.execute(
        select(Revision.id, Revision.text, Verdict.reasons)
        .outerjoin(Verdict, (Verdict.revision_id == Revision.id) & Verdict.editor.is_(None))
        .where(Revision.reply_id.in_(reply_ids))
        .order_by(Verdict.id)
    )
    reasons: dict[int, list[Any]] = {}
    texts: dict[int, str | None] = {}
    for revision_id, text, found in rows:
        reasons[revision_id], texts[revision_id] = found or [], text
    return reasons, texts


async def load_passages(
    session: AsyncSession, revision_ids: Collection[int]
) -> dict[int, tuple[int, str, str, bool, str]]:
    """By revision id: (reply id, author's name, platform, whether it is public, words), of those that have words."""
    rows = await session.execute(
        select(Revision.id, Reply.id, Author.display_name, Author.handle, Reply.platform, Reply.audience, Revision.text)
        .join(Reply, Reply.id == Revision.reply_id)
        .join(Author, Author.id == Reply.author_id)
        .where(Revision.id.in_(revision_ids), Revision.text.is_not(None))
    )
    return {
        id_: (reply_id, name or handle, platform, audience == PUBLIC, text or "")
        for id_, reply_id, name, handle, platform, audience, text in rows
    }


async def load_decided(
    session: AsyncSession, workspace: str
) -> list[tuple[VerdictValue, VerdictValue, Sequence[Mapping[str, Any]]]]:
    """(What an editor decided, what the rules say, their reasons) of each wording that an editor judged.

    Not of a wording for which an earlier one's verdict stands in.
    """
    last = select(func.max(Verdict.id)).where(Verdict.restored_at.is_(None)).group_by(Verdict.revision_id)
    by_editor = last.where(Verdict.editor.is_not(None)).scalar_subquery()
    by_rules = last.where(Verdict.editor.is_(None)).scalar_subquery()
    decided, judged = aliased(Verdict), aliased(Verdict)
    rows = await session.execute(
        select(decided.value, decided.reasons, judged.value, judged.reasons)
        .join(judged, judged.revision_id == decided.revision_id)
        .join(Revision, Revision.id == decided.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .join(Question, Question.id == Reply.question_id)
        .where(decided.id.in_(by_editor), judged.id.in_(by_rules), Question.workspace == workspace)
        .order_by(decided.id)
    )
    return [(value, said, reasons) for value, instead, said, reasons in rows if not instead]


async def strip_evidence(session: AsyncSession, reply_ids: Collection[int]) -> None:
    """These replies have no words any more: what the rules' reasons repeat of them goes too, and the rules stay."""
    rows = await session.execute(
        select(Verdict.id, Verdict.reasons)
        .join(Revision, Revision.id == Verdict.revision_id)
        .where(Revision.reply_id.in_(reply_ids), Verdict.editor.is_(None))
    )
    stripped = [{"id": id_, "reasons": without_words(reasons)} for id_, reasons in rows if reasons]
    if stripped:
        await session.execute(update(Verdict), stripped)


def without_words(reasons: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The reasons without details, but for numbers."""
    return [{**each, "detail": each["detail"] if str(each.get("detail")).isdecimal() else ""} for each in reasons]


async def add_editors(
    session: AsyncSession,
    revision_ids: Sequence[int],
    value: VerdictValue,
    *,
    editor: str,
    now: datetime,
    note: str = "",
    reasons: Sequence[Mapping[str, Any]] = (),
) -> list[int]:
    """An editor's verdict on these wordings; it stands over the rules. One statement, however many they are.

    Answers the ids of the rows.
    """
    score = {VerdictValue.KEEP: 1.0, VerdictValue.MAYBE: 0.5, VerdictValue.ASIDE: 0.0}[value]
    given = {"value": value, "score": score, "reasons": list(reasons), "rules_hash": "", "editor": editor, "note": note}
    given["quotable"] = value is not VerdictValue.ASIDE
    rows = [{"revision_id": revision_id, "judged_at": now, **given} for revision_id in revision_ids]
    return list(await session.scalars(insert(Verdict).returning(Verdict.id), rows)) if rows else []


async def restore_verdicts(session: AsyncSession, revision_ids: Sequence[int], now: datetime) -> int:
    """Take the editors' verdicts of these revisions back, so that the rules' stand again; answers how many."""
    restored = await session.execute(
        update(Verdict)
        .where(Verdict.revision_id.in_(revision_ids), Verdict.editor.is_not(None), Verdict.restored_at.is_(None))
        .values(restored_at=now)
        .returning(Verdict.id)
    )
    return len(restored.all())
