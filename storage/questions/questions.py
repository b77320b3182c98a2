"""Questions, their versions and targets."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Question, QuestionVersion, Target
from storage.sql.newest import is_newest_version
from storage.sql.upsert import insert
from storage.states import RUNNING, QuestionState, Source


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """A question, its newest version, and whether either is new."""

    question: Question
    version: QuestionVersion
    changed: bool


async def record_question(
    session: AsyncSession,
    *,
    workspace: str,
    slug: str,
    content: dict[str, Any],
    content_hash: str,
    source: Source,
    now: datetime,
) -> RecordedQuestion:
    """Write a question and, where its content differs from the last version, a new version seen at `now`.

    Other decoys alone make no version: nothing of them is posted. Its replies are judged again after either.
    """
    await session.execute(
        insert(session, Question)
        .values(
            workspace=workspace,
            slug=slug,
            source=source,
            state=QuestionState.ACTIVE,
            state_reason="",
            paused_reason="",
            judged_by="",
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["workspace", "slug"])
    )
    named = select(Question).where(Question.workspace == workspace, Question.slug == slug)
    question = (await session.scalars(named.with_for_update())).one()  # two starting at once write one version
    last = await newest_version(session, question.id)
    if last is not None and last.content_hash == content_hash:
        if last.content.get("decoys", []) != content.get("decoys", []):
            last.content = content
            judge_again(question, now)
        return RecordedQuestion(question, last, changed=False)
    judge_again(question, now)
    version = QuestionVersion(
        question_id=question.id,
        number=1 if last is None else last.number + 1,
        content=content,
        content_hash=content_hash,
        seen_at=now,
    )
    session.add(version)
    await session.flush()
    return RecordedQuestion(question, version, changed=True)


def judge_again(question: Question, now: datetime) -> None:
    """What is asked has changed: its replies, if it has any, are judged again, also where that is under way."""
    if question.changed_at is not None:
        question.changed_at = max(now, question.changed_at + timedelta(microseconds=1))


async def load_version(session: AsyncSession, version_id: int) -> QuestionVersion:
    """One version of a question."""
    return await session.get_one(QuestionVersion, version_id)


async def newest_version(session: AsyncSession, question_id: int) -> QuestionVersion | None:
    """The version that is planned from."""
    return (
        await session.scalars(
            select(QuestionVersion).where(QuestionVersion.question_id == question_id, is_newest_version())
        )
    ).first()


async def find_question(session: AsyncSession, workspace: str, slug: str) -> Question | None:
    """A question by its slug."""
    return (
        await session.scalars(select(Question).where(Question.workspace == workspace, Question.slug == slug))
    ).first()


async def load_question(session: AsyncSession, question_id: int) -> tuple[Question, QuestionVersion]:
    """A question and its newest version. Raises LookupError."""
    row = (
        await session.execute(
            select(Question, QuestionVersion)
            .join(QuestionVersion, QuestionVersion.question_id == Question.id)
            .where(Question.id == question_id, is_newest_version())
        )
    ).first()
    if row is None:
        raise LookupError(f"there is no question with the id {question_id}")
    return row[0], row[1]


async def set_targets(session: AsyncSession, question_id: int, places: Iterable[tuple[int, str]]) -> list[Target]:
    """Make (account id, place) pairs the active targets of a question; others become inactive. Answers the active."""
    wanted = set(places)
    await session.execute(update(Target).where(Target.question_id == question_id).values(active=False))
    for account_id, place in sorted(wanted):
        await session.execute(
            insert(session, Target)
            .values(question_id=question_id, account_id=account_id, place=place, active=True)
            .on_conflict_do_update(index_elements=["question_id", "account_id", "place"], set_={"active": True})
        )
    rows = await session.scalars(
        select(Target)
        .where(Target.question_id == question_id, Target.active)
        .order_by(Target.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def load_targets(session: AsyncSession, question_id: int) -> list[Target]:
    """All targets of a question, inactive ones too."""
    return list(await session.scalars(select(Target).where(Target.question_id == question_id).order_by(Target.id)))


async def drop_from_config(session: AsyncSession, question: Question, reason: str) -> None:
    """A question that the config no longer has; a pause of it is remembered for when it comes back."""
    paused = question.state_reason if question.state is QuestionState.PAUSED else ""
    await session.execute(
        update(Question)
        .where(Question.id == question.id)
        .values(state=QuestionState.GONE, state_reason=reason, paused_reason=paused)
    )


async def return_to_config(session: AsyncSession, question: Question) -> None:
    """As it was when it left."""
    state = QuestionState.PAUSED if question.paused_reason else QuestionState.ACTIVE
    await session.execute(
        update(Question)
        .where(Question.id == question.id)
        .values(state=state, state_reason=question.paused_reason, paused_reason="")
    )


async def end_proposal(
    session: AsyncSession, question_id: int, state: QuestionState, reason: str
) -> tuple[bool, Question]:
    """Whether a proposal was ended so, and the question as it is now: somebody may have been quicker."""
    moved = await session.execute(
        update(Question)
        .where(Question.id == question_id, Question.state == QuestionState.PROPOSED)
        .values(state=state, state_reason=reason)
        .returning(Question.id)
    )
    is_ours = moved.first() is not None
    return is_ours, await session.get_one(Question, question_id, populate_existing=True)


async def set_question_state(session: AsyncSession, question_id: int, state: QuestionState, reason: str = "") -> None:
    """Pause, resume or withdraw one question."""
    await session.execute(update(Question).where(Question.id == question_id).values(state=state, state_reason=reason))


async def list_questions(session: AsyncSession, workspace: str) -> list[tuple[Question, QuestionVersion]]:
    """All questions of a workspace with their newest versions, oldest first."""
    rows = await session.execute(
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.workspace == workspace, is_newest_version())
        .order_by(Question.id)
    )
    return [(question, version) for question, version in rows]


async def load_scheduled(session: AsyncSession) -> list[tuple[Question, QuestionVersion, Target]]:
    """Every active target of a question that is active or paused, with the version to plan from."""
    rows = await session.execute(
        select(Question, QuestionVersion, Target)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(Target, Target.question_id == Question.id)
        .where(
            Question.state.in_(RUNNING),
            Question.source != Source.ADOPTED,
            Target.active,
            is_newest_version(),
        )
        .order_by(Question.id, Target.id)
    )
    return [(question, version, target) for question, version, target in rows]


async def set_planned_until(session: AsyncSession, target_id: int, until: datetime) -> None:
    """Occurrences up to `until` are rows."""
    await session.execute(update(Target).where(Target.id == target_id).values(planned_until=until))


async def questions_to_judge(session: AsyncSession, rules_hash: str) -> list[int]:
    """Questions whose replies changed since they were judged, or that other rules judged: what judged one begins with
    the hash of the rules.
    """
    is_changed = Question.judged_at.is_distinct_from(Question.changed_at)  # not earlier: a clock may step back
    rows = await session.scalars(
        select(Question.id)
        .where(Question.changed_at.is_not(None), or_(is_changed, ~Question.judged_by.startswith(rules_hash)))
        .order_by(Question.id)
    )
    return list(rows)


async def begin_judging(session: AsyncSession, question_id: int, judged_by: str) -> None:
    """From now on these rules judge; nothing is judged by them yet."""
    await session.execute(
        update(Question).where(Question.id == question_id).values(judged_at=None, judged_by=judged_by)
    )


async def mark_judged(session: AsyncSession, question_id: int, changed_at: datetime) -> None:
    """All that changed until `changed_at` is judged."""
    await session.execute(update(Question).where(Question.id == question_id).values(judged_at=changed_at))


async def slugs_of(session: AsyncSession, question_ids: Collection[int]) -> list[str]:
    """The slugs of some questions, in the order of their ids."""
    return list(await session.scalars(select(Question.slug).where(Question.id.in_(question_ids)).order_by(Question.id)))
