"""What an editor says of a file before it is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.desk.bringing.cells import Leave


class PastedChoice(StrEnum):
    """What becomes of a text that looks copied from a web page. ASK: it is not stored, and told."""

    ASK = "ask"
    AS_PASTED = "as_pasted"  # what the page put around the words goes
    AS_TYPED = "as_typed"  # all of it is the person's words


@dataclass(frozen=True, slots=True)
class LeaveChoices:
    """How columns about quoting are read, by their headings. means: what a cell says, in the editor's words."""

    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    means: Mapping[str, Leave] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """What holds for every row of an import.

    consent: the words by which the authors agreed, "" for none; a row's own word stands above it. source: within
    which an id counts, "" for the file's name. columns: where a column of ours has another heading, by ours. guesses:
    the columns that are not given are guessed. dates: `dmy`, `mdy`, `ymd`, or "" for what the file shows. zone: of
    moments without one, "" for that of the config. by: who brings them.
    """

    network: str = "import"
    link: str = ""
    consent: str = ""
    source: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    leave: LeaveChoices = field(default_factory=LeaveChoices)
    pasted: PastedChoice = PastedChoice.ASK
    guesses: bool = True
    dates: str = ""
    zone: str = ""
    by: str = ""
