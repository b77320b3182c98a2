"""`pullquote assess`: the filter for programs."""

from typing import TextIO

import click

LINES = "{id, question_id, question, text, author?, at?}"
ANSWERS = "{id, score, verdict, reasons: [{rule, weight, evidence}]}"


@click.command(
    help=f"Judge replies, one JSON object a line: {LINES}, those of one question_id together. Prints {ANSWERS} in "
    "the same order, verdict keep, maybe or aside. A bad line is told with its number and the others are judged."
)
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
def assess_lines(file: TextIO) -> None:
    from bot.filter.assess import BadLine, assess

    bad: list[BadLine] = []
    for answer in assess(file, bad.append):
        click.echo(answer)
    for problem in bad:
        click.echo(problem, err=True)
    if bad:
        raise click.exceptions.Exit(1)
