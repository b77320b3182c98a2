"""`pullquote used`, `withdrawn`: after print."""

from dataclasses import asdict

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.page import count, shorten, show_moment, wrap
from bot.cli.parts.terminal import show, show_json


@click.command()
@click.argument("reply")
@click.argument("url")
@click.option("--title", default="", help="Of what it was printed in.")
@click.option("--quote", default="", help="What was printed of it, where it was not all.")
@click.option("--by", help="Who says so; by default your login name.")
@prints_json
def used(shell: Shell, *, reply: str, url: str, title: str, quote: str, by: str | None, as_json: bool) -> None:
    """Note that REPLY (its ID, link or words, or who said it) was printed at URL; says what to post under it."""
    with open_pullquote(shell) as pullquote:
        done = pullquote.do(desk.record_use, reply, url, title=title, quote=quote, by=by or name_user())
    if as_json:
        show_json(asdict(done))
        return
    known = "noted" if done.new else "noted before"
    show(wrap(f"{done.reply_id}: {known}, {done.fidelity}, consent {done.consent.replace('_', ' ')}"))
    if done.barrier:
        show(wrap(f"it may not be quoted ({done.barrier.replace('_', ' ')}): see pullquote withdrawn"), fg="red")
        return
    where = f" under {done.link}" if done.link else ""
    show(f"To post by hand{where}:", gap=True)
    show(done.thanks, gap=True)


@click.command()
@prints_json
def withdrawn(shell: Shell, *, as_json: bool) -> None:
    """List what was printed, or given away in a digest, and has lost its source or its consent since."""
    with open_pullquote(shell) as pullquote:
        found = pullquote.do(desk.list_withdrawn)
        given = pullquote.do(desk.list_given_away)
        zone = pullquote.zone
    if as_json:
        show_json({"printed": [asdict(each) for each in found], "given_away": [asdict(each) for each in given]})
        return
    for each in found:
        show(f"{each.reply_id}  {each.what.replace('_', ' ')}", gap=True, fg="red", nl=False)
        show(f"  {shorten(each.author, 40) or 'somebody'}, printed {show_moment(each.printed_at, zone)}", bold=True)
        for line in filter(None, (each.title, each.url)):
            show(wrap(line, "    "))
        show(wrap(each.to_do, "    "))
    for mail in given:
        show(wrap(f"mailed to {mail.place}, {show_moment(mail.sent_at, zone)}: {mail.to_do}"), gap=True)
    if not found and not given:
        show("nothing that was printed or given away was taken back")
    else:
        show(f"{count(len(found), 'printed quote')}, {count(len(given), 'mail')}", gap=True)
