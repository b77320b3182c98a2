"""The words of a mail as a reader sees them, with what markup says of whose they are; attachments are counted.

Nothing is fetched, nothing is unpacked, and nothing of an attachment is kept.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

from adapters.mail.marking import MarkedPassage, MarkKind

MOST_MULTIPARTS = 40
"""Parts within parts: each makes every line below it dearer to read, and no person's mail has a tenth of them."""
LONGEST_TEXT = 200_000
"""Characters of a mail's text; the longest that a person sent had a twentieth."""
LONGEST_MARKUP = 1_000_000
"""Characters of HTML, without the pictures in it, that are made text of: it takes four seconds of CPU."""
FAR_SHORTER = 0.5
"""A plain text with so much less than the markup's is a stand-in for it ("your program shows no HTML")."""
_MULTIPART = re.compile(rb"content-type\s*:\s*multipart/", re.IGNORECASE)
_PICTURE = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]*")
_BLANKS = re.compile(r"[^\S\n]+\n")
_QUOTES = ("gmail_quote", "gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "OutlookMessageHeader")
_SIGNATURES = ("gmail_signature", "moz-signature", "protonmail_signature_block", "Signature")
_REPLY_BEGINS = ("divRplyFwdMsg", "appendonsend", "x_divRplyFwdMsg", "mail-editor-reference-message-container")


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail says. text None: it could not be read, `unreadable` says why. marks: what markup said.

    attachments: how many files it carries.
    """

    text: str | None
    marks: tuple[MarkedPassage, ...] = ()
    attachments: int = 0
    unreadable: str = ""


def is_too_nested(data: bytes) -> bool:
    """Whether to parse these bytes would cost more than any mail is worth."""
    return sum(1 for _ in _MULTIPART.finditer(data)) > MOST_MULTIPARTS


def read_text(message: Message) -> MailText:
    """The text of a parsed mail: plain where there is one that is not a mere stand-in, else made of its HTML."""
    if message.get_content_type() == "multipart/encrypted" or "pkcs7-mime" in message.get_content_type():
        return MailText(None, unreadable="it is encrypted")
    plain: list[str] = []
    markup: list[str] = []
    attachments = 0
    for part in _walk(message):
        kind = part.get_content_type()
        if _is_attached(part, kind):
            attachments += 1
        elif kind == "text/plain":
            plain.append(_read_plain(part))
        elif kind == "text/html":
            markup.append(_decode(part))
    text = "\n".join(piece for piece in plain if piece.strip())
    written = _PICTURE.sub("", "\n".join(markup))
    if len(written) > LONGEST_MARKUP and not any(piece.strip() for piece in plain):
        return MailText(None, attachments=attachments, unreadable=f"its markup has {len(written):,} characters")
    made, marks = _read_markup(written) if 0 < len(written) <= LONGEST_MARKUP else ("", ())
    if len(text.strip()) < FAR_SHORTER * len(made.strip()):
        text = made
    else:
        marks = ()
    text = text if marks else _even(text)
    if len(text) > LONGEST_TEXT:
        return MailText(None, attachments=attachments, unreadable=f"its text has {len(text):,} characters")
    if not text.strip():
        return MailText(None, attachments=attachments, unreadable="it has no text")
    return MailText(text, marks, attachments)


def _walk(message: Message) -> Iterator[Message]:
    """Leaves, without the inside of a mail that is attached."""
    pending = [message]
    while pending:
        part = pending.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            pending += reversed([each for each in part.get_payload() if isinstance(each, Message)])
        else:
            yield part


def _is_attached(part: Message, kind: str) -> bool:
    if kind in ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"):
        return False
    return part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html")


def _decode(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = str(part.get_content_charset() or "utf-8")
    try:
        return payload.decode(charset).replace("\r\n", "\n")
    except (LookupError, UnicodeDecodeError):
        pass
    try:
        return payload.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return payload.decode("cp1252", errors="replace").replace("\r\n", "\n")


# ---------------------------------------------------------------- plain text


def _read_plain(part: Message) -> str:
    text = _decode(part)
    parameters = _read_parameters(part)
    if parameters.get("format") == "flowed":
        return _unflow(text, deletes_space=parameters.get("delsp") == "yes")
    return text


def _read_parameters(part: Message) -> Mapping[str, str]:
    found = part.get_params(failobj=[])
    return {str(name).casefold(): str(value).casefold() for name, value in found}


def _unflow(text: str, *, deletes_space: bool) -> str:
    """Lines that a program broke are one again, each within its depth of quoting (RFC 3676, section 4.2)."""
    done: list[str] = []
    depth_before, flows = 0, False
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")  # stuffed
        is_flowed = content.endswith(" ") and content not in ("-- ", "- ")
        kept = content[:-1] if is_flowed and deletes_space else content
        if flows and depth == depth_before and content != "-- ":
            done[-1] += kept
        else:
            done.append(f"{'>' * depth}{' ' if depth else ''}{kept}")
        depth_before, flows = depth, is_flowed
    return "\n".join(done)


def _even(text: str) -> str:
    """Without blanks at the ends of lines and of the text: no reader sees them."""
    return _BLANKS.sub("\n", text.replace("\r", "\n")).strip("\n").rstrip()


# ---------------------------------------------------------------- HTML


def _read_markup(markup: str) -> tuple[str, tuple[MarkedPassage, ...]]:
    """The text of HTML, and what its tags say of whose it is."""
    from inscriptis import Inscriptis
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        parser = HTMLParser(encoding="utf-8", no_network=True)
        tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
        _prepare(tree)
        rules = {f"#data-whose={kind.value}": [kind.value] for kind in MarkKind}
        made = Inscriptis(tree, ParserConfig(css=CSS_PROFILES["strict"], annotation_rules=rules))
        text = made.get_text()
        lead = len(text) - len(text.lstrip())
        marks = tuple(
            MarkedPassage(MarkKind(each.metadata), max(0, each.start - lead), max(0, each.end - lead))
            for each in made.get_annotations()
        )
    except (etree.ParserError, etree.XMLSyntaxError, RecursionError, ValueError):
        return "", ()
    return text.strip(), marks


def _prepare(tree: Any) -> None:
    """Say on each element whose words it holds, and let tables be lines: as columns they are padded with blanks, as
    many as the widest cell has letters. Styles go, which can ask for a million empty lines, but for what is hidden.
    """
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
            element.tag = "div"
        style = (element.get("style") or "").replace(" ", "").casefold()
        for name in ("style", "align", "valign"):
            element.attrib.pop(name, None)
        if "display:none" in style:
            element.set("style", "display:none")
        kind = _find_kind(element)
        if kind is not None:
            element.set("data-whose", kind.value)
        if element.get("id") in _REPLY_BEGINS:
            for below in (element, *element.itersiblings()):
                if isinstance(below.tag, str):
                    below.set("data-whose", MarkKind.QUOTED.value)


def _find_kind(element: Any) -> MarkKind | None:
    names = {*(element.get("class") or "").split(), element.get("id") or ""}
    if names.intersection(_QUOTES) or (element.tag == "blockquote" and element.get("type") == "cite"):
        return MarkKind.QUOTED
    return MarkKind.SIGNATURE if names.intersection(_SIGNATURES) else None
