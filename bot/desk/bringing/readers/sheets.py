"""Spreadsheets: XLSX, XLS and ODS, the first sheet that has rows. Formulas give what was calculated last."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from bot.desk.answers.import_files import MOST_HEADINGS, Layout, ReadFile, Row
from bot.desk.bringing.held import BroughtFile, open_bytes
from bot.desk.bringing.readers.grids import Cells, read_grid
from bot.desk.errors import DeskError, refuse
from bot.words.cleaning import clean_line, shorten

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

LARGEST_UNPACKED = 500 * 1024 * 1024
"""Bytes of all that a workbook packs."""
MOST_CELLS = 10_000_000
"""Of a sheet as a rectangle: calamine holds each, also the empty ones between two that are far apart."""
_CHUNK = 1 << 20
_SHEET = re.compile(r"sheets/[^/]*\.xml$", re.IGNORECASE)
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?r=["']([A-Z]{1,3})(\d{1,7})["']""")
_OVERLAP = 200
"""Bytes of a piece that are looked at again with the next one: a tag that is cut."""
_VALUE = b"value-type="
_FILLED = re.compile(rb"<table:(?:covered-)?table-cell[^>]*value-type=[^>]*>")
_COLUMNS = re.compile(rb"number-columns-repeated=[\"'](\d+)")
_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d+)[\"'][^>]*>(.*?)</table:table-row>", re.DOTALL)


def read_sheet(path: BroughtFile, done: ReadFile, layout: Layout) -> Iterator[Row]:
    """(row, row by folded headings). Raises DeskError for what is no workbook, or would not fit into memory."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    with open_bytes(path) as file:
        content = file.read()
    _check_size(path, content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = _choose_sheet(path, workbook, done)
    except PasswordError as error:
        raise refuse("sheet_locked", path=path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _refuse(path, error) from error
    yield from read_grid(path, _list_rows(sheet), done, layout)


def _refuse(path: BroughtFile, error: Exception) -> DeskError:
    return refuse("no_sheet", path=path, why=shorten(clean_line(str(error)), 100))


def _list_rows(sheet: "CalamineSheet") -> Iterator[tuple[int, Cells]]:
    """Those that are not empty."""
    for line, cells in enumerate(sheet.iter_rows(), 1):
        written = [cell if isinstance(cell, str) else _write(cell) for cell in cells]
        if any(written):
            yield line, written


def _write(cell: Any) -> str | bool:
    """A cell that is no text: a whole number without a point, a moment as ISO 8601 has it."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _choose_sheet(path: BroughtFile, workbook: "CalamineWorkbook", done: ReadFile) -> "CalamineSheet":
    """The first visible one with two rows; others that have some are told."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    visible = [
        each.name
        for each in workbook.sheets_metadata
        if each.visible is SheetVisibleEnum.Visible and each.typ is SheetTypeEnum.WorkSheet
    ]
    sheets = [workbook.get_sheet_by_name(name) for name in visible]
    filled = [sheet for sheet in sheets if sheet.height > 1]
    if not filled:
        raise refuse("empty_sheets", path=path)
    if len(filled) > 1:
        others = ", ".join(f"“{shorten(clean_line(sheet.name), 40)}”" for sheet in filled[1:6])
        done.tell("sheet", name=shorten(clean_line(filled[0].name), 40), others=others)
    return filled[0]


# ---------------------------------------------------------------- what would not fit


def _check_size(path: BroughtFile, content: bytes) -> None:
    """Raise DeskError for a workbook that unpacks to too much, or has cells too far apart: the sizes that an archive
    states may be lies, so that it is unpacked once, a piece at a time.
    """
    if not content.startswith(b"PK"):
        return
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                with archive.open(member) as file:
                    pieces = _unpack(path, file, left)
                    if _SHEET.search(member.filename):
                        _check_reach(path, *_measure_sheet(pieces))
                    elif member.filename == "content.xml":
                        _check_reach(path, *_measure_document(b"".join(pieces)))
                    for _ in pieces:
                        pass
                    left -= file.tell()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise _refuse(path, error) from error


def _unpack(path: BroughtFile, file: IO[bytes], most: int) -> Iterator[bytes]:
    """What an archive's member holds, a piece at a time."""
    while chunk := file.read(_CHUNK):
        if file.tell() > most:
            raise refuse("sheet_too_large", path=path, mib=LARGEST_UNPACKED // 2**20)
        yield chunk


def _check_reach(path: BroughtFile, columns: int, rows: int) -> None:
    if columns > MOST_HEADINGS or rows * columns > MOST_CELLS:
        raise refuse("stray_cells", path=path, column=columns, row=rows)


def _measure_sheet(pieces: Iterable[bytes]) -> tuple[int, int]:
    """The last column and row of a sheet of XLSX that has a cell."""
    columns: set[bytes] = set()
    rows, rest = 0, b""
    for chunk in pieces:
        piece = rest + chunk
        found = _CELL.findall(piece)
        columns.update(column for column, _ in found)
        rows = max(rows, max((int(row) for _, row in found), default=0))
        rest = piece[-_OVERLAP:]
    return max(map(_count_column, columns), default=0), rows


def _count_column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _measure_document(content: bytes) -> tuple[int, int]:
    """How often a filled cell and a row with one are repeated in a sheet of ODS; the empty ones cost nothing."""
    columns = [int(count) for tag in _FILLED.findall(content) for count in _COLUMNS.findall(tag)]
    rows = [int(count) for count, row in _ROWS.findall(content) if _VALUE in row]
    return max(columns, default=1), max(rows, default=1)
