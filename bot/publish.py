"""Claim a post, send its parts, record each: rows before calls, so that a kill on any line doubles nothing.

The order is the promise (never twice): all parts with their exact bytes are committed, then for each part its intent,
then the call, then the reference. A part whose intent stands without an outcome is looked for, never sent blindly.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from adapters.base import Absent, Adapter, Reference
from adapters.base import Part as Call
from adapters.base import Role
from adapters.errors import AdapterError, RateLimited, Rejected, Unauthorized, Uncertain
from bot.context import Context
from bot.outcome import LOOK_AGAIN, Expected, GaveUp, NotFoundYet, TooLate, decide
from bot.questions import Content
from bot.render import DoesNotFit, render
from storage import accounts as account_rows
from storage import posts
from storage.events import tell
from storage.models import Part
from storage.posts import Claimed, LostClaim
from storage.states import AccountState, PartState, PostState

LEASE = timedelta(minutes=5)
NOTABLY_LATE = timedelta(minutes=10)
REMINDER = "reminder"
"""The role of the row of a self-reply that was added later; to the platform it is one more of the thread."""
COMPLETE_LOOKS = 3
"""Empty look-ups after which an unproven absence is taken for one (design, contract of `find`)."""

log = structlog.get_logger()


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
        adapter = await context.accounts.adapter(claimed.account.id)
        await _carry_out(context, adapter, claimed)
    except LostClaim as lost:
        log.warning("claim lost", post=claimed.post.id, reason=str(lost))
    except Exception as error:
        await _record_failure(context, claimed, error)
        if not isinstance(error, AdapterError | DoesNotFit | Expected):
            raise
    return True


async def _carry_out(context: Context, adapter: Adapter, claimed: Claimed) -> None:
    parts = await _parts(context, adapter, claimed)
    references: list[Reference] = []
    for part in parts:
        references.append(await _send(context, adapter, claimed, part, references))
    await _record_published(context, claimed)


async def _parts(context: Context, adapter: Adapter, claimed: Claimed) -> list[Part]:
    """The parts as rows: prepared once, committed with their bytes before the first call."""
    async with context.store.read() as session:
        parts = await posts.load_parts(session, claimed.post.id)
    if parts:
        return parts
    if claimed.post.expires_at <= context.now():
        raise TooLate
    content = Content.model_validate(claimed.version.content)
    at = context.now()
    draft = render(
        content,
        adapter.capabilities,
        name=context.name,
        place=claimed.target.place,
        closes_at=at + content.closes_after,
    )
    calls = await adapter.prepare(draft, f"post-{claimed.post.id}", at)
    texts = [draft.root, *draft.thread]
    rows = [
        Part(
            post_id=claimed.post.id,
            position=position,
            role=call.role,
            key=call.key,
            payload=call.payload,
            text=texts[position] if call.role is not Role.GATE and position < len(texts) else "",
            state=PartState.PREPARED,
            looked=0,
            sends=0,
            link="",
            extra={},
        )
        for position, call in enumerate(calls)
    ]
    async with context.store.write() as session:
        await posts.renew_claim(session, claimed.post.id, context.holder, context.now() + LEASE)
        session.add_all(rows)
    return rows


async def _send(
    context: Context, adapter: Adapter, claimed: Claimed, part: Part, parents: list[Reference]
) -> Reference:
    """The reference of a part: known, found, or new."""
    if part.state is PartState.SENT:
        return Reference(part.remote_id or "", part.link, part.extra)
    call = Call(part.key, Role.THREAD if part.role == REMINDER else Role(part.role), part.payload)
    if part.state is PartState.SENDING:
        found = await _find(context, adapter, part, call)
        if found is not None:
            await _record(context, part, found)
            return found
        if claimed.post.expires_at <= context.now() and not parents:
            await _record_absence(context, part)
            raise TooLate
    async with context.store.write() as session:
        await posts.renew_claim(session, claimed.post.id, context.holder, context.now() + LEASE)
        await posts.record_intent(session, part.id, context.now())
    reference = await _publish(context, adapter, part, call, parents)
    await _record(context, part, reference)
    return reference


async def _publish(context: Context, adapter: Adapter, part: Part, call: Call, parents: list[Reference]) -> Reference:
    try:
        return await adapter.publish(call, parents)
    except Uncertain:
        raise
    except Rejected:
        async with context.store.write() as session:
            await posts.record_not_sent(session, part.id, PartState.REFUSED)
        raise
    except AdapterError:
        await _record_absence(context, part)
        raise


async def _record_absence(context: Context, part: Part) -> None:
    async with context.store.write() as session:
        await posts.record_not_sent(session, part.id)


async def _find(context: Context, adapter: Adapter, part: Part, call: Call) -> Reference | None:
    """The reference of a part whose outcome is unclear; None where it may be sent (again)."""
    since = part.intent_at or context.now()
    found = await adapter.find(call, since)
    if isinstance(found, Reference):
        return found
    if not isinstance(found, Absent):
        await _settle(context, adapter, part, since)
    return None


async def _settle(context: Context, adapter: Adapter, part: Part, since: datetime) -> None:
    """Where nothing proves absence: after `settle_after` and three empty look-ups it may be sent once more."""
    async with context.store.write() as session:
        await posts.record_look(session, part.id)
    settle_after = adapter.capabilities.settle_after
    now = context.now()
    settled = settle_after is not None and now >= since + settle_after and part.looked + 1 >= COMPLETE_LOOKS
    if not settled:
        raise NotFoundYet(now + LOOK_AGAIN)
    if part.sends >= 2:
        raise GaveUp


async def _record(context: Context, part: Part, reference: Reference) -> None:
    async with context.store.write() as session:
        await posts.record_reference(
            session,
            part.id,
            context.now(),
            remote_id=reference.remote_id,
            link=reference.link,
            extra=reference.extra,
        )


async def _record_published(context: Context, claimed: Claimed) -> None:
    post, question, now = claimed.post, claimed.question, context.now()
    async with context.store.write() as session:
        parts = await posts.load_parts(session, post.id)
        sent_at = parts[0].sent_at or now
        late_by = sent_at - post.due_at
        opened = _open(context, claimed, sent_at) | {"late": late_by > NOTABLY_LATE}
        await posts.move_post(session, post.id, context.holder, PostState.PUBLISHED, state_reason="", **opened)
        await account_rows.record_published(session, claimed.account.id, sent_at)
        if late_by > NOTABLY_LATE:
            await tell(
                session,
                "late",
                f"post-{post.id}",
                f"{question.slug} on {claimed.account.name} went out {late_by.total_seconds() / 60:.0f} min late "
                f"(due {post.occurrence})",
                now=now,
                question_id=question.id,
                workspace=question.workspace,
            )
    log.info("published", question=question.slug, account=claimed.account.name, occurrence=post.occurrence)


def _open(context: Context, claimed: Claimed, sent_at: datetime) -> dict[str, object]:
    """From when and until when the post is answered; a part that was added later changes nothing of that."""
    if claimed.post.published_at is not None:
        return {}
    closes_at = sent_at + Content.model_validate(claimed.version.content).closes_after
    return {"published_at": sent_at, "closes_at": closes_at, "collect_until": closes_at + context.collect_grace}


async def _record_failure(context: Context, claimed: Claimed, error: Exception) -> None:
    """Move the row out of the way before anything else happens."""
    unclear = claimed.was is PostState.UNCERTAIN
    decision = decide(error, unclear=unclear, attempts=claimed.post.attempts, now=context.now())
    async with context.store.write() as session:
        parts = await posts.load_parts(session, claimed.post.id)
        state = decision.state
        if state is PostState.FAILED and any(part.state is PartState.SENT for part in parts):
            state = PostState.INCOMPLETE
        values: dict[str, object] = {"state_reason": decision.reason, "retry_at": decision.retry_at}
        if state is PostState.INCOMPLETE:
            # it stands and can be answered, so it is collected and closed like any other
            sent_at = next((part.sent_at for part in parts if part.sent_at is not None), context.now())
            values |= _open(context, claimed, sent_at)
        await posts.move_post(session, claimed.post.id, context.holder, state, **values)
        await _pause_account(session, claimed, error)
        if decision.tell:
            await tell(
                session,
                state,
                f"post-{claimed.post.id}",
                f"{claimed.question.slug} on {claimed.account.name} ({claimed.post.occurrence}): {decision.reason}",
                now=context.now(),
                question_id=claimed.question.id,
                workspace=claimed.question.workspace,
            )
    log.warning("not published", question=claimed.question.slug, state=state, reason=decision.reason)


async def _pause_account(session: AsyncSession, claimed: Claimed, error: Exception) -> None:
    if isinstance(error, Unauthorized):
        await account_rows.set_account_state(session, claimed.account.id, AccountState.UNAUTHORIZED, str(error))
    elif isinstance(error, RateLimited):
        await account_rows.set_retry_at(session, claimed.account.id, error.retry_at)
