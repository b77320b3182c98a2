"""What people typed, shown in Discord: it cannot ping, link, format, or leave its quotation. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from adapters.discord.text import MESSAGE, count_units, cut, take
from adapters.discord.text import escape as to_plain
from adapters.discord.text import escape_but_links as to_plain_but_links
from bot.words.cleaning import clean, clean_line, shorten

LEAST_ROOM = 400
"""Units that an answer has at least beside what is known of it."""


def escape(text: str) -> str:
    """`text` as it reads, without what hides or reorders; it means nothing to Discord."""
    return to_plain(clean(text))


def escape_but_links(text: str) -> str:
    """The same of words of ours, in which a link on a line of its own is one."""
    return to_plain_but_links(clean(text))


def plain(text: str, most: int = 100) -> str:
    """The same on one line: names, titles, questions."""
    return escape(shorten(clean_line(text), most))


def quote(text: str) -> str:
    """The same as a block quotation. No line of it can stand outside, since each begins with the sign."""
    return "\n".join(f"> {line}" for line in escape(text).split("\n"))


def fit(head: Sequence[str], quoted: str, tail: Sequence[str]) -> tuple[str, bool]:
    """The lines of one message, and whether what is quoted between them had to be cut."""
    shown = cut(quoted, max(LEAST_ROOM, MESSAGE.maximum - count_units("\n".join([*head, *tail])) - 2))
    return "\n".join([*head, shown, *tail]), shown != quoted


def split(text: str, most: int = MESSAGE.maximum) -> list[str]:
    """A long text as messages: parted at paragraphs, else lines, else words; a quotation goes on as a quotation."""
    return list(_split(text.strip("\n"), most))


def _split(text: str, most: int) -> Iterator[str]:
    while count_units(text) > most:
        head, rest = take(text, most)
        sign = _find_seam(head)
        if sign:
            place = head.rfind(sign)
            head, rest = text[:place], text[place + len(sign) :]
        in_quotation = head.rsplit("\n", 1)[-1].startswith(">") and "\n" not in sign
        yield head
        text = f"> {rest.lstrip(' ')}" if in_quotation else rest.lstrip("\n")
    if text:
        yield text


def _find_seam(head: str) -> str:
    """The best sign to part a text at near its end, "" for none; not the blank of a quotation's own sign."""
    for sign in ("\n\n", "\n", " "):
        place = head.rfind(sign)
        if place > len(head) // 3 and head[:place].rsplit("\n", 1)[-1] != ">":
            return sign
    return ""


def moment(at: datetime, style: str = "f") -> str:
    """A time that each reads in their own zone. f: date and time; R: from now."""
    return f"<t:{int(at.timestamp())}:{style}>"
