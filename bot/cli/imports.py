"""`pullquote import` and `add`: what came by mail, form or another tool."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.page import shorten, wrap
from bot.cli.parts.terminal import end_counter, show, show_counter, show_json
from bot.desk.answers.import_files import COLUMNS, Imported
from bot.desk.answers.imports import ImportDefaults
from bot.replies.judge import judge_question

SHOWN = 20  # bad rows


@click.command("import")
@click.argument("question")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--network", default="import", show_default=True, help="Where the replies were written.")
@click.option("--link", default="", help="A link for all rows that have none.")
@click.option("--consent", metavar="TEXT", default="", help="The words by which the authors agreed to be quoted.")
@prints_json
def import_file(
    shell: Shell, *, question: str, file: Path, network: str, link: str, consent: str, as_json: bool
) -> None:
    """Read replies to QUESTION from FILE, CSV or JSON lines. Columns: text, and if known id, author, handle, link, at.

    A second import of the same rows adds nothing. Bad rows are reported with their line and the others are taken.
    """
    with open_pullquote(shell) as pullquote:
        found, given = pullquote.find_question(question), ImportDefaults(network, link, consent, name_user())
        done = pullquote.wait(desk.import_replies(pullquote.context, found, file, given, _show_progress))
        pullquote.wait(judge_question(pullquote.context, found.id))
    if as_json:
        show_json(asdict(done))
    else:
        _print_imported(done, file)
    if done.bad:
        raise click.exceptions.Exit(1)


def _show_progress(done: Imported) -> None:
    """A number that counts up, on a terminal."""
    show_counter(f"{done.read:,} rows read")


def _print_imported(done: Imported, file: Path) -> None:
    end_counter()
    for bad in done.bad[:SHOWN]:
        show(wrap(f"{file}:{bad.line}: {bad.message}"), err=True, fg="red")
    if len(done.bad) > SHOWN:
        show(f"and {len(done.bad) - SHOWN:,} more bad rows", err=True, fg="red")
    if done.unread:
        there = f"nothing reads {', '.join(shorten(column, 40) for column in done.unread)}"
        show(wrap(f"{file}: {there}; known are {', '.join(COLUMNS)}"), err=True, fg="yellow")
    show(f"{done.read:,} read, {done.added:,} added, {done.known:,} known already, {len(done.bad):,} bad")


@click.command()
@click.argument("question")
@click.option("--text", help="What was said; without it, it is read from standard input.")
@click.option("--author", required=True, help="Who said it, as they are to be named.")
@click.option("--handle", default="", help="Their name on the network.")
@click.option("--link", default="", help="Where it stands.")
@click.option("--at", default="", help="When, as 2026-11-16T09:30; by default now.")
@click.option("--network", default="import", show_default=True, help="Where it was written.")
@click.option("--consent", metavar="TEXT", default="", help="The words by which the author agreed to be quoted.")
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
    as_json: bool,
) -> None:
    """Add one reply to QUESTION by hand."""
    content = _read_text() if text is None else text
    values = {"text": content, "author": author, "handle": handle, "link": link, "at": at}
    with open_pullquote(shell) as pullquote:
        found, given = pullquote.find_question(question), ImportDefaults(network, "", consent, name_user())
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
