"""What is sent beside posts, each once: a row, its claim, the intent before the bytes, the outcome after them."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import LostClaim
from storage.models import Account, Outgoing
from storage.sql.upsert import insert
from storage.states import MAYBE_SENT, TO_SEND, AccountState, OutgoingState


async def plan(
    session: AsyncSession,
    kind: str,
    *,
    subject: str,
    places: Collection[str],
    payload: Mapping[str, Any],
    now: datetime,
    account_id: int | None = None,
    reply_id: int | None = None,
) -> list[int]:
    """A row for each place; what is there already is not sent again. Answers the ids of the new ones."""
    planned: list[int] = []
    for place in places:
        values = {
            "kind": kind,
            "subject": subject,
            "place": place,
            "account_id": account_id,
            "reply_id": reply_id,
            "payload": dict(payload),
            "state": OutgoingState.DUE,
            "state_reason": "",
            "due_at": now,
            "attempts": 0,
        }
        new = await session.execute(
            insert(session, Outgoing).values(**values).on_conflict_do_nothing().returning(Outgoing.id)
        )
        planned += new.scalars()
    return planned


async def claim(
    session: AsyncSession,
    kinds: Collection[str],
    *,
    findable: Collection[str],
    accounts: Collection[int],
    places: Collection[str],
    holder: str,
    now: datetime,
    lease: timedelta,
) -> Outgoing | None:
    """Take the next that is due on one of these accounts, or on none and for one of these places; or None.

    findable: kinds of which one whose outcome is unclear is taken too, to be looked for since its `intent_at`.
    """
    on_account = and_(
        Outgoing.account_id.in_(accounts),
        Account.state == AccountState.ACTIVE,
        or_(Account.retry_at.is_(None), Account.retry_at <= now),
    )
    is_unclear = and_(Outgoing.state == OutgoingState.UNCERTAIN, Outgoing.kind.in_(findable))
    waits = or_(Outgoing.state == OutgoingState.RETRY, is_unclear)
    row = await session.scalar(
        select(Outgoing)
        .outerjoin(Account, Account.id == Outgoing.account_id)
        .where(
            Outgoing.kind.in_(kinds),
            Outgoing.due_at <= now,
            or_(on_account, and_(Outgoing.account_id.is_(None), Outgoing.place.in_(places))),
            or_(Outgoing.state == OutgoingState.DUE, and_(waits, Outgoing.retry_at <= now)),
        )
        .order_by(Outgoing.due_at, Outgoing.id)
        .limit(1)
        .with_for_update(of=Outgoing, skip_locked=True)
    )
    if row is None:
        return None
    unclear = row.state is OutgoingState.UNCERTAIN
    values = {"holder": holder, "lease_until": now + lease, "attempts": Outgoing.attempts + 1}
    taken = await session.execute(
        update(Outgoing)
        .where(Outgoing.id == row.id, Outgoing.state == row.state, Outgoing.holder.is_(None))
        .values(state=OutgoingState.SENDING, intent_at=row.intent_at if unclear else None, **values)
        .returning(Outgoing.id)
        .execution_options(synchronize_session=False)
    )
    if taken.first() is None:
        return None
    await session.refresh(row)
    return row


async def record_intent(session: AsyncSession, id_: int, holder: str, at: datetime, lease_until: datetime) -> None:
    """The bytes leave next, or may have left `at` an earlier try. Raises LostClaim where the row is no longer ours."""
    await _write(session, id_, holder, {"intent_at": at, "lease_until": lease_until})


async def end(session: AsyncSession, id_: int, holder: str, state: OutgoingState, **values: Any) -> None:
    """Give the claim back with its outcome. Raises LostClaim."""
    released = {"state": state, "holder": None, "lease_until": None, "retry_at": None}
    await _write(session, id_, holder, released | values)


async def load_payload(session: AsyncSession, id_: int) -> Mapping[str, Any]:
    """What it carries now: its words may have been erased since it was claimed."""
    payload = await session.scalar(select(Outgoing.payload).where(Outgoing.id == id_).with_for_update())
    return payload or {}


async def _write(session: AsyncSession, id_: int, holder: str, values: Mapping[str, Any]) -> None:
    written = await session.execute(
        update(Outgoing)
        .where(Outgoing.id == id_, Outgoing.holder == holder, Outgoing.state == OutgoingState.SENDING)
        .values(**values)
        .returning(Outgoing.id)
    )
    if written.first() is None:
        raise LostClaim(f"outgoing {id_} is no longer held by {holder}")


async def release_lapsed(session: AsyncSession, kinds: Collection[str], now: datetime) -> list[Outgoing]:
    """A lapsed claim with an intent is uncertain, and answered; without one nothing was sent, and it is due again."""
    lapsed = (Outgoing.kind.in_(kinds), Outgoing.state == OutgoingState.SENDING, Outgoing.lease_until <= now)
    free = {"holder": None, "lease_until": None, "retry_at": None}
    await session.execute(
        update(Outgoing).where(*lapsed, Outgoing.intent_at.is_(None)).values(state=OutgoingState.DUE, **free)
    )
    rows = await session.scalars(
        update(Outgoing)
        .where(*lapsed)
        .values(state=OutgoingState.UNCERTAIN, state_reason="stopped while it was being sent", **free)
        .returning(Outgoing)
    )
    return list(rows)


async def is_planned(session: AsyncSession, kind: str, subject: str) -> bool:
    """Whether there is a row of it, whatever became of it."""
    query = select(Outgoing.id).where(Outgoing.kind == kind, Outgoing.subject == subject).limit(1)
    return (await session.scalar(query)) is not None


async def has_work(session: AsyncSession, kinds: Collection[str]) -> bool:
    """Whether any of these may still have to be sent or looked for, or a claim may have lapsed."""
    return (await session.scalar(select(Outgoing.id).where(waits_for_send(kinds)).limit(1))) is not None


def waits_for_send(kinds: Collection[str]) -> ColumnElement[bool]:
    """The same as a condition."""
    unclear = and_(Outgoing.state == OutgoingState.UNCERTAIN, Outgoing.retry_at.is_not(None))
    waits = or_(Outgoing.state.in_(TO_SEND), unclear)
    return and_(Outgoing.state.in_((*TO_SEND, OutgoingState.UNCERTAIN)), Outgoing.kind.in_(kinds), waits)


async def list_sent(session: AsyncSession, kind: str) -> list[Outgoing]:
    """Those that went out, or may have."""
    query = select(Outgoing).where(Outgoing.kind == kind, Outgoing.state.in_(MAYBE_SENT)).order_by(Outgoing.id)
    return list(await session.scalars(query))
