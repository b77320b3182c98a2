"""What fits into a message, as Discord counts it, and text that stays text."""

import re

from adapters.contract.capabilities import Limit

LONGEST_LABEL = {"button": 80, "choice": 100, "title": 45, "field": 45, "hint": 100, "placeholder": 150, "url": 512}
"""Of parts of messages and forms, in characters."""

MOST_FILES = 10
MOST_BYTES = 10 * 1024 * 1024
"""Of each file of a message, in a server that nobody boosts."""

_MEANT = re.compile(r"[\\`*_~|<>#\-+\[\]()@:/]")
_LINK = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[\w./@:%+~#?&=!$,;-]*)?", re.ASCII)
_NUMBERED = re.compile(r"^(\s*\d+)(\.)", re.MULTILINE)


def count_units(text: str) -> int:
    """UTF-16 code units, as its clients count; whatever its servers count is not more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


MESSAGE = Limit("characters", 2_000, count_units)  # for a bot; the OpenAPI file says 4,000, which is for subscribers


def escape(text: str) -> str:
    r"""`text` as it reads, whatever it means to Discord: Markdown, mentions, links, timestamps, code blocks.

    A backslash before each sign that could begin something is enough: Discord drops it and starts nothing there
    (`https\://` is no link, `<\@1>` no mention).
    """
    return _NUMBERED.sub(r"\1\\\2", _MEANT.sub(r"\\\g<0>", text))


def escape_but_links(text: str) -> str:
    """The same, but for a link that has a line of its own: it is one, without a preview below the message."""
    return "\n".join(f"<{line}>" if _LINK.fullmatch(line) else escape(line) for line in text.split("\n"))


def cut(text: str, most: int) -> str:
    """The beginning of a text, at most `most` units with an ellipsis; no sign is parted from its backslash."""
    if count_units(text) <= most:
        return text
    return take(text, most - 1)[0].rstrip() + "…"


def take(text: str, most: int) -> tuple[str, str]:
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
