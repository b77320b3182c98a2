"""The face in the terminal: one module a command, each with its `command`.

Nothing here is imported at the top that `pullquote --help` does not need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from bot.config import Config

P = ParamSpec("P")
T = TypeVar("T")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@dataclass(slots=True)
class Shell:
    """What every command is given (`@click.pass_obj`)."""

    config_path: Path | None = None
    verbose: bool = False
    secrets: tuple[str, ...] = ()

    def load_config(self, level: str = "WARNING") -> Config:
        """Read the config, set up the logs and print its warnings. Raises ConfigError."""
        from bot.config import load_config
        from bot.log import configure_logging

        config = load_config(self.config_path)
        self.secrets = tuple(config.secrets)
        configure_logging(self.secrets, "INFO" if self.verbose else level)
        for warning in config.source.warnings:
            warn(str(warning))
        return config

    def redact(self, text: str) -> str:
        """`text` without secrets."""
        from bot.log import Redactor

        return Redactor(self.secrets).redact(text)


def prints_json(command: Callable[Concatenate[Shell, P], T]) -> Callable[P, T]:
    """A command that is given the shell, and has `--json`."""
    return json_option(click.pass_obj(command))


def warn(text: str) -> None:
    """Print a warning; the command goes on."""
    click.secho(f"warning: {text}", err=True, fg="yellow")


def print_json(value: Any) -> None:
    """Print a value for programs; moments as ISO 8601, anything else unknown as text."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_write))


def print_answers(answer: Callable[[Callable[[object], None]], Iterator[str]]) -> None:
    """Print the answers to lines as they come, then each bad line. `answer` is given where to put those."""
    bad: list[object] = []
    for each in answer(bad.append):
        click.echo(each)
    for problem in bad:
        click.echo(problem, err=True)
    if bad:
        raise click.exceptions.Exit(1)


def _write(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
