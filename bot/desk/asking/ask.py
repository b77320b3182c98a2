"""Asking: what each network would show, and the posts that are due now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from adapters.contract.sending import Draft
from bot.context import Context
from bot.desk.asking.slugs import check_slug, free_slug, slugify
from bot.desk.errors import DeskError
from bot.questions.clock import end_of_grace, nominal_now
from bot.questions.content import Content, split_account
from bot.questions.render import DoesNotFit, Length, measure, render
from bot.questions.variants import list_all_variants, vary
from bot.scheduler.plan import is_paused
from bot.scheduler.sync import places
from storage.accounts import accounts
from storage.engine import Session
from storage.models import Question, QuestionVersion, Target
from storage.questions import planned, posts, questions
from storage.questions.planned import Planned
from storage.questions.questions import RecordedQuestion
from storage.states import PostState, Source


@dataclass(frozen=True, slots=True)
class Preview:
    """A question as one account will post it. lengths: of each text. problems: why it would not be taken.

    units: what posting takes, by unit, and cost: its price in millionths of a dollar; none where nothing costs.
    """

    account: str
    texts: tuple[str, ...]
    options: tuple[str, ...]
    lengths: tuple[tuple[Length, ...], ...]
    closes_at: datetime
    problems: tuple[str, ...] = ()
    units: Mapping[str, int] = field(default_factory=dict)
    cost: int | None = None


def preview(
    context: Context, content: Content, account_ids: Mapping[str, int], at: datetime, posted: Collection[str] = ()
) -> list[Preview]:
    """One preview an account entry; nothing is sent. posted: see `find_posted_texts`. Raises DeskError if unknown."""
    return [_preview(context, content, entry, account_ids, at, posted=posted) for entry in content.accounts]


async def find_posted_texts(
    context: Context, content: Content, account_ids: Mapping[str, int], at: datetime
) -> set[str]:
    """What was posted before of what this question would say, on platforms that refuse it then."""
    posted: set[str] = set()
    for entry in content.accounts:
        name, place = split_account(entry)
        if name not in account_ids or not context.accounts.capabilities_of(account_ids[name]).refuses_repeats:
            continue
        try:
            draft = _render(context, content, account_ids[name], place, at)
        except DoesNotFit:
            continue
        wanted = list_all_variants(draft, content, at)
        async with context.store.read() as session:
            account = await accounts.load_account(session, account_ids[name])
            posted |= await posts.find_posted_texts(session, account.platform, wanted)
    return posted


def _render(context: Context, content: Content, account_id: int, place: str, at: datetime) -> Draft:
    capabilities = context.accounts.capabilities_of(account_id)
    return render(content, capabilities, name=context.name, place=place, closes_at=at + content.closes_after)


def _preview(
    context: Context,
    content: Content,
    entry: str,
    account_ids: Mapping[str, int],
    at: datetime,
    *,
    posted: Collection[str],
) -> Preview:
    name, place = split_account(entry)
    if name not in account_ids:
        known = ", ".join(sorted(account_ids)) or "none"
        raise DeskError(f"there is no enabled account {name!r}; there are: {known}")
    capabilities = context.accounts.capabilities_of(account_ids[name])
    closes_at = at + content.closes_after
    try:
        draft = _render(context, content, account_ids[name], place, at)
        if capabilities.refuses_repeats:
            draft = vary(draft, capabilities, posted, content, at)
    except DoesNotFit as error:
        return Preview(entry, (), content.options, (), closes_at, tuple(error.problems))
    texts = (draft.root, *draft.thread)
    lengths = tuple(tuple(measure(text, capabilities)) for text in texts)
    tariff = context.accounts.tariff_of(account_ids[name])
    units = {} if tariff is None else tariff.bill_draft(draft)
    cost = None if tariff is None else tariff.price(units)
    return Preview(entry, texts, draft.poll.options if draft.poll else (), lengths, closes_at, units=units, cost=cost)


async def ask(
    context: Context,
    content: Content,
    account_ids: Mapping[str, int],
    *,
    workspace: str,
    slug: str | None = None,
    by: str = "",
) -> Question:
    """Write a question and its posts, due now, or when its own time comes. by: who asks, in a community.

    Raises DeskError where any network would refuse it: none is sent.
    """
    await check_content(context, content, account_ids)
    await _refuse_slug(context, workspace, slug)
    if await is_paused(context, workspace):
        raise DeskError("all posting is paused: pullquote resume")
    async with context.store.write() as session:
        recorded = await record(context, session, content, workspace=workspace, slug=slug, by=by)
        targets = await questions.set_targets(session, recorded.question.id, places(content, dict(account_ids)))
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
    recorded = await questions.record_question(
        session,
        workspace=workspace,
        slug=slug or await free_slug(session, workspace, slugify(content.text)),
        content=content.model_dump(mode="json"),
        content_hash=content.hash,
        source=Source.COMMAND,
        now=context.now(),
    )
    recorded.question.asked_by = by
    return recorded


async def _refuse_slug(context: Context, workspace: str, slug: str | None) -> None:
    if slug is not None:
        async with context.store.read() as session:
            await check_slug(session, workspace, slug)


async def check_content(context: Context, content: Content, account_ids: Mapping[str, int]) -> None:
    """Raise DeskError with everything for which it would be refused."""
    if not content.accounts:
        raise DeskError("name at least one account to ask on (--account)")
    if not (content.outlet or context.name or content.hide_outlet):
        raise DeskError(
            'the notice under the question cannot say where replies may be quoted: write [pullquote] name = "…", '
            "the outlet that quotes"
        )
    now = context.now()
    posted = await find_posted_texts(context, content, account_ids, now)
    refused = [
        f"{each.account}: {problem}"
        for each in preview(context, content, account_ids, now, posted)
        for problem in each.problems
    ]
    if refused:
        raise DeskError("nothing was sent: " + "; ".join(refused))
