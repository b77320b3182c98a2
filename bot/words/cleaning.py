"""What people typed, made safe to show: nothing is added and no word is changed."""

import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

MOST_MARKS = 4
"""Combining marks on one character: enough for every script in use, too few for zalgo."""

_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
# Bidi embeddings, overrides and isolates reorder what stands around them; each quote is isolated as a whole instead.
# The others are invisible and serve to hide text or to break search: zero-width space, joiners of words, fillers.
# ZWJ, ZWNJ and the weak marks LRM, RLM, ALM stay: emoji, Persian and mixed lines need them.
UNSEEN = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f"
    r"\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb"
)
"""As a class of characters in a regular expression."""

_UNSEEN = re.compile(f"[{UNSEEN}]")
# Invisible tag characters spell the flags of regions behind a black flag, and elsewhere only hide text.
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]{1,8})|[\U000e0000-\U000e007f]+")
_CONTROLS = re.compile(r"[\x00-\x20]")
_UNESCAPED = re.compile(rf"[{UNSEEN}\x85\u061c\u200e\u200f\u2028\u2029\U000e0000-\U000e007f]")
_BLANKS = re.compile(r"[^\S\n]+")


@cache
def _piled_marks() -> Any:
    import regex  # with the first text that has other letters than English

    return regex.compile(rf"([\p{{Mn}}\p{{Me}}]{{{MOST_MARKS}}})[\p{{Mn}}\p{{Me}}]+")


@cache
def _printable_suspects() -> Any:
    """The marks, and what of the unseen counts as a letter or a mark: of all others `str.isprintable` knows."""
    import regex

    return regex.compile(r"[\p{Mn}\p{Me}\u115f\u1160\u3164\uffa0]")


def clean(text: str) -> str:
    """`text` without what reorders, hides or piles up; lines end in a line feed."""
    if text.isprintable() and (text.isascii() or not _printable_suspects().search(text)):
        return text  # nearly every text, in a third of the time
    text = _UNSEEN.sub("", _LINES.sub("\n", text))
    return text if text.isascii() else _TAGS.sub(r"\1", _piled_marks().sub(r"\1", text))


def clean_line(text: str) -> str:
    """The same as one line: names, handles, titles."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """The same as one line that keeps its blanks, as it was laid out."""
    return clean(text).replace("\n", " ")


def write_json(value: Any, *, indent: int | None = None, default: Callable[[Any], Any] | None = None) -> str:
    """JSON in the letters that people typed; what steers a terminal, reorders or hides is escaped, and not lost."""
    return escape_json(json.dumps(value, ensure_ascii=False, indent=indent, default=default))


def escape_json(written: str) -> str:
    """The same of JSON that is written already."""
    return _UNESCAPED.sub(lambda found: json.dumps(found[0])[1:-1], written)


def split_paragraphs(text: str) -> list[list[str]]:
    """The paragraphs of a text, each as its lines; runs of blanks are one, as every browser shows them."""
    lines = _BLANKS.sub(" ", clean(text)).split("\n")
    paragraphs: list[list[str]] = [[]]
    for line in (line.strip() for line in lines):
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


@lru_cache(maxsize=4096)  # each writer asks for each link several times
def safe_link(link: str) -> str:
    """`link` if it is one that a browser may be sent to (http, https), as plain ASCII; else empty."""
    if not link or _CONTROLS.search(link):
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return quote(_UNSEEN.sub("", link), safe="/:?#@!$&'*+,;=%~-._")


def shorten(text: str, most: int) -> str:
    """At most `most` characters of a title of ours, cut between words, with an ellipsis."""
    line = clean_line(text)
    return line if len(line) <= most else cut_words(line, most - 1).rstrip(",.;:–-") + "…"


def cut_words(line: str, most: int) -> str:
    """At most `most` characters, cut between words where it has any."""
    if len(line) <= most:
        return line
    whole = line[: most + 1].rsplit(" ", 1)
    return (whole[0] if len(whole) == 2 else line[:most]).rstrip()
