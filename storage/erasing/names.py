"""Erase names of editors and askers, as `NAME (PLATFORM:ID)`, from rows."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, Text, cast, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.models import (
    ChosenPassage,
    Control,
    CreditGiven,
    Digest,
    EditorAct,
    Event,
    Outgoing,
    Printing,
    Question,
    SourceCheck,
    UnsentForm,
    Verdict,
)

SOMEBODY = "somebody"
_BEFORE = re.compile(r".*\b(?:asked|proposed|approved|declined|paused|edited) by ")
TEXTS: Sequence[InstrumentedAttribute[Any]] = (
    Question.asked_by,
    Question.state_reason,
    Question.paused_reason,
    Verdict.editor,
    ChosenPassage.by,
    CreditGiven.said_by,
    SourceCheck.by,
    Printing.by,
    Control.by,
    Event.message,
    EditorAct.by,
    EditorAct.undone_by,
)
DOCUMENTS: Sequence[InstrumentedAttribute[Any]] = (Outgoing.payload, Digest.selection)


async def erase_name(session: AsyncSession, platform: str, remote_id: str) -> list[int]:
    """Take the name of who has this id on a platform out of everything; answers the digests that had it.

    What they filled in and did not send is deleted. What they did stays, by somebody.
    """
    mark = f"({platform}:{remote_id})"
    await session.execute(delete(UnsentForm).where(UnsentForm.by.contains(mark, autoescape=True)))
    for column in TEXTS:
        await _erase_in(session, column, mark)
    found = [await _erase_in(session, column, mark) for column in DOCUMENTS]
    return [key[0] for key in found[-1]]


async def _erase_in(session: AsyncSession, column: InstrumentedAttribute[Any], mark: str) -> list[tuple[Any, ...]]:
    """Answers the keys of the rows that had it."""
    table = column.class_.__table__
    assert isinstance(table, Table)
    keys = list(table.primary_key.columns)
    named = cast(column, Text).contains(mark, autoescape=True)
    rows = (await session.execute(select(column, *keys).where(named))).all()
    for value, *key in rows:
        same = [part == wanted for part, wanted in zip(keys, key, strict=True)]
        await session.execute(update(column.class_).where(*same).values({column: remove_name(value, mark)}))
    return [tuple(key) for _, *key in rows]


def remove_name(value: Any, mark: str) -> Any:
    """The same without the name before `mark`, in all strings of a document.

    Such a name stands at the beginning of a line or after "asked by" and the like.
    """
    if isinstance(value, str):
        return "\n".join(_remove_from_line(line, mark) for line in value.split("\n"))
    if isinstance(value, list):
        return [remove_name(each, mark) for each in value]
    if isinstance(value, dict):
        return {key: remove_name(each, mark) for key, each in value.items()}
    return value


def _remove_from_line(line: str, mark: str) -> str:
    while mark in line:
        head, tail = line.split(mark, 1)
        before = _BEFORE.match(head)
        line = f"{before[0] if before else ''}{SOMEBODY}{tail}"
    return line
