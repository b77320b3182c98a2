"""What the headers of a mail say: to which question it went, whether a person wrote it, and which mails it answers.

Header values are whatever somebody sent: each is decoded, put into one line, and cut before it is looked at.
"""

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import NamedTuple

LONGEST_VALUE, LONGEST_LIST = 4_000, 100_000
"""Characters of a header that are looked at, and of one that lists addresses or ids. Ten thousand recipients have more:
the envelope's address stands above them.
"""
_RECIPIENTS = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
    "Resent-To",
    "Resent-Cc",
    "To",
    "Cc",
)
"""The envelope's address first, as servers write it down: a copy that was sent blind names us nowhere else."""
_MARK = re.compile(r"\[(?P<slug>[a-z0-9][a-z0-9-]*)(?:\.(?P<token>[a-z0-9]+))?\]")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,400})>")
_MOST_ANSWERED = 20
_SERVICE = re.compile(r"\b(?:no-?reply|do-?not-?reply|notifications?|newsletter|digest|mailer)\b[^@\s]*@")
_OF_LISTS = frozenset({"bulk", "junk", "list"})
_RESPONDERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply")


class Addressed(NamedTuple):
    """The question that a mail was sent to, and the token of what it answers, "" for none."""

    slug: str
    token: str = ""


class Automatic(NamedTuple):
    """Why no person wrote a mail: `kind` is `automatic`, `bounce` or `list`; `sign` is the header that says so."""

    kind: str
    sign: str


def find_addressed(message: Message, address: str) -> tuple[Addressed, ...]:
    """The questions whose address stands among the recipients, each once, in the order of `_RECIPIENTS`."""
    local, _, domain = address.casefold().rpartition("@")
    pattern = re.compile(
        rf"(?<![\w.+-]){re.escape(local)}\+(?P<slug>[a-z0-9-]+)(?:\.(?P<token>[a-z0-9]+))?@{re.escape(domain)}(?!\.?[\w-])"
    )
    found = (
        Addressed(match["slug"], match["token"] or "")
        for name in _RECIPIENTS
        for value in read_all(message, name)
        for match in pattern.finditer(value.casefold())
    )
    return tuple(dict.fromkeys(found))


def is_recipient(message: Message, address: str) -> bool:
    """Whether the bare address itself stands among the recipients."""
    pattern = re.compile(rf"(?<![\w.+-]){re.escape(address.casefold())}(?!\.?[\w-])")
    return any(pattern.search(value.casefold()) for name in _RECIPIENTS for value in read_all(message, name))


def list_marked(message: Message) -> tuple[Addressed, ...]:
    """The questions that the subject names by a mark."""
    subject = read_value(message, "Subject").casefold()
    return tuple(dict.fromkeys(Addressed(match["slug"], match["token"] or "") for match in _MARK.finditer(subject)))


def list_answered(message: Message) -> tuple[str, ...]:
    """The ids of the mails that this one answers, the nearest first: In-Reply-To, then References from their end."""
    nearest = [id_ for value in read_all(message, "In-Reply-To") for id_ in _MESSAGE_ID.findall(value)]
    thread = [id_ for value in read_all(message, "References") for id_ in _MESSAGE_ID.findall(value)]
    return tuple(dict.fromkeys([*nearest, *reversed(thread)]))[:_MOST_ANSWERED]


def read_message_id(message: Message) -> str:
    """Its own id without brackets, "" where it has none."""
    found = _MESSAGE_ID.search(read_value(message, "Message-ID"))
    return found[1] if found else ""


def find_automatic(message: Message) -> Automatic | None:
    """Why no person wrote this mail, None where one did, as far as headers say (RFC 3834, section 5; RFC 2919).

    message: whole, where a bounce is to be found that says so in its text alone.
    """
    return next(_list_automatic(message), None)


def _list_automatic(message: Message) -> Iterator[Automatic]:
    if find_bounced(message):
        yield Automatic("bounce", "delivery failed")
    submitted = read_value(message, "Auto-Submitted").partition(";")[0].strip().casefold()
    if submitted and submitted != "no":
        yield Automatic("automatic", f"Auto-Submitted: {submitted}"[:100])
    for name in _RESPONDERS:
        if read_value(message, name).casefold() not in ("", "no"):
            yield Automatic("automatic", name)
    precedence = read_value(message, "Precedence").casefold()
    if precedence == "auto_reply":
        yield Automatic("automatic", "Precedence: auto_reply")
    # a group that hands on what people write has these headers too: its senders are people
    is_list = precedence in _OF_LISTS or any(message.get(name) for name in ("List-Id", "List-Unsubscribe"))
    if is_list and _SERVICE.search(read_value(message, "From").casefold()):
        yield Automatic("list", "a service that sends to lists")
    if read_value(message, "Return-Path").replace(" ", "") == "<>":
        yield Automatic("automatic", "Return-Path: <>")


def find_bounced(message: Message) -> bool:
    """Whether it is a notice that a mail of ours was not delivered."""
    if message.get_content_type() == "multipart/report":
        return "delivery-status" in read_value(message, "Content-Type").casefold()
    if not _may_bounce(message):
        return False
    from flufl.bounce import all_failures

    try:
        return any(all_failures(message))
    except Exception:  # noqa: BLE001  # its detectors read what servers made up, and raise whatever comes
        return False


def _may_bounce(message: Message) -> bool:
    """Detectors by wording would take the mail of a person that quotes a bounce for one."""
    sender = read_value(message, "From").casefold()
    return read_value(message, "Return-Path").replace(" ", "") == "<>" or any(
        name in sender for name in ("mailer-daemon", "postmaster")
    )


# ---------------------------------------------------------------- values


def read_value(message: Message, name: str) -> str:
    """The first value of a header, decoded, in one line; "" for none."""
    return next(read_all(message, name), "")


def read_all(message: Message, name: str) -> Iterator[str]:
    """Every value of a header, the topmost first. A line break in an encoded word begins no header of ours."""
    longest = LONGEST_LIST if name in _RECIPIENTS or name == "References" else LONGEST_VALUE
    for value in message.get_all(name, ()):
        yield " ".join(_decode(str(value)[:longest]).split())


def _decode(value: str) -> str:
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(_decode_piece(piece, charset) for piece, charset in pieces)


def _decode_piece(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "ascii", errors="replace")
    except LookupError:
        return piece.decode("utf-8", errors="replace")
