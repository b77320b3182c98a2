"""How a collection is printed: a line an account."""

from collections.abc import Sequence

import click

from bot.cli.parts.page import count, wrap
from bot.replies.collect import Collected


def print_collected(collected: Sequence[Collected], *, quiet: bool = False) -> None:
    """Print what came; errors go to stderr, and then the exit code is 1."""
    for each in collected:
        if each.error is not None:
            click.secho(wrap(f"{each.account}: {each.error}"), err=True, fg="red")
        if not quiet:
            click.echo(f"{each.account}: {describe_collected(each)}")
    if any(each.error is not None for each in collected):
        raise click.exceptions.Exit(1)


def describe_collected(each: Collected) -> str:
    """`12 new replies, 1 edited, 2 gone`."""
    counts = [f"{count(each.added, 'new reply', 'new replies')}"]
    counts += [f"{number} {word}" for number, word in ((each.edited, "edited"), (each.gone, "gone")) if number]
    return ", ".join(counts)
