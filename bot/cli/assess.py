"""`pullquote assess`: the filter for programs."""

from functools import partial
from pathlib import Path
from typing import TextIO

import click

from bot.cli import print_answers

LINES = "{id, question_id, question, text, author?, at?, language?, decoys?}"
ANSWERS = "{id, score, verdict, quotable, reasons: [{rule, weight, evidence}]}"


@click.command(
    help=f"Judge replies, one JSON object a line: {LINES}, those of one question_id together. decoys: texts that a "
    f"chat model answers to the question, on any line of it. Prints {ANSWERS} in the same order, verdict keep, maybe "
    "or aside. A bad line is told with its number and the others are judged."
)
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option(
    "--weights",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that `pullquote filter fit` wrote, instead of the weights that ship.",
)
def assess_lines(file: TextIO, *, weights: Path | None) -> None:
    from bot.filter import SHIPPED
    from bot.filter.assess import assess

    if weights is not None:
        from bot.filter.own.weights import find_bad_weights

        if fault := find_bad_weights(weights):
            raise click.BadParameter(fault, param_hint="--weights")
    print_answers(partial(assess, file, weights=weights or SHIPPED))
