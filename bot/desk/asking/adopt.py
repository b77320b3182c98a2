"""Adopting: a post that somebody already published becomes a question. It is collected and never touched."""

from dataclasses import dataclass
from datetime import timedelta

from adapters.checks import NO_NETWORK
from adapters.contract.errors import Unavailable
from adapters.contract.reading import FoundPost
from adapters.registry import installed, load_platform, recognise
from bot.context import Context
from bot.desk.asking.slugs import check_slug, free_slug, slugify
from bot.desk.errors import DeskError, refuse
from bot.posts.compose import compose_notice
from bot.posts.notices import NoticeState, describe_notice
from bot.posts.send import NOTICE
from bot.questions.clock import find_close, nominal_now
from bot.questions.content import Content
from bot.questions.render import DoesNotFit
from bot.scheduler.sync import record_content
from storage.accounts.accounts import load_account
from storage.engine import Session
from storage.models import Post, PostPart, Question
from storage.questions import planned, posts, questions
from storage.questions.questions import RecordedQuestion
from storage.states import PartState, PostState, Source


@dataclass(frozen=True, slots=True)
class Sighting:
    """A post that may be adopted.

    cost: what reading its replies will cost, in millionths of a dollar; None where nothing costs. reaches_back: how old
    a reply may be that can still be read, None where it does not matter.
    """

    account_id: int
    found: FoundPost
    cost: int | None = None
    reaches_back: timedelta | None = None


async def sight(context: Context, link: str) -> Sighting:
    """Look at the post behind a link, before anything else is read. Raises as `adopt`."""
    account_id = await _find_account(context, link)
    adapter = await context.accounts.adapter(account_id)
    try:
        found = await adapter.look_up(link)
    except Unavailable as error:
        if str(error).endswith(NO_NETWORK):
            raise refuse("no_network") from None
        raise
    tariff = context.accounts.tariff_of(account_id)
    if tariff is None:
        return Sighting(account_id, found)
    return Sighting(account_id, found, tariff.price(tariff.bill_adoption(found.replies or 0)), tariff.reaches_back)


async def adopt(
    context: Context,
    link: str,
    *,
    workspace: str,
    zone: str,
    slug: str | None = None,
    sighting: Sighting | None = None,
) -> tuple[Question, FoundPost, bool]:
    """The question of a post, the post, and whether it is new: adopting again gives the same question.

    sighting: of this link, where it was looked at before. Raises DeskError for a link of no platform, and the adapter's
    errors (Rejected: a link that is no post).
    """
    seen = sighting or await sight(context, link)
    account_id, found = seen.account_id, seen.found
    async with context.store.write() as session:
        known = await posts.find_adopted(session, workspace, found.reference.remote_id)
        if known is not None:
            return known, found, False
        if slug is not None:
            await check_slug(session, workspace, slug)
        name = slug or await free_slug(session, workspace, slugify(found.text, found.language or "en"))
        content = _make_content(found, zone)
        recorded = await record_content(session, workspace, name, content, Source.ADOPTED, context.now())
        await _record_post(context, session, found, account_id, recorded)
    return recorded.question, found, True


async def read_notice(context: Context, account_id: int, found: FoundPost, zone: str) -> str:
    """The notice that would go below a post. Raises DeskError where none can.

    "" where none is needed: there everybody is asked first.
    """
    return await _read_notice(context, account_id, _make_content(found, zone))


async def _read_notice(context: Context, account_id: int, content: Content) -> str:
    capabilities = context.accounts.capabilities_of(account_id)
    async with context.store.read() as session:
        account = await load_account(session, account_id)
    if capabilities.consent_first:
        return ""
    if context.config.accounts[account.name].implicit:
        raise refuse("no_notice_account", network=account.platform)
    if not capabilities.threads:
        raise refuse("no_notice_place", account=account.name)
    try:
        return (await compose_notice(context, content, account)).root
    except DoesNotFit as error:
        raise DeskError(str(error)) from error


async def post_notice(context: Context, question: Question) -> bool:
    """Let the notice go out below the post that a question adopted; `publish` sends it. False where it stands, or is
    not needed. Raises DeskError.
    """
    async with context.store.read() as session:
        found = [each for each in await posts.posts_of_question(session, question.id) if each[0].adopted]
        _, version = await questions.load_question(session, question.id)
    if not found:
        raise refuse("not_adopted", question=question.slug)
    post, account, parts = found[-1]
    content = Content.model_validate(version.content)
    is_there = describe_notice(parts) in (NoticeState.STANDS, NoticeState.ON_ITS_WAY)
    if is_there or not await _read_notice(context, account.id, content):
        return False
    adapter = await context.accounts.adapter(account.id)
    number = max(part.position for part in parts) + 1
    draft = await compose_notice(context, content, account)
    call = (await adapter.prepare(draft, f"notice-{post.id}-{number}", context.now()))[-1]
    notice = PostPart(
        post_id=post.id,
        position=number,
        role=NOTICE,
        key=call.key,
        payload=call.payload,
        text=draft.root,
        state=PartState.PREPARED,
        has_notice=True,
    )
    async with context.store.write() as session:
        if not await planned.add_part(session, post.id, notice, "the notice is to go out"):
            raise refuse("busy_adopting", account=account.name)
    return True


def _make_content(found: FoundPost, zone: str) -> Content:
    return Content(text=found.text.strip() or found.reference.link, language=found.language or "en", zone=zone)


async def _find_account(context: Context, link: str) -> int:
    platform = recognise(link)
    if platform is None:
        titles = ", ".join(load_platform(name).title for name in installed())
        raise refuse("unknown_link", link=link, networks=titles)
    async with context.store.read() as session:
        account_id = await posts.first_account_of(session, platform.name, context.accounts.ids)
    if account_id is None:
        raise refuse("no_reading_account", network=platform.title)
    return account_id


async def _record_post(
    context: Context, session: Session, found: FoundPost, account_id: int, recorded: RecordedQuestion
) -> None:
    """The post as if we had sent it, but `adopted`: its question is open from now on."""
    now = context.now()
    content = Content.model_validate(recorded.version.content)
    target = (await questions.set_targets(session, recorded.question.id, [(account_id, "")]))[0]
    closes_at = find_close(content, now)
    post = Post(
        target_id=target.id,
        version_id=recorded.version.id,
        occurrence=nominal_now(found.posted_at, content.zone),
        due_at=found.posted_at,
        expires_at=now,
        state=PostState.PUBLISHED,
        adopted=True,
        published_at=found.posted_at,
        closes_at=closes_at,
        collect_until=closes_at + context.config.collect.after_close,
    )
    root = PostPart(
        position=0,
        role="root",
        payload={},
        text=found.text,
        state=PartState.SENT,
        sent_at=found.posted_at,
        remote_id=found.reference.remote_id,
        link=found.reference.link,
        extra=dict(found.reference.extra) | {"author": found.author.remote_id, "handle": found.author.handle},
    )
    await planned.add_adopted(session, post, root)
