"""All that is written to the terminal goes through here: `scripts/check_house.py` finds what does not.

What strangers typed (names, handles, links, a server's answer) stands in nearly every line, so that nothing is left to
whoever writes one: no control character, no override of the direction and no secret passes, and no line break but those
that were laid out (`Laid`, or `gap`).
"""

import os
import sys
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.log import Redactor

_redactors: list["Redactor"] = []
"""The one that knows the secrets of the config, once that is read."""


class Laid(str):
    """A text of several lines: each line break in it is ours."""

    __slots__ = ()


def hide_secrets(redactor: "Redactor") -> None:
    """From now on nothing is shown that this one knows."""
    _redactors[:] = [redactor]


def show(
    text: str = "",
    *,
    gap: bool = False,
    err: bool = False,
    nl: bool = True,
    fg: str | None = None,
    bold: bool | None = None,
    dim: bool | None = None,
) -> None:
    """Show a line, or what was laid out as several. gap: an empty line stands before it; nl: the line ends here."""
    cleaned = make_safe(text)
    click.echo(f"{chr(10) if gap else ''}{click.style(cleaned, fg=fg, bold=bold, dim=dim)}", err=err, nl=nl)


def make_safe(text: str) -> str:
    """`text` as it may be shown."""
    from bot.words.cleaning import clean, fold

    hidden = _redact(text)
    return clean(hidden) if isinstance(text, Laid) else fold(hidden)


def _redact(text: str) -> str:
    if not _redactors:
        from bot.log import Redactor

        hide_secrets(Redactor())
    return _redactors[0].redact(text)


def show_json(value: Any) -> None:
    """Show a value for programs; moments as ISO 8601, anything else unknown as text."""
    from bot.words.cleaning import write_json

    click.echo(_redact(write_json(value, indent=2, default=_write)))


def show_json_line(written: str) -> None:
    """Show a value that is JSON already."""
    from bot.words.cleaning import escape_json

    click.echo(_redact(escape_json(written)))


def _write(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def show_counter(text: str) -> None:
    """A line that the next one takes the place of; nothing where nobody looks."""
    if sys.stderr.isatty():
        click.echo(f"\r{make_safe(text)}", nl=False, err=True)


def end_counter() -> None:
    """Go back to where the counter began."""
    if sys.stderr.isatty():
        click.echo("\r", nl=False, err=True)


def show_refusal(error: click.ClickException) -> None:
    """What click finds wrong with a command as it was typed: how it is used, and the error on one line."""
    from bot.words.cleaning import fold

    buffer = StringIO()
    error.show(buffer)
    text = buffer.getvalue().rstrip("\n")
    if not isinstance(error, click.exceptions.NoArgsIsHelpError):
        text = f"{text.partition('Error: ')[0]}Error: {fold(error.format_message())}"
    show(Laid(text), err=True)


def show_traceback(lines: Sequence[str]) -> None:
    """A mistake of ours, indented: what an error says is no line of its own."""
    rows = "".join(lines).rstrip("\n").split("\n")
    show(Laid("\n".join(f"  {row}" for row in rows)), err=True, fg="red")


def silence() -> None:
    """Nobody reads any more: the flush at the exit is not to complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def ask_yes(question: str, *, default: bool = False) -> bool:
    """Ask for a yes or a no."""
    return click.confirm(make_safe(question), default=default)


def ask(question: str, default: Any = None, **options: Any) -> Any:
    """Ask for a value. options: those of `click.prompt`."""
    return click.prompt(make_safe(question), default, **options)
