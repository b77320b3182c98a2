"""The marked edits of a quote: […] where words are left out, [words] put in, [T]his for this, [sic]."""

import re
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass, field
from enum import StrEnum

from bot.quotes.typography import fold


class EditKind(StrEnum):
    """What a bracket stands for."""

    OMISSION = "omission"
    INSERTION = "insertion"
    CASE = "case"
    SIC = "sic"


@dataclass(frozen=True, slots=True)
class Edit:
    """One bracket. text: the words left out, the words put in, the letter as printed, or "sic"."""

    kind: EditKind
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words between two omissions, folded and without brackets. cased: where a letter's case was changed."""

    text: str
    cased: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A quote as its runs. edits: every bracket in order, those of omissions still without words; leads, trails:
    whether an omission stands before the first run, after the last.
    """

    runs: tuple[Run, ...]
    edits: tuple[Edit, ...]
    leads: bool
    trails: bool


MOST_BRACKETS = 100
"""Nobody prints a quote with more; beyond it nothing is proven."""

BRACKET = re.compile(r"\[([^\[\]]*)\]")
_HAS_WORD = re.compile(r"\w")
_OMISSIONS = frozenset({"…", "..."})


@dataclass(slots=True)
class _Reading:
    """The quote as far as it was read."""

    text: str = ""
    cased: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    leads: bool = False

    def end_run(self) -> bool:
        """Close the run that is being read; answers whether it has words."""
        folded = fold(self.text)
        run = folded.text.strip()
        if run:
            offset = folded.text.index(run)
            starts = [folded.start_of(position) for position in range(len(folded.text))] if self.cased else []
            self.runs.append(Run(run, tuple(bisect_left(starts, at) - offset for at in self.cased)))
        self.text, self.cased = "", []
        return bool(run)


def read_marks(quote: str, literal: Container[str] = ()) -> Marked | None:
    """The runs and edits of `quote`, or None where a bracket is used as none may be, or there are no words beside.

    literal: brackets that are the source's own.
    """
    reading, done, trails = _Reading(), 0, False
    for bracket in BRACKET.finditer(quote):
        if bracket[0] in literal:
            continue
        reading.text += quote[done : bracket.start()]
        done = bracket.end()
        edit = _read_edit(bracket, reading, quote)
        if edit is None or len(reading.edits) == MOST_BRACKETS:
            return None
        reading.edits.append(edit)
    reading.text += quote[done:]
    if not reading.end_run() and reading.edits:
        trails = reading.edits[-1].kind is EditKind.OMISSION
    if not any(_HAS_WORD.search(run.text) for run in reading.runs):
        return None
    return Marked(tuple(reading.runs), tuple(reading.edits), reading.leads, trails)


def _read_edit(bracket: re.Match[str], reading: _Reading, quote: str) -> Edit | None:
    content = bracket[1].strip()
    joins_left = _HAS_WORD.match(reading.text[-1:]) is not None
    joins_right = _HAS_WORD.match(quote, bracket.end()) is not None
    if content.replace(" ", "") in _OMISSIONS:
        if not reading.end_run() and not reading.runs:
            reading.leads = True
        return Edit(EditKind.OMISSION, "")
    if content.casefold().rstrip("!") == "sic":
        reading.text = reading.text.rstrip()
        return None if joins_right else Edit(EditKind.SIC, "sic")
    if len(content) == 1 and content.isalpha() and joins_right and not joins_left:
        reading.cased.append(len(reading.text))
        reading.text += content
        return Edit(EditKind.CASE, content)
    if not content or joins_left or joins_right:
        return None
    reading.text = reading.text.rstrip()
    return Edit(EditKind.INSERTION, content)
