"""What tells for whom somebody writes: an address of a domain, an organisation, a line below the answer.

Names of people are never compared, nor where they live, nor the providers that everybody has a mailbox with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.filter.compare.frames import MAIL
from bot.filter.compare.prints import hash_text
from bot.filter.hints.vocabulary import FREE_MAIL, HOUSES, PUBLIC_PAGES, ROLES, SECOND_LEVEL, WORKS
from bot.filter.rules.text import LINK, WORD, Prepared

BLOCK_LINES, BLOCK_WORDS = 4, 12  # of a signature: lines below the close, words of each
SIGNED_WORDS = 3  # of a line that says more than a name
PHONE_DIGITS = 6

_ORGANISATION = r"(?P<name>[A-ZÄÖÜ][\w&'.-]*\w(?: (?:(?:&|of|for|und|für) )?[A-ZÄÖÜ][\w&'-]*\w){0,3})"
_NAMED = re.compile(
    rf"(?:\b(?i:{'|'.join(sorted(ROLES))})\b[^.!?\n]{{0,40}}?(?:,? (?:at|bei)|@) ?"
    rf"|\b(?i:founder|cofounder|ceo|owner|head|president|gründer(?:in)?|inhaber(?:in)?|geschäftsführer(?:in)?)"
    r" (?:of|von|der) "
    rf"|\b(?i:work(?:s|ing)?|arbeiten?) (?:at|for|bei|für) ){_ORGANISATION}"
)
# What each of them has, at whatever place: a quick look before they are tried at every word.
_BEFORE_NAME = re.compile(r"[ @](?:(?<= )(?:at|bei|of|von|der|for|für) ?|(?<=@) ?)[A-ZÄÖÜ]")
_LEGAL = re.compile(r"[\s,]+(?:gmbh|inc|ltd|llc|llp|plc|ag|kg|ug|ev|bv|sa|sl|corp|co)\.?$")
_CLOSE = re.compile(
    r"(?:--|(?:best|kind|warm|many)?,? ?(?:regards|wishes|thanks)|best|cheers|sincerely|yours|thank you"
    r"|(?:viele|beste|liebe|herzliche|freundliche|schöne|mit freundlichen|mit besten) grüße?n?|gruß|danke)[,.! ]*",
    re.IGNORECASE,
)
_FROM_A_DEVICE = re.compile(r"(?:sent (?:from|with|via)|get outlook|von meinem|gesendet|envoyé|enviado)\b")


@dataclass(frozen=True, slots=True)
class SenderMark:
    """What tells for whom somebody writes: `domain:`, `name:` or `line:` and the words. start, end: in the text."""

    key: str
    start: int
    end: int


def find_senders(reply: Prepared) -> list[SenderMark]:
    """Each mark once, in the order of the text."""
    found: dict[str, SenderMark] = {}
    for mark in (*_find_mails(reply), *_find_organisations(reply), *_find_signed(reply)):
        found.setdefault(mark.key, mark)
    return sorted(found.values(), key=lambda mark: (mark.start, mark.key))


def hash_senders(reply: Prepared) -> list[int]:
    """The marks as signed numbers of 64 bits."""
    return sorted(hash_text(mark.key) for mark in find_senders(reply))


def _find_mails(reply: Prepared) -> Iterator[SenderMark]:
    if "@" in reply.text:
        for found in MAIL.finditer(reply.lowered):
            domain = _find_owned(found.group().partition("@")[2])
            if domain not in FREE_MAIL:
                yield SenderMark(f"domain:{domain}", *found.span())


def _find_organisations(reply: Prepared) -> Iterator[SenderMark]:
    if not WORKS.isdisjoint(reply.words) and _BEFORE_NAME.search(reply.text):
        for found in _NAMED.finditer(reply.text):
            name = _LEGAL.sub("", found["name"].lower().removesuffix("'s"))
            yield SenderMark(f"name:{name}", *found.span("name"))


def _find_signed(reply: Prepared) -> Iterator[SenderMark]:
    """Pages and whole lines of the block below the close of a letter; not the name alone."""
    for start, line in _list_signature(reply.lowered):
        for link in LINK.finditer(line):
            domain = _find_owned(link.group().removeprefix("https://").removeprefix("http://").partition("/")[0])
            if domain not in PUBLIC_PAGES | FREE_MAIL:
                yield SenderMark(f"domain:{domain}", start + link.start(), start + link.end())
        if _is_letterhead(line):
            begin = start + len(line) - len(line.lstrip())
            yield SenderMark(f"line:{' '.join(line.split())}", begin, start + len(line.rstrip()))


def _is_letterhead(line: str) -> bool:
    """Whether a line below a letter is more than a name and a town: it has a house, a telephone, or a bar between."""
    words = WORD.findall(line)
    if not SIGNED_WORDS <= len(words) <= BLOCK_WORDS or _FROM_A_DEVICE.match(line.strip()):
        return False
    return "|" in line or not HOUSES.isdisjoint(words) or sum(map(str.isdigit, line)) >= PHONE_DIGITS


def _list_signature(text: str) -> Iterator[tuple[int, str]]:
    """(Where it begins, line) of the lines below the last close; a text on one line has none."""
    if "\n" not in text:
        return
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((start, line))
        start += len(line) + 1
    block = lines[-BLOCK_LINES - 1 :]
    closes = [place for place, (_, line) in enumerate(block) if _CLOSE.fullmatch(line.strip())]
    yield from block[closes[-1] + 1 :] if closes else ()


def _find_owned(host: str) -> str:
    """The name that somebody registered: `mail.example.co.uk` is `example.co.uk`."""
    labels = host.strip(".").split(".")
    most = 3 if len(labels[-1]) == 2 and len(labels) > 2 and labels[-2] in SECOND_LEVEL else 2
    return ".".join(labels[-most:])


def find_shared(reply: Prepared, other: Prepared) -> tuple[SenderMark, SenderMark] | None:
    """The first mark of a text that another has too, in each."""
    theirs = {mark.key: mark for mark in find_senders(other)}
    return next(((mark, theirs[mark.key]) for mark in find_senders(reply) if mark.key in theirs), None)
