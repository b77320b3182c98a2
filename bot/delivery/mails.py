"""Final digests by mail, each recipient at most once: a mail cannot be looked for on its server."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from email.utils import parseaddr

from adapters.contract.sending import Reference
from bot.config.sections import Mail
from bot.context import Context
from bot.delivery.outbox import OutgoingKind, Send, send_due
from bot.delivery.smtp import Attachment, Letter, Submission, write_letter
from bot.delivery.summary import load_models, render_files, write_title
from bot.digest.model import DigestModel
from bot.digest.page.phrases import load_phrases
from bot.digest.page.report import summarise
from bot.quotes import Edition
from bot.words import words
from bot.words.cleaning import clean_line
from storage.digests import outgoings
from storage.digests.digests import load_digest
from storage.models import Outgoing

MAIL = "mail"


async def plan_mail(context: Context, digest_ids: Sequence[int]) -> None:
    """Note that these editions of one digest go to everybody who gets mail, once; previews stay here."""
    if context.config.mailbox is None or not digest_ids:
        return
    async with context.store.write() as session:
        rows = [await load_digest(session, id_) for id_ in digest_ids]
        if not all(row.final for row in rows):
            return
        await outgoings.plan(
            session,
            MAIL,
            subject="digest " + "+".join(map(str, digest_ids)),
            places=context.config.mailbox.to,
            payload={"digests": list(digest_ids)},
            now=context.now(),
        )


async def send_due_mails(context: Context) -> int:
    """Send what is due to whoever is a recipient now; answers how many mails were taken."""
    return 0 if context.config.mailbox is None else await send_due(context, KINDS, places=context.config.mailbox.to)


async def _prepare(context: Context, mail: Outgoing, stack: AsyncExitStack) -> Send:
    """As far as the server's word to begin."""
    mailbox = context.config.mailbox
    assert mailbox is not None
    submission = Submission(mailbox, mail.place)
    stack.callback(submission.close)
    letter = await _compose(context, mail, mailbox)
    message = write_letter(letter, mailbox.sender)
    await asyncio.to_thread(submission.open)

    async def send(_since: datetime | None) -> Reference:
        await asyncio.to_thread(submission.hand_over, message)
        return Reference(letter.id)

    return send


KINDS = {MAIL: OutgoingKind("the mail to {place}", _prepare, can_be_found=False)}


# ---------------------------------------------------------------- the letter


async def _compose(context: Context, mail: Outgoing, mailbox: Mail) -> Letter:
    """The mail as it is to be read now: what was taken back since it was planned is not in it."""
    models = await load_models(context, mail.payload["digests"])
    files = await asyncio.to_thread(render_files, context, models)
    domain = parseaddr(mailbox.sender)[1].rpartition("@")[2]
    return Letter(
        to=mail.place,
        subject=write_title(models[0]),
        text=_write_text(models),
        at=mail.due_at,
        id=f"<pullquote-{mail.id}-{mail.due_at:%Y%m%dT%H%M%S}@{domain}>",
        attachments=tuple(Attachment(name, content) for name, content in files.items()),
    )


def _write_text(models: Sequence[DigestModel]) -> str:
    """What it says in 30 seconds, and which attachment is for whom."""
    model = models[0]
    labels = words(model.selection.language)["mail"]
    lines = [clean_line(line) for line in summarise(model, load_phrases(model.selection.language, model.zone))]
    notes = [labels["for_you" if each.edition is Edition.PRIVATE else "to_share"] for each in models]
    return "\n\n".join([*lines, *notes, labels["footer"]]) + "\n"
