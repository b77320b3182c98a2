"""`pullquote assess`: the filter for programs."""

from functools import partial
from typing import TextIO

import click

from bot.cli import print_answers

LINES = "{id, question_id, question, text, author?, at?}"
ANSWERS = "{id, score, verdict, reasons: [{rule, weight, evidence}]}"


@click.command(
    help=f"Judge replies, one JSON object a line: {LINES}, those of one question_id together. Prints {ANSWERS} in "
    "the same order, verdict keep, maybe or aside. A bad line is told with its number and the others are judged."
)
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
def assess_lines(file: TextIO) -> None:
    from bot.filter.assess import assess

    print_answers(partial(assess, file))
