"""What the filter reads and writes, in batches: no question is too large to be judged beside a running bot."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, ScalarSelect, Text, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.erasing.barred import lock_erasing
from storage.models import Author, Outline, Post, Reply, Revision, Target, Verdict
from storage.replies.verdicts import without_words
from storage.sql.bulk import BulkInsert, moment_writer
from storage.sql.chunks import chunked
from storage.sql.newest import newest_revision
from storage.states import Origin, VerdictValue

AUTHORS = 300  # whose replies are read at once

_INSERT_VERDICT = BulkInsert(
    into="verdicts (revision_id, value, score, reasons, rules_hash, quotable, beside, note, judged_at)",
    values="?, ?, ?, ?, ?, ?, ?, '', ?",
    types=("int", "text", "float8", "json", "text", "bool", "json", "timestamptz"),
    conflict="",
)


@dataclass(frozen=True, slots=True)
class RulesVerdict:
    """What the rules say of a revision. reasons: the JSON text as it is stored. quotable: worth an editor's time.
    beside: what is kept to compare it with all others of its thread (`bot.filter.values.BesideAll`), as JSON.
    """

    revision_id: int
    value: VerdictValue
    score: float
    reasons: str
    rules_hash: str
    quotable: bool = True
    beside: str = "[]"


async def list_authors(session: AsyncSession, reply_ids: Sequence[int]) -> list[int]:
    """Ids of who wrote some replies."""
    found: set[int] = set()
    for chunk in chunked(reply_ids):
        found.update(await session.scalars(select(Reply.author_id).where(Reply.id.in_(chunk))))
    return sorted(found)


async def stream_wordings(
    session: AsyncSession, question_id: int, author_ids: Sequence[int], *, judged: bool = False
) -> AsyncIterator[
    Sequence[
        Row[int, str, str, str | None, int, datetime, str | None, str, str, datetime | None, bool, datetime | None, int]
    ]
]:
    """The newest wording of each reply of some authors to a question, in batches. judged: of what is judged alone.

    Rows of (revision id, platform, remote id, parent's remote id, author id, posted at, text, language, author's name,
    when their profile was made, whether it was imported, if so and dated when the question was last posted before, and
    reply id).
    """
    is_imported = Reply.origin == Origin.IMPORTED
    query = (
        select(
            Revision.id,
            Reply.platform,
            Reply.remote_id,
            Reply.parent_remote_id,
            Reply.author_id,
            Reply.posted_at,
            Revision.text,
            Revision.language,
            Author.display_name,
            Author.made_at,
            is_imported,
            case((is_imported & Reply.extra["undated"].as_string().is_(None), _find_last_post(question_id))),
            Reply.id,
        )
        .join(Reply, Reply.id == Revision.reply_id)
        .join(Author, Author.id == Reply.author_id)
        .where(Reply.question_id == question_id, newest_revision())
    )
    if judged:
        query = query.join(Outline, (Outline.question_id == question_id) & (Outline.reply_id == Reply.id))
    for chunk in chunked(author_ids, AUTHORS):
        rows = await session.execute(query.where(Reply.author_id.in_(chunk)))
        yield rows.all()


def _find_last_post(question_id: int) -> ScalarSelect[datetime | None]:
    """When a question was posted last before a `Reply`."""
    query = select(func.max(Post.published_at)).join(Target, Target.id == Post.target_id)
    return query.where(Target.question_id == question_id, Post.published_at <= Reply.posted_at).scalar_subquery()


async def load_superseded(session: AsyncSession, reply_ids: Sequence[int]) -> list[tuple[int, str]]:
    """(Revision id, text) of wordings of some replies that were edited: few are."""
    rows = await session.execute(
        select(Revision.id, Revision.text)
        .where(Revision.reply_id.in_(reply_ids), Revision.text.is_not(None), ~newest_revision())
        .order_by(Revision.id)
    )
    return [(revision_id, text or "") for revision_id, text in rows]


async def record_rules_verdicts(session: AsyncSession, found: Sequence[RulesVerdict], now: datetime) -> int:
    """Add those that differ from the last of the rules on the same revision; answers how many.

    Of what was emptied since it was read no word is written.
    """
    found = await _drop_words(session, found)
    held = await _load_last(session, [verdict.revision_id for verdict in found])
    judged_at = moment_writer(session)(now)
    new = [
        (
            each.revision_id,
            each.value.value,
            each.score,
            each.reasons,
            each.rules_hash,
            each.quotable,
            each.beside,
            judged_at,
        )
        for each in found
        if held.get(each.revision_id) != each
    ]
    await _INSERT_VERDICT.run(session, new)
    return len(new)


async def _drop_words(session: AsyncSession, found: Sequence[RulesVerdict]) -> Sequence[RulesVerdict]:
    await lock_erasing(session)
    ids = [each.revision_id for each in found]
    emptied = set(
        await session.scalars(select(Revision.id).where(Revision.id.in_(ids), Revision.emptied_at.is_not(None)))
    )
    return [
        replace(each, reasons=json.dumps(without_words(json.loads(each.reasons))))
        if each.revision_id in emptied
        else each
        for each in found
    ]


async def _load_last(session: AsyncSession, revision_ids: Sequence[int]) -> dict[int, RulesVerdict]:
    rows = await session.execute(
        select(
            Verdict.revision_id,
            Verdict.value,
            Verdict.score,
            cast(Verdict.reasons, Text),
            Verdict.rules_hash,
            Verdict.quotable,
            cast(Verdict.beside, Text),
        )
        .where(Verdict.revision_id.in_(revision_ids), Verdict.editor.is_(None))
        .order_by(Verdict.id)
    )
    return {row[0]: RulesVerdict(*row) for row in rows}


async def find_edited_since_editor(session: AsyncSession, reply_ids: Sequence[int]) -> list[tuple[int, str]]:
    """Newest revisions that can be read and that no editor has seen, of those of some replies that one decided about.

    Each with the name of that editor.
    """
    last = (
        select(func.max(Verdict.id).label("id"), Revision.reply_id)
        .join(Revision, Revision.id == Verdict.revision_id)
        .where(Revision.reply_id.in_(reply_ids), Verdict.editor.is_not(None))
        .group_by(Revision.reply_id)
        .subquery()
    )
    rows = await session.execute(
        select(Revision.id, Verdict.editor)
        .join(last, last.c.reply_id == Revision.reply_id)
        .join(Verdict, Verdict.id == last.c.id)
        .where(newest_revision(), Revision.text.is_not(None))
        .where(Verdict.revision_id != Revision.id, Verdict.restored_at.is_(None))
        .order_by(Revision.id)
    )
    return [(revision_id, editor or "") for revision_id, editor in rows]
