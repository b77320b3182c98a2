"""What came by mail, form or another tool: replies from a file, or one by hand.

A file is read through before anything is stored: `preview_import` says what would be added, what is known, which rows
would put words under another's name, what is said about quoting, and what has to be asked; `take_import` does it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.context import Context
from bot.desk.answers.import_files import (
    COLUMNS,
    MOST_UNREAD,
    BadRow,
    Layout,
    ReadFile,
    lay_out,
    read_rows,
)
from bot.desk.bringing import leave
from bot.desk.bringing.cells import find_heading, fold, fold_cell
from bot.desk.bringing.given import ImportDefaults
from bot.desk.bringing.held import BroughtFile, open_bytes
from bot.desk.bringing.leave import LeaveColumn, NotUnderstood
from bot.desk.bringing.recording import Recording
from bot.desk.bringing.rows import (
    LONGEST_SOURCE,
    BroughtRow,
    TombstoneError,
    decide_pasted,
    is_storable,
    read_row,
    tell_signs,
)
from bot.desk.bringing.settle import SeenRows, settle
from bot.desk.bringing.store import Imported, count_batch, store_batch
from bot.desk.errors import DeskError
from bot.digest.rewrite import rewrite_stale
from bot.words.cleaning import clean_line, shorten
from storage.acts import acts
from storage.models import Question

BATCH = 500
LONGEST_NETWORK = 60
Progress = Callable[[Imported], None]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would bring: `found.added` would be added. questions: until they are answered it is not taken.
    unclear: of which columns they are about cells.
    """

    question: Question
    path: BroughtFile
    given: ImportDefaults
    layout: Layout
    columns: Mapping[str, LeaveColumn]
    digest: str
    found: Imported = field(default_factory=Imported)
    questions: tuple[str, ...] = ()
    unclear: tuple[NotUnderstood, ...] = ()


class LooksPasted(DeskError):
    """A text looks copied from a page, and nobody said how it is to be taken. words: what of it is its author's."""

    def __init__(self, signs: str, words: str | None) -> None:
        without = f"; without that it reads “{shorten(words, 200)}”" if words else ""
        super().__init__(
            f"it looks copied from a page ({signs}){without}. Say --as-pasted to take only these words, or "
            "--as-typed if all of it is its author's"
        )
        self.words = words


async def preview_import(
    context: Context, question: Question, path: BroughtFile, given: ImportDefaults, progress: Progress = lambda _: None
) -> ImportPreview:
    """Read a CSV or JSONL file through, and store nothing. Raises DeskError for one that cannot be read at all.

    progress: called after each batch.
    """
    given = _complete(given, path)
    named = {fold(name) for name in (*given.leave.columns, *given.leave.ignored)}
    layout = lay_out(given.columns, lambda heading: fold(heading) in named or find_heading(heading) is not None)
    columns, told = _look_for_leave(path, layout, given)
    preview = ImportPreview(
        question,
        path,
        given,
        layout,
        leave.drop_empty(columns, told),
        _digest(path),
        questions=tuple(leave.ask_about(columns, told, given)),
        unclear=tuple(told[key] for key in columns if key in told and told[key].cells),
    )
    return replace(preview, found=await _go_through(context, preview, progress, None))


async def take_import(context: Context, preview: ImportPreview, progress: Progress = lambda _: None) -> Imported:
    """Store what a preview showed. A second import adds nothing but what was said about quoting since.

    Raises DeskError while something is to be asked, and where the file is another one by now.
    """
    if preview.questions:
        raise DeskError("\n".join(f"{preview.path}: {question}" for question in preview.questions))
    if _digest(preview.path) != preview.digest:
        raise DeskError(f"{preview.path}: it was changed since it was read through; import it again")
    recording = Recording(
        preview.question.workspace, acts.IMPORTED, f"question {preview.question.slug}", preview.given.by
    )
    done = await _go_through(context, preview, progress, recording)
    rewritten = await rewrite_stale(context)
    done.rewritten, done.told, done.act = list(rewritten.paths), list(rewritten.told), recording.act_id
    return done


async def import_replies(
    context: Context, question: Question, path: BroughtFile, given: ImportDefaults, progress: Progress = lambda _: None
) -> Imported:
    """Both at once. Raises DeskError, also where something is to be asked; a bad row is reported with its line."""
    return await take_import(context, await preview_import(context, question, path, given), progress)


async def add_reply(context: Context, question: Question, values: Mapping[str, str], given: ImportDefaults) -> bool:
    """Store one reply by hand; False where it is known already. Raises DeskError."""
    return (await add_one(context, question, values, given)).added == 1


async def add_one(context: Context, question: Question, values: Mapping[str, str], given: ImportDefaults) -> Imported:
    """The same, with the number of the act. Raises DeskError."""
    done = Imported()
    try:
        row = decide_pasted(read_row(context, question, 1, values, given), given)
    except ValueError as error:
        raise DeskError(str(error)) from error
    row = replace(row, said=leave.read_leave({}, {}, given))
    recording = Recording(question.workspace, acts.ADDED, f"question {question.slug}", given.by)
    async with context.store.write() as session:
        settled = await settle(session, [row], SeenRows())
        await store_batch(session, settled, given, done, context.now(), recording=recording)
    if done.bad:
        raise DeskError(done.bad[0].message)
    if done.pasted and row.pasted is not None:
        raise LooksPasted(tell_signs(row.pasted), row.pasted.words)
    done.act = recording.act_id
    return done


# ---------------------------------------------------------------- reading it through


def _complete(given: ImportDefaults, path: BroughtFile) -> ImportDefaults:
    """With the name of the source: the file's, wherever it lies. Raises DeskError for names that no database takes."""
    source = clean_line(given.source or path.name)
    for what, name, longest in (("source", source, LONGEST_SOURCE), ("network", given.network, LONGEST_NETWORK)):
        if not name.strip() or len(name) > longest or not is_storable(name) or name != clean_line(name):
            raise DeskError(f"the {what} needs a name of at most {longest} characters, in one line")
    unknown = [column for column in given.columns if column not in COLUMNS]
    if unknown:
        raise DeskError(f"there is no column {unknown[0]!r} of ours; known: {', '.join(COLUMNS)}")
    means = {fold_cell(cell): meant for cell, meant in given.leave.means.items()}
    return replace(given, source=source, leave=replace(given.leave, means=means))


def _look_for_leave(
    path: BroughtFile, layout: Layout, given: ImportDefaults
) -> tuple[dict[str, LeaveColumn], dict[str, NotUnderstood]]:
    """The columns about quoting of a file, and what of their cells only a person understands."""
    done = ReadFile()
    told: dict[str, NotUnderstood] = {}
    columns: dict[str, LeaveColumn] = {}
    known = -1
    for _, row in read_rows(path, done, layout):
        if len(done.headings) != known:
            known = len(done.headings)
            columns = leave.find_columns(done.headings, set(layout.columns.values()), given.leave)
        leave.note_cells(columns, row, given.leave.means, told)
    if known >= 0:
        leave.check_named(done.headings, given.leave)
    missing = [heading for column, heading in layout.columns.items() if column in given.columns]
    missing = [heading for heading in missing if done.headings and heading not in done.headings]
    if missing:
        raise DeskError(f"{path}: there is no column {missing[0]!r}")
    return columns, told


def _digest(path: BroughtFile) -> str:
    with open_bytes(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _go_through(
    context: Context, preview: ImportPreview, progress: Progress, recording: Recording | None = None
) -> Imported:
    done, file, seen = Imported(), ReadFile(), SeenRows()
    batch: list[BroughtRow] = []
    for line, values in read_rows(preview.path, file, preview.layout):
        file.read += 1
        try:
            batch.append(_read(context, preview, line, values))
        except TombstoneError:
            done.deleted += 1
        except ValueError as error:
            done.bad.append(BadRow(line, str(error)))
        if len(batch) == BATCH:
            await _settle(context, preview, batch, seen, done, recording=recording)
            batch = []
            done.read = file.read
            progress(done)
    await _settle(context, preview, batch, seen, done, recording=recording)
    done.read = file.read
    done.bad = sorted([*done.bad, *file.bad], key=lambda bad: bad.line)
    read = {*preview.layout.columns.values(), *preview.columns}
    done.unread = [heading for key, heading in file.headings.items() if key not in read and key][:MOST_UNREAD]
    done.columns = [column.name for column in preview.columns.values() if not column.ignored]
    return done


def _read(context: Context, preview: ImportPreview, line: int, values: Mapping[str, object]) -> BroughtRow:
    row = read_row(context, preview.question, line, preview.layout.pick(values), preview.given)
    row = decide_pasted(row, preview.given)
    return replace(row, said=leave.read_leave(preview.columns, values, preview.given))


async def _settle(
    context: Context,
    preview: ImportPreview,
    batch: list[BroughtRow],
    seen: SeenRows,
    done: Imported,
    *,
    recording: Recording | None,
) -> None:
    if not batch:
        return
    if recording is not None:
        async with context.store.write() as session:
            settled = await settle(session, batch, seen)
            await store_batch(session, settled, preview.given, done, context.now(), recording=recording)
    else:
        async with context.store.read() as session:
            await count_batch(session, await settle(session, batch, seen), done)
