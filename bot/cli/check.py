"""`pullquote check`: what is wrong or missing, and what is due next."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from adapters.contract.errors import AdapterError
from adapters.contract.optional import Advises
from bot.cli import Shell, print_json, prints_json
from bot.cli.parts.page import count, wrap
from bot.config import AccountConfig, Config, ConfigError, Problem
from bot.host.forecast import Forecast, forecast
from bot.questions import clock
from bot.questions.content import split_account
from bot.questions.render import DoesNotFit, render
from bot.words.money import show_money

SHOWN = 5  # due times of each question


@click.command()
@click.option("--online", is_flag=True, help="Log in to each account too.")
@prints_json
def check(shell: Shell, *, online: bool, as_json: bool) -> None:
    """Say what is wrong or missing in the config, with file, line and what to do, and what is due next."""
    try:
        config = shell.load_config()
    except ConfigError as error:
        if not as_json:
            raise
        print_json({"problems": [asdict(problem) for problem in error.problems]})
        raise click.exceptions.Exit(1) from None
    found = _check(config, clock.now(), online=online)
    if as_json:
        print_json(asdict(found))
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
    logins = asyncio.run(log_in(config)) if online else {}
    return CheckReport(
        file=str(config.source.path or ""),
        problems=list(_find_misfits(config, now)),
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
    content = config.questions[slug]
    return [each.due_at.astimezone(ZoneInfo(content.zone)) for each in clock.next_due(content, now, SHOWN)]


def _find_misfits(config: Config, now: datetime) -> Iterator[Problem]:
    """Questions that an account's platform would refuse, reported before anything is sent."""
    for slug, content in config.questions.items():
        for entry in content.accounts:
            name, place = split_account(entry)
            account = config.accounts[name]
            capabilities = account.platform.capabilities_with(account.settings)
            closes_at = next(iter(_next_due(config, slug, now)), now) + content.closes_after
            try:
                render(content, capabilities, name=config.pullquote.name, place=place, closes_at=closes_at)
            except DoesNotFit as error:
                for problem in error.problems:
                    yield config.source.locate(("questions", slug), f"on {entry}: {problem}")


def list_places(config: Config, account: str) -> list[str]:
    """Every place of an account that questions and communities of the config name, each once."""
    named = [entry for content in config.questions.values() for entry in content.accounts]
    places = [place for name, _, place in (entry.partition(":") for entry in named) if name == account and place]
    for keys in config.guilds.values():
        if keys.account in ("", account):
            places += [place for place in (keys.editors_channel, keys.log_channel, keys.digest_channel) if place]
    return list(dict.fromkeys(places))


async def log_in(config: Config) -> Mapping[str, AccountCheck]:
    """Ask each enabled account of the file who it is, and note it: then publishing need not ask, which X bills."""
    from bot.app import open_app
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
        click.secho(str(problem), err=True, fg="red")
    if not found.problems:
        click.echo(f"{found.file}: no mistakes" if found.file else "no config.toml here; the defaults hold")
    click.secho("\nAccounts", bold=True)
    for account in found.accounts:
        _print_account(account)
    click.secho("\nQuestions", bold=True)
    if not found.questions:
        click.echo("  none; write [questions.NAME] into the config, or use `pullquote ask` or `pullquote adopt`")
    for question in found.questions:
        click.echo(f"  {question.question}")
        for due in question.due:
            click.echo(f"    {due:%a %Y-%m-%d %H:%M %Z}")
        if not question.due:
            click.echo("    not due again")
    for each in found.forecasts:
        click.secho(f"\nWhat the next 30 days cost on {each.account} (prices of {each.as_of})", bold=True)
        click.secho(wrap(_describe_forecast(each), "  "), fg="red" if each.exceeds else None)


def _print_account(account: AccountCheck) -> None:
    click.echo(f"  {account.name}  {account.platform}  {_describe_state(account)}")
    for line in (*filter(None, [account.owner]), *account.advice):
        click.echo(wrap(line, "    ", "      "))


def _describe_state(account: AccountCheck) -> str:
    if account.error:
        return click.style(account.error, fg="red")
    if account.handle:
        return click.style(f"logged in as {account.handle}", fg="green")
    if not account.enabled:
        return "not enabled"
    return "reads public posts; no account is configured" if account.only_reads else "configured"


def _describe_forecast(each: Forecast) -> str:
    forecast = (
        f"{count(each.posts, 'post')} {show_money(each.posting)}, and reading about {each.replies} replies to each "
        f"{show_money(each.reading)}: {show_money(each.total)} of {show_money(each.ceiling)} a month"
    )
    advice = "; the ceiling will stop reads: ask less often, or raise monthly_ceiling"
    return f"{forecast}{advice if each.exceeds else ''}"
