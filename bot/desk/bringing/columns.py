"""Which column of a table holds what: guessed by its heading, else by what stands in it, for a person to correct."""

import csv
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from bot.desk.answers.import_files import COLUMNS, MOST_HEADINGS
from bot.desk.bringing.cells import find_heading, fold
from bot.desk.bringing.held import BroughtFile, find_suffix, open_text
from bot.words.cleaning import clean_line

_LOOKED_AT = 50
"""Rows."""
_A_SENTENCE = 20
"""Characters that a column has a row, on average, if it may be what people said."""


@dataclass(frozen=True, slots=True)
class SeenTable:
    """The columns of a file. guessed: the heading of each of ours that was found. rows: the first ones."""

    headings: tuple[str, ...]
    guessed: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...]


def look_at_table(file: BroughtFile) -> SeenTable:
    """The headings and the first rows of a file, and what they probably hold; empty for what is no table."""
    with open_text(file) as text:
        rows = _read_lines(text) if find_suffix(file) in (".jsonl", ".ndjson") else _read_cells(text.read(1_000_000))
    if not rows:
        return SeenTable((), {}, ())
    headings, body = tuple(rows[0])[:MOST_HEADINGS], tuple(map(tuple, rows[1:]))
    return SeenTable(headings, guess_columns(headings, body), body)


def guess_columns(headings: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """By column of ours its heading. What asks who may be quoted is none of them."""
    free = [heading for heading in dict.fromkeys(headings) if heading.strip() and find_heading(heading) is None]
    found: dict[str, str] = {}
    for kind in ("names", "parts"):
        for column in COLUMNS:
            wanted = _load()[kind].get(column, ())
            match = next((each for each in free if _is(kind, fold(each), wanted)), None)
            if match is not None and column not in found:
                found[column] = match
                free.remove(match)
    if "text" not in found:
        lengths = {each: _measure(rows, list(headings).index(each)) for each in free}
        longest = max(lengths, key=lambda each: lengths[each], default="")
        if longest and lengths[longest] >= _A_SENTENCE:
            found["text"] = longest
    return found


def _is(kind: str, heading: str, wanted: Sequence[str]) -> bool:
    if kind == "names":
        return heading in wanted
    return any(f" {part} " in f" {heading} " for part in wanted)


def _measure(rows: Sequence[Sequence[str]], place: int) -> float:
    cells = [row[place] for row in rows if place < len(row)]
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _read_cells(text: str) -> list[list[str]]:
    """By whatever divides the first line into most."""
    best: list[list[str]] = []
    for delimiter in ",;\t":
        try:
            rows = list(islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), _LOOKED_AT + 1))
        except csv.Error:
            continue
        if rows and len(rows[0]) > len(best[0] if best else ()):
            best = rows
    return [[clean_line(cell) for cell in row] for row in best]


def _read_lines(lines: Iterable[str]) -> list[list[str]]:
    objects = []
    for line in islice(lines, _LOOKED_AT):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            objects.append(row)
    headings = [*dict.fromkeys(key for row in objects for key in row)]
    rows = [["" if row.get(key) is None else clean_line(str(row[key])) for key in headings] for row in objects]
    return [headings, *rows] if headings else []


@cache
def _load() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    table = tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
    return {
        kind: {column: tuple(fold(name) for name in names.split(",")) for column, names in columns.items()}
        for kind, columns in table.items()
    }
