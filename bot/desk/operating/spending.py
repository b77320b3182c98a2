"""What reading and posting cost: by day, by unit, and a new reply."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from adapters.contract.platform import Tariff
from bot.context import Context
from bot.host.budget import start_of_month
from storage.accounts import accounts, spendings
from storage.accounts.spendings import Spent

SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Spend:
    """What one account spends. Money is in millionths of a dollar, days and months are UTC.

    by_day: the last seven days, the newest last. by_unit: (unit, how many, money) of this month. reads: the part of
    `month` that was not for posts. replies: new ones of this month. as_of: when the prices were looked up.
    """

    account: str
    by_day: tuple[tuple[date, int], ...]
    by_unit: tuple[tuple[str, int, int], ...]
    month: int
    reads: int
    replies: int
    monthly_ceiling: int
    daily_ceiling: int
    as_of: date

    @property
    def reads_a_reply(self) -> int | None:
        """All reads of the month for each new reply, None without any."""
        return self.reads // self.replies if self.replies else None


async def read_spending(context: Context) -> tuple[Spend, ...]:
    """Of each configured account whose calls cost, from the store alone."""
    now = context.now().astimezone(UTC)
    tariffs = {id_: tariff for id_ in sorted(context.accounts.ids) if (tariff := context.accounts.tariff_of(id_))}
    if not tariffs:
        return ()
    since = min(start_of_month(now), now - SHOWN)
    async with context.store.read() as session:
        names = {account.id: account.name for account in (await accounts.load_accounts(session)).values()}
        rows = await spendings.load_spendings(session, since.date(), now.date(), tariffs)
        replies = await spendings.count_new_replies(session, start_of_month(now), now + timedelta(days=1))
    return tuple(_sum_up(names[id_], tariff, rows, replies.get(names[id_], 0), now) for id_, tariff in tariffs.items())


def _sum_up(name: str, tariff: Tariff, rows: Sequence[Spent], replies: int, now: datetime) -> Spend:
    own = [row for row in rows if row.account == name]
    month = [row for row in own if row.day >= start_of_month(now).date()]
    days = [now.date() - timedelta(days=ago) for ago in reversed(range(SHOWN.days))]
    units: dict[str, list[Spent]] = defaultdict(list)
    for row in month:
        units[row.unit].append(row)
    return Spend(
        account=name,
        by_day=tuple((day, sum(row.micros for row in own if row.day == day)) for day in days),
        by_unit=tuple(
            (unit, sum(row.amount for row in found), sum(row.micros for row in found))
            for unit, found in sorted(units.items())
        ),
        month=sum(row.micros for row in month),
        reads=sum(row.micros for row in month if row.unit not in tariff.posting),
        replies=replies,
        monthly_ceiling=tariff.monthly,
        daily_ceiling=tariff.daily,
        as_of=tariff.as_of,
    )
