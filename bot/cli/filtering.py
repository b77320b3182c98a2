"""`pullquote filter`: how its rules stand beside editors, how good it is on a file, and other weights."""

import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli import Shell, json_option, prints_json
from bot.cli.parts.terminal import show, show_json

if TYPE_CHECKING:
    from bot.desk import FilterRecord
    from bot.filter.fitting.evaluate import Evaluation

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("filter")
def filter_group() -> None:
    """See how the filter does, and fit other weights."""


@filter_group.command()
@prints_json
def report(shell: Shell, *, as_json: bool) -> None:
    """Show each rule's record against the verdicts of editors: how often it applied, and what they decided.

    It counts, and changes nothing: what people said trains nothing.
    """
    from bot import desk
    from bot.cli.parts.opened import open_pullquote

    with open_pullquote(shell) as pullquote:
        record = pullquote.do(desk.read_filter_record)
    if as_json:
        show_json(asdict(record))
    elif record.decided:
        _print_record(record)
    else:
        show(
            "no editor has judged a reply yet, so there is nothing to compare with: `pullquote keep`, `maybe` and "
            "`aside` judge one, and so does /pullquote review in Discord"
        )


def _print_record(record: "FilterRecord") -> None:
    from bot.cli.parts.page import count, tabulate

    show(f"{count(record.decided, 'reply', 'replies')} judged by editors")
    for title, rows in (("the rules say", record.verdicts), ("rule", record.rules)):
        show(gap=True)
        head = (title, "applied", "kept", "maybe", "set aside")
        numbers = [(row.name, str(row.applied), str(row.kept), str(row.maybe), str(row.aside)) for row in rows]
        show(tabulate([head, *numbers], indent=""))


@filter_group.command()
@click.argument("files", nargs=-1, required=True, type=_file, metavar="FILE...")
@click.option("--without", multiple=True, help="Leave out rows: source=, style=, register= or group= and a value.")
@click.option(
    "--only", multiple=True, type=click.Choice(("rank", "style", "sale")), help="Fit this alone; more than once."
)
@click.option("--sparse", is_flag=True, help="The rank with weights of words too: for you alone, who hold the data.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
def fit(*, files: tuple[Path, ...], without: tuple[str, ...], only: tuple[Any, ...], sparse: bool, out: Path) -> None:
    """Fit weights on FILEs of labelled replies, one JSON object a line, and write them into a folder.

    The rank is fitted on {id, question, text, label or grades}, the style on {text, style, source}, the sale on spam
    {text, label, group}; what no FILE has data for is copied from the weights that ship. The same FILEs give the same
    bytes. Use the folder with `pullquote assess --weights` or as weights in [filter].
    """
    from bot.filter.fitting.fit import fit as fit_files

    try:
        fitted = fit_files(files, without, out, only, sparse=sparse)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    show(f"fitted {', '.join(fitted)} into {out}")


@filter_group.command()
@click.argument("file", type=_file)
@click.option("--ablation", is_flag=True, help="Also without the terms of each group.")
@click.option("--weights", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder of weights.")
@json_option
def evaluate(*, file: Path, ablation: bool, weights: Path | None, as_json: bool) -> None:
    """Measure the filter on a FILE of labelled replies {id, question, text, label or grades}, one a line.

    Beside two baselines: the length of a reply, and the words that it shares with the question.
    """
    from bot.filter.fitting.evaluate import evaluate as evaluate_file
    from bot.filter.judging import SHIPPED

    try:
        found = evaluate_file(file, weights or SHIPPED, ablation=ablation)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        show_json(asdict(found))
    else:
        _print_evaluation(found)


def _print_evaluation(found: "Evaluation") -> None:
    from bot.cli.parts.page import count, tabulate

    asked = count(found.questions, "question")
    show(
        f"{count(found.replies, 'reply', 'replies')} to {asked}: {found.kept} kept, {found.aside} set aside, "
        f"{found.good_aside} of those good"
    )
    head = ("measure", "filter", "length", "words")
    rows = [(each.name, _write(each.filter), _write(each.length), _write(each.words)) for each in found.measures]
    show(tabulate([head, *rows], indent=""), gap=True)
    if found.proofs:
        head = ("set aside by", "replies", "good", "share")
        proofs = [
            (each.rule, str(each.aside), str(each.good), f"{each.good / each.aside:.0%}") for each in found.proofs
        ]
        show(tabulate([head, *proofs], indent=""), gap=True)
    if found.ablation:
        whole = found.measures[0].filter
        head = ("without", "replies", "area under the curve", "difference")
        parts = [
            (each.group, str(each.applied), _write(each.area), _sign(each.area - whole)) for each in found.ablation
        ]
        show(tabulate([head, *parts], indent=""), gap=True)


def _write(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"


def _sign(difference: float) -> str:
    return f"{round(difference, 3) + 0.0:+.3f}"  # no minus before nothing
