"""Rows of cells, as CSV files and spreadsheets have them: which row is the header, and which only describe columns."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from bot.desk.answers.import_files import COLUMNS, MOST_HEADINGS, Layout, ReadFile, Row, fold_heading
from bot.desk.bringing.held import BroughtFile
from bot.desk.errors import refuse
from bot.words.cleaning import cut_words

Cells = Sequence[object]
Refuse = Callable[[int, str], None]
LOOKED_AT = 30
"""Rows among which the header is looked for: titles and blank lines may stand above it."""
_IMPORT_ID = re.compile(r'\{"ImportId":')
_QUESTION_NUMBER = re.compile(r"Q(?:ID)?\d[\w.]*", re.IGNORECASE)
_DESCRIPTIONS = frozenset({"response", "open-ended response", "other (please specify)", "please specify", "responses"})
"""SurveyMonkey's second row, in English."""


def read_grid(path: BroughtFile, rows: Iterable[tuple[int, Cells]], done: ReadFile, layout: Layout) -> Iterator[Row]:
    """(line, row by folded headings). Raises DeskError where no row names the columns, or two of a name differ."""
    remaining = iter(rows)
    head = list(islice(remaining, LOOKED_AT))
    place = find_header([cells for _, cells in head], layout)
    if place is None and layout.is_guessed:
        place = guess_header([cells for _, cells in head])
    if place is None:
        text = layout.columns["text"]
        raise refuse("no_headings", path=path, column=cut_words(text, 60), known=", ".join(COLUMNS))
    headings = [write_cell(cell).strip() for cell in head[place][1]]
    if above := [line for line, cells in head[:place] if any(map(write_cell, cells))]:
        done.tell("named_in", line=head[place][0], above=above[0])
    described = count_descriptions([cells for _, cells in head[place + 1 :]])
    if described:
        done.tell("described", line=head[place + 1][0])
        headings = _take_questions(headings, head[place + 1][1], layout)
    names = name_columns(headings)
    if not done.note_headings({name: heading for name, heading in zip(names, headings, strict=True) if name}):
        raise refuse("too_many_columns", path=path, number=len(names), most=MOST_HEADINGS)
    doubled = _find_doubled(headings, names, layout)
    for line, cells in chain(head[place + 1 + described :], remaining):
        if len(cells) > len(names) and any(cells[len(names) :]):
            # a text that was cut at a comma would pass for what its author said
            done.refuse(
                line, f"has {len(cells)} cells, the first line names {len(names)}; put a text with commas in quotes"
            )
        elif cells:
            row = dict(zip(names, cells, strict=False))
            for name, places in doubled.items():
                row[name] = _choose_cell(path, headings[places[0]], places, cells)
            yield line, row


def find_header(rows: Sequence[Cells], layout: Layout) -> int | None:
    """The first row that has the heading of the text; None where none has."""
    wanted = layout.columns["text"]
    wanted = re.sub(r" #\d+$", "", wanted)
    place = next((place for place, cells in enumerate(rows) if wanted in map(_fold, cells)), None)
    if place and place + 1 < len(rows) and any(map(_IMPORT_ID.match, map(write_cell, rows[place + 1]))):
        return place - 1  # Qualtrics: what was asked stands below the names
    return place


def guess_header(rows: Sequence[Cells]) -> int | None:
    """The first row that is about as wide as those below it, where nothing is known of its headings."""
    widths = [sum(bool(write_cell(cell).strip()) for cell in cells) for cells in rows]
    usual = max(widths, default=0)
    if usual < 2:
        return None
    return next(place for place, width in enumerate(widths) if width >= max(2, usual * 0.6))


def count_descriptions(below: Sequence[Cells]) -> int:
    """How many rows below the header only describe its columns: Qualtrics has two, SurveyMonkey one."""
    for place, cells in enumerate(below[:2]):
        written = [write_cell(cell).strip() for cell in cells]
        if any(map(_IMPORT_ID.match, written)):
            return place + 1
    filled = {cell for cell in map(_fold, below[0]) if cell} if below else set()
    return 1 if filled and filled <= _DESCRIPTIONS else 0


def name_columns(headings: Sequence[str]) -> list[str]:
    """Their folded names; a second one of a name is `name #2`."""
    names: list[str] = []
    seen: dict[str, int] = {}
    for heading in map(fold_heading, headings):
        seen[heading] = seen.get(heading, 0) + 1
        names.append(heading if not heading or seen[heading] == 1 else f"{heading} #{seen[heading]}")
    return names


def write_cell(cell: object) -> str:
    """As text."""
    return "" if cell is None else str(cell)


def _fold(cell: object) -> str:
    return fold_heading(write_cell(cell))


def _take_questions(headings: Sequence[str], below: Cells, layout: Layout) -> list[str]:
    """Qualtrics calls columns Q1, Q2; what was asked stands below, and says whether it is about quoting."""
    questions = [write_cell(cell).strip() for cell in below]
    known = layout.columns.values()
    return [
        question
        if question and _QUESTION_NUMBER.fullmatch(heading) and fold_heading(heading) not in known
        and not _IMPORT_ID.match(question)
        else heading
        for heading, question in zip(headings, [*questions, *[""] * len(headings)], strict=False)
    ]  # fmt: skip


def _find_doubled(headings: Sequence[str], names: Sequence[str], layout: Layout) -> dict[str, list[int]]:
    """The places of columns that mean something to us and stand more than once, unless an editor chose one of them."""
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(map(fold_heading, headings)):
        places.setdefault(heading, []).append(place)
    return {
        name: found
        for name, found in places.items()
        if len(found) > 1 and name and layout.is_read(name) and not any(names[place] in layout.named for place in found)
    }


def _choose_cell(path: BroughtFile, heading: str, places: Sequence[int], cells: Cells) -> object:
    """The one that is filled. Raises DeskError where two differ."""
    filled = [cells[place] for place in places if place < len(cells) and write_cell(cells[place]).strip()]
    if any(cell != filled[0] for cell in filled[1:]):
        shown = ", ".join(str(place + 1) for place in places)
        raise refuse("column_twice", path=path, column=cut_words(heading, 40), number=len(places), places=shown)
    return filled[0] if filled else None
