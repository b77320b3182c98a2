"""Files of mails: an mbox, one mail, or a Maildir, read one mail at a time through what reads a mailbox."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from adapters.mail.translate import LARGEST, ReceivedMail, keep_own, read_mail, to_reply
from bot.desk.answers.import_files import Layout, ReadFile, Row
from bot.desk.bringing.held import BroughtFile, is_maildir, list_maildir, open_bytes
from bot.desk.bringing.rows import BroughtRow
from bot.replies.pitches import MAIL
from storage.replies.storable import AuthorRow

WHOLE_MAIL = "\0mail"
"""The key of a row under which the mail itself stands; no heading of a file has a NUL."""
_HEADINGS = ("id", "text", "author", "role", "organisation", "page", "email", "at")
_NOBODY = {"automatic": "automatic replies", "bounce": "notices of failed delivery", "list": "mails of services"}
_UNDATED = datetime(9998, 1, 1, tzinfo=UTC)
"""What a mail without a date is given: nobody received it at a moment that is known."""
_SEPARATOR = b"From "


def read_mails(path: BroughtFile, done: ReadFile, _layout: Layout) -> Iterator[Row]:
    """(number of the mail, row by our own headings, and the mail under `WHOLE_MAIL`)."""
    done.note_headings({heading: heading for heading in _HEADINGS})
    for number, data in enumerate(list_mails(path), 1):
        mail = read_mail(data, _UNDATED)
        own = keep_own(mail.text, mail.marks)
        if mail.automatic is not None:
            done.skipped[_NOBODY[mail.automatic.kind]] += 1
        elif own is None:
            done.refuse(number, f"has no words of its sender: {mail.unreadable or 'all of it is quoted or forwarded'}")
        else:
            yield number, _write_row(mail, own)


def _write_row(mail: ReceivedMail, own: str) -> Mapping[str, object]:
    return {
        "id": mail.remote_id,
        "text": own,
        "author": mail.author.display_name,
        "role": mail.told.get("signed_role"),
        "organisation": mail.told.get("signed_firm"),
        "page": mail.told.get("signed_page"),
        "email": mail.author.remote_id,
        "at": None if mail.posted_at == _UNDATED else mail.posted_at.isoformat(),
        WHOLE_MAIL: mail,
    }


def complete_row(row: BroughtRow, values: Mapping[str, object]) -> BroughtRow:
    """The row as a mailbox would have given it, where it is a mail: its author is the address, it is not public."""
    mail = values.get(WHOLE_MAIL)
    if not isinstance(mail, ReceivedMail):
        return row
    given = to_reply(mail, 0)
    reply = replace(
        row.reply,
        platform=MAIL,  # so that a mail is known again, wherever it came in
        remote_id=given.remote_id,
        author=AuthorRow(given.author.remote_id, "", given.author.display_name),
        text=given.text,
        parent_remote_id=given.parent_remote_id,
        foreign=given.foreign,
        extra={**row.reply.extra, **given.extra},
        audience=given.audience,
        original=given.original,
    )
    return replace(row, reply=reply, also=(), pasted=None, is_marked=False)


# ---------------------------------------------------------------- one after another


def list_mails(path: BroughtFile) -> Iterator[bytes]:
    """The bytes of each, at most `LARGEST`."""
    if isinstance(path, Path) and is_maildir(path):
        for each in list_maildir(path):
            with each.open("rb") as opened:
                yield opened.read(LARGEST)
        return
    with open_bytes(path) as file:
        start = file.read(len(_SEPARATOR))
        file.seek(0)
        if start == _SEPARATOR:
            yield from _split_mbox(file)
        else:
            yield file.read(LARGEST)


def _split_mbox(file: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox (RFC 4155): each begins with a line `From …` behind an empty one, and a line of a body that
    begins so has a `>` before it.
    """
    kept: list[bytes] = []
    size, is_after_empty, is_first = 0, True, True
    while line := file.readline(LARGEST):
        if is_after_empty and line.startswith(_SEPARATOR):
            if not is_first:
                yield b"".join(kept)
            kept, size, is_first, is_after_empty = [], 0, False, False
            continue
        is_after_empty = not line.strip()
        if size < LARGEST:
            kept.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(_SEPARATOR) else line)
            size += len(line)
    if not is_first:
        yield b"".join(kept)
