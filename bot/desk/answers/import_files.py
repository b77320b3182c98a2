"""Files of replies, CSV or JSON lines, read a row at a time: nothing of a large one is held."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.desk.errors import DeskError

if TYPE_CHECKING:
    from _csv import Reader

LARGEST_FILE = 200 * 1024 * 1024
COLUMNS = ("id", "text", "author", "handle", "link", "at")
"""What a row may hold, in small or capital letters; only `text` must be there."""
MOST_UNREAD = 20
"""How many other columns are told."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken; the others were."""

    line: int
    message: str


@dataclass(slots=True)
class Imported:
    """What an import brought. unread: columns of the file that pullquote does not know, as they are written."""

    read: int = 0
    added: int = 0
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def refuse(self, line: int, message: str) -> None:
        """Count a row that is none."""
        self.read += 1
        self.bad.append(BadRow(line, message))

    def note_columns(self, columns: Iterable[str]) -> None:
        """Remember those that nothing reads."""
        for column in columns:
            if _fold(column) not in COLUMNS and column not in self.unread and len(self.unread) < MOST_UNREAD:
                self.unread.append(column)


def read_rows(path: Path, done: Imported) -> Iterator[tuple[int, Mapping[str, object]]]:
    """(line, row) one at a time; what is no row is noted in `done`. Raises DeskError for a file of another kind."""
    if not path.is_file():
        raise DeskError(f"{path}: there is no such file")
    if path.stat().st_size > LARGEST_FILE:
        raise DeskError(f"{path}: larger than {LARGEST_FILE // 2**20} MiB; split it")
    readers = {".csv": _read_csv, ".jsonl": _read_jsonl, ".ndjson": _read_jsonl}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise DeskError(f"{path}: save it as .csv or .jsonl")
    # bytes that are no UTF-8 become half surrogate pairs, by which the row is found that holds them
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from reader(path, file, done)


def _read_csv(path: Path, file: TextIO, done: Imported) -> Iterator[tuple[int, Mapping[str, object]]]:
    rows, columns = _open_csv(path, file)
    done.note_columns(column for column in columns if column.strip())
    names = [_fold(column) for column in columns]
    while True:
        line = rows.line_num + 1  # where a row of several lines begins
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            done.refuse(line, f"is not CSV: {error}")
            continue
        if len(cells) > len(names) and any(cells[len(names) :]):
            # a text that was cut at a comma would pass for what its author said
            done.refuse(
                line, f"has {len(cells)} cells, the first line names {len(names)}; put a text with commas in quotes"
            )
        elif cells:
            yield line, dict(zip(names, cells, strict=False))


def _open_csv(path: Path, file: TextIO) -> tuple["Reader", list[str]]:
    """The rows after the first, and the columns, divided by what divides the first line: where a comma is decimal,
    Excel writes semicolons.
    """
    for delimiter in ",;\t":
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter, strict=True)  # else words move over a stray quotation mark
        try:
            columns = next(rows, [])
        except csv.Error:
            columns = []
        if "text" in map(_fold, columns):
            return rows, columns
    raise DeskError(f"{path}: the first line must name the columns, 'text' among them; known: {', '.join(COLUMNS)}")


def _fold(column: str) -> str:
    return column.strip().casefold()


def _read_jsonl(_path: Path, file: TextIO, done: Imported) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            done.refuse(number, f"is not JSON: {error}")
            continue
        if isinstance(row, dict):
            done.note_columns(row)
            yield number, {_fold(column): value for column, value in row.items()}
        else:
            done.refuse(number, "is not a JSON object")
