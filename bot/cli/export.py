"""`pullquote about PERSON` and `pullquote export FOLDER`: all that is held, on one person or at all."""

from pathlib import Path

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.page import count, heading, wrap
from bot.cli.parts.terminal import show, show_json


@click.command()
@click.argument("person")
@prints_json
def about(shell: Shell, *, person: str, as_json: bool) -> None:
    """Show all that is held on PERSON (a handle, PLATFORM:HANDLE or id): words, verdicts with reasons, notes, acts.

    What to hand over to somebody who asks for it; `pullquote forget` erases it.
    """
    with open_pullquote(shell) as pullquote:
        held = pullquote.do(desk.read_about, person)
    if as_json:
        show_json(held)
        return
    for table, rows in held.items():
        heading(f"{table}: {count(len(rows), 'row')}")
        for number, row in enumerate(rows):
            for name, value in row.items():
                if value not in (None, "", [], {}, False):
                    show(wrap(f"{name}: {value}", "  ", "    "))
            if number < len(rows) - 1:
                show()


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@prints_json
def export(shell: Shell, *, folder: Path, as_json: bool) -> None:
    """Write everything into FOLDER as CSV and JSON, a file a table, readable by you alone. It holds no secret."""
    with open_pullquote(shell) as pullquote:
        rows = pullquote.wait(desk.export(pullquote.context, folder))
    if as_json:
        show_json({"folder": str(folder), "rows": rows})
    else:
        show(wrap(f"{sum(rows.values()):,} rows of {count(len(rows), 'table')} are in {folder}"))
