"""`pullquote init`: asks, keeps secrets in files of their own, writes config.toml, logs in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli import Shell
from bot.cli.check import log_in
from bot.cli.parts.page import wrap
from bot.cli.parts.terminal import ask, ask_yes, show

if TYPE_CHECKING:
    from adapters.contract.platform import Platform
    from bot.desk.operating.logins import Login

EXAMPLE = """
# [questions.first-question]
# text = "What do you wish you had known when you began?"
# accounts = [{accounts}]
# at = "2030-01-15T09:00"
"""


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing: write a config without accounts.")
@click.option("--name", default="", help="The outlet that quotes, as the notice says it.")
@click.option("--zone", help="Such as Europe/Berlin; by default the zone of this machine.")
@click.pass_obj
def init(shell: Shell, *, yes: bool, name: str, zone: str | None) -> None:
    """Write a config, keep the secrets in files that only you can read, and log in.

    Where there is a config already each answer can be given anew, and accounts can be added; all else in it stays.
    """
    from bot.config.load import DEFAULT_FILE

    path = shell.config_path or DEFAULT_FILE
    if path.exists() and yes:
        raise click.ClickException(f"{path} is there already and stays as it is; edit it, or use --config FILE")
    if path.exists():
        _mend(shell, path, name, zone)
        return
    zone = check_zone(zone) if zone else find_local_zone()
    if not yes:
        name = ask("The outlet that quotes (people are told so under each question)", default=name or None)
        zone = ask("Time zone", default=zone, value_proc=check_zone)
    logins = [] if yes else list(_ask_logins())
    _write(path, name, zone, logins)
    show(f"wrote {path}")
    _log_in(shell, path, name, zone, logins)
    show("next: pullquote open, pullquote ask, or pullquote adopt LINK")


def _mend(shell: Shell, path: Path, name: str, zone: str | None) -> None:
    """Ask for what stands there again, with what it is now. Raises ConfigError where that is no TOML."""
    from bot.config.file import read_config_file
    from bot.desk.operating.logins import write_logins

    file = read_config_file(path)
    general = file.read_table(("pullquote",))
    show(f"{path} is there: press Enter to leave an answer as it is. Whatever else stands in it stays.")
    before = {"name": str(general.get("name", "")), "zone": str(general.get("zone", "UTC"))}
    after = {
        "name": ask("The outlet that quotes (people are told so under each question)", default=name or before["name"]),
        "zone": ask("Time zone", default=zone or before["zone"], value_proc=check_zone),
    }
    changed = {key: value for key, value in after.items() if value != before[key]}
    logins = list(_ask_anew(file.read_table(("accounts",))))
    if changed or logins:
        write_logins(path, logins, changed)
        show(f"wrote {path}")
    if logins:
        _log_in(shell, path, after["name"], after["zone"], logins)
    elif ask_yes("Try the logins?", default=True):
        _show_logins(shell, path)


def _ask_anew(accounts: Mapping[str, Any]) -> Iterator[Login]:
    """The accounts whose login is to be given again, then those to be added."""
    from bot.desk.operating.logins import Login, list_login_platforms

    platforms = {platform.name: platform for platform in list_login_platforms()}
    for name, keys in accounts.items():
        platform = platforms.get(str(keys.get("platform", ""))) if isinstance(keys, Mapping) else None
        if platform is not None and ask_yes(f"Give the login of {name} ({platform.title}) again?", default=False):
            login = Login(name, platform)
            _ask_keys(login)
            yield login
    for platform in platforms.values():
        if ask_yes(f"Add an account on {platform.title}?", default=False):
            names = (platform.name, *(f"{platform.name}-{number}" for number in range(2, len(accounts) + 3)))
            login = Login(next(each for each in names if each not in accounts), platform)
            _ask_keys(login)
            yield login


def _log_in(shell: Shell, path: Path, name: str, zone: str, logins: list[Login]) -> None:
    """Until every login works, or whoever types has enough."""
    while failed := _try(shell, path, logins):
        if not ask_yes("Enter it again?", default=True):
            raise click.ClickException(f"{path} is written; mend it, then: pullquote check --online")
        for login in failed:
            _ask_keys(login)
        _write(path, name, zone, logins)


# ---------------------------------------------------------------- asking


def find_local_zone() -> str:
    """The zone of this machine, UTC where it has no name."""
    from tzlocal import get_localzone_name

    try:
        return check_zone(get_localzone_name() or "UTC")
    except (LookupError, click.BadParameter):
        return "UTC"


def check_zone(value: str) -> str:
    """`value` where it names a zone; otherwise click asks again."""
    from zoneinfo import ZoneInfo

    from bot.questions.schedules import explain_zone

    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError):
        raise click.BadParameter(f"{value!r} is no time zone; {explain_zone(value)}") from None
    return value


def _ask_logins() -> Iterator[Login]:
    """Ask for one account on each platform that has secrets; a platform without any needs no login."""
    from bot.desk.operating.logins import Login, list_login_platforms

    for platform in list_login_platforms():
        if ask_yes(f"Set up an account on {platform.title}?", default=True):
            login = Login(platform.name, platform)
            _ask_keys(login)
            yield login


def _ask_keys(login: Login) -> None:
    """Ask for each key that has no default of its own; secrets are not shown."""
    from bot.desk.operating.logins import list_login_keys

    for key in (each for each in list_login_keys(login.platform) if not each.has_usual):
        text = f"  {key.name}" + (f" ({key.description})" if key.description else "")
        default = None if key.is_required else ""
        answers = login.secrets if key.is_secret else login.keys
        kind = int if key.is_number else str
        check = partial(_check_key, login.platform, key.name)
        proc = None if kind is int else check
        answer = ask(text, default, hide_input=key.is_secret, type=kind, show_default=False, value_proc=proc)
        if answer != "":
            answers[key.name] = answer


def _check_key(platform: Platform, name: str, text: str) -> str:
    """What was typed, where it has the form of such a key; otherwise click asks again."""
    from bot.desk import DeskError
    from bot.desk.operating.logins import read_key

    if not text:
        return text
    try:
        return str(read_key(platform, name, text))
    except DeskError as error:
        raise click.BadParameter(str(error)) from None


# ---------------------------------------------------------------- writing, logging in


def _write(path: Path, name: str, zone: str, logins: list[Login]) -> None:
    from bot.desk.operating.logins import write_logins

    is_new = not path.exists()
    write_logins(path, logins, {"name": name, "zone": zone})
    if is_new:
        accounts = ", ".join(json.dumps(login.name) for login in logins)
        with path.open("a", encoding="utf-8") as file:
            file.write(EXAMPLE.format(accounts=accounts))


def _try(shell: Shell, path: Path, logins: list[Login]) -> list[Login]:
    """Log in where there is a secret; say how it went and answer the accounts that failed."""
    if not any(login.secrets for login in logins):
        return []
    failed = _show_logins(shell, path)
    return [login for login in logins if login.secrets and login.name in failed]


def _show_logins(shell: Shell, path: Path) -> set[str]:
    """Say of each account how its login went; answer the names of those that failed."""
    import asyncio

    shell.config_path = path
    checked = asyncio.run(log_in(shell.load_config()))
    for account in checked.values():
        done = f"logged in as {account.handle}"
        show(f"{account.name}: {account.error or done}", fg="red" if account.error else "green")
        for advice in account.advice:
            show(wrap(advice, "  ", "    "))
    return {name for name, account in checked.items() if account.error}
