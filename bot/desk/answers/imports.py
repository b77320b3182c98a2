"""What came by mail, form or another tool: replies from a file, or one by hand."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.desk.answers.import_files import COLUMNS, BadRow, Imported, read_rows
from bot.desk.errors import DeskError
from storage.acts import acts
from storage.engine import Session
from storage.models import Question
from storage.replies import consents, ingest, replies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import ConsentState, Origin

LONGEST = {"text": 50_000, "link": 2_000}
LONGEST_NAME = 500
BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """What holds for every row of an import. consent: the words by which the authors agreed, "" for none.
    by: who brings them.
    """

    network: str = "import"
    link: str = ""
    consent: str = ""
    by: str = ""


@dataclass(slots=True)
class _Recording:
    """The act that an import is, once it has brought something."""

    workspace: str
    kind: str
    subject: str
    by: str
    act_id: int | None = None

    async def extend(self, session: Session, added: Sequence[int], now: datetime) -> None:
        """It has brought these replies: in their transaction, so that a kill leaves nothing that has no record."""
        if self.act_id is not None:
            await acts.extend_act(session, self.act_id, "replies", added)
        elif added:
            entered = {"replies": added}
            act = await acts.record_act(
                session, self.workspace, self.kind, self.subject, by=self.by, now=now, added=entered
            )
            self.act_id = act.id


async def import_replies(
    context: Context,
    question: Question,
    path: Path,
    given: ImportDefaults,
    progress: Callable[[Imported], None] = lambda _: None,
) -> Imported:
    """Store the rows of a CSV or JSONL file. A second import adds nothing: a row's identity is its id, or its
    author and text. Raises DeskError for a file that cannot be read at all; a bad row is reported with its line.
    progress: called after each batch.
    """
    done = Imported()
    recording = _Recording(question.workspace, acts.IMPORTED, f"question {question.slug}", given.by)
    batch: list[ReplyRow] = []
    for line, values in read_rows(path, done):
        done.read += 1
        try:
            batch.append(_reply_row(context, question, values, given))
        except ValueError as error:
            done.bad.append(BadRow(line, str(error)))
        if len(batch) == BATCH:
            await _store(context, batch, given, done, recording)
            batch = []
            progress(done)
    await _store(context, batch, given, done, recording)
    done.bad.sort(key=lambda bad: bad.line)
    return done


async def add_reply(context: Context, question: Question, values: Mapping[str, str], given: ImportDefaults) -> bool:
    """Store one reply by hand; False where it is known already. Raises DeskError."""
    done = Imported()
    try:
        row = _reply_row(context, question, values, given)
    except ValueError as error:
        raise DeskError(str(error)) from error
    recording = _Recording(question.workspace, acts.ADDED, f"question {question.slug}", given.by)
    await _store(context, [row], given, done, recording)
    return done.added == 1


async def _store(
    context: Context, rows: list[ReplyRow], given: ImportDefaults, done: Imported, recording: _Recording
) -> None:
    if not rows:
        return
    async with context.store.write() as session:
        ingested = await ingest.upsert_replies(session, rows, context.now())
        added = await _find_added(session, rows[0].question_id, ingested.added, given)
        await recording.extend(session, added, context.now())
        if given.consent:
            await _record_consent(session, rows[0].question_id, ingested.added, given, context.now())
    done.added += len(ingested.added)
    done.known += len(rows) - len(ingested.added)


async def _find_added(session: Session, question_id: int, added: list[ReplyRow], given: ImportDefaults) -> list[int]:
    """The ids of these replies to this question: the same names may be others' under another one."""
    found = await replies.find_reply_ids(session, given.network, [row.remote_id for row in added])
    known = await replies.load_known(session, [id_ for ids in found.values() for id_ in ids])
    return [reply.id for reply, _ in known if reply.question_id == question_id]


async def _record_consent(
    session: Session, question_id: int, added: list[ReplyRow], given: ImportDefaults, now: datetime
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


def _reply_row(context: Context, question: Question, values: Mapping[str, object], given: ImportDefaults) -> ReplyRow:
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
