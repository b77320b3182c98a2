"""Asking: a question and its posts, due now or when its own time comes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.context import Context
from bot.desk.asking.preview import preview
from bot.desk.asking.slugs import check_slug, free_slug, slugify
from bot.desk.errors import refuse
from bot.questions.clock import end_of_grace, find_time_faults, next_due, nominal_now
from bot.questions.content import Content
from bot.scheduler.plan import is_paused
from bot.scheduler.sync import list_targets, record_content
from storage.engine import Session
from storage.models import Question, QuestionVersion, Target
from storage.questions import forms, planned, questions
from storage.questions.planned import Planned
from storage.questions.questions import RecordedQuestion
from storage.states import PostState, Source


async def ask(
    context: Context,
    content: Content,
    account_ids: Mapping[str, int],
    *,
    workspace: str,
    slug: str | None = None,
    by: str = "",
    draft_id: int | None = None,
) -> Question:
    """Write a question and its posts, due now, or when its own time comes. by: who asks, in a community. draft_id: the
    form that it is made of, which is taken in the same transaction: never two questions of one, and none of it lost.

    Raises DeskError where any network would refuse it: none is sent.
    """
    await check_content(context, content, account_ids, slug or "")
    await _refuse_slug(context, workspace, slug)
    if await is_paused(context, workspace):
        raise refuse("paused")
    async with context.store.write() as session:
        if draft_id is not None and not await forms.take_form(session, draft_id, context.now()):
            raise refuse("form_gone")
        recorded = await record(context, session, content, workspace=workspace, slug=slug, by=by)
        targets = await questions.set_targets(session, recorded.question.id, list_targets(content, account_ids))
        if not has_time(content):
            await planned.insert_posts(session, plan_now(context, content, recorded.version, targets))
    return recorded.question


def has_time(content: Content) -> bool:
    """Whether it says itself when it is due."""
    return content.at is not None or content.cron is not None


def plan_now(
    context: Context,
    content: Content,
    version: QuestionVersion,
    targets: Iterable[Target],
    occurrence: str | None = None,
) -> list[Planned]:
    """A post that is due now for each target. occurrence: which one it is, where it comes early."""
    now = context.now()
    return [
        Planned(
            target_id=target.id,
            version_id=version.id,
            occurrence=occurrence or nominal_now(now, content.zone),
            due_at=now,
            expires_at=end_of_grace(content, now),
            state=PostState.DUE,
        )
        for target in targets
    ]


async def record(
    context: Context, session: Session, content: Content, *, workspace: str, slug: str | None, by: str
) -> RecordedQuestion:
    """A question of a command, under `slug` or a name made of its words."""
    name = slug or await free_slug(session, workspace, slugify(content.text, content.language))
    recorded = await record_content(session, workspace, name, content, Source.COMMAND, context.now())
    recorded.question.asked_by = by
    return recorded


def check_times(content: Content, now: datetime) -> None:
    """Raise DeskError where its time is over, its deadline is, or it closes before that."""
    due = next_due(content, now, 1)
    faults = find_time_faults(content, due[0].due_at if due else now)
    if has_time(content) and not due:
        faults = [f"the time at which it is asked is over ({content.at or content.cron}): write a later one"]
    if faults:
        raise refuse("not_sent", why=tuple(faults))


async def _refuse_slug(context: Context, workspace: str, slug: str | None) -> None:
    if slug is not None:
        async with context.store.read() as session:
            await check_slug(session, workspace, slug)


async def check_content(context: Context, content: Content, account_ids: Mapping[str, int], slug: str = "") -> None:
    """Raise DeskError with everything for which it would be refused. slug: "" where it is made of the text."""
    if not content.accounts:
        raise refuse("no_account_named")
    if not (content.outlet or context.name or content.hide_outlet):
        raise refuse("no_outlet_named")
    check_times(content, context.now())
    previews = await preview(context, content, account_ids, context.now(), slug=slug)
    refused = [f"{each.account}: {problem}" for each in previews for problem in each.problems]
    if refused:
        raise refuse("not_sent", why=tuple(refused))
