"""The face in the terminal: one module a command, each with its `command`.

Nothing here is imported at the top that `pullquote --help` does not need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click

from bot.cli.parts.terminal import hide_secrets, show, show_json_line

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
        self.hide_secrets()
        configure_logging(self.secrets, "INFO" if self.verbose else level)
        for warning in config.source.warnings:
            warn(str(warning))
        return config

    def hide_secrets(self) -> None:
        """From now on none of them is shown."""
        from bot.log import Redactor

        hide_secrets(Redactor(self.secrets))


def prints_json(command: Callable[Concatenate[Shell, P], T]) -> Callable[P, T]:
    """A command that is given the shell, and has `--json`."""
    return json_option(click.pass_obj(command))


def warn(text: str) -> None:
    """Print a warning; the command goes on."""
    show(f"warning: {text}", err=True, fg="yellow")


def print_answers(answer: Callable[[Callable[[object], None]], Iterator[str]]) -> None:
    """Print the answers to lines as they come, then each bad line. `answer` is given where to put those."""
    bad: list[object] = []
    for each in answer(bad.append):
        show_json_line(each)
    for problem in bad:
        show(str(problem), err=True)
    if bad:
        raise click.exceptions.Exit(1)
