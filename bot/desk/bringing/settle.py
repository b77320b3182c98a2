"""Which rows are new, which are known, and which would put one person's words under another's name."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.desk.answers.import_files import BadRow
from bot.desk.bringing.rows import BroughtRow
from bot.replies.pitches import REVISED, FoldedMails, fold_mails
from bot.words.cleaning import clean_line, shorten
from storage.engine import Session
from storage.imports.held import HeldReply, load_held, load_names
from storage.states import Origin

_SHOWN = 40  # characters of what somebody said, in a message


@dataclass(slots=True)
class SeenRows:
    """What a file had until here: the line and the content of each id, and the line of each person's name."""

    rows: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Settled:
    """What became of a batch. again: rows that stood in the file before, word for word, and what is stored of them.

    newer: mails that are the next wordings of what their authors wrote before, in `folded` as they are stored; seen:
    how many mails were taken before and have newer words since.
    """

    new: list[BroughtRow] = field(default_factory=list)
    known: list[tuple[BroughtRow, HeldReply]] = field(default_factory=list)
    again: list[tuple[BroughtRow, HeldReply | None]] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    newer: list[BroughtRow] = field(default_factory=list)
    folded: FoldedMails = field(default_factory=FoldedMails)
    seen: int = 0


async def settle(session: Session, batch: Sequence[BroughtRow], seen: SeenRows) -> Settled:
    """Compare a batch with the rows before it in its file, and with what is stored."""
    done = Settled()
    if not batch:
        return done
    held = await _load_candidates(session, batch)
    people = {row.reply.author.remote_id for row in batch}
    stored = await load_names(session, batch[0].reply.platform, people)
    for row in batch:
        try:
            named = _name_author(row, stored, seen)
            before = _find_in_file(named, seen)
            found = _find_stored(named, held)
        except ValueError as error:
            done.bad.append(BadRow(row.line, str(error)))
            continue
        _remember(named, seen)
        if before:
            done.again.append((named, found))
        elif found is None:
            done.new.append(named)
        else:
            done.known.append((named, found))
    await _fold_mails(session, done, batch[0].reply.question_id)
    return done


async def _fold_mails(session: Session, done: Settled, question_id: int) -> None:
    """Of a question that takes one mail a person the newer ones are no replies of their own."""
    rows = {row.reply.remote_id: row for row in done.new}
    done.folded = await fold_mails(session, question_id, [row.reply for row in done.new])
    done.new = [rows[reply.remote_id] for reply in done.folded.rows]
    again = [reply for reply in done.folded.newer if REVISED not in reply.extra]
    done.folded.newer = [reply for reply in done.folded.newer if REVISED in reply.extra]
    done.newer = [replace(rows[reply.version], reply=reply) for reply in done.folded.newer]
    done.seen = len(done.folded.known) + len(again)


async def _load_candidates(session: Session, batch: Sequence[BroughtRow]) -> Mapping[str, list[HeldReply]]:
    """Stored replies by each id that they have: ours, and that of their source."""
    ids = sorted({name for row in batch for name in (row.reply.remote_id, *row.also)})
    source_ids = sorted({row.reply.source_id for row in batch} - {""})
    found: dict[str, list[HeldReply]] = {}
    for held in await load_held(session, batch[0].reply.question_id, ids, source_ids):
        for name in {held.remote_id, held.source_id} - {""}:
            found.setdefault(name, []).append(held)
    return found


# ---------------------------------------------------------------- in its file


def _find_in_file(row: BroughtRow, seen: SeenRows) -> bool:
    """Whether the very row stood in the file before. Raises ValueError where its id did, with another content."""
    before = seen.rows.get(row.reply.remote_id)
    if before is None:
        return False
    if before[1] == _digest(row):
        return True
    raise ValueError(
        f"the id {_show(row.reply.source_id)} stands in line {before[0]} too, with other words or another author; "
        f"line {before[0]} was taken, this one was not: give each row an id of its own"
    )


def _remember(row: BroughtRow, seen: SeenRows) -> None:
    seen.rows.setdefault(row.reply.remote_id, (row.line, _digest(row)))
    author = row.reply.author
    if author.handle and author.display_name != author.handle:
        seen.names.setdefault(author.remote_id, (author.display_name, row.where))


def _digest(row: BroughtRow) -> bytes:
    content = f"{_even(row.reply.author.display_name)}\0{_even(row.reply.author.handle)}\0{_even(row.reply.text)}"
    return hashlib.blake2b(content.encode(errors="replace"), digest_size=12).digest()


# ---------------------------------------------------------------- in the store


def _find_stored(row: BroughtRow, held: Mapping[str, list[HeldReply]]) -> HeldReply | None:
    """The stored reply that this row is. Raises ValueError where its id is somebody else's or has other words.

    The same id of another source is another row, unless the same person says the same: then the file was renamed.
    """
    same = held.get(row.reply.remote_id, [])
    for each in same:
        if _is_its_own(each, row):
            if _is_same(each, row):
                return each
            raise ValueError(_tell_clash(row, each))
    others = [each for name in {*row.also, row.reply.source_id} - {""} for each in held.get(name, [])]
    for each in others:
        if not each.is_gone and _is_same(each, row):
            return each
    for each in others:
        if each.origin is not Origin.IMPORTED and each.platform == row.reply.platform:
            raise ValueError(_tell_clash(row, each))  # its network's id: those words were read there
    return None


def _is_its_own(held: HeldReply, row: BroughtRow) -> bool:
    """Whether it is the row of this very id; without ids, of this network or source."""
    if row.reply.source_id:
        return (held.source, held.source_id) == (row.reply.source, row.reply.source_id)
    return held.platform == row.reply.platform or held.source == row.reply.source


def _is_same(held: HeldReply, row: BroughtRow) -> bool:
    """The same person with the same words, blanks and capitals of names aside; of what is gone nothing can be said."""
    if held.is_gone:
        return True
    author = row.reply.author
    if author.handle and held.handle and _even(author.handle) != _even(held.handle):
        return False
    theirs = {_even(author.display_name), _even(author.handle)} - {""}
    names = {_even(held.name), _even(held.handle)} - {""}
    same_person = held.person == author.remote_id or bool(theirs & names) or not (theirs or names)
    return same_person and any(_even(text) == _even(row.reply.text) for _, text in held.wordings)


def _tell_clash(row: BroughtRow, held: HeldReply) -> str:
    text = next((text for _, text in reversed(held.wordings) if text), "")
    here = f"{_show(row.reply.author.display_name) or 'somebody'}: “{_show(row.reply.text or '')}”"
    there = f"{_show(held.name or held.handle) or 'somebody'}: “{_show(text)}”"
    what = f"the id {_show(row.reply.source_id)}" if row.reply.source_id else "this row"
    origin = f" from {_show(held.source)}" if held.source else ""
    return (
        f"{what} is stored{origin} already as reply {held.id}, {there}; here it is {here}. "
        "Nothing was overwritten; if this is another list, name it with --source"
    )


# ---------------------------------------------------------------- who


def _name_author(row: BroughtRow, stored: Mapping[str, str], seen: SeenRows) -> BroughtRow:
    """The row with the name that its handle has already. Raises ValueError where it would get another one."""
    author = row.reply.author
    if not author.handle:
        return row
    name, where = seen.names.get(author.remote_id, ("", ""))
    if not name and stored.get(author.remote_id) not in (None, "", author.handle):
        name, where = stored[author.remote_id], "as stored"
    if not name or _even(name) == _even(author.display_name):
        return row
    if author.display_name == author.handle:
        return replace(row, reply=replace(row.reply, author=replace(author, display_name=name)))
    raise ValueError(
        f"the handle {_show(author.handle)} is {_show(name)}'s ({where}), here it is {_show(author.display_name)}'s; "
        "nobody gets another's words: correct one of the two"
    )


def _even(text: str | None) -> str:
    return clean_line(text or "").casefold()


def _show(text: str) -> str:
    return shorten(text, _SHOWN)
