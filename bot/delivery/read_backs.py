"""Read-backs by mail, each once: a passage, its credit and perhaps one question more, to who said it."""

import asyncio
from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from email.utils import parseaddr

from adapters.contract.sending import Reference
from bot.context import Context
from bot.delivery.outbox import OutgoingKind, Send, send_due
from bot.delivery.smtp import Letter, Submission, write_letter
from bot.posts.outcome import NotWanted
from bot.questions.content import Content, split_account
from bot.quotes.read_back.joining import find_address_fault, write_plus_address, write_subject
from bot.quotes.read_back.letter import LEAVE, ReadBackLetter
from bot.replies.pitches import MAIL
from bot.replies.read_backs import compose_letter
from storage.engine import Session
from storage.models import Outgoing, ReadBack
from storage.questions.open_posts import collect_longer, name_question
from storage.read_backs import KIND, PLACE, load_read_back, load_subject, note_sent
from storage.replies import consents, requests
from storage.replies.replies import load_known
from storage.states import REFUSALS, ConsentState

PLACES = (PLACE,)
PATIENCE = timedelta(days=30)
"""How long an answer is waited for: the mailbox of a question that is closed is read on for it."""


def find_mailbox(context: Context, entries: Iterable[str]) -> str:
    """The address of the first mailbox among the accounts of a question, "" for none: no other is read for it."""
    accounts = (context.config.accounts.get(split_account(entry)[0]) for entry in entries)
    return next(
        (each.settings.address for each in accounts if each and each.enabled and each.platform.name == MAIL), ""
    )


def find_answering(context: Context, entries: Iterable[str]) -> str:
    """The address at which answers to a read-back arrive: that mailbox, else the sender's own."""
    return find_mailbox(context, entries) or parseaddr(context.config.mail.sender)[1]


def can_mail(context: Context) -> bool:
    """Whether the config has a server that sends."""
    return bool(context.config.mail.host and context.config.mail.sender)


async def send_due_read_backs(context: Context) -> int:
    """Send what is due; answers how many mails were taken."""
    return await send_due(context, KINDS, PLACES) if can_mail(context) else 0


async def _prepare(context: Context, mail: Outgoing, stack: AsyncExitStack) -> Send:
    """As far as the server's word to begin."""
    server = context.config.mail
    async with context.store.read() as session:
        row = await load_read_back(session, mail.payload.get("read_back", 0))
        if row is None:
            raise NotWanted("its words are gone")
        await _check(session, row)
        subject = await load_subject(session, row.revision_id)
    shown = compose_letter(row, subject, context.name)
    name = name_question(subject.question.workspace, subject.question.slug)
    submission = Submission(server, row.address)
    stack.callback(submission.close)
    answering = find_answering(context, Content.model_validate(subject.content).accounts)
    letter = _address(mail, row, shown, answering, name)
    message = write_letter(letter, server.sender)
    await asyncio.to_thread(submission.open)

    async def send(_since: datetime | None) -> Reference:
        await asyncio.to_thread(submission.hand_over, message)
        return Reference(letter.id)

    return send


async def _check(session: Session, row: ReadBack) -> None:
    """Raise NotWanted where its words are no longer what stands there, or their author has said no since."""
    newest = [(revision.id, revision.text is None) for _, revision in await load_known(session, [row.reply_id])]
    if newest != [(row.revision_id, False)]:
        raise NotWanted("its author has changed the words since")
    if any(state in REFUSALS for _, state in await requests.load_ledger(session, row.reply_id)):
        raise NotWanted("its author has said no since")


def _address(mail: Outgoing, row: ReadBack, shown: ReadBackLetter, mailbox: str, slug: str) -> Letter:
    token = str(mail.payload["token"])
    reply_to = write_plus_address(mailbox, slug, token)
    if find_address_fault(reply_to):  # then the thread and the subject say what is answered
        reply_to = write_plus_address(mailbox, slug)
    return Letter(
        to=row.address,
        subject=write_subject(shown.subject, slug, token),
        text=shown.text,
        at=mail.due_at,
        id=f"<{row.message_id}>",
        reply_to=reply_to,
    )


async def _record(session: Session, mail: Outgoing, reference: Reference, now: datetime) -> None:
    """It was asked; where leave was, the ledger says so."""
    row = await load_read_back(session, mail.payload["read_back"])
    if row is None:
        return
    subject = await load_subject(session, row.revision_id)
    await collect_longer(session, subject.question.id, MAIL, now + PATIENCE)
    if row.wants == LEAVE and row.answered_at is None:
        shown = compose_letter(row, subject, str(mail.payload["outlet"]))
        proof = f"mail {reference.remote_id}"
        await consents.add_consent(session, [row.revision_id], ConsentState.ASKED, now, wording=shown.text, proof=proof)
    await note_sent(session, row, mail.id, now)


KINDS = {KIND: OutgoingKind("a read-back", _prepare, _record, can_be_found=False)}
