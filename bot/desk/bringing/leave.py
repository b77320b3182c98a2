"""What a file says about quoting: which of its columns ask for it, what each row says, and what that adds to a ledger.

A row's own word stands above what is said of all rows. A no never becomes a yes, nor an unnamed a name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.desk.bringing.cells import Leave, LeaveHeading, find_heading, fold, read_cell
from bot.desk.bringing.given import ImportDefaults, LeaveChoices
from bot.desk.errors import refuse
from bot.quotes import find_current_consent
from bot.words.cleaning import clean_line, shorten
from storage.states import GRANTS, REFUSALS, ConsentState

_MOST_CELLS = 200  # different cells that are not understood, remembered for a column
_SHOWN_CELLS = 6
_SHOWN_COLUMNS = 20
_SHOWN = 40  # characters of a cell
_STATES = {
    Leave.NO: ConsentState.REFUSED,
    Leave.ASK: ConsentState.ASK_FIRST,  # with their words: it waits, and no consent for all of a file reaches it
    Leave.ANONYMOUS: ConsentState.GRANTED_ANONYMOUSLY,
    Leave.YES: ConsentState.GRANTED,
}
_OPEN = (None, ConsentState.ASKED, ConsentState.PUBLIC_NOTICE)
_STRICTEST_FIRST = tuple(Leave)


@dataclass(frozen=True, slots=True)
class LeaveColumn:
    """A column about quoting. name: its heading as it is written; asks: what it is about. ignored: by an editor."""

    name: str
    asks: LeaveHeading
    ignored: bool = False


@dataclass(slots=True)
class NotUnderstood:
    """The cells of a column that nobody but a person can read, as they are written, and how often."""

    column: LeaveColumn
    cells: Counter[str] = field(default_factory=Counter)
    answers: int = 0  # cells that are not empty


@dataclass(frozen=True, slots=True)
class RowLeave:
    """What a row says, None where its file asks nobody, and in which words. is_its_own: not said of all rows."""

    leave: Leave | None = None
    wording: str = ""
    is_its_own: bool = False


NOTHING_SAID = RowLeave()


def find_columns(headings: Mapping[str, str], read: Iterable[str], choices: LeaveChoices) -> dict[str, LeaveColumn]:
    """The columns about quoting by their key.

    headings: as written, by the key that their values have; read: keys of columns that are something else.
    """
    named = {fold(name): False for name in choices.columns} | {fold(name): True for name in choices.ignored}
    found: dict[str, LeaveColumn] = {}
    for key, name in headings.items():
        asks = find_heading(name)
        ignored = named.get(fold(name))
        if ignored is not None:
            found[key] = LeaveColumn(name, _choose_reading(asks, ignored=ignored), ignored)
        elif asks is not None and key not in read:
            found[key] = LeaveColumn(name, asks)
    return found


def check_named(headings: Mapping[str, str], choices: LeaveChoices) -> None:
    """Raise DeskError where an editor named a column that is not there."""
    there = {fold(name) for name in headings.values()}
    missing = [name for name in (*choices.columns, *choices.ignored) if fold(name) not in there]
    if missing:
        names = ", ".join(f"“{shorten(name, _SHOWN)}”" for name in list(headings.values())[:_SHOWN_COLUMNS])
        raise refuse("no_leave_column", column=shorten(missing[0], _SHOWN), names=names)


def _choose_reading(asks: LeaveHeading | None, *, ignored: bool) -> LeaveHeading:
    """A column that an editor names asks for leave; one whose heading may mean the opposite stays unclear."""
    return LeaveHeading.UNCLEAR if asks is LeaveHeading.UNCLEAR and not ignored else LeaveHeading.QUOTING


# ---------------------------------------------------------------- reading a file through


def note_cells(
    columns: Mapping[str, LeaveColumn],
    row: Mapping[str, object],
    means: Mapping[str, Leave],
    told: dict[str, NotUnderstood],
) -> None:
    """Remember what is not understood in a row."""
    for key, column in columns.items():
        cell = row.get(key)
        if column.ignored or isinstance(cell, list | dict):
            continue
        noted = told.setdefault(key, NotUnderstood(column))
        found = read_cell(cell, column.asks, means)
        noted.answers += found is not Leave.UNASKED
        if found is None:
            shown = shorten(str(cell), _SHOWN)
            if shown in noted.cells or len(noted.cells) < _MOST_CELLS:
                noted.cells[shown] += 1


def drop_empty(columns: Mapping[str, LeaveColumn], told: Mapping[str, NotUnderstood]) -> dict[str, LeaveColumn]:
    """Without those that may ask for leave but that nobody filled in."""
    return {
        key: column
        for key, column in columns.items()
        if column.asks is not LeaveHeading.UNCLEAR or (key in told and told[key].answers)
    }


def ask_about(
    columns: Mapping[str, LeaveColumn], told: Mapping[str, NotUnderstood], given: ImportDefaults
) -> list[str]:
    """What has to be answered before the file can be taken: each sentence names the column and what to type."""
    questions = [_ask_about_cells(told[key]) for key in columns if key in told and told[key].cells]
    asks = {column.asks for column in columns.values() if not column.ignored}
    if asks == {LeaveHeading.NAMING} and not given.consent:
        (name, *_) = (column.name for column in columns.values() if column.asks is LeaveHeading.NAMING)
        shown = shorten(name, _SHOWN)
        questions.append(
            f"the column “{shown}” asks about the name, and nothing says that they agreed to be quoted: say "
            f'--consent "WORDS" by which they did, --consent-column "{shown}" if it asked for both, or '
            f'--ignore-column "{shown}"'
        )
    return questions


def _ask_about_cells(told: NotUnderstood) -> str:
    name = shorten(told.column.name, _SHOWN)
    cells = ", ".join(f"“{cell}” ({number})" for cell, number in told.cells.most_common(_SHOWN_CELLS))
    more = len(told.cells) - _SHOWN_CELLS
    rest = f" and {more} others" if more > 0 else ""
    what = (
        "may ask for leave to quote, or for something else"
        if told.column.asks is LeaveHeading.UNCLEAR
        else "says who may be quoted"
    )
    example = told.cells.most_common(1)[0][0]
    return (
        f"the column “{name}” {what}, and it is not understood here: {cells}{rest}. Say what a cell means, once for "
        f'each: --yes-means "{example}", --no-means, --anonymous-means or --ask-means; or --ignore-column "{name}" '
        "if it is not about quoting"
    )


def read_leave(columns: Mapping[str, LeaveColumn], row: Mapping[str, object], given: ImportDefaults) -> RowLeave:
    """What a row says. Raises ValueError for a cell that is no text."""
    for key, column in columns.items():
        if isinstance(row.get(key), list | dict):
            raise ValueError(  # noqa: TRY004  # of a row, like all that is wrong with one
                f"{shorten(column.name, _SHOWN)!r} is a list or an object; write yes, no or anonymous"
            )
    said = {key: read_cell(row.get(key), column.asks, given.leave.means) for key, column in columns.items()}
    read = {key: found or Leave.ASK for key, found in said.items() if not columns[key].ignored}
    if not read:
        refuses = given.consent and Leave.NO in said.values()  # in a column that an editor ignored
        return RowLeave(Leave.UNASKED) if refuses else RowLeave(Leave.YES if given.consent else None, given.consent)
    wording = "; ".join(f"{clean_line(columns[key].name)} {_write(row.get(key))}".strip() for key in read)
    return RowLeave(_join(columns, read, given), wording, is_its_own=True)


def _join(columns: Mapping[str, LeaveColumn], read: Mapping[str, Leave], given: ImportDefaults) -> Leave:
    """The strictest of what the columns say; without leave to print it, a name is not printed."""
    quoting = [found for key, found in read.items() if columns[key].asks is not LeaveHeading.NAMING]
    naming = [found for key, found in read.items() if columns[key].asks is LeaveHeading.NAMING]
    base = min(quoting, key=_STRICTEST_FIRST.index) if quoting else Leave.YES if given.consent else Leave.UNASKED
    limits = [Leave.ANONYMOUS if found in (Leave.NO, Leave.UNASKED) else found for found in naming]
    return min([base, *limits], key=_STRICTEST_FIRST.index)


def choose_stricter(first: RowLeave, second: RowLeave) -> RowLeave:
    """Of what the same row says twice."""
    if first.leave is None or second.leave is None:
        return first if second.leave is None else second
    return min(first, second, key=lambda each: _STRICTEST_FIRST.index(each.leave or Leave.YES))


def _write(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else clean_line(str(cell))


# ---------------------------------------------------------------- what it adds


def find_new_state(said: RowLeave, ledger: Sequence[tuple[int, ConsentState]], revision_id: int) -> ConsentState | None:
    """What a row adds to the ledger of a reply, or None. It lifts no no, and gives no unnamed a name."""
    if said.leave is None or said.leave is Leave.UNASKED:
        return None
    current = find_current_consent(ledger, revision_id)
    state = None if current is None else current[1]
    if said.leave is Leave.NO:
        return None if state in REFUSALS else ConsentState.WITHDRAWN if state in GRANTS else ConsentState.REFUSED
    if said.leave is Leave.ANONYMOUS and state is ConsentState.GRANTED:
        return ConsentState.GRANTED_ANONYMOUSLY
    waits = state in (ConsentState.UNASKED, ConsentState.ASK_FIRST)
    is_open = state in _OPEN or (waits and said.is_its_own and said.leave is not Leave.ASK)
    return _STATES[said.leave] if is_open else None


def is_held_back(said: RowLeave, ledger: Sequence[tuple[int, ConsentState]], revision_id: int) -> bool:
    """Whether a row grants more than what stands in the ledger, and that stays as it is."""
    current = find_current_consent(ledger, revision_id)
    if current is None or said.leave not in (Leave.YES, Leave.ANONYMOUS):
        return False
    stands = current[1] in (ConsentState.GRANTED, _STATES[said.leave])
    return not stands and find_new_state(said, ledger, revision_id) is None
