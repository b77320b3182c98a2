"""What posting and reading cost while questions were asked, for the writer."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from bot.digest.model import Cost, DigestModel
from bot.digest.page.document import Item
from bot.digest.page.phrases import Phrases, name_network
from bot.digest.selection.block import Material
from bot.words.money import show_money
from storage.accounts.spendings import count_new_replies, load_spendings
from storage.engine import Session


async def gather_costs(
    session: Session, materials: Iterable[Material], since: datetime, until: datetime
) -> tuple[Cost, ...]:
    """Of each account that the materials were asked on and whose calls cost; UTC days from `since` to `until`."""
    accounts = {sent.account.id: sent.account for material in materials for sent in material.posts}
    start = since.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = await load_spendings(session, start.date(), until.astimezone(UTC).date(), accounts)
    money = {name: sum(row.micros for row in rows if row.account == name) for name in {row.account for row in rows}}
    replies = await count_new_replies(session, start, until + timedelta(microseconds=1))
    paid = sorted((each for each in accounts.values() if money.get(each.name)), key=lambda each: each.name)
    return tuple(
        Cost(each.platform, each.handle or each.name, start, until, money[each.name], replies.get(each.name, 0))
        for each in paid
    )


def start_of(materials: Sequence[Material], otherwise: datetime) -> datetime:
    """When the first of them was due."""
    return min((each.round.starts_at for each in materials if each.round is not None), default=otherwise)


def list_costs(model: DigestModel, phrases: Phrases) -> Iterator[Item]:
    """A sentence an account."""
    for cost in model.selection.costs:
        yield Item(
            phrases.say(
                "costs_each" if cost.replies else "costs",
                cost.replies,
                network=name_network(cost.platform),
                account=cost.account,
                money=show_money(cost.micros),
                each=show_money(cost.micros // cost.replies) if cost.replies else "",
                start=phrases.write_day(cost.since),
                end=phrases.write_day(cost.until),
            )
        )
