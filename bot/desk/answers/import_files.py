"""What a file of replies is read by, and what was found in it: its columns, and the rows that are none.

The files themselves are read by `desk.bringing.readers`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from bot.desk.errors import Sentence, refuse
from bot.words.cleaning import clean_line

COLUMNS = ("id", "text", "author", "handle", "role", "organisation", "page", "email", "link", "at")
"""What a row may hold, in small or capital letters; only `text` must be there. page: the person's own; link: where
they said it.
"""
Row = tuple[int, Mapping[str, object]]
"""A line, or the number of a mail or a message, and what stands there by folded headings."""
MOST_UNREAD = 20
"""How many other columns are told."""
JOINS = " + "
"""Between headings whose cells are one value."""
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

    is_read: whether a heading means something to us, so that two columns of it may not differ. named: those that an
    editor chose. is_guessed: nobody said yet which column holds the text; what looks like a header is one.
    """

    columns: Mapping[str, str]
    is_read: Callable[[str], bool]
    named: frozenset[str] = frozenset()
    is_guessed: bool = False

    def pick(self, row: Mapping[str, object]) -> dict[str, object]:
        """The values of a row by our columns."""
        return {column: _take(row, heading) for column, heading in self.columns.items()}

    def list_headings(self) -> set[str]:
        """The headings of ours, those that are joined one by one."""
        return {each for heading in self.columns.values() for each in (heading, *heading.split(JOINS))}


def _take(row: Mapping[str, object], heading: str) -> object:
    """The value of a heading, or of several that are joined: `first name + last name`."""
    if heading in row or JOINS not in heading:
        return row.get(heading)
    cells = (row.get(each) for each in heading.split(JOINS))
    return " ".join(str(cell).strip() for cell in cells if cell not in (None, "")) or None


def find_written(headings: Mapping[str, str], heading: str) -> str | None:
    """A heading, or several that are joined, as written in a file; None where one of them is not there."""
    if heading in headings:
        return headings[heading]
    found = [headings.get(each) for each in heading.split(JOINS)]
    return None if None in found else JOINS.join(map(str, found))


@dataclass(slots=True)
class ReadFile:
    """What a file had. headings: as they are written, by how rows name them. tool: what wrote it, "" if unknown.

    told: how it was read. skipped: rows that hold nobody's words, by why.
    """

    read: int = 0
    bad: list[BadRow] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    tool: str = ""
    told: list[Sentence] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def tell(self, name: str, /, **given: object) -> None:
        """Say once how it was read, in a sentence of `[read_as]`."""
        sentence = Sentence(f"read_as.{name}", given)
        if sentence not in self.told:
            self.told.append(sentence)

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


def lay_out(
    columns: Mapping[str, str], is_read: Callable[[str], bool] = lambda _: False, chosen: Collection[str] = ()
) -> Layout:
    """A layout where `columns` have another heading than their own name. Raises DeskError for a heading given twice.

    chosen: the headings that an editor named.
    """
    headings = {column: fold_heading(columns.get(column, column)) for column in COLUMNS}
    for column, heading in headings.items():
        others = [other for other, same in headings.items() if same == heading and other != column]
        if others and column in columns and all(other in columns for other in others):
            raise refuse("column_for_two", given=columns[column], column=column, other=others[0])
    given = {headings[column] for column in columns}
    kept = {column: heading for column, heading in headings.items() if column in columns or heading not in given}
    read = Layout(kept, is_read).list_headings()
    return Layout(kept, lambda heading: heading in read or is_read(heading), frozenset(map(fold_heading, chosen)))


def fold_heading(heading: str) -> str:
    """How rows name a column: blanks around it and capitals aside."""
    return heading.strip().casefold()
