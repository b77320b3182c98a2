"""The ledger of consent: rows are added, never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Consent, Reply, Revision
from storage.states import ConsentState


async def add_consent(
    session: AsyncSession,
    revision_ids: Sequence[int],
    state: ConsentState,
    now: datetime,
    *,
    wording: str = "",
    proof: str = "",
    credit: str = "",
    covers_vote: bool = False,
) -> None:
    """Add one entry for each revision."""
    session.add_all(
        Consent(
            revision_id=revision_id,
            state=state,
            wording=wording,
            proof=proof,
            credit=credit,
            covers_vote=covers_vote,
            at=now,
        )
        for revision_id in revision_ids
    )
    await session.flush()


async def refuse(session: AsyncSession, revision_id: int, proof: str, now: datetime) -> None:
    """Its author asked not to be quoted."""
    await add_consent(session, [revision_id], ConsentState.REFUSED, now, proof=proof)


async def refused_revisions(session: AsyncSession, question_id: int) -> set[int]:
    """Revisions of a question that carry a refusal."""
    rows = await session.scalars(
        select(Consent.revision_id)
        .join(Revision, Revision.id == Consent.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.question_id == question_id, Consent.state == ConsentState.REFUSED)
    )
    return set(rows)
