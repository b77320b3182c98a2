"""What came by mail, form or another tool: replies from a file, or one by hand."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Context
from bot.desk.errors import DeskError
from storage import consents, ingest, replies
from storage.ingest import AuthorRow, ReplyRow
from storage.models import Question
from storage.states import ConsentState, Origin

LARGEST_FILE = 200 * 1024 * 1024
LONGEST = {"text": 50_000, "link": 2_000}
LONGEST_NAME = 500
BATCH = 500
COLUMNS = ("id", "text", "author", "handle", "link", "at")
"""What a row may hold; only `text` must be there. Other columns are left alone."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken; the others were."""

    line: int
    message: str


@dataclass(slots=True)
class Imported:
    """What an import brought."""

    read: int = 0
    added: int = 0
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Given:
    """What holds for every row of an import. consent: the words by which the authors agreed, "" for none."""

    network: str = "import"
    link: str = ""
    consent: str = ""


async def import_replies(
    context: Context,
    question: Question,
    path: Path,
    given: Given,
    progress: Callable[[Imported], None] = lambda _: None,
) -> Imported:
    """Store the rows of a CSV or JSONL file. A second import adds nothing: a row's identity is its id, or its
    author and text. Raises DeskError for a file that cannot be read at all; a bad row is reported with its line.
    progress: called after each batch.
    """
    done = Imported()
    batch: list[ReplyRow] = []
    for line, values in _read_rows(path, done):
        done.read += 1
        try:
            batch.append(_reply_row(context, question, values, given))
        except ValueError as error:
            done.bad.append(BadRow(line, str(error)))
        if len(batch) == BATCH:
            await _store(context, batch, given, done)
            batch = []
            progress(done)
    await _store(context, batch, given, done)
    done.bad.sort(key=lambda bad: bad.line)
    return done


async def add_reply(context: Context, question: Question, values: Mapping[str, str], given: Given) -> bool:
    """Store one reply by hand; False where it is known already. Raises DeskError."""
    done = Imported()
    try:
        row = _reply_row(context, question, values, given)
    except ValueError as error:
        raise DeskError(str(error)) from error
    await _store(context, [row], given, done)
    return done.added == 1


async def _store(context: Context, rows: list[ReplyRow], given: Given, done: Imported) -> None:
    if not rows:
        return
    async with context.store.write() as session:
        ingested = await ingest.upsert_replies(session, rows, context.now())
        if given.consent:
            await _record_consent(session, rows[0].question_id, ingested.added, given, context.now())
    done.added += len(ingested.added)
    done.known += len(rows) - len(ingested.added)


async def _record_consent(
    session: AsyncSession, question_id: int, added: list[ReplyRow], given: Given, now: datetime
) -> None:
    """For these replies to this question: the same ids may name others under another one."""
    found = await replies.find_reply_ids(session, given.network, [row.remote_id for row in added])
    known = await replies.load_known(session, [id_ for ids in found.values() for id_ in ids])
    await consents.add_consent(
        session,
        [revision.id for reply, revision in known if reply.question_id == question_id],
        ConsentState.GRANTED,
        now,
        wording=given.consent,
        proof=f"stated at import from {given.network}",
    )


def _reply_row(context: Context, question: Question, values: Mapping[str, object], given: Given) -> ReplyRow:
    """One row as a reply. Raises ValueError naming the column."""
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("'text' is missing or empty")
    for column in COLUMNS:
        _check_column(column, values.get(column))
    author = str(values.get("author") or values.get("handle") or "").strip()
    at = _moment(values.get("at"), context)
    name = str(values.get("id") or "") or hashlib.sha256(f"{author}\0{text}".encode()).hexdigest()[:24]
    # without a name each row is somebody else: answers of unknown people are never one answer
    person = str(values.get("handle") or author) or f"unknown-{name}"
    return ReplyRow(
        question_id=question.id,
        platform=given.network,
        remote_id=name,
        author=AuthorRow(person, str(values.get("handle") or ""), author),
        text=text,
        posted_at=at,
        origin=Origin.IMPORTED,
        link=str(values.get("link") or given.link),
        extra={} if values.get("at") not in (None, "") else {"undated": "no time was given"},
    )


def _check_column(column: str, value: object) -> None:
    """Raise ValueError for what no database takes: half a surrogate pair, a NUL, a name too long for an index."""
    if not isinstance(value, str):
        return
    longest = LONGEST.get(column, LONGEST_NAME)
    if len(value) > longest:
        raise ValueError(f"{column!r} has {len(value):,} characters, at most {longest:,} are taken")
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        raise ValueError(f"{column!r} holds bytes that are no UTF-8, or a NUL; save the file as UTF-8")


def _moment(value: object, context: Context) -> datetime:
    if value in (None, ""):
        return context.now()
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        at = datetime.fromisoformat(str(value))
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(context.zone))).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError(
            f"'at' is {value!r}; write a time such as 2026-11-16T09:30 or 2026-11-16T09:30+01:00"
        ) from None


def _read_rows(path: Path, done: Imported) -> Iterator[tuple[int, Mapping[str, object]]]:
    """(line, row) one at a time; nothing of a large file is held."""
    if not path.is_file():
        raise DeskError(f"{path}: there is no such file")
    if path.stat().st_size > LARGEST_FILE:
        raise DeskError(f"{path}: larger than {LARGEST_FILE // 2**20} MiB; split it")
    readers = {".csv": _read_csv, ".jsonl": _read_jsonl, ".ndjson": _read_jsonl}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise DeskError(f"{path}: save it as .csv or .jsonl")
    # bytes that are no UTF-8 become half surrogate pairs, by which _check_column finds their row
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from reader(path, file, done)


def _read_csv(path: Path, file: TextIO, done: Imported) -> Iterator[tuple[int, Mapping[str, object]]]:
    rows = csv.DictReader(file)
    try:
        columns = rows.fieldnames or ()
    except csv.Error:
        columns = ()
    if "text" not in columns:
        raise DeskError(f"{path}: the first line must name the columns, 'text' among them; known: {', '.join(COLUMNS)}")
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            done.read += 1
            done.bad.append(BadRow(rows.line_num + 1, str(error)))  # counted once it is read
            continue
        yield rows.line_num, row


def _read_jsonl(_path: Path, file: TextIO, done: Imported) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            done.read += 1
            done.bad.append(BadRow(number, f"is not JSON: {error}"))
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            done.read += 1
            done.bad.append(BadRow(number, "is not a JSON object"))
