"""The notice that replies may be quoted: whether it stands where it was posted, and what is told where it does not."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from adapters.contract.errors import AdapterError
from adapters.contract.reading import Freshness, Known, Reread
from adapters.contract.sending import Reference
from bot.context import Context
from bot.log import get_logger
from bot.steps import report_question
from storage.engine import Session
from storage.models import Account, Post, PostPart, Question
from storage.questions import notices
from storage.states import STOOD_PARTS, PartState

LOOK_EVERY = timedelta(hours=1)
LOOK_EVERY_BILLED = timedelta(days=1)
"""Where reads cost: the same post is billed once a day."""

SETTLES = timedelta(minutes=5)
"""What was sent just now may not be shown yet: Bluesky's AppView lags behind the account's own server."""

log = get_logger(__name__)

Below = tuple[PostPart, Post, Question, Account]


async def look_at_notices(
    context: Context, *, account_id: int | None = None, question_id: int | None = None, at_once: bool = False
) -> None:
    """Ask the networks whether the notices that are self-replies still stand; those of an account or of a question.

    A notice in the question itself stands as long as anybody can reply. at_once: also where they were seen of late.
    """
    now = context.now()
    since = None if at_once else now - LOOK_EVERY
    async with context.store.read() as session:
        found = await notices.load_notices_below(
            session, now, account_id=account_id, question_id=question_id, unseen_since=since
        )
    by_account: dict[int, list[Below]] = defaultdict(list)
    for each in found:
        part, _, _, account = each
        if part.sent_at is None or part.sent_at > now - SETTLES:
            continue
        if account.id in context.accounts.ids and (at_once or _is_time(context, each, now)):
            by_account[account.id].append(each)
    for id_, below in by_account.items():
        await _look(context, id_, below)


def _is_time(context: Context, below: Below, now: datetime) -> bool:
    part, _, _, account = below
    seen_at = part.stood_at or part.sent_at
    bills = context.accounts.capabilities_of(account.id).bills_reads
    return seen_at is None or seen_at <= now - (LOOK_EVERY_BILLED if bills else LOOK_EVERY)


async def _look(context: Context, account_id: int, below: Sequence[Below]) -> None:
    known = [
        Known(Reference(part.remote_id or "", part.link, part.extra), part.post_id, text=part.text)
        for part, _, _, _ in below
    ]
    try:
        adapter = await context.accounts.adapter(account_id)
        answers = {answer.remote_id: answer for answer in await adapter.refresh(known)}
    except AdapterError as error:  # what was not seen has not gone
        log.warning("notices not looked at", account=account_id, reason=str(error))
        return
    now = context.now()
    async with context.store.write() as session:
        await notices.record_notices_stand(
            session, [part.id for part, _, _, _ in below if _stands(answers.get(part.remote_id or ""), part.text)], now
        )
        for part, post, question, account in below:
            if _is_gone(answers.get(part.remote_id or ""), part.text):
                await notices.record_notice_gone(session, part.id, now)
                await _report_gone(session, question, post, account.name, now)


def _stands(answer: Reread | None, text: str) -> bool:
    if answer is None or answer.freshness is Freshness.UNKNOWN:
        return False
    return not _is_gone(answer, text)


def _is_gone(answer: Reread | None, text: str) -> bool:
    """Whether nobody can read it any more; another version of it with the same words is the notice still."""
    if answer is None:
        return False
    if answer.freshness is Freshness.EDITED:
        return answer.reply is None or text not in (answer.reply.text or "")
    return answer.freshness in (Freshness.GONE, Freshness.HIDDEN)


class NoticeState(StrEnum):
    """What is known of the notice of a post."""

    STANDS = "stands"
    ON_ITS_WAY = "on its way"
    REFUSED = "refused"
    GONE = "gone"
    NONE = "none"


def describe_notice(parts: Sequence[PostPart]) -> NoticeState:
    """Of a post by its parts, the last one that carries it; NONE where none was ever to go out."""
    part = next((part for part in reversed(parts) if part.has_notice), None)
    if part is None:
        return NoticeState.NONE
    if part.gone_at is not None:
        return NoticeState.GONE
    if part.state is PartState.REFUSED:
        return NoticeState.REFUSED
    return NoticeState.STANDS if part.state in STOOD_PARTS else NoticeState.ON_ITS_WAY


async def report_no_notice(session: Session, question: Question, post: Post, account: str, now: datetime) -> None:
    """The post stands and its notice was not sent, for good."""
    told = (
        f"{question.slug} stands on {account} without the notice that replies may be quoted: it was not accepted. "
        "Replies there wait for their authors' leave"
    )
    await report_question(session, question, "no notice", f"post-{post.id}", told, now=now)


async def _report_gone(session: Session, question: Question, post: Post, account: str, now: datetime) -> None:
    told = (
        f"the notice under {question.slug} on {account}, that replies may be quoted, is no longer there: what was "
        "written since it was last seen waits for its authors' leave"
    )
    await report_question(session, question, "no notice", f"post-{post.id}-gone", told, now=now)
