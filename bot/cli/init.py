"""`pullquote init`: asks, keeps secrets in files of their own, writes config.toml, logs in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import Shell
from bot.cli.check import log_in
from bot.cli.parts.page import wrap
from bot.cli.parts.terminal import ask, ask_yes, show

if TYPE_CHECKING:
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
    """Write a config, keep the secrets in files that only you can read, and log in. Nothing is overwritten."""
    from bot.config.load import DEFAULT_FILE

    path = shell.config_path or DEFAULT_FILE
    if path.exists():
        raise click.ClickException(f"{path} is there already and stays as it is; edit it, or use --config FILE")
    zone = check_zone(zone) if zone else find_local_zone()
    if not yes:
        name = ask("The outlet that quotes (people are told so under each question)", default=name or None)
        zone = ask("Time zone", default=zone, value_proc=check_zone)
    logins = [] if yes else list(_ask_logins())
    _write(path, name, zone, logins)
    show(f"wrote {path}")
    while failed := _try(shell, path, logins):
        if not ask_yes("Enter it again?", default=True):
            raise click.ClickException(f"{path} is written; mend it, then: pullquote check --online")
        for login in failed:
            _ask_keys(login)
        _write(path, name, zone, logins)
    show("next: pullquote check, pullquote ask, or pullquote adopt LINK")


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

    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError):
        raise click.BadParameter(f"{value!r} is no time zone; write a name such as Europe/Berlin") from None
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

    for key in list_login_keys(login.platform):
        text = f"  {key.name}" + (f" ({key.description})" if key.description else "")
        default = None if key.is_required else ""
        answers = login.secrets if key.is_secret else login.keys
        kind = int if key.is_number else str
        answer = ask(text, default, hide_input=key.is_secret, type=kind, show_default=False)
        if answer != "":
            answers[key.name] = answer


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
    import asyncio

    if not any(login.secrets for login in logins):
        return []
    shell.config_path = path
    checked = asyncio.run(log_in(shell.load_config()))
    for account in checked.values():
        done = f"logged in as {account.handle}"
        show(f"{account.name}: {account.error or done}", fg="red" if account.error else "green")
        for advice in account.advice:
            show(wrap(advice, "  ", "    "))
    return [login for login in logins if login.secrets and checked[login.name].error]
