"""All of it as files that any program reads: one CSV and one JSON a table. Secrets are not in the database."""

import csv
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.desk.errors import refuse
from bot.desk.find import find_author
from bot.digest.formats.csv import guard
from storage.backup.rows import PlainRow, list_about, list_columns, list_tables, stream_rows
from storage.private import make_file, make_folder


async def export(context: Context, folder: Path) -> dict[str, int]:
    """Write all tables into a new folder, as streams; answers the rows of each. Raises DeskError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):  # noqa: ASYNC240  # one look
        raise refuse("folder_taken", folder=folder)
    make_folder(folder)
    return {name: await _export_table(context, folder, name) for name in list_tables()}


async def export_beside(context: Context) -> tuple[Path, int]:
    """The same into a new folder beside the config; answers it, and the rows in all."""
    local = context.now().astimezone(ZoneInfo(context.zone))
    folder = context.config.folder / f"export-{local:%Y-%m-%d-%H%M%S}"
    return folder, sum((await export(context, folder)).values())


async def _export_table(context: Context, folder: Path, name: str) -> int:
    """JSON is the lossless form; in CSV no cell is a formula, and what is no text is JSON."""
    columns, number = list_columns(name), 0
    table, document = folder / f"{name}.csv", folder / f"{name}.json"
    make_file(table)
    make_file(document)
    with (
        table.open("w", encoding="utf-8-sig", newline="") as cells,
        document.open("w", encoding="utf-8") as values,
    ):
        writer = csv.writer(cells)
        writer.writerow(columns)
        values.write("[")
        async for row in stream_rows(context.store, name):
            writer.writerow([_write_cell(row[column]) for column in columns])
            values.write(("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False))
            number += 1
        values.write("\n]\n")
    return number


def _write_cell(value: Any) -> str:
    if value is None:
        return ""
    return guard(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


async def read_about(context: Context, workspace: str, named: str) -> dict[str, list[PlainRow]]:
    """All that is held on one person, by table, in the words of the database. Raises DeskError."""
    async with context.store.read() as session:
        return await list_about(session, await find_author(session, workspace, named))
