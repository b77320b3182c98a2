"""One ingest for collected, submitted, saved and imported replies, with their authors and revisions.

A page is a handful of statements, each for all of its rows: see `storage.sql.bulk`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.erasing.barred import load_barred, mark_unquoted
from storage.fingerprints.outlines import forget_changed_profiles
from storage.fingerprints.prints import drop_prints
from storage.models import Author, Question, Reply, Revision
from storage.replies.consents import add_consent
from storage.replies.inserts import INSERT_FIRST_WORDING, INSERT_REPLY, UPSERT_AUTHOR
from storage.replies.stale import note_author, note_stale
from storage.replies.storable import ReplyRow, make_storable, replace_refused
from storage.sql.bulk import moment_writer, write_document
from storage.sql.chunks import chunked
from storage.sql.newest import newest_revision
from storage.states import TOMBSTONES, Bar, ConsentState, Origin, ReplyState


@dataclass(slots=True)
class Ingested:
    """What an ingest changed: new replies, ids of those with a new wording, and of those with another state."""

    added: list[ReplyRow] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    """What is stored of a reply: its newest wording."""

    id: int
    state: ReplyState
    number: int
    text: str | None
    version: str
    audience: str


_Identity = tuple[int, str, str]


async def upsert_replies(session: AsyncSession, rows: Iterable[ReplyRow], now: datetime) -> Ingested:
    """Store replies by their identity; a repeat changes nothing.

    The first wording is never changed: another text adds a revision. A text that could not be read never replaces
    one, and a deleted reply stays deleted, whatever a stale page says.
    """
    wanted = await _drop_erased(session, {_identity(row): row for row in map(make_storable, rows)})
    await _note_changed_profiles(session, wanted.values())
    profiles = await _upsert_authors(session, wanted.values(), now)
    if profiles:  # the filter reads names and ages of profiles too
        await forget_changed_profiles(session, sorted({row.author.remote_id for row in wanted.values()}), now)
    await mark_unquoted(session, sorted({(row.platform, row.author.remote_id) for row in wanted.values()}))
    inserted = await _insert_replies(session, wanted.values(), now)
    # what was there before has a wording already; where nothing was, there is nothing to read
    held = {} if inserted == len(wanted) else await _load_held(session, wanted)
    new = [row for identity, row in wanted.items() if identity not in held]
    await _insert_first_wordings(session, new, now)
    await _refuse_again(session, new, now)
    done = Ingested(added=new)
    await _update_known(session, [(held[name], row) for name, row in wanted.items() if name in held], now, done)
    await drop_prints(session, done.edited, now)
    await note_stale(session, {*done.edited, *done.moved})
    if done.added or done.edited or done.moved or profiles:
        touched = {row.question_id for row in wanted.values()}
        await session.execute(update(Question).where(Question.id.in_(touched)).values(changed_at=now))
    return done


async def _refuse_again(session: AsyncSession, rows: Sequence[ReplyRow], now: datetime) -> None:
    """Replies that were refused before an older copy of the database was restored, which did not have them."""
    refused = await load_barred(session, Bar.DO_NOT_QUOTE) if rows else None
    if not refused:
        return
    names = [row.remote_id for row in rows if refused.have_reply(row.platform, row.remote_id)]
    for chunk in chunked(names):
        revisions = select(Revision.id).join(Reply, Reply.id == Revision.reply_id).where(Reply.remote_id.in_(chunk))
        ids = list(await session.scalars(revisions))
        await add_consent(session, ids, ConsentState.REFUSED, now, proof="refused before the database was restored")


def _identity(row: ReplyRow) -> _Identity:
    return (row.question_id, row.platform, row.remote_id)


async def _drop_erased(session: AsyncSession, wanted: dict[_Identity, ReplyRow]) -> dict[_Identity, ReplyRow]:
    """Without what is of authors who had themselves erased: a page would bring them back.

    What somebody hands in themselves is a new word of theirs.
    """
    erased = await load_barred(session, Bar.ERASED)
    if not erased:
        return wanted
    return {
        identity: row
        for identity, row in wanted.items()
        if row.origin is Origin.SUBMITTED or not erased.have(row.platform, row.author.remote_id)
    }


async def _note_changed_profiles(session: AsyncSession, rows: Iterable[ReplyRow]) -> None:
    """A profile that asks now what it did not ask before reaches the digests on disk."""
    asking = {row.author.remote_id: row for row in rows if row.author.opted_out or row.author.labels}
    for names in chunked(list(asking)):
        held = await session.scalars(select(Author).where(Author.remote_id.in_(names)))
        for author in held:
            row = asking[author.remote_id]
            asked = row.platform, sorted(row.author.labels), row.author.opted_out
            if author.platform == row.platform and asked != (author.platform, author.labels, author.opted_out):
                await note_author(session, author.id)


async def _upsert_authors(session: AsyncSession, rows: Iterable[ReplyRow], now: datetime) -> int:
    """Answers how many profiles are new or say something else."""
    write = moment_writer(session)
    seen_at = write(now)
    authors = {(row.platform, row.author.remote_id): row.author for row in rows}
    return await UPSERT_AUTHOR.run(
        session,
        [
            (
                platform,
                author.remote_id,
                author.handle,
                author.display_name,
                author.link,
                write_document(sorted(author.labels)),
                write_document(author.evidence),
                author.opted_out,
                None if author.made_at is None else write(author.made_at),
                seen_at,
            )
            for (platform, _), author in authors.items()
        ],
    )


async def _insert_replies(session: AsyncSession, rows: Iterable[ReplyRow], now: datetime) -> int:
    """Insert those that are not there; answers how many that were."""
    write = moment_writer(session)
    seen_at = write(now)
    return await INSERT_REPLY.run(
        session,
        [
            (
                row.question_id,
                row.post_id,
                row.account_id,
                row.platform,
                row.remote_id,
                row.parent_remote_id,
                row.link,
                row.origin.value,
                ReplyState.UNREADABLE.value if row.text is None else row.state.value,
                write(row.posted_at),
                seen_at,
                write_document(dict(row.extra)) if row.extra else "{}",
                row.audience,
                row.source,
                row.source_id,
                row.platform,
                row.author.remote_id,
            )
            for row in rows
        ],
    )


async def _insert_first_wordings(session: AsyncSession, rows: Sequence[ReplyRow], now: datetime) -> None:
    write = moment_writer(session)
    seen_at = write(now)
    await INSERT_FIRST_WORDING.run(
        session,
        [
            (
                row.question_id,
                row.platform,
                row.remote_id,
                row.text,
                row.original,
                row.version,
                row.language,
                write_document(row.foreign),
                seen_at,
            )
            for row in rows
        ],
    )


def _match_identities(rows: Sequence[_Identity]) -> Any:
    """Rows of these identities, and at most a few others that the caller drops by their identity."""
    return and_(
        Reply.question_id.in_({question_id for question_id, _, _ in rows}),
        Reply.platform.in_({platform for _, platform, _ in rows}),
        Reply.remote_id.in_([remote_id for _, _, remote_id in rows]),
    )


async def _load_held(session: AsyncSession, wanted: Mapping[_Identity, ReplyRow]) -> dict[_Identity, _Held]:
    held: dict[_Identity, _Held] = {}
    for names in chunked(list(wanted)):
        held |= {name: row for name, row in (await _load_held_chunk(session, names)).items() if name in wanted}
    return held


async def _load_held_chunk(session: AsyncSession, names: Sequence[_Identity]) -> dict[_Identity, _Held]:
    found = await session.execute(
        select(
            Reply.question_id,
            Reply.platform,
            Reply.remote_id,
            Reply.id,
            Reply.state,
            Revision.number,
            Revision.text,
            Revision.version,
            Reply.audience,
        )
        .join(Revision, Revision.reply_id == Reply.id)
        .where(_match_identities(names), newest_revision())
    )
    return {(row[0], row[1], row[2]): _Held(*row[3:]) for row in found}


async def _update_known(
    session: AsyncSession, pairs: Sequence[tuple[_Held, ReplyRow]], now: datetime, done: Ingested
) -> None:
    """New wordings and states of known replies. A tombstone stays one, and no text is no wording.

    But who took back what they had handed in by a form may hand it in again.
    """
    for held, row in pairs:
        if held.state in TOMBSTONES and row.origin is not Origin.SUBMITTED:
            continue
        if row.audience != held.audience:
            await session.execute(update(Reply).where(Reply.id == held.id).values(audience=row.audience))
            done.moved.append(held.id)
        if row.text is None:
            if row.state is ReplyState.STANDING:
                continue
        elif row.text != held.text:
            session.add(_revision(held, row, now))
            done.edited.append(held.id)
        elif row.version != held.version:
            newest = (Revision.reply_id == held.id, Revision.number == held.number)
            await session.execute(update(Revision).where(*newest).values(version=row.version))  # the platform's name
        if row.state is not held.state:
            await session.execute(update(Reply).where(Reply.id == held.id).values(state=row.state))
            done.moved.append(held.id)
    await session.flush()


async def revise(session: AsyncSession, reply: Reply, text: str, now: datetime) -> None:
    """Other words for one reply, as its author gave them to us; the same words are no other."""
    newest = (await session.scalars(select(Revision).where(Revision.reply_id == reply.id, newest_revision()))).one()
    wanted = replace_refused(text)
    if newest.text == wanted:
        return
    session.add(
        Revision(reply_id=reply.id, number=newest.number + 1, text=wanted, language=newest.language, seen_at=now)
    )
    await drop_prints(session, [reply.id], now)
    await note_stale(session, [reply.id])
    await session.execute(update(Question).where(Question.id == reply.question_id).values(changed_at=now))


def _revision(held: _Held, row: ReplyRow, now: datetime) -> Revision:
    return Revision(
        reply_id=held.id,
        number=held.number + 1,
        text=row.text,
        original=row.original,
        version=row.version,
        language=row.language,
        foreign=[list(span) for span in row.foreign],
        seen_at=now,
    )
