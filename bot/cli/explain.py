"""`pullquote help`: what stands behind `--help`, for those who type the word."""

from __future__ import annotations

import click

from bot.cli.parts.terminal import Laid, show


@click.command("help")
@click.argument("command", nargs=-1)
@click.pass_context
def help_command(context: click.Context, command: tuple[str, ...]) -> None:
    """Say what there is, or how COMMAND is used (such as: help replies, help db stamp)."""
    found = context.find_root()
    for name in command:
        group = found.command
        inner = group.get_command(found, name) if isinstance(group, click.Group) else None
        if inner is None:
            known = group.list_commands(found) if isinstance(group, click.Group) else []
            raise click.exceptions.NoSuchCommand(name, possibilities=known, ctx=found)
        found = click.Context(inner, parent=found, info_name=name)
    show(Laid(found.get_help()))
