"""`pullquote decoys`: what a chat model answers to a question."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, TextIO

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.completion import question_argument
from bot.cli.parts.opened import Opened, open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.page import count, show_moment, wrap
from bot.cli.parts.terminal import show, show_json

if TYPE_CHECKING:
    from bot.desk import Decoy
    from storage.models import Question

SHOWN = 300  # characters of each


@click.command()
@question_argument
@click.argument("file", nargs=-1, type=click.File(encoding="utf-8-sig"))
@click.option("--replace", is_flag=True, help="Instead of those that were added before.")
@click.option("--fetch", is_flag=True, help="Add what decoy_command of [filter] answers.")
@click.option("--clear", is_flag=True, help="Take away those that were added.")
@prints_json
def decoys(  # what was typed
    shell: Shell,
    question: str,
    file: tuple[TextIO, ...],
    *,
    replace: bool,
    fetch: bool,
    clear: bool,
    as_json: bool,
) -> None:
    """Show what a chat model answers to QUESTION, or add what stands in each FILE (- to paste one).

    Replies that are like it rank lower: they say what a machine says too, which judges no one. Decoys are never posted
    and never shown to anybody else; those of [questions.NAME] in the config are changed there.
    """
    if clear and (file or fetch or replace):
        raise click.UsageError("--clear goes alone")
    if replace and not (file or fetch):
        raise click.UsageError("--replace needs a FILE, - or --fetch")
    texts = [_read(each) for each in file]
    with open_pullquote(shell) as pullquote:
        found = pullquote.find_question(question)
        if clear:
            gone = pullquote.wait(desk.clear_decoys(pullquote.context, found, by=name_user()))
            show(f"{count(gone, 'decoy')} of {found.slug} taken away", err=as_json)
        if fetch:
            texts.append(pullquote.wait(desk.fetch_decoy(pullquote.context, found)))
        if texts:
            add = desk.add_decoys(pullquote.context, found, texts, by=name_user(), replace=replace)
            pullquote.wait(add)
        _print(pullquote, found, pullquote.wait(desk.list_decoys(pullquote.context, found)), as_json=as_json)


def _read(file: TextIO) -> str:
    """No more than shows that it is too long."""
    from bot.questions.content import LONGEST_DECOY

    if file.isatty():
        show("Paste the answer; ctrl-D on a line of its own ends it (Windows: ctrl-Z, enter).", err=True)
    try:
        return file.read(LONGEST_DECOY * 2)
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name} is not UTF-8 at byte {error.start}: save it as UTF-8") from None


def _print(pullquote: Opened, question: Question, found: list[Decoy], *, as_json: bool) -> None:
    if as_json:
        show_json({"question": question.slug, "decoys": [asdict(each) for each in found]})
        return
    if not found:
        show(
            f"{question.slug} has no decoys: ask a chat model your question, and paste its answer with "
            f"`pullquote decoys {question.slug} -`"
        )
    for number, each in enumerate(found, 1):
        source = f"{each.by or 'somebody'}, {show_moment(each.at, pullquote.zone)}" if each.at else "the config"
        show(f"{number}. {source}, {count(len(each.text), 'character')}", gap=number > 1, bold=True)
        show(wrap(each.text if len(each.text) <= SHOWN else f"{each.text[:SHOWN]}…", "   "))
