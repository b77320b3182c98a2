"""What people typed, made safe to show: nothing is added and no word is changed."""

import re
from urllib.parse import quote, urlsplit

import regex

MOST_MARKS = 4
"""Combining marks on one character: enough for every script in use, too few for zalgo."""

_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
# Bidi embeddings, overrides and isolates reorder what stands around them; each quote is isolated as a whole instead.
# The others are invisible and serve to hide text or to break search: zero-width space, joiners of words, fillers.
# ZWJ, ZWNJ and the weak marks LRM, RLM, ALM stay: emoji, Persian and mixed lines need them.
UNSEEN = dict.fromkeys(
    [
        *(code for code in range(0x20) if code not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xD800, 0xE000),
        0x00AD, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x3164, 0xFEFF, 0xFFA0,
    ]
)  # fmt: skip
_MARKS = regex.compile(rf"([\p{{Mn}}\p{{Me}}]{{{MOST_MARKS}}})[\p{{Mn}}\p{{Me}}]+")
# Invisible tag characters spell the flags of regions behind a black flag, and elsewhere only hide text.
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]{1,8})|[\U000e0000-\U000e007f]+")
_BLANKS = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """`text` without what reorders, hides or piles up; lines end in a line feed."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINES.sub("\n", text).translate(UNSEEN)
    return text if text.isascii() else _TAGS.sub(r"\1", _MARKS.sub(r"\1", text))


def clean_line(text: str) -> str:
    """The same as one line: names, handles, titles."""
    return " ".join(clean(text).split())


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


def safe_link(link: str) -> str:
    """`link` if it is one that a browser may be sent to (http, https), as plain ASCII; else empty."""
    if not link or any(ord(character) <= 0x20 for character in link):
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return quote(link.translate(UNSEEN), safe="/:?#@!$&'*+,;=%~-._")


def shorten(text: str, most: int) -> str:
    """At most `most` characters of a title of ours, cut between words, with an ellipsis."""
    line = clean_line(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rsplit(" ", 1)[0] or cut).rstrip(" ,.;:–-") + "…"
