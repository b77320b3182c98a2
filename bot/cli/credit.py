"""`pullquote credit`: who lacks a name, a role or a link, and what they answered."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.completion import complete_question
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.page import count, shorten, wrap
from bot.cli.parts.terminal import show, show_json

if TYPE_CHECKING:
    from bot.desk import Uncredited


@click.command()
@click.argument("reply", required=False)
@click.option(
    "--question", shell_complete=complete_question, help="List those of this question; by default of the newest."
)
@click.option("--name", default="", help="The full name.")
@click.option("--role", default="", help="What they do.")
@click.option("--organisation", default="", help="Where.")
@click.option("--link", default="", help="A page of theirs.")
@click.option("--rel-me", is_flag=True, help="You saw that page link back to their profile (rel=me).")
@click.option("--said-by", default="", metavar="WHO", help="Who said so: the author by mail, their page, you.")
@prints_json
def credit(
    shell: Shell, /, *, reply: str | None, question: str | None, rel_me: bool, as_json: bool, **given: str
) -> None:
    """List the quotes that lack a full name, a role or a link; with REPLY enter what its author answered."""
    if reply is None and (rel_me or any(given.values())):
        raise click.UsageError("of which reply? pullquote credit REPLY --name …")
    with open_pullquote(shell) as pullquote:
        if reply is not None:
            reply_id = pullquote.do(desk.name_reply, reply)
            row, _ = pullquote.do(desk.record_credit, reply_id, rel_me=rel_me, by=name_user(), **given)
            name = ", ".join(filter(None, (row.name, row.role, row.organisation)))
            if as_json:
                show_json({"reply": reply_id, "rel_me": row.rel_me, **{key: getattr(row, key) for key in given}})
            else:
                show(wrap(f"{reply_id}: to be credited as {name or row.link} (said by {row.said_by})"))
            return
        found = pullquote.wait(desk.list_uncredited(pullquote.context, pullquote.find_question(question)))
    if as_json:
        show_json([asdict(each) for each in found])
        return
    for each in found:
        _print_uncredited(each)
    if found:
        show(f"{count(len(found), 'author')} to ask; the words to send are above", gap=True)
    else:
        show("nobody who may be quoted lacks a full name, a role or a link")


def _print_uncredited(each: Uncredited) -> None:
    handle = f" (@{shorten(each.handle, 40)})" if each.handle and each.handle != each.name else ""
    show(f"{each.reply_id}  {shorten(each.name, 40)}{handle}: no {', no '.join(each.missing)}", gap=True, bold=True)
    if each.link:
        show(f"    {shorten(each.link, 500)}", dim=True)
    show(wrap(each.text, "    "))
    show(f"    {each.command}", dim=True)
