"""What people typed, shown in Discord: it cannot ping, link, format, or leave its quotation. Pure."""

import re
from collections.abc import Iterator
from datetime import datetime

from bot.words.cleaning import clean, clean_line, shorten

LONGEST = 2_000
"""Characters of a bot's message (Discord counts code points; emoji are counted here as two, to be safe)."""

_MEANT = re.compile(r"[\\`*_~|<>#\-+\[\]()@:/]")
_NUMBERED = re.compile(r"^(\s*\d+)(\.)", re.MULTILINE)


def escape(text: str) -> str:
    r"""`text` as it reads, whatever it means to Discord: Markdown, mentions, links, timestamps, code blocks.

    A backslash before each sign that could begin something is enough: Discord drops it and starts nothing there
    (`https\://` is no link, `<\@1>` no mention).
    """
    return _NUMBERED.sub(r"\1\\\2", _MEANT.sub(r"\\\g<0>", clean(text)))


def plain(text: str, most: int = 100) -> str:
    """The same on one line: names, titles, questions."""
    return escape(shorten(clean_line(text), most))


def quote(text: str) -> str:
    """The same as a block quotation. No line of it can stand outside, since each begins with the sign."""
    return "\n".join(f"> {line}" for line in escape(text).split("\n"))


def measure(text: str) -> int:
    """The length of a text in UTF-16 units: never less than what Discord counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """The beginning of a text, at most `most` units with an ellipsis; no sign is parted from its backslash."""
    if measure(text) <= most:
        return text
    return _take(text, most - 1)[0].rstrip() + "…"


def split(text: str, most: int = LONGEST) -> list[str]:
    """A long text as messages: parted at paragraphs, else lines, else words; a quotation goes on as a quotation."""
    return list(_split(text.strip("\n"), most))


def _split(text: str, most: int) -> Iterator[str]:
    while measure(text) > most:
        head, rest = _take(text, most)
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


def _take(text: str, most: int) -> tuple[str, str]:
    """As many characters as fit, and the rest; a backslash goes with what it escapes."""
    used = count = 0
    for character in text:
        used += 1 if ord(character) < 0x10000 else 2
        if used > most:
            break
        count += 1
    backslashes = count - len(text[:count].rstrip("\\"))
    count -= backslashes % 2
    return text[:count], text[count:]


def moment(at: datetime, style: str = "f") -> str:
    """A time that each reads in their own zone. f: date and time; R: from now."""
    return f"<t:{int(at.timestamp())}:{style}>"
