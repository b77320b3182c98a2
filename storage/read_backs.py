"""Read-backs: a passage and its credit, shown once to who said it; their mails are rows of `Outgoing`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.digests import outgoings
from storage.models import Author, Outgoing, Question, QuestionVersion, ReadBack, Reply, Revision
from storage.sql.chunks import chunked
from storage.sql.upsert import insert
from storage.states import OutgoingState

KIND = "read-back"
PLACE = "mail"
"""Of its rows of `Outgoing`: the address stands in `ReadBack` alone, which goes with its person."""
SOURCE = "read-back"
"""Of replies that came as answers to one."""
DECIDED = "decided"
"""The answer of one of which an editor entered what they heard."""


@dataclass(frozen=True, slots=True)
class KnownReadBack:
    """A read-back, and what became of its mail, and why: None where an editor sends it by hand."""

    row: ReadBack
    sending: OutgoingState | None
    reason: str

    @property
    def is_void(self) -> bool:
        """Whether it certainly never went out, so that its author can be asked again."""
        return self.sending is OutgoingState.FAILED


@dataclass(frozen=True, slots=True)
class ReadBackSubject:
    """What a read-back is about: the wording, whose, and the newest content of the question."""

    reply: Reply
    revision: Revision
    author: Author
    question: Question
    content: Mapping[str, Any]


async def add_read_back(session: AsyncSession, values: Mapping[str, Any], token: str, outlet: str) -> int | None:
    """Store one, and its mail where it has an address; None where there is one about this wording already.

    values: the columns of `ReadBack`. token: "" where an editor sends it by hand.
    """
    new = insert(session, ReadBack).values(**values).on_conflict_do_nothing().returning(ReadBack.id)
    id_: int | None = await session.scalar(new)
    if id_ is not None and values["address"]:
        await outgoings.plan(
            session,
            KIND,
            subject=f"{KIND} {id_}",
            places=[PLACE],
            payload={"read_back": id_, "token": token, "outlet": outlet},
            now=values["made_at"],
            reply_id=values["reply_id"],
        )
    return id_


async def load_read_back(session: AsyncSession, id_: int) -> ReadBack | None:
    """One by its id; None where it went with its words."""
    return await session.get(ReadBack, id_)


async def load_subject(session: AsyncSession, revision_id: int) -> ReadBackSubject:
    """What one about this wording is about."""
    found = await session.execute(
        select(Reply, Revision, Author, Question, QuestionVersion.content)
        .join(Revision, Revision.reply_id == Reply.id)
        .join(Author, Author.id == Reply.author_id)
        .join(Question, Question.id == Reply.question_id)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Revision.id == revision_id)
        .order_by(QuestionVersion.number.desc())
        .limit(1)
    )
    return ReadBackSubject(*found.one())


async def list_read_backs(session: AsyncSession, reply_ids: Collection[int]) -> list[KnownReadBack]:
    """Those about these replies, the newest first."""
    found: list[KnownReadBack] = []
    for chunk in chunked(sorted(reply_ids)):
        rows = list(await session.scalars(select(ReadBack).where(ReadBack.reply_id.in_(chunk))))
        mails = await session.execute(
            select(Outgoing.subject, Outgoing.state, Outgoing.state_reason).where(
                Outgoing.kind == KIND, Outgoing.reply_id.in_(chunk)
            )
        )
        sent = {subject: (state, reason) for subject, state, reason in mails}
        found += [KnownReadBack(row, *sent.get(f"{KIND} {row.id}", (None, ""))) for row in rows]
    return sorted(found, key=lambda each: each.row.id, reverse=True)


async def find_by_token(session: AsyncSession, token_hash: str) -> ReadBack | None:
    """The one that a token names; nobody else changes it until this transaction ends."""
    query = select(ReadBack).where(ReadBack.token_hash == token_hash).with_for_update()
    found: ReadBack | None = await session.scalar(query)
    return found


async def find_by_message(session: AsyncSession, message_ids: Collection[str]) -> ReadBack | None:
    """The same of the one whose mail is among these; None where they name several."""
    query = select(ReadBack).where(ReadBack.message_id.in_(message_ids)).limit(2).with_for_update()
    found = list(await session.scalars(query))
    return found[0] if len(found) == 1 else None


async def note_sent(session: AsyncSession, row: ReadBack, outgoing_id: int, now: datetime) -> None:
    """Its mail was taken: from now on nobody can read its token here."""
    row.asked_at = now
    await _empty_mails(session, Outgoing.id == outgoing_id)


async def note_decided(session: AsyncSession, reply_ids: Collection[int], now: datetime) -> None:
    """An editor entered what the author of these replies decided: nothing is waited for any more."""
    open_ = (ReadBack.reply_id.in_(reply_ids), ReadBack.answered_at.is_(None))
    await session.execute(update(ReadBack).where(*open_).values(answered_at=now, answer=DECIDED))


async def drop_void(session: AsyncSession, known: KnownReadBack) -> None:
    """Forget one that never went out."""
    await session.execute(delete(Outgoing).where(Outgoing.kind == KIND, Outgoing.subject == f"{KIND} {known.row.id}"))
    await session.execute(delete(ReadBack).where(ReadBack.id == known.row.id))


async def drop_read_backs(session: AsyncSession, reply_ids: Sequence[int]) -> None:
    """They go with the words that they are about; a mail that is not out stays here."""
    await _empty_mails(session, Outgoing.reply_id.in_(reply_ids))
    await session.execute(delete(ReadBack).where(ReadBack.reply_id.in_(reply_ids)))


async def _empty_mails(session: AsyncSession, which: ColumnElement[bool]) -> None:
    await session.execute(
        update(Outgoing)
        .where(which, Outgoing.kind == KIND)
        .values(payload={})
        .execution_options(synchronize_session=False)
    )
