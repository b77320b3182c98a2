"""The ledger of consent: rows are added, never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Consent
from storage.replies.stale import note_refused
from storage.states import REFUSALS, ConsentState


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
) -> list[int]:
    """Add one entry for each revision; answers their ids."""
    entries = [
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
    ]
    session.add_all(entries)
    await session.flush()
    if state in (*REFUSALS, ConsentState.GRANTED_ANONYMOUSLY):  # a name may have to go
        await note_refused(session, revision_ids)
    return [entry.id for entry in entries]


async def refuse_unrefused(session: AsyncSession, revision_ids: Sequence[int], proof: str, now: datetime) -> None:
    """The authors of these revisions asked not to be quoted; a refusal that is there already is not repeated."""
    refused = await session.scalars(
        select(Consent.revision_id).where(Consent.revision_id.in_(revision_ids), Consent.state == ConsentState.REFUSED)
    )
    unrefused = sorted(set(revision_ids) - set(refused))
    await add_consent(session, unrefused, ConsentState.REFUSED, now, proof=proof)
