"""Claim a post, send its parts, record each: rows before calls, so that a kill on any line doubles nothing.

The order is the promise (never twice): all parts with their exact bytes are committed, then for each part its intent,
then the call, then the reference. A part whose intent stands without an outcome is looked for, never sent blindly.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from adapters.contract.adapter import Adapter
from adapters.contract.errors import AdapterError, RateLimited, Unauthorized
from adapters.contract.sending import Reference, Role
from bot.context import Context
from bot.log import get_logger
from bot.posts.compose import compose
from bot.posts.notices import NoticeState, describe_notice, report_no_notice
from bot.posts.outcome import Expected, decide_post
from bot.posts.send import LEASE, check_wanted, send_part
from bot.questions.clock import find_close
from bot.questions.content import Content
from bot.questions.render import DoesNotFit, write_notice
from bot.steps import note_limit, note_refusal, report_question
from storage.accounts import accounts as account_rows
from storage.backup.moments import load_restored
from storage.engine import LostClaim, Session
from storage.models import Post, PostPart
from storage.questions import posts
from storage.questions.posts import Claimed
from storage.states import NEVER_SENT, OPEN, PartState, PostState

NOTABLY_LATE = timedelta(minutes=10)

log = get_logger(__name__)


async def publish_next(context: Context) -> bool:
    """Do one unit of work: take one post as far as it goes. False where nothing is due."""
    now = context.now()
    async with context.store.write() as session:
        claimed = await posts.claim_post(
            session, holder=context.holder, now=now, lease=LEASE, accounts=context.accounts.ids
        )
    if claimed is None:
        return False
    try:
        await _attempt(context, claimed)
    except LostClaim as lost:
        log.warning("claim lost", post=claimed.post.id, reason=str(lost))
    return True


async def _attempt(context: Context, claimed: Claimed) -> None:
    try:
        adapter = await context.accounts.adapter(claimed.account.id)
        await _identify(context, adapter, claimed)
        await _carry_out(context, adapter, claimed)
    except LostClaim:
        raise
    except Exception as error:
        await _record_failure(context, claimed, error)
        if not isinstance(error, AdapterError | DoesNotFit | Expected):
            raise


async def _identify(context: Context, adapter: Adapter, claimed: Claimed) -> None:
    """Note once who we are there: what the asker writes in the thread is no answer."""
    if claimed.account.remote_id is None:
        identity = await adapter.identify()
        async with context.store.write() as session:
            await account_rows.record_identity(session, claimed.account.id, identity.remote_id, identity.handle)


async def _carry_out(context: Context, adapter: Adapter, claimed: Claimed) -> None:
    parts = await _parts(context, adapter, claimed)
    references: list[Reference] = []
    for part in parts:
        references.append(await send_part(context, adapter, claimed, part, references))
    await _record_published(context, claimed)


async def _parts(context: Context, adapter: Adapter, claimed: Claimed) -> list[PostPart]:
    """The parts as rows: prepared once, committed with their bytes before the first call."""
    async with context.store.read() as session:
        parts = await posts.load_parts(session, claimed.post.id)
    if parts:
        return parts
    content = Content.model_validate(claimed.version.content)
    looked_for_since = await _find_doubt(context, claimed)
    if looked_for_since is None:
        check_wanted(claimed, context.now())
    at = context.now() if looked_for_since is None else claimed.post.due_at  # as it was said then, if it was
    draft = await compose(context, content, claimed.account, claimed.target.place, at)
    calls = await adapter.prepare(draft, f"post-{claimed.post.id}", at)
    notice = write_notice(content, context.accounts.capabilities_of(claimed.account.id), context.name)
    texts = [draft.root, *draft.thread]
    rows = []
    for position, call in enumerate(calls):
        text = texts[position] if call.role is not Role.GATE and position < len(texts) else ""
        rows.append(
            PostPart(
                post_id=claimed.post.id,
                position=position,
                role=call.role,
                key=call.key,
                payload=call.payload,
                text=text,
                has_notice=notice in text,
                state=PartState.PREPARED if looked_for_since is None else PartState.SENDING,
                intent_at=looked_for_since,
            )
        )
    async with context.store.write() as session:
        await posts.renew_claim(session, claimed.post.id, context.holder, context.now() + LEASE)
        posts.add_parts(session, rows)
    return rows


async def _find_doubt(context: Context, claimed: Claimed) -> datetime | None:
    """Since when it may have been sent, unknown to a copy of the database that was restored; None: it was not.

    Its real bytes are not known either: it is looked for by its words, before it is asked whether it is still wanted.
    """
    post = claimed.post
    async with context.store.read() as session:
        restored = await load_restored(session)
    if restored is None or claimed.was is not PostState.UNCERTAIN or post.due_at > restored.at:
        return None
    return restored.copied_at if post.id <= restored.posts else post.due_at


async def _record_published(context: Context, claimed: Claimed) -> None:
    post, question, now = claimed.post, claimed.question, context.now()
    async with context.store.write() as session:
        parts = await posts.load_parts(session, post.id)
        sent_at = (parts[0].sent_at or now) if parts else post.due_at  # what only comes in is open when it is due
        late_by = sent_at - post.due_at
        opened = _open(context, claimed, sent_at) | {"late": late_by > NOTABLY_LATE}
        await posts.move_post(session, post.id, context.holder, PostState.PUBLISHED, state_reason="", **opened)
        last = max((part.sent_at for part in parts if part.sent_at is not None), default=sent_at)
        await account_rows.record_published(session, claimed.account.id, last)
        if late_by > NOTABLY_LATE:
            late = f"{late_by.total_seconds() / 60:.0f} min late (due {post.occurrence})"
            message = f"{question.slug} on {claimed.account.name} went out {late}"
            await report_question(session, question, "late", f"post-{post.id}", message, now=now)
    log.info("published", question=question.slug, account=claimed.account.name, occurrence=post.occurrence)


def _open(context: Context, claimed: Claimed, sent_at: datetime) -> dict[str, object]:
    """From when and until when the post is answered; a part that was added later changes nothing of that."""
    if claimed.post.published_at is not None:
        return {}
    closes_at = find_close(Content.model_validate(claimed.version.content), sent_at)
    collect_until = closes_at + context.config.collect.after_close
    return {"published_at": sent_at, "closes_at": closes_at, "collect_until": collect_until}


async def _record_failure(context: Context, claimed: Claimed, error: Exception) -> None:
    """Move the row out of the way before anything else happens."""
    unclear = claimed.was is PostState.UNCERTAIN
    decision = decide_post(error, unclear=unclear, attempts=claimed.post.attempts, now=context.now())
    async with context.store.write() as session:
        parts = await posts.load_parts(session, claimed.post.id)
        state = _land(decision.state, claimed.post, parts)
        values: dict[str, object] = {"state_reason": decision.reason, "retry_at": decision.retry_at}
        if state is PostState.INCOMPLETE:
            # it stands and can be answered, so it is collected and closed like any other
            sent_at = next((part.sent_at for part in parts if part.sent_at is not None), context.now())
            values |= _open(context, claimed, sent_at)
        await posts.move_post(session, claimed.post.id, context.holder, state, **values)
        is_paused = await pause_account(session, claimed.account.id, error, context.now())
        if state in OPEN and describe_notice(parts) in (NoticeState.REFUSED, NoticeState.ON_ITS_WAY):
            await report_no_notice(session, claimed.question, claimed.post, claimed.account.name, context.now())
        if decision.notifies and (is_paused or not isinstance(error, Unauthorized)):
            kind = decision.state if state is PostState.PUBLISHED else state
            where = f"{claimed.question.slug} on {claimed.account.name} ({claimed.post.occurrence})"
            message = f"{where}: {decision.reason}"
            await report_question(
                session, claimed.question, kind, f"post-{claimed.post.id}", message, now=context.now()
            )
    log.warning("not published", question=claimed.question.slug, state=state, reason=decision.reason)


def _land(state: PostState, post: Post, parts: Sequence[PostPart]) -> PostState:
    """Where a post ends of which something stands already: it has replies, whatever became of the rest."""
    if state not in NEVER_SENT or all(part.state is not PartState.SENT for part in parts):
        return state
    return PostState.INCOMPLETE if post.published_at is None else PostState.PUBLISHED


async def pause_account(session: Session, account_id: int, error: Exception, now: datetime) -> bool:
    """Nothing goes through an account before its platform wants a call again, or that a person must mend: True then."""
    if isinstance(error, Unauthorized):
        account = await account_rows.load_account(session, account_id)
        return await note_refusal(session, account, str(error), now, writes=True)
    if isinstance(error, RateLimited):
        await note_limit(session, account_id, error)
    return False
