"""What the kind of a file costs: the same rows as JSON lines, CSV and XLSX, read and imported.

    python -m bench.import_files 100000

Each kind and size in a process of its own; CPU seconds. `read`: to look at it once and to go through it once, without a
store; `import`: a preview and taking it, with SQLite. The workbook has its strings in a table of their own, as Excel
writes them.
"""

import asyncio
import csv
import json
import multiprocessing
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape

from bench.filter_lag import open_bot
from bench.seed import seed_post
from bot.desk import import_replies
from bot.desk.answers.import_files import ReadFile, lay_out
from bot.desk.bringing.columns import look_at_table
from bot.desk.bringing.given import ImportDefaults
from bot.desk.bringing.readers.opening import read_rows
from storage.questions.questions import load_question

ROWS = (10_000, 100_000)
HEADINGS = ("id", "text", "author", "role", "at", "consent")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Told: TypeAlias = "multiprocessing.SimpleQueue[dict[str, float]]"


def make_rows(count: int) -> Iterator[tuple[str, ...]]:
    """All different, some 90 letters each."""
    for number in range(count):
        text = f"We stopped after {number} files and {number % 97} weeks; none of {number % 31} clients saw a drop."
        yield str(number), text, f"Person {number}", "Consultant", f"2026-11-{number % 28 + 1:02}T09:30:00", "yes"


def write_lines(path: Path, count: int) -> None:
    """JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(zip(HEADINGS, row, strict=True))) + "\n" for row in make_rows(count))


def write_csv(path: Path, count: int) -> None:
    """CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *make_rows(count)])


def write_xlsx(path: Path, count: int) -> None:
    """A workbook of one sheet."""
    strings: dict[str, int] = {}
    link = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            file.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for place, row in enumerate([HEADINGS, *make_rows(count)], 1):
                cells = "".join(
                    f'<c r="{chr(65 + column)}{place}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
                    for column, cell in enumerate(row)
                )
                file.write(f'<row r="{place}">{cells}</row>'.encode())
            file.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{shared}</sst>')
        sheets = '<sheets><sheet name="Answers" sheetId="1" r:id="rId1"/></sheets>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>')
        root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", link.format(root))
        inner = "".join(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(
                [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")], 1
            )
        )
        archive.writestr("xl/_rels/workbook.xml.rels", link.format(inner))
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')


KINDS: dict[str, Callable[[Path, int], None]] = {"jsonl": write_lines, "csv": write_csv, "xlsx": write_xlsx}


def measure_reading(path: Path, told: Told) -> None:
    """In a process of its own."""
    start = time.process_time()
    layout = lay_out(look_at_table(path).guessed)
    count = sum(1 for _ in read_rows(path, ReadFile(), layout))
    told.put({"seconds": time.process_time() - start, "rows": count})


def measure_import(path: Path, told: Told) -> None:
    """The same, with a store."""
    told.put(asyncio.run(_import(path)))


async def _import(path: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with open_bot(Path(folder)) as context:
            async with context.store.write() as session:
                question_id, _, _ = await seed_post(session)
                question, _ = await load_question(session, question_id)
            start = time.process_time()
            done = await import_replies(context, question, path, ImportDefaults())
            return {"seconds": time.process_time() - start, "rows": done.added}


def run(measure: Callable[[Path, Told], None], path: Path) -> dict[str, float]:
    """What a fresh process measures."""
    context = multiprocessing.get_context("spawn")
    told: Told = context.SimpleQueue()
    process = context.Process(target=measure, args=(path, told))
    process.start()
    process.join()
    return told.get()


def main(rows: tuple[int, ...] = ROWS) -> None:
    """A line for each size and way."""
    with tempfile.TemporaryDirectory() as folder:
        for count in rows:
            for name, measure in (("read", measure_reading), ("import", measure_import)):
                spent = {}
                for kind, write in KINDS.items():
                    path = Path(folder) / f"rows-{count}.{kind}"
                    if not path.exists():
                        write(path, count)
                    spent[kind] = run(measure, path)["seconds"]
                parts = ", ".join(f"{kind} {seconds:.2f} s" for kind, seconds in spent.items())
                print(
                    f"import_files {count:,} rows, {name}: {parts}; xlsx ÷ jsonl {spent['xlsx'] / spent['jsonl']:.2f}"
                )


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or ROWS)
