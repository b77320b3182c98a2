"""`pullquote status`: whether all works, and what does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.page import count, heading, show_age, show_moment, tabulate, wrap
from bot.cli.parts.posts import describe_state
from bot.cli.parts.terminal import show, show_json
from bot.cli.questions import NONE_YET
from bot.desk.operating import SHOWN
from bot.words.money import show_money
from storage.states import OPEN, QuestionState

if TYPE_CHECKING:
    from bot.desk.operating.spending import Spend
    from bot.desk.operating.status import AccountStatus, PostStatus, QuestionStatus, Status


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
    _print_running(found, zone)
    _print_accounts([each for each in found.accounts if each.name in posting or each.collected_at], zone)
    _print_questions(found, zone)
    _print_not_out(found.not_out, zone)
    if found.failing:
        heading("What fails")
        for step in found.failing:
            show(wrap(f"{step.name}, {show_moment(step.failed_at, zone)}: {step.error}", "  "), fg="red")
    if found.told:
        heading("The last seven days")
        for at, _, message in found.told[-SHOWN:]:
            show(wrap(f"{show_moment(at, zone)}  {message}", "  "))
    _print_spending(found.spending)
    shorter = "".join(f", on {platform} {days}" for platform, days in found.retentions)
    show()
    days = f"{found.retention_days} days after the close{shorter}"
    show(wrap(f"Texts that are neither quoted nor waiting for consent are deleted {days}."))


def _print_running(found: Status, zone: str) -> None:
    if found.is_running and found.ticked_at:
        noted = f"it noted so {show_age(found.now - found.ticked_at)} ago, as it does every half minute"
        show(wrap(f"run: at work; {noted}{_describe_held(found)}"), fg="green")
    else:
        last = f" since {show_moment(found.ticked_at, zone)}" if found.ticked_at else ""
        show(wrap(f"run: not running{last}; nothing is posted or collected until: pullquote run"))
    if found.paused:
        show("all posting is paused; go on with: pullquote resume", fg="yellow")


def _describe_held(found: Status) -> str:
    if found.held is None:
        return ""
    return f"; within the last hour it was busy for {found.held / 1000:.2f} s at most before it looked at anything else"


def _print_accounts(accounts: Iterable[AccountStatus], zone: str) -> None:
    heading("Accounts")
    shown = [account for account in accounts if account.configured]
    if not shown:
        show("  none; pullquote init sets one up")
        return
    head = ("", "network", "state", "last posted", "last collected")
    show(tabulate([head, *(_account_row(account, zone) for account in shown)]))
    for account in shown:
        if account.reason:
            show(wrap(f"{account.name}: {account.reason}", "  "), fg="red")
        for moment, what in ((account.retry_at, "nothing is posted"), (account.read_retry_at, "nothing is read")):
            if moment:
                show(f"  {account.name}: {what} before {show_moment(moment, zone)}", fg="yellow")


def _account_row(account: AccountStatus, zone: str) -> tuple[str, ...]:
    published, collected = show_moment(account.published_at, zone), show_moment(account.collected_at, zone)
    return account.name, account.platform, account.state, published, collected


def _print_questions(found: Status, zone: str) -> None:
    heading("Questions")
    if not found.questions:
        show(wrap(NONE_YET, "  "))
    if rest := found.asked - len(found.questions):
        show(wrap(f"{count(rest, 'older one')} not shown; --limit {found.asked} shows all", "  "))
    for question in found.questions:
        paused = f", {question.state}" if question.state != "active" else ""
        due = f", next {show_moment(question.next_due_at, zone)}" if question.next_due_at else ""
        show(f"  {question.slug}{paused}{due}")
        for line in _describe_question(question, zone):
            show(wrap(line, "    "))


def _describe_question(question: QuestionStatus, zone: str) -> Iterable[str]:
    from bot.posts.notices import NoticeState

    if question.reason:
        yield question.reason
    yield from question.faults
    for post in question.posts:
        if post.state in OPEN:
            yield f"{post.account}: {_describe_collection(post)}, closes {show_moment(post.closes_at, zone)}"
        if post.lacks_notice:
            gone = "is gone" if post.notice is NoticeState.GONE else "was refused"
            yield f"{post.account}: the notice {gone}, so replies wait for their authors' leave ({post.link})"
    if not (question.posts or question.usable) or question.state == QuestionState.WITHDRAWN:
        return
    yield f"{question.usable} of {question.target} wanted may be quoted{_describe_enough(question)}"
    if question.held:
        yield f"{count(question.held, 'answer')} may ask not to be quoted, held until you have looked: {LOOK}"


def _describe_collection(post: PostStatus) -> str:
    if post.counted is None:
        return f"{post.stored} collected, no count to compare with"
    return f"{post.stored} of {post.counted} collected"


def _describe_enough(question: QuestionStatus) -> str:
    if question.is_enough:
        return ": enough"
    return f", which is too few: {NOT_ENOUGH}" if question.closed else " so far"


LOOK = "pullquote replies --held"
NOT_ENOUGH = "extend it (pullquote extend), remind once (pullquote remind), or ask on another account"


def _print_not_out(not_out: Iterable[tuple[str, PostStatus]], zone: str) -> None:
    for number, (slug, post) in enumerate(not_out):
        if not number:
            heading("Not out")
        show(wrap(f"{slug} on {post.account}, due {post.occurrence}: {describe_state(post, zone)}", "  "), fg="yellow")


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
