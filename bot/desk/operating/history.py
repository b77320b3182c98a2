"""What editors did, and taking an act back: it reverses an editor's own entry, never what a person said.

What is sent or erased has no Undo: it is listed, and asked about, before it is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.context import Context
from bot.desk.errors import DeskError, Sentence, refuse
from bot.digest.rewrite import rewrite_stale
from storage.acts import acts, undoing
from storage.engine import Session
from storage.models import EditorAct

UNDOABLE = (
    acts.JUDGED,
    acts.DECIDED,
    acts.CREDITED,
    acts.USED,
    acts.CHECKED,
    acts.ADDED,
    acts.IMPORTED,
    acts.VOUCHED,
)
MOST = 50


@dataclass(frozen=True, slots=True)
class PastAct:
    """One act. entries: how many rows of each table it added and are there yet; none: there is nothing to undo.
    undone_at: None where it stands.
    """

    id: int
    kind: str
    subject: str
    by: str
    at: datetime
    entries: Mapping[str, int]
    undone_at: datetime | None
    undone_by: str

    @property
    def can_be_undone(self) -> bool:
        return self.kind in UNDOABLE and self.undone_at is None and bool(self.entries)


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back. rewritten: the files that had shown it; told: what a person has to do."""

    act: PastAct
    rewritten: tuple[Path, ...]
    told: tuple[str, ...] = ()


async def list_history(context: Context, workspace: str, most: int = MOST) -> list[PastAct]:
    """The last acts of a workspace, the newest first."""
    async with context.store.read() as session:
        return [await _describe(session, act) for act in await acts.list_acts(session, workspace, most)]


async def find_act(context: Context, workspace: str, act_id: int | None = None, *, by: str = "") -> PastAct:
    """An act that can be taken back: this one, or the last one of an editor. Raises DeskError with why it cannot."""
    async with context.store.read() as session:
        found = await _find(session, workspace, act_id, by)
        described = await _describe(session, found)
        used = await undoing.find_used(session, found)
    _check(described, used)
    return described


async def find_last_about(context: Context, workspace: str, kind: str, subject: str, by: str) -> int | None:
    """The number of an editor's last act of a kind about something, None where none stands."""
    async with context.store.read() as session:
        found = await acts.find_last(session, workspace, [kind], by=by, subject=subject)
        return None if found is None else found.id


async def undo(context: Context, workspace: str, act_id: int, *, by: str, about: str = "") -> Undone:
    """Take an act back, in the rows and in the files that show it. Raises DeskError.

    about: the subject that it must have.
    """
    now = context.now()
    async with context.store.write() as session:
        found = await _find(session, workspace, act_id, by)
        if about not in ("", found.subject):
            raise refuse("no_act_about", act=act_id, about=about)
        described = await _describe(session, found)
        _check(described, await undoing.find_used(session, found))
        if not await acts.mark_undone(session, act_id, by, now):
            raise refuse("undone_already", act=act_id)
        await undoing.take_out(session, found, now)
    done = await rewrite_stale(context)
    return Undone(described, done.paths, done.told)


async def _find(session: Session, workspace: str, act_id: int | None, by: str) -> EditorAct:
    if act_id is None:
        found = await acts.find_last(session, workspace, UNDOABLE, by=by)
        if found is None:
            raise DeskError(f"{by} has done nothing here that can be taken back: see `pullquote history`")
        return found
    found = await acts.find_act(session, workspace, act_id)
    if found is None:
        raise refuse("no_act", act=act_id)
    return found


async def _describe(session: Session, act: EditorAct) -> PastAct:
    entries = await undoing.count_entries(session, act) if act.kind in UNDOABLE else {}
    return PastAct(act.id, act.kind, act.subject, act.by, act.at, entries, act.undone_at, act.undone_by)


def _check(act: PastAct, used: list[int]) -> None:
    """Raises DeskError with why it cannot be taken back."""
    what = Sentence("refused.act", {"act": act.id, "kind": act.kind, "subject": act.subject})
    if act.undone_at is not None:
        by = f" by {act.undone_by}" if act.undone_by else ""
        raise refuse("undone_by", what=what, by=by, at=act.undone_at)
    if act.kind not in UNDOABLE:
        raise refuse("undo_sent", what=what)
    if not act.entries:
        raise refuse("undo_nothing", what=what)
    if used:
        listed = ", ".join(map(str, used[:10])) + (", …" if len(used) > 10 else "")
        raise refuse("undo_used", what=what, replies=listed)
