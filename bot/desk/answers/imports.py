"""What came by mail, form or another tool: replies from a file, or one by hand.

A file is read through before anything is stored: `preview_import` says what would be added, what is known, which rows
would put words under another's name, what is said about quoting, and what has to be asked; `take_import` does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.context import Context
from bot.desk.answers.import_files import (
    COLUMNS,
    MOST_UNREAD,
    BadRow,
    Layout,
    ReadFile,
    find_written,
    lay_out,
)
from bot.desk.bringing import leave
from bot.desk.bringing.cells import find_heading, fold, fold_cell
from bot.desk.bringing.given import ImportDefaults
from bot.desk.bringing.held import BroughtFile, digest_file
from bot.desk.bringing.leave import LeaveColumn, NotUnderstood
from bot.desk.bringing.moments import ORDERS, Moments
from bot.desk.bringing.readers.mails import WHOLE_MAIL, complete_row
from bot.desk.bringing.readers.opening import read_rows
from bot.desk.bringing.recording import Recording
from bot.desk.bringing.rows import (
    LONGEST_SOURCE,
    BroughtRow,
    TombstoneError,
    decide_pasted,
    is_storable,
    make_moments,
    read_row,
    tell_signs,
)
from bot.desk.bringing.settle import SeenRows, settle
from bot.desk.bringing.store import Imported, count_batch, store_batch
from bot.desk.bringing.understanding import Understanding, understand_file
from bot.desk.errors import DeskError, refuse
from bot.digest.rewrite import rewrite_stale
from bot.questions.schedules import list_zones
from bot.replies.read_backs import find_read_back, hear_read_back
from bot.words.cleaning import clean_line, shorten
from storage.acts import acts
from storage.engine import Session
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
    understanding: Understanding
    moments: Moments
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
    understood = await understand_file(context, question, path, given)
    named = {fold(name) for name in (*given.leave.columns, *given.leave.ignored)}
    layout = lay_out(
        understood.columns,
        lambda heading: fold(heading) in named or find_heading(heading) is not None,
        [*given.columns.values()],
    )
    moments = make_moments(context, given)
    columns, told = _look_for_leave(path, layout, given, moments)
    preview = ImportPreview(
        question,
        path,
        given,
        layout,
        leave.drop_empty(columns, told),
        digest_file(path),
        understood,
        moments,
        questions=(*understood.questions, *leave.ask_about(columns, told, given)),
        unclear=tuple(told[key] for key in columns if key in told and told[key].cells),
    )
    return replace(preview, found=await _go_through(context, preview, progress, None))


async def take_import(context: Context, preview: ImportPreview, progress: Progress = lambda _: None) -> Imported:
    """Store what a preview showed. A second import adds nothing but what was said about quoting since.

    Raises DeskError while something is to be asked, and where the file is another one by now.
    """
    if preview.questions:
        raise DeskError("\n".join(f"{preview.path}: {question}" for question in preview.questions))
    if digest_file(preview.path) != preview.digest:
        raise refuse("file_changed", path=preview.path)
    recording = Recording(
        preview.question.workspace, acts.IMPORTED, f"question {preview.question.slug}", preview.given.by
    )
    recording.read_as = preview.understanding.remember(preview.given)
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
    moments = make_moments(context, given)
    if values.get("at") and moments.read(values["at"]) is None:
        raise refuse("bad_moment", written=shorten(clean_line(values["at"]), 60))
    try:
        row = decide_pasted(read_row(context, question, 1, values, given, moments=moments), given)
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
            raise refuse("no_name_for", what=what, longest=longest)
    unknown = [column for column in given.columns if column not in COLUMNS]
    if unknown:
        raise refuse("not_our_column", column=unknown[0], known=", ".join(COLUMNS))
    if given.dates not in ("", *ORDERS):
        raise refuse("bad_order", order=given.dates, known=", ".join(ORDERS))
    if given.zone and given.zone not in list_zones():
        raise refuse("bad_zone", zone=given.zone)
    means = {fold_cell(cell): meant for cell, meant in given.leave.means.items()}
    return replace(given, source=source, leave=replace(given.leave, means=means))


def _look_for_leave(
    path: BroughtFile, layout: Layout, given: ImportDefaults, moments: Moments
) -> tuple[dict[str, LeaveColumn], dict[str, NotUnderstood]]:
    """The columns about quoting of a file, and what of their cells only a person understands."""
    done = ReadFile()
    told: dict[str, NotUnderstood] = {}
    columns: dict[str, LeaveColumn] = {}
    known = -1
    when = layout.columns.get("at", "at")
    for _, row in read_rows(path, done, layout):
        if len(done.headings) != known:
            known = len(done.headings)
            columns = leave.find_columns(done.headings, layout.list_headings(), given.leave)
        leave.note_cells(columns, row, given.leave.means, told)
        moments.note(row.get(when))
    if known >= 0:
        leave.check_named(done.headings, given.leave)
    missing = [heading for column, heading in layout.columns.items() if column in given.columns]
    missing = [heading for heading in missing if done.headings and find_written(done.headings, heading) is None]
    if missing:
        raise refuse("no_such_column", path=path, column=missing[0])
    return columns, told


async def _go_through(
    context: Context, preview: ImportPreview, progress: Progress, recording: Recording | None = None
) -> Imported:
    done, file, seen = Imported(), ReadFile(), SeenRows()
    batch: list[BroughtRow] = []
    for line, values in read_rows(preview.path, file, preview.layout):
        file.read += 1
        try:
            row = _read(context, preview, line, values)
            if preview.understanding.is_question(row.reply.text or "", file.tool):
                file.skipped["the question itself"] += 1
                continue
            batch.append(row)
            done.undated += row.is_undated
            done.marked += row.is_marked
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
    read = {*preview.layout.list_headings(), *preview.columns}
    done.unread = [heading for key, heading in file.headings.items() if key not in read and key][:MOST_UNREAD]
    done.tool, done.skipped = file.tool or preview.understanding.tool, dict(file.skipped)
    order = preview.moments.tell()
    done.how = [*file.told, *([order] if order else [])]
    done.mapping = {
        column: written
        for column, heading in preview.layout.columns.items()
        if (written := find_written(file.headings, heading)) is not None
    }
    done.columns = [column.name for column in preview.columns.values() if not column.ignored]
    return done


def _read(context: Context, preview: ImportPreview, line: int, values: Mapping[str, object]) -> BroughtRow:
    row = read_row(context, preview.question, line, preview.layout.pick(values), preview.given, moments=preview.moments)
    row = row if WHOLE_MAIL in values else decide_pasted(row, preview.given)
    return complete_row(replace(row, said=leave.read_leave(preview.columns, values, preview.given)), values)


async def _hear(
    context: Context, session: Session, batch: list[BroughtRow], done: Imported, *, is_taken: bool
) -> list[BroughtRow]:
    """The rows that answer no read-back; the others are heard, where the file is taken."""
    left = []
    for row in batch:
        if await find_read_back(session, row.reply) is None:
            left.append(row)
        else:
            done.heard += 1
            if is_taken:
                await hear_read_back(context, session, row.reply)
    return left


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
            left = await _hear(context, session, batch, done, is_taken=True)
            settled = await settle(session, left, seen)
            await store_batch(session, settled, preview.given, done, context.now(), recording=recording)
    else:
        async with context.store.read() as session:
            left = await _hear(context, session, batch, done, is_taken=False)
            await count_batch(session, await settle(session, left, seen), done)
