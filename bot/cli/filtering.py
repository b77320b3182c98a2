"""`pullquote filter`: how its rules stand beside editors, how good it is on a file, and other weights."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from bot.cli import Shell, prints_json
from bot.cli.parts.terminal import show, show_json

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


def _print_record(record: Any) -> None:
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
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
def fit(*, files: tuple[Path, ...], without: tuple[str, ...], only: tuple[Any, ...], out: Path) -> None:
    """Fit weights on FILEs of labelled replies, one JSON object a line, and write them into a folder.

    The rank is fitted on {id, question, text, label or grades}, the style on {text, style, source}, the sale on spam
    {text, label, group}; what no FILE has data for is copied from the weights that ship. The same FILEs give the same
    bytes. Use the folder with `pullquote assess --weights` or as weights in [filter].
    """
    from bot.filter.fitting.fit import fit as fit_files

    try:
        fitted = fit_files(files, without, out, only)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    show(f"fitted {', '.join(fitted)} into {out}")


@filter_group.command()
@click.argument("file", type=_file)
@click.option("--ablation", is_flag=True, help="Also without each group of features, which takes longer.")
def evaluate(*, file: Path, ablation: bool) -> None:
    """Measure the filter on a FILE of labelled replies, beside two baselines: length, and the words alone."""
    from bot.filter.fitting.fit import load_fitting

    try:
        for line in load_fitting("rank", "evaluate")(file, ablation):
            show(line)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
