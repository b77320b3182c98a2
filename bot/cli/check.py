"""`pullquote check`: what is wrong or missing, and what is due next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

import click

from bot.cli import Shell, prints_json
from bot.cli.parts.page import count, wrap
from bot.cli.parts.terminal import show, show_json
from bot.words.money import show_money

if TYPE_CHECKING:
    from bot.config import AccountConfig, Config, Problem
    from bot.host.forecast import Forecast

SHOWN = 5  # due times of each question


@click.command()
@click.option("--online", is_flag=True, help="Log in to each account too.")
@prints_json
def check(shell: Shell, *, online: bool, as_json: bool) -> None:
    """Say what is wrong or missing in the config, with file, line and what to do, and what is due next."""
    from bot.config import ConfigError
    from bot.questions import clock

    try:
        config = shell.load_config()
    except ConfigError as error:
        if not as_json:
            raise
        show_json({"problems": [asdict(problem) for problem in error.problems]})
        raise click.exceptions.Exit(1) from None
    found = _check(config, clock.now(), online=online)
    if as_json:
        show_json(asdict(found))
    else:
        _print(found)
    if found.problems or any(account.error for account in found.accounts):
        raise click.exceptions.Exit(1)


# ---------------------------------------------------------------- what is found


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """One account. Known only after a login: `handle`, `owner` (who pays less), `error`, and `advice` (what is to be
    done on its platform).
    """

    name: str
    platform: str
    enabled: bool
    only_reads: bool
    handle: str = ""
    error: str = ""
    owner: str = ""
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DueTimes:
    """The next due times of a question, aware, in its zone."""

    question: str
    due: list[datetime]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All that `check` says. `file` is empty where there is none."""

    file: str
    problems: list[Problem]
    warnings: list[Problem]
    accounts: list[AccountCheck]
    questions: list[DueTimes]
    forecasts: list[Forecast]


def _check(config: Config, now: datetime, *, online: bool) -> CheckReport:
    import asyncio

    from bot.host.forecast import forecast

    logins = asyncio.run(log_in(config)) if online else {}
    return CheckReport(
        file=str(config.source.path or ""),
        problems=[*_find_misfits(config, now), *_find_bad_weights(config)],
        warnings=config.source.warnings,
        accounts=[logins.get(name) or _describe(account) for name, account in config.accounts.items()],
        questions=[DueTimes(slug, _next_due(config, slug, now)) for slug in config.questions],
        forecasts=[
            forecast(config, account, tariff, now)
            for account in config.accounts.values()
            if (tariff := account.platform.tariff_with(account.settings)) is not None
        ],
    )


def _describe(account: AccountConfig, handle: str = "", error: str = "", advice: Sequence[str] = ()) -> AccountCheck:
    tariff = account.platform.tariff_with(account.settings)
    return AccountCheck(
        account.name,
        account.platform.title,
        account.enabled,
        account.implicit,
        handle,
        error,
        owner=tariff.describe_owner(handle) if tariff is not None and handle else "",
        advice=tuple(advice),
    )


def _next_due(config: Config, slug: str, now: datetime) -> list[datetime]:
    from zoneinfo import ZoneInfo

    from bot.questions import clock

    content = config.questions[slug]
    return [each.due_at.astimezone(ZoneInfo(content.zone)) for each in clock.next_due(content, now, SHOWN)]


def _find_misfits(config: Config, now: datetime) -> Iterator[Problem]:
    """Questions that an account's platform would refuse, reported before anything is sent."""
    from bot.questions import clock
    from bot.questions.content import split_account
    from bot.questions.render import DoesNotFit, render
    from bot.quotes.read_back.joining import find_address_fault, write_plus_address

    for slug, content in config.questions.items():
        faults = (fault for due in _next_due(config, slug, now) for fault in clock.find_time_faults(content, due))
        for fault in islice(faults, 1):
            yield config.source.locate(("questions", slug), fault)
        for entry in content.accounts:
            name, place = split_account(entry)
            account = config.accounts[name]
            if address := str(getattr(account.settings, "address", "")):
                fault = find_address_fault(write_plus_address(address, slug))
                yield from [config.source.locate(("questions", slug), f"on {entry}: {fault}")] if fault else []
            capabilities = account.platform.capabilities_with(account.settings)
            at = next(iter(_next_due(config, slug, now)), now)
            named = {"name": config.pullquote.name, "place": place}
            try:
                render(content, capabilities, **named, closes_at=clock.find_close(content, at), asked_at=at)
            except DoesNotFit as error:
                for problem in error.problems:
                    yield config.source.locate(("questions", slug), f"on {entry}: {problem}")


def _find_bad_weights(config: Config) -> Iterator[Problem]:
    """Own weights of the filter that cannot be used: found here, and not with the first reply."""
    if config.weights_folder is None:
        return
    from bot.filter.own.weights import find_bad_weights

    if fault := find_bad_weights(config.weights_folder):
        remedy = "name the folder that `pullquote filter fit` wrote, or leave it out"
        yield config.source.locate(("filter", "weights"), fault, remedy)


async def log_in(config: Config) -> Mapping[str, AccountCheck]:
    """Ask each enabled account of the file who it is, and note it: then publishing need not ask, which X bills."""
    from adapters.contract.errors import AdapterError
    from adapters.contract.optional import Advises
    from bot.app import open_app
    from bot.desk.operating.logins import list_places
    from storage.accounts.accounts import record_identity

    checked = {}
    async with open_app(config) as app:
        for name, account_id in app.account_ids.items():
            account = config.accounts[name]
            if account.implicit:
                continue
            try:
                adapter = await app.context.accounts.adapter(account_id)
                found = await adapter.identify()
                async with app.context.store.write() as session:
                    await record_identity(session, account_id, found.remote_id, found.handle)
                advice = await adapter.advise(list_places(config, name)) if isinstance(adapter, Advises) else ()
                checked[name] = _describe(account, handle=found.handle, advice=advice)
            except AdapterError as error:
                checked[name] = _describe(account, error=str(error))
    return checked


# ---------------------------------------------------------------- what is printed


def _print(found: CheckReport) -> None:
    for problem in found.problems:
        show(str(problem), err=True, fg="red")
    if not found.problems:
        show(f"{found.file}: no mistakes" if found.file else "no config.toml here; the defaults hold")
    show("Accounts", gap=True, bold=True)
    for account in found.accounts:
        _print_account(account)
    show("Questions", gap=True, bold=True)
    if not found.questions:
        show("  none; write [questions.NAME] into the config, or use `pullquote ask` or `pullquote adopt`")
    for question in found.questions:
        show(f"  {question.question}")
        for due in question.due:
            show(f"    {due:%a %Y-%m-%d %H:%M %Z}")
        if not question.due:
            show("    not due again")
    for each in found.forecasts:
        show(f"What the next 30 days cost on {each.account} (prices of {each.as_of})", gap=True, bold=True)
        show(wrap(_describe_forecast(each), "  "), fg="red" if each.exceeds else None)


def _print_account(account: AccountCheck) -> None:
    state, colour = _describe_state(account)
    show(f"  {account.name}  {account.platform}  ", nl=False)
    show(state, fg=colour)
    for line in (*filter(None, [account.owner]), *account.advice):
        show(wrap(line, "    ", "      "))


def _describe_state(account: AccountCheck) -> tuple[str, str | None]:
    """In words, and the colour of them."""
    if account.error:
        return account.error, "red"
    if account.handle:
        return f"logged in as {account.handle}", "green"
    if not account.enabled:
        return "not enabled", None
    return "reads public posts; no account is configured" if account.only_reads else "configured", None


def _describe_forecast(each: Forecast) -> str:
    forecast = (
        f"{count(each.posts, 'post')} {show_money(each.posting)}, and reading about {each.replies} replies to each "
        f"{show_money(each.reading)}: {show_money(each.total)} of {show_money(each.ceiling)} a month"
    )
    advice = "; the ceiling will stop reads: ask less often, or raise monthly_ceiling"
    return f"{forecast}{advice if each.exceeds else ''}"
