"""Collect the replies of one account: pages into the store, some of them in one transaction with their marks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.contract.adapter import Adapter
from adapters.contract.errors import AdapterError, OverBudget, RateLimited, Unauthorized
from adapters.contract.reading import Page, Reply, Standing, Tally, Watched, WatchedPost
from adapters.contract.sending import Reference
from bot.context import Context
from bot.log import get_logger
from bot.posts.notices import look_at_notices
from bot.replies.pitches import store_replies
from bot.replies.read_backs import hear_read_backs
from bot.steps import back_off, note_limit, note_refusal, report_event
from storage.accounts import accounts
from storage.engine import Session
from storage.models import Account, Post, PostPart
from storage.questions import open_posts, posts
from storage.replies import replies, tallies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import Origin, ReplyState

LEASE = timedelta(minutes=5)
ENOUGH, LONGEST = 500, timedelta(seconds=20)
"""Replies that are written at once, and how long what was read waits for more."""
STATES = {
    Standing.VISIBLE: ReplyState.STANDING,
    Standing.HIDDEN: ReplyState.HIDDEN,
    Standing.BLOCKED: ReplyState.BLOCKED,
}

log = get_logger(__name__)


@dataclass(slots=True)
class Collected:
    """The counts of one pass over an account. `error` is None where it was complete."""

    account: str
    pages: int = 0
    added: int = 0
    edited: int = 0
    gone: int = 0
    error: AdapterError | None = None


@dataclass(frozen=True, slots=True)
class _Watch:
    """An account with the open posts that are collected in this pass."""

    account: Account
    questions: dict[int, int]
    watched: Watched
    askers: dict[int, frozenset[str]]


class _LostLease(Exception):
    """Another process collects the account by now: what we read may be older than what it wrote."""


async def collect_account(context: Context, account_id: int, closing: Collection[int] = ()) -> Collected | None:
    """One pass over all open posts of an account; None where another process is at it.

    closing: ids of posts that are read completely, whatever the counts say. An AdapterError ends the pass: what was
    committed stays, the marks say where to go on, and the account has a time for the next try. So does any other
    error before it goes up: an account that fails is out of the way of the others.
    """
    lease = f"collect:{account_id}"
    async with context.store.write() as session:
        if not await accounts.take_lease(session, lease, context.holder, context.now(), LEASE):
            return None
    try:
        return await _pass(context, await _load_watch(context, account_id, closing), lease)
    except _LostLease:
        log.warning("lease lost", lease=lease)
        return None
    except Exception as error:
        await _record_failure(context, account_id, error)
        raise
    finally:
        async with context.store.write() as session:
            await accounts.drop_lease(session, lease, context.holder)


async def _pass(context: Context, watch: _Watch, lease: str) -> Collected:
    done = Collected(watch.account.name)
    try:
        adapter = await context.accounts.adapter(watch.account.id)
        await _read_pages(context, adapter, watch, done, lease)
        await _count(context, adapter, watch)
        await look_at_notices(context, account_id=watch.account.id)
    except AdapterError as error:
        done.error = error
        await _record_failure(context, watch.account.id, error)
        log.warning("collection stopped", account=done.account, reason=str(error))
    else:
        await _record_success(context, watch.account.id)
    return done


async def _load_watch(context: Context, account_id: int, closing: Collection[int]) -> _Watch:
    async with context.store.read() as session:
        account = await accounts.load_account(session, account_id)
        found = await open_posts.posts_to_collect(session, account_id, context.now(), closing)
        stored = await replies.count_replies(session, [post.id for post, _ in found])
        direct = {post.id: await replies.count_undeleted(session, post.id, nested=False) for post, _ in found}
        marks = await accounts.load_marks(session, account_id)
        questions = await posts.question_ids(session, [post.id for post, _ in found])
        slugs = await open_posts.name_posts(session, [post.id for post, _ in found])
    held = {post.id: (stored.get(post.id, 0), direct[post.id]) for post, _ in found}
    watched = tuple(_watched_post(post, parts, held[post.id], closing, slugs[post.id]) for post, parts in found)
    askers = {post.id: _asker_ids(account, parts) for post, parts in found}
    return _Watch(account, questions, Watched(watched, marks), askers)


def _asker_ids(account: Account, parts: Sequence[PostPart]) -> frozenset[str]:
    """Remote ids of our own parts and of who asked: an asker's words in the thread are no answer."""
    ids = [account.remote_id, *(part.remote_id for part in parts), *(part.extra.get("author") for part in parts)]
    return frozenset(id_ for id_ in ids if id_)


def _watched_post(
    post: Post, parts: Sequence[PostPart], held: tuple[int, int], closing: Collection[int], slug: str
) -> WatchedPost:
    return WatchedPost(
        id=post.id,
        parts=tuple(Reference(part.remote_id or "", part.link, part.extra) for part in parts),
        opened_at=post.published_at or post.due_at,
        stored=held[0],
        counted=post.counted,
        thorough=post.counted_at is None or post.id in closing,
        direct=held[1],
        counted_at=post.counted_at,
        slug=slug,
    )


async def _read_pages(context: Context, adapter: Adapter, watch: _Watch, done: Collected, lease: str) -> None:
    """Write some pages at once: a transaction costs as much as a hundred rows. What was read is written, come what may.

    A page with another wording of what waits already is written after it: each wording is a revision.
    """
    waiting: list[Page] = []
    since = context.now()

    async def write() -> None:
        pages = tuple(waiting)
        waiting.clear()
        if pages:
            await _ingest_pages(context, watch, pages, lease, done)

    try:
        async for page in adapter.collect(watch.watched):
            if _has_other_words(page, waiting):
                await write()
            if not waiting:
                since = context.now()
            waiting.append(page)
            if sum(len(each.replies) for each in waiting) >= ENOUGH or context.now() - since >= LONGEST:
                await write()
    except Exception:
        await write()
        raise
    await write()


def _has_other_words(page: Page, waiting: Sequence[Page]) -> bool:
    held = {(reply.post_id, reply.remote_id): reply for each in waiting for reply in each.replies}
    return any(held.get((reply.post_id, reply.remote_id), reply) != reply for reply in page.replies)


async def _ingest_pages(context: Context, watch: _Watch, pages: Sequence[Page], lease: str, done: Collected) -> None:
    """Pages and their marks in one transaction: a mark without its page would lose replies for ever."""
    now = context.now()
    replied = [reply for page in pages for reply in page.replies]
    by_askers = [reply for reply in replied if reply.author.remote_id in watch.askers[reply.post_id]]
    marks = {scope: value for page in pages for scope, value in page.marks.items()}
    gone_names = list(dict.fromkeys(name for page in pages for name in page.gone))
    async with context.store.write() as session:
        if not await accounts.take_lease(session, lease, context.holder, now, LEASE):
            raise _LostLease
        for reply in by_askers:
            await open_posts.note_asker_reply(session, reply.post_id, reply.remote_id, reply.parent_remote_id)
        rows = [
            reply_row(reply, watch.account, watch.questions[reply.post_id], Origin.COLLECTED)
            for reply in await hear_read_backs(context, session, replied)
            if watch.askers[reply.post_id].isdisjoint((reply.remote_id, reply.author.remote_id))
        ]
        ingested = await store_replies(session, rows, now)
        gone = await replies.find_reply_ids(session, watch.account.platform, gone_names)
        gone_ids = [id_ for ids in gone.values() for id_ in ids]
        await replies.empty_replies(session, gone_ids, now)
        await _report_gone_posts(session, watch, gone_names, now)
        await accounts.save_marks(session, watch.account.id, marks)
    done.pages += len(pages)
    done.added += len(ingested.added)
    done.edited += len(ingested.edited)
    done.gone += len(gone_ids)


async def _report_gone_posts(session: Session, watch: _Watch, gone: Collection[str], now: datetime) -> None:
    """Report posts of ours that were deleted on their network: nobody can answer them any more."""
    for post in watch.watched.posts:
        root = next(iter(post.parts), None)
        if root is not None and root.remote_id in gone:
            where = f"the post on {watch.account.name} is no longer there ({root.link or root.remote_id})"
            message = f"{where}: what was collected stays, nobody can answer it any more; ask again, or take it back"
            question_id = watch.questions[post.id]
            await report_event(session, "post gone", f"post-{post.id}", message, now=now, question_id=question_id)


def reply_row(reply: Reply, account: Account, question_id: int, origin: Origin) -> ReplyRow:
    """A platform's reply as the row to be stored."""
    author = reply.author
    return ReplyRow(
        question_id=question_id,
        platform=account.platform,
        remote_id=reply.remote_id,
        author=AuthorRow(
            remote_id=author.remote_id,
            handle=author.handle,
            display_name=author.display_name,
            link=author.link,
            labels=tuple(sorted(author.labels)),
            opted_out=author.opted_out,
            evidence=tuple((each.kind, each.detail) for each in author.evidence),
            made_at=author.made_at,
        ),
        text=reply.text,
        posted_at=reply.posted_at,
        origin=origin,
        post_id=reply.post_id,
        account_id=account.id,
        parent_remote_id=reply.parent_remote_id,
        link=reply.link,
        state=STATES[reply.standing],
        version=reply.version,
        language=reply.languages[0] if reply.languages else "",
        foreign=reply.foreign,
        extra=reply.extra,
        audience=reply.audience,
        original=reply.original,
    )


async def _count(context: Context, adapter: Adapter, watch: _Watch) -> None:
    if not watch.watched.posts:
        return
    counts = await adapter.tally(watch.watched.posts)
    now = context.now()
    async with context.store.write() as session:
        for post_id, tally in counts.items():
            await _save_tally(session, watch.account.platform, post_id, tally, now)


async def _save_tally(session: Session, platform: str, post_id: int, tally: Tally, now: datetime) -> None:
    """The counts, and how many of the counted replies are not stored: an asker's own are no answers, but counted."""
    missing = None
    if tally.replies is not None:
        held = await replies.count_undeleted(session, post_id, nested=tally.nested)
        missing = max(0, tally.replies - held)
    await tallies.save_count(session, post_id, tally.replies, missing, now)
    if tally.votes is not None:
        await tallies.save_platform_votes(session, post_id, tally.votes, final=tally.final, now=now)
    if tally.voters is not None:
        await tallies.save_named_votes(session, post_id, platform, tally.voters, now)


async def _record_success(context: Context, account_id: int) -> None:
    now = context.now()
    async with context.store.write() as session:
        account = await accounts.load_account(session, account_id)
        await accounts.record_activity(session, f"collect {account.name}", now)
        account.collected_at, account.failures = now, 0
        if account.read_refusals:
            account.read_refusals, account.state_reason = 0, ""
        account.collect_at = now + context.accounts.collect_every(account_id)
    context.hints.discard(account_id)


async def _record_failure(context: Context, account_id: int, error: Exception) -> None:
    """When to try again, by the type of the error."""
    now = context.now()
    context.hints.discard(account_id)
    async with context.store.write() as session:
        account = await accounts.load_account(session, account_id)
        await accounts.record_activity(session, f"collect {account.name}", now, str(error) or repr(error))
        account.failures += 1
        account.collect_at = now + back_off(account.failures)
        if isinstance(error, RateLimited):
            await note_limit(session, account_id, error)
        elif isinstance(error, OverBudget):
            account.collect_at = max(account.collect_at, error.retry_at or account.collect_at)
            day, message = f"{account.collect_at:%Y-%m-%d}", f"{account.name} collects no more for now: {error}"
            await report_event(session, "over_budget", f"{account.name} {day}", message, now=now)
        elif isinstance(error, Unauthorized):
            await note_refusal(session, account, str(error), now, writes=False)
