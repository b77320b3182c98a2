"""Closing: a last complete collection, a freshness check, the verdicts; then a post is closed."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from adapters.contract.errors import AdapterError
from adapters.contract.optional import ClosesPolls
from adapters.contract.sending import Reference
from bot.context import Context
from bot.digest.usable import count_usable, list_shown
from bot.log import get_logger
from bot.posts.notices import look_at_notices
from bot.questions.clock import find_close
from bot.questions.content import Content
from bot.questions.render import end_poll, has_native_poll
from bot.replies.collect import collect_account
from bot.replies.enough import report_close
from bot.replies.judge import judge_question
from bot.replies.reread import refresh_replies
from bot.steps import for_each
from storage.accounts.accounts import load_account
from storage.models import Post, PostPart
from storage.questions import open_posts, posts, questions
from storage.replies import replies
from storage.states import AccountState

log = get_logger(__name__)


async def close_due(context: Context, question_id: int | None = None) -> list[int]:
    """Close the posts whose time is over, of all questions or of one, and answer the ids of their questions.

    Where the last collection fails the post stays open and is tried again, until the grace after the close is over
    too: then it is closed as it is, and the digest says that the collection is incomplete.
    """
    over: list[Post] = []
    for account_id, ending in (await _load_ending(context, question_id)).items():
        over += await _collect_last(context, account_id, ending)
    by_question = await _group(context, over)
    await for_each(by_question, partial(_close_question, context, by_question))
    return sorted(by_question)


async def _load_ending(context: Context, question_id: int | None) -> dict[int, list[Post]]:
    async with context.store.read() as session:
        due = await open_posts.posts_to_close(session, context.now(), question_id)
    by_account: dict[int, list[Post]] = defaultdict(list)
    for post, account_id in due:
        by_account[account_id].append(post)
    return by_account


async def _collect_last(context: Context, account_id: int, ending: list[Post]) -> list[Post]:
    """Those of the posts that can be closed now."""
    is_complete = False
    if account_id in context.accounts.ids and await _may_ask(context, account_id):
        try:
            await end_polls(context, account_id, ending)
        except AdapterError as error:  # it ends by itself
            log.warning("poll not ended", account=account_id, reason=str(error))
        try:
            collected = await collect_account(context, account_id, closing=[post.id for post in ending])
        except Exception:
            log.exception("last collection failed", account=account_id)
        else:
            if collected is None:
                return []
            is_complete = collected.error is None
    now = context.now()
    return [post for post in ending if is_complete or (post.collect_until is not None and post.collect_until <= now)]


async def end_polls(context: Context, account_id: int, ending: Sequence[Post]) -> int:
    """End the native polls of posts of ours that close before their time; answers how many. Raises AdapterError."""
    early: list[tuple[Content, PostPart]] = []
    async with context.store.read() as session:
        for post in ending:
            content = Content.model_validate((await questions.load_version(session, post.version_id)).content)
            asked_at = None if post.adopted or not content.options else post.published_at
            if asked_at is None:
                continue
            limits = context.accounts.capabilities_of(account_id).poll if account_id in context.accounts.ids else None
            if end_poll(content, limits, find_close(content, asked_at), asked_at) > context.now():
                early += [(content, part) for part in (await posts.load_parts(session, post.id))[:1]]
    adapter = await context.accounts.adapter(account_id) if early else None
    if adapter is None or not isinstance(adapter, ClosesPolls):
        return 0
    ended = [part for content, part in early if has_native_poll(content, adapter.capabilities)]
    for part in ended:
        await adapter.close_poll(Reference(part.remote_id or "", part.link, part.extra))
    return len(ended)


async def _may_ask(context: Context, account_id: int) -> bool:
    """Whether the account works, and no limit or back-off forbids a call now."""
    now = context.now()
    async with context.store.read() as session:
        account = await load_account(session, account_id)
    waits = account.failures > 0 and account.collect_at is not None and account.collect_at > now
    limited = account.read_retry_at is not None and account.read_retry_at > now
    return account.state is AccountState.ACTIVE and not waits and not limited


async def _group(context: Context, over: list[Post]) -> dict[int, list[Post]]:
    async with context.store.read() as session:
        questions = await posts.question_ids(session, [post.id for post in over])
    by_question: dict[int, list[Post]] = defaultdict(list)
    for post in over:
        by_question[questions[post.id]].append(post)
    return by_question


async def _close_question(context: Context, by_question: dict[int, list[Post]], question_id: int) -> None:
    """Report before the state changes: a kill in between repeats the report, which is stored once."""
    await freshen(context, question_id)
    await report_close(context, question_id)
    now = context.now()
    async with context.store.write() as session:
        for post in by_question[question_id]:
            await open_posts.close_post(session, post.id, now)


async def freshen(context: Context, question_id: int) -> None:
    """Judge what came last, read what would be quoted again on its platform, and judge what that changed.

    What moves up in place of something that is gone is read again too.
    """
    await look_at_notices(context, question_id=question_id, at_once=True)
    await judge_question(context, question_id)
    read: set[int] = set()
    while wanted := await _list_quotable(context, question_id) - read:
        refreshed = await refresh_replies(context, sorted(wanted))
        read |= wanted
        if not refreshed.changed:
            break
        await judge_question(context, question_id)


async def _list_quotable(context: Context, question_id: int) -> set[int]:
    """The replies that may be quoted, or might if they were reached; where reads are billed, what a digest shows."""
    usable = await count_usable(context.store, question_id, context.capabilities)
    ids = {id_ for each in usable for id_ in each.reply_ids}
    async with context.store.read() as session:
        ids |= set(await replies.unknown_replies(session, question_id))
    billed = {name for name, capabilities in context.capabilities.items() if capabilities.bills_reads}
    if not billed:
        return ids
    shown = await list_shown(context.store, question_id, context.capabilities)
    async with context.store.read() as session:
        shown |= set(await replies.unknown_replies(session, question_id))
        paid = await replies.replies_of_platforms(session, ids, billed)
    return ids - (paid - shown)
