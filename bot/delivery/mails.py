"""Final digests by mail, each recipient at most once: a row, the intent, the bytes, the outcome.

A mail cannot be looked for on its server. So one whose outcome is unclear is told to a person and never repeated.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

import structlog

from bot.config.mailbox import Mailbox
from bot.context import Context
from bot.delivery.smtp import (
    Attachment,
    Letter,
    LoginRefused,
    Never,
    NotNow,
    Submission,
    Unclear,
    write_letter,
)
from bot.delivery.summary import load_models, render_files, write_title
from bot.digest.model import DigestModel
from bot.digest.page.phrases import load_phrases
from bot.digest.page.report import summarise
from bot.quotes import Edition
from bot.steps import back_off, report_event
from bot.words import words
from bot.words.cleaning import clean_line
from storage.digests import outgoings
from storage.digests.digests import load_digest
from storage.engine import LostClaim, Session
from storage.models import Outgoing
from storage.states import OutgoingState

KIND = "mail"
LEASE = timedelta(minutes=5)
GIVE_UP = timedelta(days=3)
"""How long a mail that no server takes is tried."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try. told: a person must know."""

    state: OutgoingState
    reason: str = ""
    told: bool = False


async def plan_mail(context: Context, digest_ids: Sequence[int]) -> None:
    """Note that these editions of one digest go to everybody who gets mail, once; previews stay here."""
    if context.mailbox is None or not digest_ids:
        return
    async with context.store.write() as session:
        rows = [await load_digest(session, id_) for id_ in digest_ids]
        if not all(row.final for row in rows):
            return
        await outgoings.plan(
            session,
            KIND,
            subject="digest " + "+".join(map(str, digest_ids)),
            places=context.mailbox.to,
            payload={"digests": list(digest_ids)},
            now=context.now(),
        )


async def send_due_mails(context: Context) -> int:
    """Send what is due; answers how many mails were taken."""
    mailbox = context.mailbox
    async with context.store.read() as session:
        if mailbox is None or not await outgoings.has_work(session, KIND):
            return 0
    await _release(context)
    sent = 0
    while (claimed := await _claim(context, mailbox)) is not None:
        with suppress(LostClaim):
            sent += await _attempt(context, mailbox, claimed)
    return sent


async def _release(context: Context) -> None:
    async with context.store.write() as session:
        for lapsed in await outgoings.release_lapsed(session, (KIND,), context.now()):
            await _report(context, session, lapsed, Outcome(OutgoingState.UNCERTAIN, lapsed.state_reason, told=True))


async def _claim(context: Context, mailbox: Mailbox) -> Outgoing | None:
    async with context.store.write() as session:
        return await outgoings.claim(
            session, KIND, places=mailbox.to, holder=context.holder, now=context.now(), lease=LEASE
        )


async def _attempt(context: Context, mailbox: Mailbox, claimed: Outgoing) -> bool:
    """One try; whatever comes of it is a row before an error goes up."""
    submission, handed = Submission(mailbox, claimed.place), False
    try:
        message = write_letter(await _compose(context, claimed, mailbox), mailbox.sender)
        await asyncio.to_thread(submission.open)
        async with context.store.write() as session:
            await outgoings.record_intent(session, claimed.id, context.holder, context.now(), LEASE)
        handed = True
        await asyncio.to_thread(submission.hand_over, message)
    except LostClaim:
        raise
    except Exception as error:
        await _record(context, claimed, _decide(context, claimed, error, handed=handed))
        if not isinstance(error, NotNow | Never | Unclear):
            raise
        return False
    finally:
        submission.close()
    await _record(context, claimed, Outcome(OutgoingState.SENT))
    return True


def _decide(context: Context, claimed: Outgoing, error: Exception, *, handed: bool) -> Outcome:
    """The type of the error is the decision. handed: its bytes may be on their way."""
    match error:
        case Unclear():
            return Outcome(OutgoingState.UNCERTAIN, str(error), told=True)
        case NotNow() if context.now() - claimed.due_at < GIVE_UP:
            return Outcome(OutgoingState.RETRY, str(error), told=isinstance(error, LoginRefused))
        case NotNow():
            return Outcome(OutgoingState.FAILED, f"given up after {GIVE_UP.days} days: {error}", told=True)
        case Never():
            return Outcome(OutgoingState.FAILED, str(error), told=True)
        case _:
            state = OutgoingState.UNCERTAIN if handed else OutgoingState.RETRY
            return Outcome(state, f"a fault of pullquote: {type(error).__name__}: {error}", told=True)


async def _record(context: Context, claimed: Outgoing, outcome: Outcome) -> None:
    now, retries = context.now(), outcome.state is OutgoingState.RETRY
    async with context.store.write() as session:
        await outgoings.end(
            session,
            claimed.id,
            context.holder,
            outcome.state,
            state_reason=outcome.reason,
            retry_at=now + back_off(claimed.attempts) if retries else None,
            sent_at=now if outcome.state is OutgoingState.SENT else None,
        )
        if outcome.told:
            await _report(context, session, claimed, outcome)
    log.info("mail", to=claimed.place, state=outcome.state, reason=outcome.reason)


_TOLD = {
    OutgoingState.UNCERTAIN: "it is unclear whether the mail to {place} arrived, and it is not sent again: ask there",
    OutgoingState.FAILED: "the mail to {place} was not sent",
    OutgoingState.RETRY: "the mail to {place} waits for you",
}


async def _report(context: Context, session: Session, mail: Outgoing, outcome: Outcome) -> None:
    said = _TOLD[outcome.state].format(place=mail.place)
    message = f"{said} ({mail.subject}): {outcome.reason}"
    await report_event(session, f"mail {outcome.state}", f"mail-{mail.id}", message, now=context.now())


# ---------------------------------------------------------------- the letter


async def _compose(context: Context, claimed: Outgoing, mailbox: Mailbox) -> Letter:
    """The mail as it is to be read now: what was taken back since it was planned is not in it."""
    models = await load_models(context, claimed.payload["digests"])
    files = await asyncio.to_thread(render_files, context, models)
    domain = parseaddr(mailbox.sender)[1].rpartition("@")[2]
    return Letter(
        to=claimed.place,
        subject=write_title(models[0]),
        text=_write_text(models),
        at=claimed.due_at,
        id=f"<pullquote-{claimed.id}-{claimed.due_at:%Y%m%dT%H%M%S}@{domain}>",
        attachments=tuple(Attachment(name, content) for name, content in files.items()),
    )


def _write_text(models: Sequence[DigestModel]) -> str:
    """What it says in 30 seconds, and which attachment is for whom."""
    model = models[0]
    said = words(model.selection.language)["mail"]
    lines = [clean_line(line) for line in summarise(model, load_phrases(model.selection.language, model.zone))]
    notes = [said["for_you" if each.edition is Edition.PRIVATE else "to_share"] for each in models]
    return "\n\n".join([*lines, *notes, said["footer"]]) + "\n"
