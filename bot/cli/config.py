"""`pullquote config`: the keys of config.toml, for programs that help writing it."""

from __future__ import annotations

import click

from bot.cli.parts.terminal import show_json


@click.group("config", no_args_is_help=True)
def config_group() -> None:
    """The keys of the config, for editors of text."""


@config_group.command()
def schema() -> None:
    """Print the JSON Schema of config.toml.

    Keep it as a file, and name that in the first line of config.toml: `#:schema ./config.schema.json`. Editors with
    Taplo (such as Even Better TOML) then say what a key means, and what is wrong, while you type.
    """
    from bot.config.schema import describe_config

    show_json(describe_config())
