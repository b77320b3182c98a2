"""Accounts, their marks, spendings and leases, and the switches of a workspace."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Account, Activity, Control, Lease, Mark, Spending
from storage.sql.upsert import insert
from storage.states import CONFIG_WORKSPACE, AccountState


async def record_account(session: AsyncSession, name: str, platform: str) -> Account:
    """The row of a configured account, made where it is missing."""
    await session.execute(
        insert(session, Account)
        .values(name=name, platform=platform, state=AccountState.ACTIVE, state_reason="", failures=0)
        .on_conflict_do_update(index_elements=["name"], set_={"platform": platform})
    )
    return (await session.scalars(select(Account).where(Account.name == name))).one()


async def record_identity(session: AsyncSession, account_id: int, remote_id: str, handle: str) -> None:
    """Who the account is on its platform."""
    await session.execute(update(Account).where(Account.id == account_id).values(remote_id=remote_id, handle=handle))


async def load_accounts(session: AsyncSession) -> dict[str, Account]:
    """All accounts by name, those that are no longer configured too."""
    return {account.name: account for account in await session.scalars(select(Account))}


async def load_account(session: AsyncSession, account_id: int) -> Account:
    """One account."""
    return await session.get_one(Account, account_id)


async def load_marks(session: AsyncSession, account_id: int) -> dict[str, str]:
    """All marks of an account by scope."""
    rows = await session.execute(select(Mark.scope, Mark.value).where(Mark.account_id == account_id))
    return dict(rows.all())


async def save_marks(session: AsyncSession, account_id: int, marks: Mapping[str, str]) -> None:
    """Write the marks of a page in the page's own transaction."""
    if not marks:
        return
    statement = insert(session, Mark).values(
        [{"account_id": account_id, "scope": scope, "value": value} for scope, value in marks.items()]
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["account_id", "scope"], set_={"value": statement.excluded.value}
        )
    )


async def take_lease(session: AsyncSession, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """Take or renew the right `name` for `length`; False where somebody else holds it."""
    statement = insert(session, Lease).values(name=name, holder=holder, lease_until=now + length)
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": holder, "lease_until": now + length},
            where=or_(Lease.holder == holder, Lease.lease_until <= now),
        ).returning(Lease.name)
    )
    return taken.first() is not None


async def drop_lease(session: AsyncSession, name: str, holder: str) -> None:
    """Release a lease."""
    await session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))


async def add_spending(
    session: AsyncSession, account_id: int, unit: str, day: str, amount: int, *, micros: int = 0
) -> int:
    """Count `amount` of `unit` on `day`, and what it costs; answers the amount of that day."""
    statement = insert(session, Spending).values(
        account_id=account_id, unit=unit, day=day, amount=amount, micros=micros
    )
    added = await session.execute(
        statement.on_conflict_do_update(
            index_elements=["account_id", "unit", "day"],
            set_={"amount": Spending.amount + amount, "micros": Spending.micros + micros},
        ).returning(Spending.amount)
    )
    total: int = added.scalar_one()
    return total


async def record_activity(
    session: AsyncSession, name: str, now: datetime, error: str = "", *, held: timedelta | None = None
) -> None:
    """Note that the step `name` succeeded, or failed with `error`. held: for how long it held the loop."""
    values: dict[str, Any] = {"failed_at": now, "error": error} if error else {"succeeded_at": now, "error": ""}
    if held is not None:
        values["held"] = int(held / timedelta(milliseconds=1))
    await session.execute(
        insert(session, Activity)
        .values(name=name, **({"error": ""} | values))
        .on_conflict_do_update(index_elements=["name"], set_=values)
    )


async def set_control(session: AsyncSession, workspace: str, name: str, value: str, *, by: str, now: datetime) -> None:
    """Set a switch that survives a restart."""
    values = {"value": value, "by": by, "at": now}
    await session.execute(
        insert(session, Control)
        .values(workspace=workspace, name=name, **values)
        .on_conflict_do_update(index_elements=["workspace", "name"], set_=values)
    )


async def load_control(session: AsyncSession, workspace: str, name: str) -> str | None:
    """What a switch says, None where nobody has set it."""
    value: str | None = await session.scalar(
        select(Control.value).where(Control.workspace == workspace, Control.name == name)
    )
    return value


async def posting_is_paused(session: AsyncSession, workspace: str = CONFIG_WORKSPACE) -> bool:
    """Whether somebody paused all posting, or that of a workspace."""
    return not {CONFIG_WORKSPACE, workspace}.isdisjoint(await paused_workspaces(session))


async def paused_workspaces(session: AsyncSession) -> set[str]:
    """Where posting is paused; in that of the config it is paused everywhere."""
    return set(await session.scalars(select_paused()))


def select_paused() -> Select[str]:
    """The same as a part of other statements."""
    return select(Control.workspace).where(Control.name == "paused", Control.value == "yes")


async def limit_calls(
    session: AsyncSession, account_id: int, until: datetime, *, reads: bool = True, writes: bool = True
) -> None:
    """Nothing is read, or sent, for this account before `until`."""
    limited = [name for name, holds in (("read_retry_at", reads), ("retry_at", writes)) if holds]
    await session.execute(update(Account).where(Account.id == account_id).values(dict.fromkeys(limited, until)))


async def record_published(session: AsyncSession, account_id: int, at: datetime) -> None:
    """The account posted: it works, and its replies are worth a look soon."""
    await session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(published_at=at, failures=0, refusals=0, state_reason="", retry_at=None, collect_at=None)
    )


async def record_sent(session: AsyncSession, account_id: int) -> None:
    """The login was taken for something that was sent beside posts."""
    await session.execute(update(Account).where(Account.id == account_id).values(refusals=0))


async def load_activity(session: AsyncSession, name: str) -> Activity | None:
    """When the step `name` last succeeded and failed."""
    return await session.get(Activity, name)


async def load_activities(session: AsyncSession) -> dict[str, Activity]:
    """All steps that were ever done, by name and in the order of their names."""
    return {activity.name: activity for activity in await session.scalars(select(Activity).order_by(Activity.name))}


_WORKS = {
    "state": AccountState.ACTIVE,
    "state_reason": "",
    "retry_at": None,
    "read_retry_at": None,
    "collect_at": None,
    "refusals": 0,
    "read_refusals": 0,
}
"""An account of which nothing is known that bars it."""


async def reactivate(session: AsyncSession) -> list[str]:
    """Accounts whose login was refused are tried again at once; answers their names."""
    rows = await session.scalars(
        update(Account)
        .where(or_(Account.state == AccountState.UNAUTHORIZED, Account.refusals > 0, Account.read_refusals > 0))
        .values(_WORKS)
        .returning(Account.name)
    )
    return sorted(rows)


async def revive_account(session: AsyncSession, account_id: int) -> None:
    """An account whose login works again is used at once."""
    await session.execute(update(Account).where(Account.id == account_id).values(_WORKS))


async def collect_now(session: AsyncSession, account_ids: Collection[int]) -> None:
    """These accounts are collected at the next tick."""
    await session.execute(update(Account).where(Account.id.in_(account_ids)).values(collect_at=None))
