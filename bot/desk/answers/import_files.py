"""Files of replies, CSV or JSON lines, read a row at a time: nothing of a large one is held."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from bot.desk.bringing.held import BroughtFile, find_suffix, measure, open_text
from bot.desk.errors import refuse
from bot.words.cleaning import clean_line, cut_words

if TYPE_CHECKING:
    from _csv import Reader

LARGEST_FILE = 200 * 1024 * 1024
COLUMNS = ("id", "text", "author", "handle", "link", "at")
"""What a row may hold, in small or capital letters; only `text` must be there."""
MOST_UNREAD = 20
"""How many other columns are told."""
LONGEST_HEADING = 500
MOST_HEADINGS = 2_000
"""How many columns a file may have; JSON lines may have others in each line."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken; the others were."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read. columns: the heading of each of `COLUMNS`, as `fold_heading` writes it.

    is_read: whether a heading means something to us, so that it may stand only once.
    """

    columns: Mapping[str, str]
    is_read: Callable[[str], bool]

    def pick(self, row: Mapping[str, object]) -> dict[str, object]:
        """The values of a row by our columns."""
        return {column: row.get(heading) for column, heading in self.columns.items()}


@dataclass(slots=True)
class ReadFile:
    """What a file had. headings: as they are written, by how rows name them."""

    read: int = 0
    bad: list[BadRow] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)

    def refuse(self, line: int, message: str) -> None:
        """Count a row that is none."""
        self.read += 1
        self.bad.append(BadRow(line, message))

    def note_headings(self, headings: Mapping[str, str]) -> bool:
        """Remember those that are new; False where that would be too many, and none is remembered."""
        new = {key: heading for key, heading in headings.items() if key not in self.headings}
        if len(self.headings) + len(new) > MOST_HEADINGS:
            return False
        self.headings |= {key: clean_line(heading[:LONGEST_HEADING]) for key, heading in new.items()}
        return True


def lay_out(columns: Mapping[str, str], is_read: Callable[[str], bool] = lambda _: False) -> Layout:
    """A layout where `columns` have another heading than their own name. Raises DeskError for a heading given twice."""
    headings = {column: fold_heading(columns.get(column, column)) for column in COLUMNS}
    for column, heading in headings.items():
        others = [other for other, same in headings.items() if same == heading and other != column]
        if others and column in columns and all(other in columns for other in others):
            raise refuse("column_for_two", given=columns[column], column=column, other=others[0])
    given = {headings[column] for column in columns}
    kept = {column: heading for column, heading in headings.items() if column in columns or heading not in given}
    return Layout(kept, lambda heading: heading in kept.values() or is_read(heading))


def read_rows(path: BroughtFile, done: ReadFile, layout: Layout) -> Iterator[tuple[int, Mapping[str, object]]]:
    """(line, row by folded headings) one at a time; what is no row is noted in `done`.

    Raises DeskError for a file of another kind, or one that has a column twice.
    """
    size = measure(path)
    if size is None:
        raise refuse("no_file", path=path)
    if size > LARGEST_FILE:
        raise refuse("file_too_large", path=path, mib=LARGEST_FILE // 2**20)
    readers = {".csv": _read_csv, ".tsv": _read_csv, ".jsonl": _read_jsonl, ".ndjson": _read_jsonl}
    reader = readers.get(find_suffix(path))
    if reader is None:
        raise refuse("file_kind", path=path)
    with open_text(path) as file:
        yield from reader(path, file, done, layout)


def fold_heading(heading: str) -> str:
    """How rows name a column: blanks around it and capitals aside."""
    return heading.strip().casefold()


# ---------------------------------------------------------------- CSV


def _read_csv(
    path: BroughtFile, file: TextIO, done: ReadFile, layout: Layout
) -> Iterator[tuple[int, Mapping[str, object]]]:
    rows, columns = _open_csv(path, file, layout)
    names = [fold_heading(column) for column in columns]
    if not done.note_headings({name: column for name, column in zip(names, columns, strict=True) if name}):
        raise refuse("too_many_columns", path=path, number=f"{len(names):,}", most=f"{MOST_HEADINGS:,}")
    for name, number in Counter(names).items():
        if number > 1 and layout.is_read(name):
            places = ", ".join(str(place) for place, other in enumerate(names, 1) if other == name)
            raise refuse("column_twice", path=path, column=cut_words(name, 40), number=number, places=places)
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


def _open_csv(path: BroughtFile, file: TextIO, layout: Layout) -> tuple["Reader", list[str]]:
    """The rows after the first, and the columns, divided by what divides the first line: where a comma is decimal,
    Excel writes semicolons.
    """
    text = layout.columns["text"]
    for delimiter in ",;\t":
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter, strict=True)  # else words move over a stray quotation mark
        try:
            columns = next(rows, [])
        except csv.Error:
            columns = []
        if text in map(fold_heading, columns):
            return rows, columns
    raise refuse("no_headings", path=path, column=cut_words(text, 60), known=", ".join(COLUMNS))


# ---------------------------------------------------------------- JSON lines


class _JsonObject(dict[str, Any]):
    """An object of JSON that remembers how often it has each key."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def _read_jsonl(
    _path: BroughtFile, file: TextIO, done: ReadFile, layout: Layout
) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, object_pairs_hook=_JsonObject)
        except (ValueError, RecursionError) as error:
            done.refuse(number, f"is not JSON: {error}")
            continue
        if not isinstance(row, _JsonObject):
            done.refuse(number, "is not a JSON object")
            continue
        if not done.note_headings({fold_heading(column): column for column in row}):
            done.refuse(number, f"has columns of its own; at most {MOST_HEADINGS:,} in a file are looked at")
            continue
        counts = Counter(fold_heading(column) for column, _ in row.pairs)
        twice = [column for column, times in counts.items() if times > 1 and layout.is_read(column)]
        if twice:
            done.refuse(number, f"has {cut_words(twice[0], 40)!r} {counts[twice[0]]} times: one of them would be lost")
        else:
            yield number, {fold_heading(column): value for column, value in row.items()}
