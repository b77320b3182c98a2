"""How spending is printed."""

from collections.abc import Iterable

import click

from bot.cli.parts.page import count, heading, tabulate, wrap
from bot.desk.operating.spending import Spend
from bot.words.money import show_money


def print_spending(spending: Iterable[Spend]) -> None:
    """By account: the month beside its ceiling, a new reply, the last seven days; nothing where nothing costs."""
    for spend in spending:
        heading(f"What {spend.account} costs (UTC days, prices of {spend.as_of})")
        click.echo(wrap(f"{_describe_month(spend)}; {_describe_reply(spend)}", "  ", "    "))
        rows = [(f"{day:%a %Y-%m-%d}", show_money(micros)) for day, micros in spend.by_day if micros]
        if rows:
            click.echo(tabulate(rows))


def _describe_month(spend: Spend) -> str:
    of = f"{show_money(spend.month)} of {show_money(spend.monthly_ceiling)} this month"
    units = ", ".join(f"{amount:,} × {unit} {show_money(micros)}" for unit, amount, micros in spend.by_unit if amount)
    return f"{of} ({units})" if units else of


def _describe_reply(spend: Spend) -> str:
    if spend.reads_a_reply is None:
        return "no new reply this month"
    replies = count(spend.replies, "new reply", "new replies")
    return f"{replies}, {show_money(spend.reads_a_reply)} each for all reads"
