"""JSON: lines, an array, or a document that holds an array somewhere; objects within objects are named with dots."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from bot.desk.answers.import_files import MOST_HEADINGS, Layout, ReadFile, Row, fold_heading
from bot.desk.bringing.held import BroughtFile, measure
from bot.desk.bringing.readers.encodings import open_letters
from bot.desk.errors import refuse
from bot.words.cleaning import clean_line, cut_words, shorten

LARGEST_DOCUMENT = 50 * 1024 * 1024
"""Bytes of a document: it is held as a whole, and takes about eight times as much."""
_DEEPEST = 5
"""Objects within objects that are looked into."""
_ASSIGNED = re.compile(r"\s*(?:window|var|let|const)\b[\w.\s]{0,80}=\s*")
"""X's archive is a program: `window.YTD.tweets.part0 = [`."""


class JsonObject(dict[str, Any]):
    """An object of JSON that remembers how often it has each key."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def read_lines(path: BroughtFile, done: ReadFile, layout: Layout) -> Iterator[Row]:
    """(line, row by folded headings) of a file with an object a line."""
    with open_letters(path, done) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line, object_pairs_hook=JsonObject)
            except (ValueError, RecursionError) as error:
                done.refuse(number, f"is not JSON: {error}")
                continue
            rows = found if number == 1 and _is_array(found) else [found]  # a whole array in the first line
            for row in rows:
                yield from read_object(number, row, done, layout)


def read_document(path: BroughtFile, done: ReadFile, layout: Layout) -> Iterator[Row]:
    """(number, row by folded headings) of the longest array of objects. Raises DeskError where there is none."""
    where, rows = find_array(load_document(path, done))
    if where:
        done.tell("part", where=shorten(clean_line(where), 60))
    for number, row in enumerate(rows, 1):
        yield from read_object(number, row, done, layout)


def load_document(path: BroughtFile, done: ReadFile) -> Any:
    """What a file of JSON holds. Raises DeskError for one that is none."""
    if (measure(path) or 0) > LARGEST_DOCUMENT:
        raise refuse("document_too_large", path=path, mib=LARGEST_DOCUMENT // 2**20)
    with open_letters(path, done) as file:
        written = file.read()
    if assigned := _ASSIGNED.match(written):
        written = written[assigned.end() :].rstrip().removesuffix(";")
    try:
        return json.loads(written, object_pairs_hook=JsonObject)
    except (ValueError, RecursionError) as error:
        raise refuse("not_json", path=path, why=shorten(clean_line(str(error)), 100)) from error


def find_array(document: Any) -> tuple[str, Sequence[Any]]:
    """The longest array of objects and where it stands. Raises DeskError where there is none."""
    found = max(_list_arrays(document, ""), key=lambda each: len(each[1]), default=None)
    if found is None:
        raise refuse("no_array")
    return found


def read_object(number: int, row: Any, done: ReadFile, layout: Layout) -> Iterator[Row]:
    """One row, or none where it is refused."""
    if not isinstance(row, JsonObject):
        done.refuse(number, "is not a JSON object")
        return
    headings = {fold_heading(key): key for key in row}
    values: dict[str, object] = {fold_heading(key): value for key, value in row.items()}
    for key, value in row.items():
        if isinstance(value, JsonObject):
            for inner, cell in _flatten(key, value, 1):
                headings[fold_heading(inner)] = inner
                values[fold_heading(inner)] = cell
    if not done.note_headings(headings):
        done.refuse(number, f"has columns of its own; at most {MOST_HEADINGS:,} in a file are looked at")
        return
    counts = Counter(fold_heading(column) for column, _ in row.pairs)
    twice = [column for column, times in counts.items() if times > 1 and layout.is_read(column)]
    if twice:
        done.refuse(number, f"has {cut_words(twice[0], 40)!r} {counts[twice[0]]} times: one of them would be lost")
    else:
        yield number, values


def _is_array(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(each, JsonObject) for each in found)


def _list_arrays(value: Any, where: str, depth: int = 0) -> Iterator[tuple[str, Sequence[Any]]]:
    if _is_array(value):
        yield where, value
    elif isinstance(value, JsonObject) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _list_arrays(inner, f"{where}.{key}" if where else key, depth + 1)


def _flatten(prefix: str, value: JsonObject, depth: int) -> Iterator[tuple[str, object]]:
    for key, inner in value.items():
        name = f"{prefix}.{key}"
        if isinstance(inner, JsonObject):
            if depth < _DEEPEST:
                yield from _flatten(name, inner, depth + 1)
        else:
            yield name, inner
