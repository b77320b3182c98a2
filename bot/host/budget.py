"""The budget of an account: what it may still spend, and until when it may not. Pure.

The monthly ceiling holds for everything. Reads leave the part of the reserve that posting has not used yet, and stop at
the daily ceiling too; what is due is posted as long as the month allows it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from adapters.contract.errors import OverBudget
from adapters.contract.platform import Tariff
from bot.words.money import show_money
from storage.accounts.spendings import Spent


def find_refusal(tariff: Tariff, unit: str, amount: int, spent: Iterable[Spent], now: datetime) -> OverBudget | None:
    """Why `amount` of `unit` may not be spent now, or None. spent: of this account, of this UTC month."""
    rows = list(spent)
    cost = tariff.prices[unit] * amount
    month = sum(row.micros for row in rows)
    if unit in tariff.posting:
        wants = f"posting costs {show_money(cost)}"
        return (
            _refuse(wants, month, tariff.monthly, start_of_next_month(now)) if month + cost > tariff.monthly else None
        )
    wants = f"reading may cost {show_money(cost)}"
    posted = sum(row.micros for row in rows if row.unit in tariff.posting)
    for_reads = tariff.monthly - max(0, tariff.reserve - posted)
    if month + cost > for_reads:
        return _refuse(wants, month, for_reads, start_of_next_month(now))
    today = sum(row.micros for row in rows if row.day == _day(now) and row.unit not in tariff.posting)
    return _refuse(wants, today, tariff.daily, start_of_next_day(now)) if today + cost > tariff.daily else None


def _refuse(wants: str, spent: int, ceiling: int, until: datetime) -> OverBudget:
    return OverBudget(
        f"over budget: {wants}, and {show_money(spent)} of {show_money(ceiling)} are spent until "
        f"{until:%Y-%m-%d %H:%M} UTC; raise the ceiling of the account in the config to go on sooner",
        until,
    )


def start_of_month(now: datetime) -> datetime:
    """When the UTC month of `now` began."""
    return datetime(now.astimezone(UTC).year, now.astimezone(UTC).month, 1, tzinfo=UTC)


def start_of_next_month(now: datetime) -> datetime:
    """When the UTC month of `now` is over."""
    return start_of_month(start_of_month(now) + timedelta(days=32))


def start_of_next_day(now: datetime) -> datetime:
    """When the UTC day of `now` is over."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()
