"""What calls cost: sums for the budget and for people, and what is billed once a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Account, Billed, Reply, Spending
from storage.sql.chunks import chunked
from storage.sql.upsert import insert


@dataclass(frozen=True, slots=True)
class Spent:
    """What one account spent on one unit on one UTC day; micros: millionths of a dollar."""

    account: str
    day: date
    unit: str
    amount: int
    micros: int


async def load_spendings(
    session: AsyncSession, since: date, until: date, account_ids: Collection[int] | None = None
) -> list[Spent]:
    """All that was spent on the days from `since` to `until`, of all accounts or of these; the earliest first."""
    wanted = (
        select(Account.name, Spending.day, Spending.unit, Spending.amount, Spending.micros)
        .join(Account, Account.id == Spending.account_id)
        .where(Spending.day >= since.isoformat(), Spending.day <= until.isoformat())
        .order_by(Spending.day, Account.name, Spending.unit)
    )
    if account_ids is not None:
        wanted = wanted.where(Spending.account_id.in_(account_ids))
    rows = await session.execute(wanted)
    return [Spent(name, date.fromisoformat(day), unit, amount, micros) for name, day, unit, amount, micros in rows]


async def count_billed(session: AsyncSession, account_id: int, unit: str, day: str, read: Collection[str]) -> int:
    """How many of `read` were not billed on `day` before; now they are."""
    new = 0
    for names in chunked(sorted(set(read))):
        rows = [{"account_id": account_id, "unit": unit, "day": day, "remote_id": name} for name in names]
        inserted = await session.execute(
            insert(session, Billed)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["account_id", "unit", "day", "remote_id"])
            .returning(Billed.remote_id)
        )
        new += len(inserted.all())
    return new


async def forget_billed(session: AsyncSession, account_id: int, before: str) -> None:
    """What was billed on days before `before` is billed again if it is read again."""
    await session.execute(delete(Billed).where(Billed.account_id == account_id, Billed.day < before))


async def count_new_replies(session: AsyncSession, since: datetime, until: datetime) -> Mapping[str, int]:
    """Replies that were first seen from `since` until before `until`, by the name of their account."""
    rows = await session.execute(
        select(Account.name, func.count())
        .join(Reply, Reply.account_id == Account.id)
        .where(Reply.seen_at >= since, Reply.seen_at < until)
        .group_by(Account.name)
    )
    return dict(rows.all())
