"""Labelled replies from JSON lines."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GRADES = (0.0, 0.1, 0.5, 0.95)
"""How probably a reader calls a reply a good answer that an editor graded 0 noise, 1 weak, 2 usable, 3 quotable."""
BEST_GRADE = 3


class BadData(ValueError):
    """A line that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One reply. good: 0 to 1. grade: 0 to 3, the mean of the readers'. traits: what `without` may name."""

    id: str
    group: str  # replies to one question belong together
    question: str
    text: str
    good: float
    grade: float | None
    label: int
    traits: frozenset[tuple[str, str]]


def read_labelled(files: Iterable[Path], without: Sequence[str] = ()) -> list[Labelled]:
    """Read `{id, question, text, label | grades}` a line, without the asker's own replies.

    without: `source=…`, `style=…`, `register=…` or `group=…` to leave out. Sorted, so that the order of files and
    lines plays no part. Raises BadData.
    """
    left_out = {_split(each) for each in without}
    rows = [row for path in files for row in _read_file(Path(path))]
    return sorted((row for row in rows if not row.traits & left_out), key=lambda row: (row.group, row.id, row.text))


def _split(choice: str) -> tuple[str, str]:
    name, sign, value = choice.partition("=")
    if not sign or name not in {"source", "style", "register", "group"}:
        raise BadData(f"{choice!r}: write source=…, style=…, register=… or group=… for what is left out")
    return name, value


def _read_file(path: Path) -> Iterable[Labelled]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                if not row.get("by_asker"):
                    yield _read_row(row)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise BadData(
                    f"{path}, line {number}: no labelled reply ({error}); give id, question, text and label"
                ) from error


def _read_row(row: dict[str, Any]) -> Labelled:
    question = str(row.get("question") or "")
    group = str(row.get("group") or row.get("question_id") or question)
    traits = frozenset((name, str(row[name])) for name in ("source", "style", "register") if name in row)
    grade = sum(row["grades"]) / len(row["grades"]) if "grades" in row else None
    label = int(grade == BEST_GRADE) if grade is not None else int(row["label"])
    good = float(label) if grade is None else _soften(grade)
    return Labelled(str(row["id"]), group, question, str(row["text"]), good, grade, label, traits | {("group", group)})


def _soften(grade: float) -> float:
    below = min(int(grade), BEST_GRADE - 1)
    return GRADES[below] + (grade - below) * (GRADES[below + 1] - GRADES[below])
