"""`pullquote add`: one reply, by hand."""

import sys

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.imports import choose_pasted, offer_pasted
from bot.cli.parts.completion import question_argument
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.terminal import show, show_json


@click.command()
@question_argument
@click.option("--text", help="What was said; without it, it is read from standard input.")
@click.option("--author", required=True, help="Who said it, as they are to be named.")
@click.option("--handle", default="", help="Their name on the network.")
@click.option("--link", default="", help="Where it stands.")
@click.option("--at", default="", help="When, as 2026-11-16T09:30; by default now.")
@click.option("--network", default="import", show_default=True, help="Where it was written.")
@click.option("--consent", metavar="TEXT", default="", help="The words by which the author agreed to be quoted.")
@offer_pasted
@prints_json
def add(
    shell: Shell,
    *,
    question: str,
    text: str | None,
    author: str,
    handle: str,
    link: str,
    at: str,
    network: str,
    consent: str,
    is_pasted: bool | None,
    as_json: bool,
) -> None:
    """Add one reply to QUESTION by hand."""
    from bot.desk.bringing.given import ImportDefaults
    from bot.replies.judge import judge_question

    content = _read_text() if text is None else text
    values = {"text": content, "author": author, "handle": handle, "link": link, "at": at}
    with open_pullquote(shell) as pullquote:
        found = pullquote.find_question(question)
        given = ImportDefaults(network, "", consent, pasted=choose_pasted(is_pasted), by=name_user())
        is_new = pullquote.wait(desk.add_reply(pullquote.context, found, values, given))
        pullquote.wait(judge_question(pullquote.context, found.id))
    if as_json:
        show_json({"question": found.slug, "author": author, "added": is_new})
    else:
        show(f"{'added' if is_new else 'known already'}: {author} to {found.slug}")


def _read_text() -> str:
    if sys.stdin.isatty():
        show("What was said? Ctrl-D on a line of its own ends it (Windows: ctrl-Z, enter).", err=True)
    return sys.stdin.read().strip()
