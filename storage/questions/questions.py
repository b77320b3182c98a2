"""Questions, their versions and targets."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AT_ONCE, Question, QuestionVersion, Target
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
    await session.execute(update(Target).where(Target.question_id == question.id).values(plan_at=AT_ONCE))
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
    fresh = {"active": True, "plan_at": AT_ONCE}
    for account_id, place in sorted(wanted):
        await session.execute(
            insert(session, Target)
            .values(question_id=question_id, account_id=account_id, place=place, **fresh)
            .on_conflict_do_update(index_elements=["question_id", "account_id", "place"], set_=fresh)
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


async def list_questions(
    session: AsyncSession, workspace: str, newest: int | None = None
) -> list[tuple[Question, QuestionVersion]]:
    """All questions of a workspace with their newest versions, or those that were asked last, oldest first."""
    query = (
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.workspace == workspace, is_newest_version())
        .order_by(Question.id.desc())
        .limit(newest)
    )
    return [(question, version) for question, version in await session.execute(query)][::-1]


async def count_questions(session: AsyncSession, workspace: str) -> int:
    """How many a workspace has."""
    return await session.scalar(select(func.count()).where(Question.workspace == workspace)) or 0


async def list_due_for_planning(session: AsyncSession, now: datetime) -> list[int]:
    """Questions of which a post has come due, or may have, the oldest first."""
    rows = await session.scalars(
        select(Target.question_id)
        .join(Question, Question.id == Target.question_id)
        .where(Target.plan_at <= now, Target.active, Question.state.in_(RUNNING))
        .distinct()
        .order_by(Target.question_id)
    )
    return list(rows)


async def load_scheduled(
    session: AsyncSession, question_ids: Collection[int], now: datetime
) -> list[tuple[Question, QuestionVersion, Target]]:
    """Those of these questions' targets that are due for planning, with the version to plan from. Nobody else plans
    them, or changes what is asked, until this transaction ends.
    """
    of_these = (Question.id.in_(question_ids), Question.state.in_(RUNNING))
    await session.execute(select(Question.id).where(*of_these).order_by(Question.id).with_for_update())
    rows = await session.execute(
        select(Question, QuestionVersion, Target)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(Target, Target.question_id == Question.id)
        .where(*of_these, Target.active, Target.plan_at <= now, is_newest_version())
        .order_by(Question.id, Target.id)
    )
    return [(question, version, target) for question, version, target in rows]


async def set_planned_until(session: AsyncSession, target_id: int, until: datetime) -> None:
    """Occurrences up to `until` are rows; when the next one is due is to be found out."""
    planned = {"planned_until": until, "plan_at": AT_ONCE}
    await session.execute(update(Target).where(Target.id == target_id).values(planned))


async def set_plan_at(session: AsyncSession, moments: Mapping[int, datetime | None]) -> None:
    """When the next post of each of these targets is due."""
    if moments:
        await session.execute(update(Target), [{"id": id_, "plan_at": moment} for id_, moment in moments.items()])


async def plan_anew(session: AsyncSession) -> None:
    """When the next posts are due is to be found out again: the rules of a zone may have changed.

    Questions are locked in the order in which planning locks them: else another process that plans meanwhile, and this
    one, would wait for each other's targets.
    """
    await session.execute(select(Question.id).order_by(Question.id).with_for_update())
    await session.execute(update(Target).where(Target.plan_at.is_not(None)).values(plan_at=AT_ONCE))


async def questions_to_judge(session: AsyncSession, rules_hash: str) -> list[int]:
    """Questions whose replies changed since they were judged, or that other rules judged."""
    return list(await session.scalars(select_unjudged(rules_hash).order_by(Question.id)))


def select_unjudged(rules_hash: str) -> Select[int]:
    """The ids of the same. What judged one begins with the hash of the rules. All of it stands in an index."""
    # not earlier: a clock may step back
    is_changed = or_(Question.judged_at.is_(None), Question.judged_at != Question.changed_at)
    by_others = ~Question.judged_by.startswith(rules_hash)
    return select(Question.id).where(Question.changed_at.is_not(None), or_(is_changed, by_others))


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


async def slugs_by_id(session: AsyncSession, question_ids: Collection[int]) -> dict[int, str]:
    """The slug of each of some questions."""
    rows = await session.execute(select(Question.id, Question.slug).where(Question.id.in_(question_ids)))
    return dict(rows.all())
