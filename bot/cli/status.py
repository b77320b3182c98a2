"""`pullquote status`: whether all works, and what does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.page import count, heading, show_moment, tabulate, wrap
from bot.cli.parts.posts import make_teller
from bot.cli.parts.terminal import show, show_json
from bot.cli.questions import NONE_YET
from bot.desk.operating import SHOWN
from bot.words.money import show_money

if TYPE_CHECKING:
    from bot.desk.operating.sentences import StatusLine, StatusTeller
    from bot.desk.operating.spending import Spend
    from bot.desk.operating.status import AccountStatus, Status


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=SHOWN, show_default=True, help="How many questions.")
@click.option("--check", is_flag=True, help="Only what fails; exit code 1 where anything does, for monitors.")
@prints_json
def status(shell: Shell, *, limit: int, check: bool, as_json: bool) -> None:
    """Accounts, what is due, what did not go out or failed, how complete each collection is. Asks no network."""
    with open_pullquote(shell) as pullquote:
        found = pullquote.do(desk.read_status, limit=limit)
    if check:
        _check(list(desk.list_problems(found)), as_json=as_json)
        return
    if as_json:
        show_json({"is_running": found.is_running, **asdict(found)})
    else:
        _print(found, set(pullquote.posting), pullquote.zone)


def _check(problems: list[str], *, as_json: bool) -> None:
    if as_json:
        show_json({"problems": problems})
    elif not problems:
        show("all is well")
    for problem in () if as_json else problems:
        show(wrap(problem), fg="red")
    if problems:
        raise click.exceptions.Exit(1)


def _print(found: Status, posting: set[str], zone: str) -> None:
    teller = make_teller(zone)
    _print_lines(teller.tell_running(found))
    _print_accounts([each for each in found.accounts if each.name in posting or each.collected_at], teller, zone)
    _print_questions(found, teller, zone)
    if found.not_out:
        heading("Not out")
        _print_lines((teller.tell_not_out(slug, post) for slug, post in found.not_out), "  ")
    if found.failing:
        heading("What fails")
        _print_lines(map(teller.tell_failing, found.failing), "  ")
    if found.told:
        heading("The last seven days")
        for at, _, message in found.told[-SHOWN:]:
            show(wrap(f"{show_moment(at, zone)}  {message}", "  "))
    _print_spending(found.spending)
    show()
    _print_lines([teller.tell_retention(found)])


COLOURS = {"good": "green", "care": "yellow", "bad": "red"}


def _print_lines(lines: Iterable[StatusLine], indent: str = "") -> None:
    for line in lines:
        show(wrap(line.text, indent), fg=COLOURS.get(line.tone))


def _print_accounts(accounts: Iterable[AccountStatus], teller: StatusTeller, zone: str) -> None:
    heading("Accounts")
    shown = [account for account in accounts if account.configured]
    if not shown:
        show("  none; pullquote init sets one up")
        return
    head = ("", "network", "state", "last posted", "last collected")
    show(tabulate([head, *(_account_row(account, zone) for account in shown)]))
    _print_lines((line for account in shown for line in teller.tell_account(account)), "  ")


def _account_row(account: AccountStatus, zone: str) -> tuple[str, ...]:
    published, collected = show_moment(account.published_at, zone), show_moment(account.collected_at, zone)
    return account.name, account.platform, account.state, published, collected


def _print_questions(found: Status, teller: StatusTeller, zone: str) -> None:
    heading("Questions")
    if not found.questions:
        show(wrap(NONE_YET, "  "))
    if rest := found.asked - len(found.questions):
        show(wrap(f"{count(rest, 'older one')} not shown; --limit {found.asked} shows all", "  "))
    for question in found.questions:
        paused = f", {question.state}" if question.state != "active" else ""
        due = f", next {show_moment(question.next_due_at, zone)}" if question.next_due_at else ""
        show(f"  {question.slug}{paused}{due}")
        for line in teller.tell_question(question):
            show(wrap(line.text, "    "))


def _print_spending(spending: Iterable[Spend]) -> None:
    """By account: the month beside its ceiling, a new reply, the last seven days; nothing where nothing costs."""
    for spend in spending:
        heading(f"What {spend.account} costs (UTC days, prices of {spend.as_of})")
        show(wrap(f"{_describe_month(spend)}; {_describe_reply(spend)}", "  ", "    "))
        rows = [(f"{day:%a %Y-%m-%d}", show_money(micros)) for day, micros in spend.by_day if micros]
        if rows:
            show(tabulate(rows))


def _describe_month(spend: Spend) -> str:
    of = f"{show_money(spend.month)} of {show_money(spend.monthly_ceiling)} this month"
    units = ", ".join(f"{amount:,} × {unit} {show_money(micros)}" for unit, amount, micros in spend.by_unit if amount)
    return f"{of} ({units})" if units else of


def _describe_reply(spend: Spend) -> str:
    if spend.reads_a_reply is None:
        return "no new reply this month"
    replies = count(spend.replies, "new reply", "new replies")
    return f"{replies}, {show_money(spend.reads_a_reply)} each for all reads"
