"""Which column of a table holds what: guessed by its heading, else by what stands in it, for a person to correct."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from bot.desk.answers.import_files import COLUMNS, JOINS, Layout, ReadFile, fold_heading
from bot.desk.bringing.cells import find_heading, fold
from bot.desk.bringing.held import BroughtFile
from bot.desk.bringing.readers.opening import read_rows
from bot.desk.errors import DeskError
from bot.words.cleaning import clean_line

_LOOKED_AT = 50
"""Rows."""
_A_SENTENCE = 20
"""Characters that a column has a row, on average, if it may be what people said."""
_MUCH = 200
"""Characters a row from which on a column is no more likely for having more."""
_NEARLY = 0.7
"""How close a second column of sentences comes to the first one if it is not clear which is meant."""


@dataclass(frozen=True, slots=True)
class SeenTable:
    """The columns of a file. guessed: the heading of each of ours that was found. rows: the first ones. tool: what
    wrote it, "" if unknown. others: columns that may hold the text as well as the one that was guessed. shape: the
    same for every file with these columns.
    """

    headings: tuple[str, ...]
    guessed: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...]
    tool: str = ""
    others: tuple[str, ...] = ()
    shape: str = field(default="", compare=False)


def look_at_table(file: BroughtFile, asked: str = "") -> SeenTable:
    """The headings and the first rows of a file, and what they probably hold; empty for what is no table.

    asked: the question, which is often the heading of what was answered.
    """
    done = ReadFile()
    layout = Layout({"text": "text"}, lambda _: False, is_guessed=True)
    try:
        rows = [row for _, row in islice(read_rows(file, done, layout), _LOOKED_AT)]
    except DeskError:
        return SeenTable((), {}, ())
    keys = [key for key in done.headings if key and not _is_nested(key, rows)]
    headings = tuple(_name(key, done.headings) for key in keys)
    body = tuple(tuple(clean_line("" if row.get(key) is None else str(row[key])) for key in keys) for row in rows)
    tool = done.tool or find_tool(headings)
    guessed, others = guess(headings, body, asked, tool)
    joined = tuple(heading for heading in guessed.values() if heading not in headings)
    return SeenTable((*headings, *joined), guessed, body, tool, others, find_shape(headings))


def find_shape(headings: Sequence[str]) -> str:
    """A name for these headings in this order."""
    return hashlib.sha256("\0".join(map(fold, headings)).encode()).hexdigest()[:24]


def find_tool(headings: Sequence[str]) -> str:
    """What writes such headings, "" for nothing that is known."""
    there = set(map(fold, headings))
    for tool, ways in _load()["tools"].items():
        for way in ways.split("|"):
            if all(fold(name) in there for name in way.split("&")):
                return str(tool)
    return ""


def guess_columns(headings: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """By column of ours its heading. What asks who may be quoted is none of them."""
    return guess(headings, rows)[0]


def guess(
    headings: Sequence[str], rows: Sequence[Sequence[str]] = (), asked: str = "", tool: str = ""
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The same, and which other columns may hold the text as well."""
    free = [heading for heading in dict.fromkeys(headings) if heading.strip() and find_heading(heading) is None]
    empty = {
        heading
        for place, heading in enumerate(headings)
        if rows and not any(any(row[place : place + 1]) for row in rows)
    }
    empty -= {heading for heading in empty if fold_heading(heading) in COLUMNS}
    free = [heading for heading in free if heading not in empty]
    found: dict[str, str] = {}
    is_ours = "text" in map(fold_heading, free)
    for column in COLUMNS:
        _assign(found, free, column, lambda heading, column=column: heading == column)
    for column, names in _load()["held"].get(tool, {}).items():
        for name in _split(names):
            _assign(found, free, column, lambda heading, name=name: heading == name)
    _assign_halves(found, free)
    for kind in ("names", "parts"):
        for column in COLUMNS:
            wanted = _split(_load()[kind].get(column, ""))
            if column == "text" and not (is_ours or kind == "names"):
                continue
            if is_ours and kind == "parts":
                continue  # a table that has our headings was made for us
            _assign(found, free, column, lambda heading, wanted=wanted, kind=kind: _is(kind, heading, wanted))
    others: tuple[str, ...] = ()
    if "text" not in found:
        chances = _weigh(headings, rows, free, asked)
        if chances:
            best = max(chances, key=lambda each: chances[each])
            found["text"] = best
            others = tuple(each for each in chances if each != best and chances[each] >= _NEARLY * chances[best])
    return found, others


def _find_halves(free: Sequence[str]) -> tuple[str, ...]:
    """The columns of a first and a last name, in the order of one language; none where another has all of it."""
    for first, last in _load()["halves"].values():
        halves = [next((each for each in free if _ends(fold(each), _split(names))), "") for names in (first, last)]
        others = {fold(each) for each in free if each not in halves}
        if all(halves) and halves[0] != halves[1] and others.isdisjoint(_split(_load()["names"]["author"])):
            return tuple(halves)
    return ()


def _assign_halves(found: dict[str, str], free: list[str]) -> None:
    if "author" not in found and (halves := _find_halves(free)):
        found["author"] = JOINS.join(halves)
        for half in halves:
            free.remove(half)


def _ends(heading: str, names: Sequence[str]) -> bool:
    return any(heading == name or heading.endswith(f" {name}") for name in names)


def _assign(found: dict[str, str], free: list[str], column: str, fits: Any) -> None:
    match = next((each for each in free if fits(fold(each))), None)
    if match is not None and column not in found:
        found[column] = match
        free.remove(match)


def _is(kind: str, heading: str, wanted: Sequence[str]) -> bool:
    if kind == "names":
        return heading in wanted
    return any(f" {part} " in f" {heading} " for part in wanted)


def _weigh(headings: Sequence[str], rows: Sequence[Sequence[str]], free: Sequence[str], asked: str) -> dict[str, float]:
    """How likely columns hold what people said: by the words of their heading, and the sentences in them."""
    parts, never = _split(_load()["parts"]["text"]), _split(_load()["never"]["all"])
    question = set(fold(asked).split())
    found = {}
    for heading in free:
        folded = fold(heading)
        if folded in never:
            continue
        length = min(_measure(rows, list(headings).index(heading)), _MUCH)
        same = len(question & set(folded.split())) / len(question) if question else 0.0
        asks = _is("parts", folded, parts) and (not rows or length >= _A_SENTENCE / 2)
        if length >= _A_SENTENCE or asks or same > 0.5:
            found[heading] = length + _A_SENTENCE * asks * 3 + _MUCH * same
    return found


def _measure(rows: Sequence[Sequence[str]], place: int) -> float:
    """Characters a filled cell."""
    cells = [row[place] for row in rows if place < len(row) and row[place]]
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _is_nested(key: str, rows: Sequence[Mapping[str, object]]) -> bool:
    """Whether it holds nothing but objects and lists; a single one is a mistake in its row."""
    cells = [row[key] for row in rows if row.get(key) is not None]
    return len(cells) > 1 and all(isinstance(cell, dict | list) for cell in cells)


def _name(key: str, headings: Mapping[str, str]) -> str:
    """As it is written, and with its number where it stands a second time."""
    heading, number = headings[key], key.rpartition(" #")[2]
    return heading if fold_heading(heading) == key else f"{heading} #{number}" if number.isdigit() else heading


@cache
def _split(names: str) -> tuple[str, ...]:
    return tuple(fold(name) or name.strip() for name in names.split(",")) if names else ()


@cache
def _load() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
