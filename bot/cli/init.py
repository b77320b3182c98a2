"""`pullquote init`: asks, keeps secrets in files of their own, writes config.toml, logs in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args

import click

from bot.cli import Shell
from bot.cli.check import log_in
from bot.cli.parts.page import wrap
from bot.cli.parts.terminal import ask, ask_yes, show

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from adapters.contract.platform import Platform

HEAD = """\
# Made by `pullquote init`. Every key is explained in pullquote's config.example.toml; `pullquote check` reads it.
"""
EXAMPLE = """
# [questions.first-question]
# text = "What do you wish you had known when you began?"
# accounts = [{accounts}]
# at = "2030-01-15T09:00"
"""


@dataclass(slots=True)
class Login:
    """The answers for one account: keys for the config, secrets for files."""

    name: str
    platform: Platform
    keys: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, Any] = field(default_factory=dict)


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
    from adapters.registry import installed, load_platform
    from bot.config.secrets import is_secret

    for platform in map(load_platform, installed()):
        if not any(is_secret(key) for key in platform.settings.model_fields.values()):
            continue
        if ask_yes(f"Set up an account on {platform.title}?", default=True):
            login = Login(platform.name, platform)
            _ask_keys(login)
            yield login


def _ask_keys(login: Login) -> None:
    """Ask for each key that has no default of its own; secrets are not shown."""
    from bot.config.secrets import is_secret

    for name, key in login.platform.settings.model_fields.items():
        if key.default is not None and not key.is_required():
            continue
        text = f"  {name}" + (f" ({key.description})" if key.description else "")
        default = None if key.is_required() else ""
        answers = login.secrets if is_secret(key) else login.keys
        answer = ask(text, default, hide_input=is_secret(key), type=_type_of(key), show_default=False)
        if answer != "":
            answers[name] = answer


def _type_of(key: FieldInfo) -> type[int | str]:
    return int if set(get_args(key.annotation) or (key.annotation,)) - {NoneType} == {int} else str


# ---------------------------------------------------------------- writing, logging in


def _write(path: Path, name: str, zone: str, logins: list[Login]) -> None:
    from bot.config.sections import General
    from storage.private import write_private

    parts = [HEAD, _table("pullquote", {"name": _quote(name), "zone": _quote(zone)})]
    for login in logins:
        keys = {"platform": _quote(login.platform.name)} | {key: _quote(value) for key, value in login.keys.items()}
        for key, secret in login.secrets.items():
            file = f"{General().state.as_posix()}/secrets/{login.name}-{key}"
            write_private(path.parent / file, secret)
            keys[key] = f"{{ file = {_quote(file)} }}"
        parts.append(_table(f"accounts.{login.name}", keys))
    parts.append(EXAMPLE.format(accounts=", ".join(_quote(login.name) for login in logins)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(parts), encoding="utf-8")


def _table(name: str, keys: dict[str, str]) -> str:
    return "".join([f"\n[{name}]\n", *(f"{key} = {value}\n" for key, value in keys.items())])


def _quote(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)


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
