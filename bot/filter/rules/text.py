"""Replies made readable for rules: capped, without invisible characters, each character traceable to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain

from bot.filter.remembered import found_once
from bot.filter.values import CandidateSpan

MAX_CHARACTERS = 10_000  # of one answer, all parts together; what follows is not read
MAX_MARKS = 3  # combining marks on one character: enough for every script, too few for zalgo
MAX_DETAIL = 80

ODD = re.compile(r"[^\t\n\r -~]")  # what is not read as it stands
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
MENTION = re.compile(r"(?<![\w@])@[\w.-]{1,253}|<@[!&]?\d{1,20}>")
EMOJI_CODE = re.compile(r"<a?:\w{2,32}:\d{1,20}>|(?<!\w):[a-z0-9_+-]{2,32}:(?!\w)")
LINK = re.compile(
    r"https?://[^\s<>]+|\bwww\.[^\s<>]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|io|co|ly|me|dev|app|info|biz|shop|store|online|site|xyz)\b"
    r"(?:/[^\s<>]*)?",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:com|net|org|io|co|ly|me|dev|app|info|biz|shop|store|online|site|xyz)\b", re.IGNORECASE)

_CODED = re.compile(r":[\w+-]{2,32}:")
_KEPT, _MARK, _DROPPED = "kept", "mark", "dropped"
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and a symbol that show nothing
_PARTED = bytes(code if chr(code).isalnum() or code == ord("'") else ord(" ") for code in range(256))
_TYPOGRAPHIC = tuple(zip("‘’‛“”„–—−", "'''\"\"\"---", strict=True))


@dataclass(frozen=True)
class Prepared:
    """An answer as one text, its parts joined by a newline."""

    text: str
    starts: tuple[int, ...]  # where each part begins in `text`
    origins: tuple[tuple[int, ...] | None, ...]  # of each part: index of each character in the original, None: the same
    measured: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    """What was measured of it once, for all who need it, by what it was measured against."""

    def span(self, start: int, end: int) -> CandidateSpan:
        """Return where text[start:end] stands in the original; a span ends at the end of its part."""
        if len(self.starts) == 1 and self.origins[0] is None:
            return CandidateSpan(0, start, max(start, min(end, len(self.text))))
        part = max(0, bisect_right(self.starts, start) - 1)
        begin = self.starts[part]
        stop = self.starts[part + 1] - 1 if part + 1 < len(self.starts) else len(self.text)
        start, end = start - begin, min(end, stop) - begin
        origin = self.origins[part]
        if origin is None or start >= end:
            return CandidateSpan(part, start, max(start, end))
        return CandidateSpan(part, origin[start], origin[end - 1] + 1)

    def whole(self) -> CandidateSpan | None:
        """Return the span of the first part that says something."""
        first = next((n for n, letter in enumerate(self.text) if not letter.isspace()), None)
        return None if first is None else self.span(first, len(self.text))

    def without(self, gone: Sequence[tuple[int, int]]) -> "Prepared":
        """The answer without the characters `start` to `end` of each pair, in order; what stays is still traceable."""
        texts: list[str] = []
        origins: list[tuple[int, ...] | None] = []
        ends = (*(start - 1 for start in self.starts[1:]), len(self.text))
        for begin, stop, origin in zip(self.starts, ends, self.origins, strict=True):
            edges = [begin, *(min(max(place, begin), stop) for pair in gone for place in pair), stop]
            kept = list(zip(edges[::2], edges[1::2], strict=True))
            texts.append("".join([self.text[start:end] for start, end in kept]))
            places = chain.from_iterable(range(start - begin, end - begin) for start, end in kept)
            origins.append(tuple(places if origin is None else map(origin.__getitem__, places)))
        return _join_parts(texts, origins)

    def excerpt(self, start: int, end: int) -> str:
        return excerpt(self.text[start:end])

    @found_once
    def lowered(self) -> str:
        """The text in lower case, as long as before: only one letter, İ, becomes two in lower case."""
        return self.text.replace("İ", "I").lower()

    @found_once
    def bare(self) -> str:
        """The lowered text without links, mentions and emoji codes: what the author says in words."""
        text = self.lowered
        if self.links:
            edges = (0, *chain.from_iterable(self.links), len(text))
            text = " ".join([text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)])
        if "@" in text:
            text = MENTION.sub(" ", text)
        return EMOJI_CODE.sub(" ", text) if may_hold_code(text) else text

    @found_once
    def words(self) -> list[str]:
        return split_words(self.bare)

    @found_once
    def links(self) -> list[tuple[int, int]]:
        """Where each link begins and ends."""
        return [found.span() for found in LINK.finditer(self.lowered)] if may_link(self.lowered) else []

    @found_once
    def size(self) -> int:
        """Length in columns of letters: wide scripts say in one character what Latin says in two or three."""
        text = self.bare.strip()
        if text.isascii():
            return len(text)
        return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def may_hold_code(text: str) -> bool:
    """The same before EMOJI_CODE."""
    return ":" in text and _CODED.search(text) is not None


def may_link(text: str) -> bool:
    """A quick look before LINK is tried at every word; most texts hold nothing of what each link has."""
    return "://" in text or "www." in text.lower() or ("." in text and _ENDING.search(text) is not None)


def split_words(text: str, word: re.Pattern[str] = WORD, part: bytes = _PARTED) -> list[str]:
    """What *word* finds in a text; where every character is of ASCII, in a third of the time.

    part: makes blanks of all characters of ASCII that are no part of such a word.
    """
    if not text.isascii():
        return word.findall(text)
    parted = b" %b " % text.encode().translate(part)
    if b"'" in parted:
        if b"''" in parted:
            return word.findall(text)
        parted = parted.replace(b"' ", b"  ").replace(b" '", b"  ")
    return parted.decode().split()


def prepare(texts: tuple[str, ...]) -> Prepared:
    """Clean the parts of an answer, the first MAX_CHARACTERS of them."""
    left = MAX_CHARACTERS
    cleaned: list[str] = []
    origins: list[tuple[int, ...] | None] = []
    for text in texts:
        part, origin = clean(text[:left])
        left -= min(left, len(text))
        cleaned.append(part)
        origins.append(origin)
    return _join_parts(cleaned, origins)


def _join_parts(texts: Sequence[str], origins: Sequence[tuple[int, ...] | None]) -> Prepared:
    starts = accumulate((len(text) + 1 for text in texts[:-1]), initial=0) if texts else ()
    return Prepared("\n".join(texts), tuple(starts), tuple(origins))


def clean(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Return the readable characters, one for one, and the index of each in *text* (None: nothing moved)."""
    if not text.isascii():
        for letter, plain in _TYPOGRAPHIC:
            text = text.replace(letter, plain)
    if text.isascii() and text.isprintable():
        return text, None
    kinds = {letter: _sort_letter(letter) for letter in set(ODD.findall(text))}
    if all(kind is _KEPT for kind, _ in kinds.values()):
        for letter, (_, folded) in kinds.items():
            text = text.replace(letter, folded)
        return text, None
    kept = list(_readable(text, kinds))
    return "".join(letter for _, letter in kept), tuple(index for index, _ in kept)


def _readable(text: str, kinds: dict[str, tuple[str, str]]) -> Iterator[tuple[int, str]]:
    marks = 0
    for index, letter in enumerate(text):
        kind, folded = kinds.get(letter, (_KEPT, letter))
        if kind is _DROPPED:
            continue
        marks = marks + 1 if kind is _MARK else 0
        if marks <= MAX_MARKS:
            yield index, folded


@lru_cache(maxsize=4096)
def _sort_letter(letter: str) -> tuple[str, str]:
    """Whether a letter is kept, a mark on the one before it, or dropped; and what it is read as."""
    if letter.isascii() and (letter.isprintable() or letter in "\t\n\r"):
        return _KEPT, letter
    category = unicodedata.category(letter)
    if category in ("Cf", "Cc", "Cs") or letter in _BLANK_LETTERS or _is_selector(letter):
        return _DROPPED, ""
    return _MARK if category in ("Mn", "Me") else _KEPT, fold(letter)


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or letter == "\u034f"


def fold(letter: str) -> str:
    """Full-width and mathematical letters become plain ones; NFKC only where it keeps one character for one."""
    folded = unicodedata.normalize("NFKC", letter)
    return folded if len(folded) == 1 else letter


def excerpt(text: str) -> str:
    """Return *text* on one line, short enough for a sentence."""
    line = " ".join(text[: 4 * MAX_DETAIL].split())
    return line if len(line) <= MAX_DETAIL else line[: MAX_DETAIL - 1] + "…"
