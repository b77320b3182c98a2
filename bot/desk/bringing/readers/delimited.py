"""CSV and TSV of any spreadsheet: whatever divides the cells, whatever stands above the header."""

import csv
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from bot.desk.answers.import_files import Layout, ReadFile, Row
from bot.desk.bringing.held import BroughtFile
from bot.desk.bringing.readers.encodings import open_letters
from bot.desk.bringing.readers.grids import LOOKED_AT, find_header, guess_header, read_grid

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
_NAMES = {";": "semicolons", "\t": "tabs", "|": "bars"}
_LONGEST_START = 200_000
"""Letters in which the first rows are looked at, once for each delimiter."""


def read_delimited(path: BroughtFile, done: ReadFile, layout: Layout) -> Iterator[Row]:
    """(line, row by folded headings). Raises DeskError where no row names the columns."""
    with open_letters(path, done) as file:
        first = file.readline(_LONGEST_START)
        named = _SEPARATOR.fullmatch(first)
        start = [*([] if named else [first]), *_list_lines(file)]
        delimiter = named[1] if named else find_delimiter(start, layout)
        file.seek(0)
        if named:
            file.readline()
        # strict: else words move over a stray quotation mark
        rows = csv.reader(file, delimiter=delimiter, strict=True)
        if delimiter in _NAMES:
            done.tell(f"divided_by_{_NAMES[delimiter]}")
        yield from read_grid(path, _list_rows(rows, done, skipped=bool(named)), done, layout)


def find_delimiter(lines: list[str], layout: Layout) -> str:
    """What divides the cells: where the heading of the text is a cell of its own, else what makes the best table."""
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        rows = list(_try_rows(lines, delimiter))
        place = find_header(rows, layout)
        if place is not None:
            return delimiter
        place = guess_header(rows)
        if place is None:
            continue
        width = len(rows[place])
        same = sum(len(row) == width for row in rows[place:]) / len(rows[place:])
        if width * same > most:
            best, most = delimiter, width * same
    return best


def _list_lines(file: TextIO) -> Iterator[str]:
    read = 0
    for line in islice(file, LOOKED_AT * 20):
        read += len(line)
        if read > _LONGEST_START:
            return
        yield line


def _try_rows(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    for _ in range(LOOKED_AT):
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue


def _list_rows(rows: "Reader", done: ReadFile, *, skipped: bool) -> Iterator[tuple[int, list[str]]]:
    while True:
        line = rows.line_num + 1 + skipped  # where a row of several lines begins
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            done.refuse(line, f"is not CSV: {error}")
            continue
        yield line, cells
