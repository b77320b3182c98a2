"""From the bytes of a mail to our values. Pure: the same for a mailbox and for a file of mails."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from adapters.contract.reading import Audience, Author, Reply
from adapters.mail.evidence import read_evidence
from adapters.mail.headers import (
    Automatic,
    find_automatic,
    list_answered,
    read_all,
    read_message_id,
    read_value,
)
from adapters.mail.marking import MarkedPassage, MarkKind, find_marks
from adapters.mail.signature import read_signature
from adapters.mail.text import MailText, is_too_nested, read_text

LARGEST = 4 * 1024 * 1024
"""Bytes of a mail that are read; what is behind them are attachments."""
_MANY_RECIPIENTS = 10
_LETTER = re.compile(r"[^\n]")
_LONGEST_NAME, _LONGEST_SUBJECT = 200, 300
_AHEAD = timedelta(minutes=15)
"""How far a clock of a sender may be ahead before our server's time counts instead."""


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """One mail. text None: it could not be read, `unreadable` says why. automatic: no person wrote it.

    answered: the ids of the mails that it answers, the nearest first. told: what its headers and signature say, by
    name: `message_id`, `subject`, `attachments`, `recipients`; `dkim`, `spf`, `dmarc` with domains that passed;
    `signed_name`, `signed_role`, `signed_firm`, `signed_page`.
    """

    remote_id: str
    author: Author
    text: str | None
    posted_at: datetime
    marks: tuple[MarkedPassage, ...] = ()
    message_id: str = ""
    answered: tuple[str, ...] = ()
    automatic: Automatic | None = None
    unreadable: str = ""
    told: Mapping[str, str] = field(default_factory=dict)


def read_mail(data: bytes, received_at: datetime, authserv: str = "") -> ReceivedMail:
    """What a mail says, whatever its bytes are. data: at most `LARGEST` of them. authserv: see `MailSettings`."""
    if is_too_nested(data):  # its headers are read, its parts are not
        headers = data.partition(b"\r\n\r\n")[0] if b"\r\n\r\n" in data else data.partition(b"\n\n")[0]
        message = message_from_bytes(headers)
        said = MailText(None, unreadable="its parts are nested too deeply")
    else:
        message = message_from_bytes(data)
        said = read_text(message)
    author = _read_author(message, data)
    marks = find_marks(said.text, said.marks, author.display_name) if said.text else ()
    message_id = read_message_id(message)
    return ReceivedMail(
        remote_id=_name_mail(message_id or hashlib.sha256(data).hexdigest(), author.remote_id),
        author=author,
        text=said.text,
        posted_at=_read_moment(message, received_at),
        marks=marks,
        message_id=message_id,
        answered=list_answered(message),
        automatic=find_automatic(message),
        unreadable=said.unreadable,
        told={**_tell(message, said, marks, author.display_name), **read_evidence(message, authserv)},
    )


def to_reply(mail: ReceivedMail, post_id: int, token: str = "") -> Reply:
    """A mail as an answer to a watched post. What it answers counts where its own author wrote that.

    `text` has the sender's words alone, where they stand in the whole; the whole is `original`. So nothing that was
    quoted, and no number of a signature, is searched, judged, compared or handed over: only what reads `original` has
    it. `foreign` are the passages between, in both.
    """
    own = keep_own(mail.text, mail.marks)
    nearest = mail.answered[:1]
    extra = dict(mail.told)
    if token:
        extra["token"] = token
    if mail.answered:
        extra["answered"] = " ".join(mail.answered)
    return Reply(
        remote_id=mail.remote_id,
        post_id=post_id,
        author=mail.author,
        text=own,
        posted_at=mail.posted_at,
        parent_remote_id=_name_mail(nearest[0], mail.author.remote_id) if nearest else None,
        foreign=tuple((mark.start, min(mark.end, len(own))) for mark in mail.marks if own and mark.start < len(own)),
        extra=extra,
        audience=Audience.PRIVATE,
        original=mail.text if mail.marks else None,
    )


def keep_own(text: str | None, marks: Sequence[MarkedPassage]) -> str | None:
    """A text with blanks for what is marked, so that each word stays where it stood; None where nothing is left."""
    if text is None:
        return None
    for mark in marks:
        text = text[: mark.start] + _LETTER.sub(" ", text[mark.start : mark.end]) + text[mark.end :]
    return text.rstrip() or None


def _name_mail(message_id: str, sender: str) -> str:
    """An id that nobody else's mail can have: a Message-ID is whatever its sender writes, another's too."""
    return hashlib.sha256(f"{message_id}\0{sender}".encode(errors="replace")).hexdigest()[:32]


def _read_author(message: Message, data: bytes) -> Author:
    """Who sent it, by the address; one that has none is somebody else each time."""
    name, address = parseaddr(read_value(message, "From"))
    address = "".join(address.split()).casefold()[:_LONGEST_NAME]
    if "@" not in address:
        unknown = f"unknown-{hashlib.sha256(data).hexdigest()[:24]}"
        return Author(unknown, "", name[:_LONGEST_NAME])
    return Author(address, "", _clean_name(name, address))  # no handle: a digest prints those, and no address


def _clean_name(name: str, address: str) -> str:
    """Without quotation marks and what cannot be seen; `Lovelace, Ada` stays as written."""
    seen = "".join(letter for letter in name if letter.isprintable()).strip(" '\"")
    return seen[:_LONGEST_NAME] or address.partition("@")[0]


def _read_moment(message: Message, received_at: datetime) -> datetime:
    try:
        said = parsedate_to_datetime(read_value(message, "Date"))
        said = (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return received_at
    return said if said.year >= 1990 and said <= received_at + _AHEAD else received_at


def _tell(message: Message, said: MailText, marks: tuple[MarkedPassage, ...], sender: str) -> dict[str, str]:
    told = {"message_id": read_message_id(message), "subject": read_value(message, "Subject")[:_LONGEST_SUBJECT]}
    if said.attachments:
        told["attachments"] = str(said.attachments)
    recipients = sum(value.count("@") for name in ("To", "Cc") for value in read_all(message, name))
    if recipients > _MANY_RECIPIENTS:
        told["recipients"] = str(recipients)
    signature = "\n".join(
        said.text[mark.start : mark.end] for mark in marks if said.text and mark.kind is MarkKind.SIGNATURE
    )
    told |= {f"signed_{name}": value for name, value in read_signature(signature, sender).items()}
    return {name: value for name, value in told.items() if value}
