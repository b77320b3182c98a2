"""The ledger of consent: rows are added, never changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.erasing.barred import note_refusal
from storage.fingerprints.prints import drop_refused
from storage.models import Consent, Reply, Revision
from storage.replies.stale import note_refused
from storage.sql.chunks import chunked
from storage.states import REFUSALS, WISHES, ConsentState


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
    if not revision_ids:
        return []
    entry = {
        "state": state,
        "wording": wording,
        "proof": proof,
        "credit": credit,
        "covers_vote": covers_vote,
        "at": now,
    }
    # many rows a statement: as objects SQLite takes them one by one
    added = await session.scalars(
        insert(Consent).returning(Consent.id), [{"revision_id": each} | entry for each in revision_ids]
    )
    ids = list(added)
    if state in REFUSALS:  # others are not compared with what may not be quoted
        await drop_refused(session, revision_ids, now)
        await _note_refusal(session, state, revision_ids)
    if state in (*REFUSALS, *WISHES, ConsentState.GRANTED_ANONYMOUSLY):  # a name may have to go
        await note_refused(session, revision_ids)
    return ids


async def _note_refusal(session: AsyncSession, state: ConsentState, revision_ids: Sequence[int]) -> None:
    for chunk in chunked(revision_ids):
        replies = select(Reply.platform, Reply.remote_id).join(Revision, Revision.reply_id == Reply.id)
        rows = await session.execute(replies.where(Revision.id.in_(chunk)).distinct())
        await note_refusal(session, state, [(platform, remote_id) for platform, remote_id in rows])


async def note_wishes(session: AsyncSession, wishes: Mapping[int, ConsentState], proof: str, now: datetime) -> None:
    """What the authors of these revisions wish in them, by revision id; what was noted already is not repeated."""
    noted: set[tuple[int, ConsentState]] = set()
    for chunk in chunked(sorted(wishes)):
        rows = await session.execute(
            select(Consent.revision_id, Consent.state).where(Consent.revision_id.in_(chunk), Consent.proof == proof)
        )
        noted.update((revision_id, state) for revision_id, state in rows)
    for state in WISHES:
        new = [id_ for id_, wish in sorted(wishes.items()) if wish is state and (id_, state) not in noted]
        await add_consent(session, new, state, now, proof=proof)
