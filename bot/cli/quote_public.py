"""`pullquote quote-public`: an editor decides to quote a public post whose author was not asked."""

from dataclasses import asdict

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import confirm, name_user, yes_option
from bot.cli.parts.page import wrap
from bot.cli.parts.terminal import show, show_json


@click.command("quote-public")
@click.argument("reply")
@click.option("--by", default="", help="Who decides it; by default your login name.")
@yes_option
@prints_json
def quote_public(shell: Shell, *, reply: str, by: str, yes: bool, as_json: bool) -> None:
    """Quote REPLY as a public post: it stands in the edition to share although its author was not asked.

    Who decided it is kept. What its author says later, a no above all, stands over it.
    """
    who = by or name_user()
    with open_pullquote(shell) as pullquote:
        reply_id = pullquote.do(desk.name_reply, reply)
        confirm(f"Quote reply {reply_id} as a public post, decided by {who}? Its author was not asked.", yes=yes)
        done = pullquote.do(desk.quote_as_public, reply_id, by=who)
    if as_json:
        show_json(asdict(done) | {"by": who})
    else:
        show(wrap(f"{reply_id}: quoted as a public post of {done.author}, decided by {who}"))
