"""Options that several commands share."""

import getpass
import sys
from datetime import timedelta
from typing import cast

import click

from bot.cli.parts.terminal import ask_yes, show

yes_option = click.option("--yes", is_flag=True, help="Do not ask first.")


def read_duration(_ctx: click.Context, _param: click.Parameter, value: str | None) -> timedelta | None:
    """The callback of an option or argument such as `90m`, `36h`, `7d`, `2w`."""
    from bot.questions.content import parse_duration

    if value is None:
        return None
    try:
        return cast(timedelta, parse_duration(value))
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def refuse_unasked(*, yes: bool) -> None:
    """Wrong use where a question could not be answered: no terminal to ask on and no `--yes`."""
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask on: say --yes")


def confirm(question: str, *, yes: bool, gap: bool = False) -> None:
    """Ask before what cannot be undone. Ends the command on a no. gap: an empty line stands before the question."""
    refuse_unasked(yes=yes)
    if yes:
        return
    if gap:
        show()
    if not ask_yes(question):
        raise click.exceptions.Exit(1)


def name_user() -> str:
    """The login name of who works here."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "editor"
