"""What becomes of a batch of rows: counted for a preview, or stored, with what was said about quoting them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.desk.answers.import_files import BadRow
from bot.desk.bringing.cells import Leave
from bot.desk.bringing.given import ImportDefaults
from bot.desk.bringing.leave import RowLeave, choose_stricter, find_new_state, is_held_back
from bot.desk.bringing.recording import Recording
from bot.desk.bringing.rows import BroughtCredit, BroughtRow
from bot.desk.bringing.settle import Settled
from bot.desk.errors import Sentence
from bot.replies.pitches import store_newer
from storage.engine import Session
from storage.imports.held import HeldReply, load_held, load_ledgers
from storage.replies import consents, ingest
from storage.replies.credits import add_credits, load_credits
from storage.states import AGREEMENTS, REFUSALS, ConsentState

MOST_SHOWN = 5
_Entry = tuple[ConsentState, RowLeave, int]


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row that looks copied from a page. words: what of it is its author's, None where that cannot be told.

    is_broken: its letters are; words: as they were.
    """

    line: int
    signs: tuple[str, ...]
    words: str | None
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One of the first rows that would be added, as it is understood. leave: as `Leave` says it, "" for nothing."""

    line: int
    author: str
    text: str
    leave: str


@dataclass(slots=True)
class Imported:
    """What an import brought, or would bring.

    tool: what wrote the file; how: sentences on how it was read; mapping: the heading of each of our columns. skipped:
    rows that are nobody's answer, by why. undated: rows whose moment cannot be read; marked: whose text had markup.
    unread: columns of the file that pullquote does not know, as they are written; columns: those about quoting.
    leave: what the new rows say about quoting. granted, refused: known rows that were given leave, or lost it.
    held_back: known rows whose yes changes nothing, as their author said less before. deleted: rows of which a
    network left no words. left_out: rows of people who had themselves erased. heard: mails that answer a
    read-back, and are no replies. newer: mails that became the newest wording of what their author wrote before; over:
    mails that are more of a person than were asked for, and were added. pasted: rows that look copied from a page and
    are not taken before an editor decides.
    shown: the first of the new rows, of a preview. rewritten: digests on disk; told: what a person has to
    do about them. act: the number of it in the history, None where it brought nothing.
    """

    read: int = 0
    added: int = 0
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)
    tool: str = ""
    how: list[Sentence] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    undated: int = 0
    marked: int = 0
    unread: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    leave: dict[str, int] = field(default_factory=dict)
    granted: int = 0
    refused: int = 0
    held_back: list[BadRow] = field(default_factory=list)
    deleted: int = 0
    left_out: int = 0
    heard: int = 0
    newer: int = 0
    over: int = 0
    pasted: list[PastedRow] = field(default_factory=list)
    shown: list[ShownRow] = field(default_factory=list)
    rewritten: list[Path] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    act: int | None = None


async def count_batch(session: Session, settled: Settled, done: Imported) -> None:
    """What `store_batch` would do."""
    _set_pasted_aside(settled, done)
    _join_repeated(settled)
    done.added += len(settled.new)
    for row in settled.new[: MOST_SHOWN - len(done.shown)]:
        said = row.said.leave.value if row.said.leave else ""
        done.shown.append(ShownRow(row.line, row.reply.author.display_name, row.reply.text or "", said))
    _count(settled, done)
    await _find_entries(session, settled, done)


async def store_batch(
    session: Session, settled: Settled, given: ImportDefaults, done: Imported, now: datetime, *, recording: Recording
) -> None:
    """Store the new rows, and of all rows what they say about quoting."""
    _set_pasted_aside(settled, done)
    _join_repeated(settled)
    ingested = await ingest.upsert_replies(session, [row.reply for row in settled.new], now) if settled.new else None
    added = 0 if ingested is None else len(ingested.added)
    done.added += added
    done.left_out += len(settled.new) - added
    _count(settled, done)
    granted = await _record(session, await _find_entries(session, settled, done), given, now)
    brought: list[int] = []
    credited: list[int] = []
    if ingested is not None:
        held = await _load_added(session, settled.new, [row.remote_id for row in ingested.added])
        brought = [each.id for each in held]
        await _record(session, _find_new_entries(settled.new, held), given, now)
        credited = await _credit(session, settled.new, held, given, now)
    granted += await _store_newer(session, settled, given, done, now)
    added_rows = {"replies": brought, "consents": granted, "credits_given": credited}
    await recording.extend(session, added_rows, now)


async def _store_newer(
    session: Session, settled: Settled, given: ImportDefaults, done: Imported, now: datetime
) -> list[int]:
    """Add the wordings of newer mails, and what their rows say about quoting these; answers as `_record` does."""
    if not settled.newer:
        return []
    await store_newer(session, settled.newer[0].reply.question_id, settled.folded, now)
    held = await _load_added(session, settled.newer, [row.reply.remote_id for row in settled.newer])
    names = {each.remote_id: each for each in held}
    pairs = [(row, names[row.reply.remote_id]) for row in settled.newer if row.reply.remote_id in names]
    return await _record(session, await _find_entries(session, Settled(known=pairs), done), given, now)


def _set_pasted_aside(settled: Settled, done: Imported) -> None:
    for row in settled.new:
        if row.pasted is not None:
            done.pasted.append(PastedRow(row.line, row.pasted.signs, row.pasted.words, row.pasted.is_broken))
    settled.new = [row for row in settled.new if row.pasted is None]


def _join_repeated(settled: Settled) -> None:
    """Where the same row stands twice in a file, the stricter of what it says about quoting holds."""
    first = {row.reply.remote_id: place for place, row in enumerate(settled.new)}
    for row, _ in settled.again:
        place = first.get(row.reply.remote_id)
        if place is not None:
            settled.new[place] = settled.new[place].saying(choose_stricter(settled.new[place].said, row.said))


def _count(settled: Settled, done: Imported) -> None:
    done.known += len(settled.known) + len(settled.again) + settled.seen
    done.newer += len(settled.newer)
    done.over += len(settled.folded.over)
    done.bad += settled.bad
    for row in settled.new:
        if row.said.leave is not None:
            done.leave[row.said.leave.value] = done.leave.get(row.said.leave.value, 0) + 1


async def _credit(
    session: Session, rows: Sequence[BroughtRow], added: Sequence[HeldReply], given: ImportDefaults, now: datetime
) -> list[int]:
    """What new rows say of their authors; what an editor entered stands above it."""
    described = {row.reply.remote_id: row.credit for row in rows if row.credit != BroughtCredit()}
    wanted = [held for held in added if held.remote_id in described]
    if not wanted:
        return []
    known = await load_credits(session, [held.id for held in wanted])
    return await add_credits(
        session,
        [
            {
                "reply_id": held.id,
                "role": described[held.remote_id].role,
                "organisation": described[held.remote_id].organisation,
                "link": described[held.remote_id].page,
                "said_by": f"themselves, in {given.source}",
                "at": now,
            }
            for held in wanted
            if held.id not in known
        ],
    )


# ---------------------------------------------------------------- about quoting


async def _find_entries(session: Session, settled: Settled, done: Imported) -> list[_Entry]:
    """What known rows add to their ledgers, counted in `done`."""
    pairs = [*settled.known, *((row, held) for row, held in settled.again if held is not None)]
    ledgers = await load_ledgers(session, {held.id for _, held in pairs})
    entries: list[_Entry] = []
    for row, held in pairs:
        ledger, revision_id = ledgers.get(held.id, []), _find_wording(row, held)
        if held.is_gone and row.said.leave is not Leave.NO:
            continue
        state = find_new_state(row.said, ledger, revision_id)
        if state is not None:
            entries.append((state, row.said, revision_id))
            done.refused += state in REFUSALS
            done.granted += state in AGREEMENTS
        elif is_held_back(row.said, ledger, revision_id):
            done.held_back.append(_tell_held_back(row, held))
    return entries


def _find_wording(row: BroughtRow, held: HeldReply) -> int:
    """The wording that a row has: a yes is for these very words. Else the newest, for a no."""
    same = [id_ for id_, text in held.wordings if text is not None and text.split() == (row.reply.text or "").split()]
    return same[-1] if same else held.wordings[-1][0]


def _tell_held_back(row: BroughtRow, held: HeldReply) -> BadRow:
    return BadRow(
        row.line,
        f"reply {held.id} was refused or given less leave before, and stays so: an import lifts no no; if its author "
        f"changed their mind, enter it with its proof: pullquote consent {held.id} granted --proof …",
    )


async def _load_added(session: Session, rows: Sequence[BroughtRow], added: Sequence[str]) -> list[HeldReply]:
    """The replies that were just added: the same names may be others' on another network."""
    if not added:
        return []
    first = rows[0].reply
    return [each for each in await load_held(session, first.question_id, added, []) if each.platform == first.platform]


def _find_new_entries(rows: Sequence[BroughtRow], added: Sequence[HeldReply]) -> list[_Entry]:
    """What rows say that were just added."""
    said = {row.reply.remote_id: row.said for row in rows if row.said.leave is not None}
    entries = []
    for held in added:
        if held.remote_id in said:
            state = find_new_state(said[held.remote_id], (), held.wordings[-1][0])
            if state is not None:
                entries.append((state, said[held.remote_id], held.wordings[-1][0]))
    return entries


async def _record(session: Session, entries: Sequence[_Entry], given: ImportDefaults, now: datetime) -> list[int]:
    """The noes last: of a row that stands twice they are what counts. Answers the ids of what was agreed to: an editor
    can take that back; a no and a wish to be asked are what a person said.
    """
    granted: list[int] = []
    together: dict[tuple[ConsentState, RowLeave], list[int]] = {}
    for state, said, revision_id in sorted(entries, key=lambda entry: entry[0] in REFUSALS):
        together.setdefault((state, said), []).append(revision_id)
    for (state, said), revision_ids in together.items():
        proof = f"stated at import from {given.network}"
        added = await consents.add_consent(
            session,
            revision_ids,
            state,
            now,
            wording=said.wording,
            proof=f"{proof}: {given.source}" if said.is_its_own else proof,
        )
        if state in AGREEMENTS:
            granted += added
    return granted
