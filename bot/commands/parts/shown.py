"""What is shown to whoever called: texts, buttons, menus, forms. Values only; `components` makes them Discord's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class ButtonStyle(StrEnum):
    """How a button looks. DANGER: what it does cannot be taken back."""

    PLAIN = "secondary"
    MAIN = "primary"
    GOOD = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """`act` names what it does (see `acts`), `args` to what: they stand in its id and outlive a restart."""

    label: str
    act: str
    args: tuple[object, ...] = ()
    look: ButtonStyle = ButtonStyle.PLAIN
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens a page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu; `value` is what comes back."""

    value: str
    label: str
    description: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to choose from; one line, or with `most` several."""

    placeholder: str
    act: str
    choices: tuple[Choice, ...]
    args: tuple[object, ...] = ()
    most: int = 1


Row: TypeAlias = Sequence[Button | LinkButton] | Menu


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer, seen by nobody but whoever called. `rows`: at most five; `files`: by name.

    labels: by custom id, what buttons of the message say from now on that was pressed and that all see.
    """

    text: str
    rows: tuple[Row, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """A line to fill in, or with `long` a paragraph. most: characters."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    long: bool = False
    required: bool = True
    most: int = 200


@dataclass(frozen=True, slots=True)
class Pick:
    """A list to choose from within a form."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    hint: str = ""
    most: int = 1
    required: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A window with at most five fields; handing it in calls `act` with `args` and what was filled in."""

    title: str
    act: str
    fields: tuple[Field | Pick, ...]
    args: tuple[object, ...] = ()
