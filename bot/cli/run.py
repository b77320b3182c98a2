"""`pullquote run`: the bot until it is stopped."""

import click

from bot.cli import Shell, warn
from bot.cli.parts.opened import Opened, open_pullquote


@click.command()
@click.pass_obj
def run(shell: Shell) -> None:
    """Run the bot: post what is due, collect, filter, compile. Ctrl-C or SIGTERM ends it when its step is done."""
    from bot.run import serve

    with open_pullquote(shell, level="INFO") as pullquote:
        _check_first_run(pullquote)
        pullquote.wait(serve(pullquote.app))


def _check_first_run(pullquote: Opened) -> None:
    """Say what to do where there is no account yet. Raises DeskError where there is nothing to collect either."""
    from bot.desk import DeskError

    if pullquote.posting:
        return
    try:
        pullquote.find_question(None)
    except DeskError:
        raise DeskError(
            "there is nothing to run yet: `pullquote init` sets up an account to post with, "
            "`pullquote adopt LINK` takes a post to collect from"
        ) from None
    warn("no account is configured: replies are collected and nothing is posted (`pullquote init` sets one up)")
