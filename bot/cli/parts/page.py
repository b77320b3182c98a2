"""How things look in a terminal: wrapped, aligned, and nothing of a reply that could steer the terminal."""

import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from bot.cli.parts.terminal import Laid, show

NARROWEST, WIDEST = 40, 100


def width() -> int:
    """Columns that a line may fill."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def wrap(text: str, indent: str = "", then: str | None = None) -> Laid:
    """One paragraph in lines of the terminal's width, each behind `indent`, all but the first behind `then` where it is
    given.
    """
    from bot.words.cleaning import fold

    return wrap_text(fold(text), indent, then)


def wrap_text(text: str, indent: str = "", then: str | None = None) -> Laid:
    """The same of what somebody wrote: its own line breaks stay."""
    from bot.words.cleaning import clean

    lines: list[str] = []
    for line in clean(text).split("\n"):
        lines += textwrap.wrap(line, width() - len(indent), break_on_hyphens=False, break_long_words=False) or [""]
    behind = [indent, *([indent if then is None else then] * (len(lines) - 1))]
    return Laid("\n".join(f"{before}{line}".rstrip() for before, line in zip(behind, lines, strict=True)))


def shorten(text: str, most: int) -> str:
    """One line of at most `most` columns."""
    from bot.words.cleaning import clean_line

    line = clean_line(text)
    if measure(line) <= most:
        return line
    columns = 0
    for place, letter in enumerate(line):
        columns += measure(letter)
        if columns >= most:
            return f"{line[:place].rstrip()}…"
    return line


def measure(text: str) -> int:
    """Columns that a text takes in a terminal: wide letters take two, marks none."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text
    )


def tabulate(rows: Iterable[Sequence[str]], indent: str = "  ") -> Laid:
    """Rows of cells in aligned columns; the last one is not padded."""
    from bot.words.cleaning import clean_line

    table = [[clean_line(cell) for cell in row] for row in rows]
    widths = [max(map(measure, column)) for column in zip(*table, strict=True)]
    return Laid(
        "\n".join(
            (indent + "  ".join(cell + " " * (w - measure(cell)) for cell, w in zip(row, widths, strict=True))).rstrip()
            for row in table
        )
    )


def heading(text: str) -> None:
    """A title over what follows, set off by an empty line."""
    show(text, gap=True, bold=True)


def show_moment(moment: datetime | None, zone: str) -> str:
    """`Mon 2026-11-16 09:00 CET`, `never` without one."""
    from zoneinfo import ZoneInfo

    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M %Z}" if moment else "never"


def show_path(path: Path) -> str:
    """A path as short as it can be pasted here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 reply`, `2 replies`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say_leave(why_not: str, *, unnamed: bool) -> str:
    """Whether a reply may be quoted, going on after "it"."""
    if why_not:
        return f"may not be quoted: {why_not}"
    return "may be quoted, without a name" if unnamed else "may be quoted"
