"""What a digest reads, and the rows of digests themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Digest, Event, Question


async def question_ids(session: AsyncSession, workspace: str) -> list[int]:
    """All questions of a workspace, oldest first."""
    return list(await session.scalars(select(Question.id).where(Question.workspace == workspace).order_by(Question.id)))


async def list_events_of_question(session: AsyncSession, question_id: int) -> list[Event]:
    """What was told about a question, oldest first."""
    rows = await session.scalars(select(Event).where(Event.question_id == question_id).order_by(Event.at, Event.id))
    return list(rows)


async def latest_digest(
    session: AsyncSession, *, workspace: str, kind: str, period: str, edition: str
) -> Digest | None:
    """The newest revision of a digest, or None."""
    digest: Digest | None = await session.scalar(
        select(Digest)
        .where(
            Digest.workspace == workspace,
            Digest.kind == kind,
            Digest.period == period,
            Digest.edition == edition,
        )
        .order_by(Digest.revision.desc())
        .limit(1)
    )
    return digest


async def add_digest(session: AsyncSession, row: Digest) -> int:
    """Store a revision; answers its id."""
    session.add(row)
    await session.flush()
    return row.id


async def find_digest(session: AsyncSession, digest_id: int) -> Digest | None:
    """A digest by its id."""
    return await session.get(Digest, digest_id)


async def load_digest(session: AsyncSession, digest_id: int) -> Digest:
    """A digest that is there."""
    return await session.get_one(Digest, digest_id)


async def digest_before(session: AsyncSession, row: Digest) -> Digest | None:
    """The revision before this one, or None."""
    before: Digest | None = await session.scalar(
        select(Digest).where(_is_same(row), Digest.revision < row.revision).order_by(Digest.revision.desc()).limit(1)
    )
    return before


def _is_same(row: Digest) -> ColumnElement[bool]:
    return and_(
        Digest.workspace == row.workspace,
        Digest.kind == row.kind,
        Digest.period == row.period,
        Digest.edition == row.edition,
    )


async def files_of_others(session: AsyncSession, digest_id: int) -> list[str]:
    """The paths of the files of every digest but this one and its other revisions."""
    own = await session.get_one(Digest, digest_id)
    rows = await session.scalars(select(Digest.files).where(not_(_is_same(own))))
    return [entry["path"] for files in rows for entry in files]


async def all_digests(session: AsyncSession) -> list[Digest]:
    """Every row of every workspace."""
    return list(await session.scalars(select(Digest).order_by(Digest.id)))


@dataclass(frozen=True, slots=True)
class FilesOfDigest:
    """Where a digest was written: entries as `record_files` makes them; those of older versions have no hashes."""

    id: int
    as_of: datetime
    files: Sequence[Mapping[str, Any]]


async def list_files(session: AsyncSession) -> list[FilesOfDigest]:
    """Of every digest of every workspace, oldest first."""
    rows = await session.execute(select(Digest.id, Digest.as_of, Digest.files).order_by(Digest.id))
    return [FilesOfDigest(*row) for row in rows]


async def record_files(session: AsyncSession, digest_id: int, files: Mapping[str, tuple[str, Sequence[str]]]) -> None:
    """Note where a digest is written next. files: by path, the format, and the hashes of what of ours may stand there:
    what does now, and what will.
    """
    row = await session.get_one(Digest, digest_id)
    known = {entry["path"]: entry for entry in row.files}
    for path, (name, hashes) in files.items():
        known[path] = {"path": path, "format": name, "hashes": sorted(set(hashes))}
    row.files = [known[path] for path in sorted(known)]


async def weeks_before(session: AsyncSession, *, workspace: str, edition: str, monday: str) -> list[Digest]:
    """Every revision of the weekly digests of earlier weeks, oldest first."""
    rows = await session.scalars(
        select(Digest)
        .where(
            Digest.workspace == workspace,
            Digest.kind == "week",
            Digest.edition == edition,
            Digest.period < monday,
        )
        .order_by(Digest.period, Digest.revision)
    )
    return list(rows)
