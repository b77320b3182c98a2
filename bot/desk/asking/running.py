"""What can be done to a question that runs: pause, extend, remind, take back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.contract.errors import AdapterError
from adapters.contract.optional import Retracts
from adapters.contract.sending import Reference
from bot.context import Context
from bot.desk.errors import DeskError, Sentence, refuse
from bot.posts.compose import compose_reminder
from bot.posts.send import REMINDER
from bot.questions.content import Content
from bot.questions.render import DoesNotFit
from bot.replies.close import end_polls
from storage.accounts import accounts
from storage.models import Account, Post, PostPart, Question
from storage.questions import open_posts, planned, posts, questions
from storage.states import UNCLEAR, UNSENT, PartState, PostState, QuestionState


@dataclass(frozen=True, slots=True)
class PostReport:
    """What became of one post."""

    account: str
    link: str
    done: bool
    message: str


async def pause_all(context: Context, workspace: str, by: str) -> None:
    """Nothing is posted any more, at once and over restarts; collecting goes on."""
    async with context.store.write() as session:
        await accounts.set_control(session, workspace, "paused", "yes", by=by, now=context.now())


async def resume_all(context: Context, workspace: str, by: str) -> list[str]:
    """Posting goes on; accounts that waited for a person are tried again. Answers their names."""
    async with context.store.write() as session:
        await accounts.set_control(session, workspace, "paused", "no", by=by, now=context.now())
        return await accounts.reactivate(session)


async def pause_question(context: Context, question: Question, by: str) -> None:
    """This question is not posted any more until it is resumed. Raises DeskError where it was never approved."""
    _refuse_proposed(question)
    async with context.store.write() as session:
        await questions.set_question_state(session, question.id, QuestionState.PAUSED, f"paused by {by}")


async def resume_question(context: Context, question: Question) -> None:
    """Posting goes on with the next occurrence. Raises DeskError where only the config can bring it back."""
    _refuse_proposed(question)
    if question.state is QuestionState.GONE:
        raise refuse("gone_from_config", question=question.slug)
    async with context.store.write() as session:
        await questions.set_question_state(session, question.id, QuestionState.ACTIVE)


def _refuse_proposed(question: Question) -> None:
    if question.state is QuestionState.PROPOSED:
        raise refuse("waits_for_yes", question=question.slug)


async def extend(context: Context, question: Question, by: timedelta) -> datetime:
    """Collect longer: each of its newest posts closes `by` later than it would, or than now. Answers the close."""
    now = context.now()
    async with context.store.write() as session:
        newest = _newest_round(await posts.posts_of_question(session, question.id))
        standing = [post for post, _, _ in newest if post.published_at is not None and post.state != PostState.REMOVED]
        if not standing:
            raise refuse("not_extended", question=question.slug)
        closes_at = max([now, *(post.closes_at for post in standing if post.closes_at is not None)]) + by
        collect_until = closes_at + context.config.collect.after_close
        for post in standing:
            state = PostState.PUBLISHED if post.state is PostState.CLOSED else post.state
            await planned.extend_post(session, post.id, state, closes_at, collect_until)
        await accounts.collect_now(session, [account.id for _, account, _ in newest])
    return closes_at


async def remind(context: Context, question: Question) -> list[str]:
    """One reminder under each of its newest posts, once and for all. Answers the accounts; `publish` sends them.

    Raises DeskError where there is none that it could go below, with the reason of each.
    """
    async with context.store.read() as session:
        newest = _newest_round(await posts.posts_of_question(session, question.id))
        _, version = await questions.load_question(session, question.id)
        places = {target.id: target.place for target in await questions.load_targets(session, question.id)}
    content = Content.model_validate(version.content)
    reminded, refused = [], []
    for post, account, parts in newest:
        if post.state is not PostState.PUBLISHED or post.adopted or account.id not in context.accounts.ids:
            continue
        try:
            await _remind(context, content, post, account, parts, place=places[post.target_id])
            reminded.append(account.name)
        except DeskError as error:
            refused.append(error)
    if not reminded:
        raise refuse(
            "not_reminded", why=tuple(refused) or Sentence("refused.no_open_post", {"question": question.slug})
        )
    return reminded


async def _remind(
    context: Context, content: Content, post: Post, account: Account, parts: list[PostPart], *, place: str
) -> None:
    if not parts:
        raise refuse("nothing_below", account=account.name)
    if any(part.role == REMINDER for part in parts):
        raise refuse("reminded_already", account=account.name)
    if not context.accounts.capabilities_of(account.id).threads:
        raise refuse("no_threads", account=account.name)
    try:
        closes_at = post.closes_at or context.now()
        draft = await compose_reminder(
            context, content, account, place, parts[0].text or content.text, closes_at=closes_at
        )
    except DoesNotFit as error:
        raise refuse("reminder_too_long", account=account.name, why=error) from error
    adapter = await context.accounts.adapter(account.id)
    call = (await adapter.prepare(draft, f"remind-{post.id}", context.now()))[-1]
    reminder = PostPart(
        post_id=post.id,
        position=max(part.position for part in parts) + 1,
        role=REMINDER,
        key=call.key,
        payload=call.payload,
        text=draft.thread[0],
        state=PartState.PREPARED,
    )
    async with context.store.write() as session:
        if not await planned.add_part(session, post.id, reminder, "a reminder is to go out"):
            raise refuse("busy_reminding", account=account.name)


async def take_back(context: Context, question: Question) -> list[PostReport]:
    """Remove every post of a question of ours, everywhere, and stop what is planned. One report a post that went out
    or may have gone out.
    """
    async with context.store.write() as session:
        await questions.set_question_state(session, question.id, QuestionState.WITHDRAWN, "taken back")
        found = await posts.posts_of_question(session, question.id)
        for post, _, parts in found:
            if post.state in UNSENT and not _stands(parts):
                await planned.set_post_state(session, post.id, post.state, PostState.CANCELLED, "taken back")
    reports = []
    for post, account, parts in found:
        if _stands(parts) and post.state is not PostState.REMOVED:
            reports.append(await _take_back_post(context, post, account, parts))
        elif not parts and post.published_at is not None:
            reports.append(
                await _stop_collecting(context, post, account, "", "nothing was posted: no longer collected")
            )
        elif post.state in UNCLEAR:
            message = "it may have gone out and is looked for; run take-back again in some minutes"
            reports.append(PostReport(account.name, "", done=False, message=message))
    return reports


def _stands(parts: list[PostPart]) -> bool:
    return any(part.state is PartState.SENT for part in parts)


async def _take_back_post(context: Context, post: Post, account: Account, parts: list[PostPart]) -> PostReport:
    link = parts[0].link
    if post.adopted:
        message = "somebody else's post: left as it is, no longer collected"
        return await _stop_collecting(context, post, account, link, message)
    if account.id not in context.accounts.ids:
        return PostReport(account.name, link, done=False, message="the account is not in the config: remove it by hand")
    try:
        adapter = await context.accounts.adapter(account.id)
        if not isinstance(adapter, Retracts):
            ended = await end_polls(context, account.id, [post])
            message = f"the platform cannot take back: remove it by hand{'; its poll is closed' if ended else ''}"
            return PostReport(account.name, link, done=False, message=message)
        for part in reversed([part for part in parts if part.state is PartState.SENT]):
            await adapter.retract(Reference(part.remote_id or "", part.link, part.extra))
            async with context.store.write() as session:
                await posts.record_not_sent(session, part.id, PartState.REMOVED)
    except AdapterError as error:
        return PostReport(account.name, link, done=False, message=f"{error}; run take-back again")
    async with context.store.write() as session:
        await planned.set_post_state(session, post.id, post.state, PostState.REMOVED, "taken back")
    return PostReport(account.name, link, done=True, message="removed")


async def _stop_collecting(context: Context, post: Post, account: Account, link: str, message: str) -> PostReport:
    async with context.store.write() as session:
        await open_posts.close_adopted(session, post.id, context.now())
    return PostReport(account.name, link, done=True, message=message)


def _newest_round(
    found: list[tuple[Post, Account, list[PostPart]]],
) -> list[tuple[Post, Account, list[PostPart]]]:
    """The posts of the last occurrence that went out."""
    out = [each for each in found if each[0].published_at is not None]
    last = max((each[0].occurrence for each in out), default="")
    return [each for each in out if each[0].occurrence == last]
