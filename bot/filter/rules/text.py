"""Replies made readable for rules: capped, without invisible characters, each character traceable to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate

from bot.filter.values import CandidateSpan

MAX_CHARACTERS = 10_000  # of one answer, all parts together; what follows is not read
MAX_MARKS = 3  # combining marks on one character: enough for every script, too few for zalgo
MAX_DETAIL = 80

PLAIN = re.compile(r"[\t\n\r -~]*")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
MENTION = re.compile(r"(?<![\w@])@[\w.-]{1,253}|<@[!&]?\d{1,20}>")
EMOJI_CODE = re.compile(r"<a?:\w{2,32}:\d{1,20}>|(?<!\w):[a-z0-9_+-]{2,32}:(?!\w)")
LINK = re.compile(
    r"https?://[^\s<>]+|\bwww\.[^\s<>]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|io|co|ly|me|dev|app|info|biz|shop|store|online|site|xyz)\b"
    r"(?:/[^\s<>]*)?",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\.[^\W\d_]")  # what a link without a scheme has

_KEPT, _MARK, _DROPPED = "kept", "mark", "dropped"
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and a symbol that show nothing
_TYPOGRAPHIC = str.maketrans("‘’‛“”„–—−", "'''\"\"\"---")


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
        cut = {place for start, end in gone for place in range(start, end)}
        texts, origins = [], []
        for number, begin in enumerate(self.starts):
            stop = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
            kept = [place for place in range(begin, stop) if place not in cut]
            origin = self.origins[number]
            texts.append("".join(self.text[place] for place in kept))
            origins.append(tuple(place - begin if origin is None else origin[place - begin] for place in kept))
        return _join_parts(texts, origins)

    def excerpt(self, start: int, end: int) -> str:
        return excerpt(self.text[start:end])

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, as long as before: only one letter, İ, becomes two in lower case."""
        return self.text.replace("İ", "I").lower()

    @cached_property
    def bare(self) -> str:
        """The lowered text without links, mentions and emoji codes: what the author says in words."""
        text = self.lowered
        if may_link(text):
            text = LINK.sub(" ", text)
        if "@" in text:
            text = MENTION.sub(" ", text)
        return EMOJI_CODE.sub(" ", text) if ":" in text else text

    @cached_property
    def words(self) -> list[str]:
        return WORD.findall(self.bare)

    @cached_property
    def size(self) -> int:
        """Length in columns of letters: wide scripts say in one character what Latin says in two or three."""
        text = self.bare.strip()
        if text.isascii():
            return len(text)
        return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def may_link(text: str) -> bool:
    """A quick look before LINK is tried at every word; most texts hold nothing of what each link has."""
    return "://" in text or "www." in text.lower() or _DOTTED.search(text) is not None


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
    text = text.translate(_TYPOGRAPHIC)
    if PLAIN.fullmatch(text):
        return text, None
    kinds = {letter: _sort_letter(letter) for letter in set(text)}
    if all(kind is _KEPT for kind, _ in kinds.values()):
        return text.translate({ord(letter): folded for letter, (_, folded) in kinds.items()}), None
    kept = list(_readable(text, kinds))
    return "".join(letter for _, letter in kept), tuple(index for index, _ in kept)


def _readable(text: str, kinds: dict[str, tuple[str, str]]) -> Iterator[tuple[int, str]]:
    marks = 0
    for index, letter in enumerate(text):
        kind, folded = kinds[letter]
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
