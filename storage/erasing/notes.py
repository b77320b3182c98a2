"""Who is barred and what was refused, once more beside the database: a copy that is restored must not bring it back.

One JSON line a decision, appended before the database commits it, in `barred.log` beside the key: `{"what", "name"}`,
with `"off"` where it was lifted. `name`: keyed as in `storage.erasing.barred`; nobody and nothing can be read from it.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import BARRED_KEY
from storage.models import Barred
from storage.private import make_file, make_folder
from storage.states import REFUSALS, Bar, ConsentState

NAME = "barred.log"
KEPT = (Bar.ERASED, Bar.DO_NOT_QUOTE, Bar.DO_NOT_ASK)


@dataclass(slots=True)
class BarNotes:
    """Keyed names. people: how each is barred, False where that was lifted. refused: replies, and how."""

    people: dict[tuple[Bar, str], bool] = field(default_factory=dict)
    refused: dict[str, ConsentState] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.people or self.refused)


def find_notes(session: AsyncSession) -> Path | None:
    """The file; None where the store has no folder of state."""
    key: Path | None = session.info.get(BARRED_KEY)
    return None if key is None else key.with_name(NAME)


async def note_barred(session: AsyncSession, bar: Bar, name: str) -> None:
    """Note that somebody is barred, before it is committed: at worst somebody is barred whose erasure failed."""
    await _note(session, [{"what": bar.value, "name": name}])


def note_unbarred(session: AsyncSession, bar: Bar, names: Iterable[str]) -> None:
    """Note that this was lifted, once it is committed: never before it is true."""
    path, lines = find_notes(session), [{"what": bar.value, "name": name, "off": True} for name in names]
    if path is not None and path.exists():
        event.listen(session.sync_session, "after_commit", lambda _: _append(path, lines), once=True)


async def note_refused_replies(session: AsyncSession, state: ConsentState, names: Iterable[str]) -> None:
    """Note that these replies were refused or withdrawn."""
    await _note(session, [{"what": state.value, "name": name} for name in names])


async def _note(session: AsyncSession, lines: list[dict[str, str]]) -> None:
    """The first note of a file takes along who is barred already, by an older pullquote."""
    path = find_notes(session)
    if path is None or not lines:
        return
    if not path.exists():
        rows = await session.execute(select(Barred.bar, Barred.name).where(Barred.bar.in_(KEPT)).order_by(Barred.name))
        lines = [*[{"what": bar.value, "name": name} for bar, name in rows], *lines]
    _append(path, lines)


def _append(path: Path, lines: Iterable[Mapping[str, object]]) -> None:
    """Durable when it returns; several processes may append."""
    make_folder(path.parent)
    make_file(path)
    with path.open("ab") as file:
        file.write("".join(json.dumps(line) + "\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())


def measure_notes(path: Path | None) -> int:
    """How much is noted, in bytes: what a copy of the database knows already."""
    return path.stat().st_size if path is not None and path.exists() else 0


def read_notes(path: Path, known: int) -> BarNotes:
    """All erasures, and what was decided since the file had `known` bytes (all where it is shorter: another file).

    A line that was torn by a power cut is left out.
    """
    noted, content = BarNotes(), path.read_bytes()
    start = known if known <= len(content) else 0
    for text, is_new in [(content[:start], False), (content[start:], True)]:
        for line in text.splitlines():
            try:
                entry = json.loads(line)
                what, name, is_on = str(entry["what"]), str(entry["name"]), not entry.get("off", False)
            except (ValueError, TypeError, KeyError):
                continue
            if what in list(Bar):
                if is_new or what == Bar.ERASED:
                    noted.people[Bar(what), name] = is_on
            elif is_new and what in REFUSALS:
                noted.refused[name] = ConsentState(what)
    return noted
