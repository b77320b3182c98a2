"""Send one part of a claimed post: its intent before the call, its reference after it.

A part whose intent stands without an outcome is looked for, never sent blindly.
"""

from datetime import datetime, timedelta

from adapters.contract.adapter import Adapter
from adapters.contract.errors import AdapterError, Rejected, Uncertain
from adapters.contract.optional import FindsWords
from adapters.contract.sending import Absent, Found, NotYet, Reference, Role, Unknowable
from adapters.contract.sending import Part as Call
from bot.context import Context
from bot.posts.outcome import GaveUp, NeverKnown, NotFoundYet, NotWanted, TooLate
from bot.steps import LOOK_AGAIN
from storage.models import PostPart
from storage.questions import posts
from storage.questions.posts import Claimed
from storage.states import PartState, QuestionState

LEASE = timedelta(minutes=5)
REMINDER = "reminder"
NOTICE = "notice"
"""Roles of rows of replies that were added later; to the platform each is one more of the thread."""
ADDED = (REMINDER, NOTICE)
COMPLETE_LOOKS = 3
"""Empty look-ups after which an unproven absence is taken for one (docs/decisions/0008-unclear-is-looked-for.md)."""


async def send_part(
    context: Context, adapter: Adapter, claimed: Claimed, part: PostPart, parents: list[Reference]
) -> Reference:
    """The reference of a part: known, found, or new. Raises AdapterError, Expected, LostClaim."""
    if part.state is PartState.SENT:
        return Reference(part.remote_id or "", part.link, part.extra)
    call = Call(part.key, Role.THREAD if part.role in ADDED else Role(part.role), part.payload)
    if part.state is PartState.SENDING:
        found = await _find(context, adapter, part, call, parents)
        if found is not None:
            await _record(context, part, found)
            return found
    try:
        check_wanted(claimed, context.now(), part, begun=bool(parents))
    except (NotWanted, TooLate):
        await _record_absence(context, part)
        raise
    async with context.store.write() as session:
        await posts.renew_claim(session, claimed.post.id, context.holder, context.now() + LEASE)
        await posts.record_intent(session, part.id, context.now())
    reference = await _publish(context, adapter, part, call, parents)
    await _record(context, part, reference)
    return reference


def check_wanted(claimed: Claimed, now: datetime, part: PostPart | None = None, *, begun: bool = False) -> None:
    """Raise where the part must not be sent any more: too late, paused, taken back.

    begun: parts before it stand. A thread is not cut in the middle by a pause.
    """
    state = claimed.question.state
    if state is QuestionState.WITHDRAWN or (state is not QuestionState.ACTIVE and not begun):
        raise NotWanted(f"not sent: the question is {state.value}", for_good=state is QuestionState.WITHDRAWN)
    is_added = part is not None and part.role in ADDED
    until = claimed.post.closes_at if is_added else claimed.post.expires_at
    if until is not None and until <= now:
        raise TooLate


async def _publish(
    context: Context, adapter: Adapter, part: PostPart, call: Call, parents: list[Reference]
) -> Reference:
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


async def _record_absence(context: Context, part: PostPart) -> None:
    async with context.store.write() as session:
        await posts.record_not_sent(session, part.id)


async def _find(
    context: Context, adapter: Adapter, part: PostPart, call: Call, parents: list[Reference]
) -> Reference | None:
    """The reference of a part whose outcome is unclear; None where it may be sent (again)."""
    since = part.intent_at or context.now()
    if part.sends == 0:  # a copy of the database was restored, which does not know under which key it was sent
        found = await _find_words(context, adapter, call, parents, since)
    else:
        found = await adapter.find(call, parents, since)
    if isinstance(found, Reference):
        return found
    if isinstance(found, Unknowable):
        raise NeverKnown
    if not isinstance(found, Absent):
        await _settle(context, adapter, part, since)
    return None


async def _find_words(
    context: Context, adapter: Adapter, call: Call, parents: list[Reference], since: datetime
) -> Found:
    """What says the same and is no part that is known. Where that cannot be looked for, nobody can tell."""
    if not isinstance(adapter, FindsWords):
        return Unknowable()
    found = await adapter.find_words(call, parents, since)
    if isinstance(found, Reference):
        async with context.store.read() as session:
            if await posts.is_part(session, found.remote_id):
                return Absent() if adapter.capabilities.settle_after is None else NotYet()
    return found


async def _settle(context: Context, adapter: Adapter, part: PostPart, since: datetime) -> None:
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


async def _record(context: Context, part: PostPart, reference: Reference) -> None:
    async with context.store.write() as session:
        await posts.record_reference(
            session,
            part.id,
            context.now(),
            remote_id=reference.remote_id,
            link=reference.link,
            extra=reference.extra,
        )
